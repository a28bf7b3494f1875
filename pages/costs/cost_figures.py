"""Kostnadstall: what the cooperations cost and what each municipality pays today, typed in, mended and confirmed."""

import streamlit as st

from lib.ui.costs import figure_panels, figure_tables
from lib.ui.guard import require
from lib.ui.session import t

study = require("costs.view")
st.title(t("pages.cost_figures"))
st.markdown(t("cost_figures.lead"))
book = figure_panels.book(study)
figure_panels.ways_in(study, book)

st.header(t("cost_figures.cooperation"))
area = figure_panels.area_picker(book)
figure_panels.marks(book, area)
figure_tables.items(study, area)
figure_tables.own(study, area)
figure_tables.participation(study, area)
figure_tables.partial(study, area)

st.header(t("cost_figures.towns"))
st.markdown(t("cost_figures.towns_lead"))
town = figure_panels.town_picker(study, book)
figure_panels.own_figures(study, book, town)
figure_tables.keys(study, town)
figure_panels.confirm_button(study, town)
