"""Kostnadstall: what the cooperations cost and what each municipality pays today, typed in, mended and confirmed."""

import streamlit as st

from lib.ui import figure_tables, figures
from lib.ui.session import require, t

study = require("costs.view")
st.title(t("pages.figures"))
st.markdown(t("figures.lead"))
book = figures.book(study)
figures.ways_in(study, book)

st.header(t("figures.cooperation"))
area = figures.area_picker(book)
figures.marks(book, area)
figure_tables.items(study, area)
figure_tables.own(study, area)
figure_tables.participation(study, area)
figure_tables.partial(study, area)

st.header(t("figures.towns"))
st.markdown(t("figures.towns_lead"))
town = figures.town_picker(study, book)
figures.own_figures(study, book, town)
figure_tables.keys(study, town)
figures.confirm_button(study, town)
