"""Oversikt: what the study holds, what came first, and the way on."""

import streamlit as st

from lib.actions import studies
from lib.ui import copying, data, inputs, show
from lib.ui.guard import require
from lib.ui.session import escape, study, t

require("method.read", in_study=False)
st.title(t("overview.title"))
st.markdown(t("overview.lead"))

chosen = study()
if chosen is None:
    inputs.new_study()
    st.stop()

found = data.ask(studies.overview, chosen)
st.header(escape(chosen.name), anchor=False)
show.first_answer(chosen)
show.study_figures(found)

st.subheader(t("overview.area_list"))
show.areas(found)
area = inputs.area_picker(found)
show.fact_sheet(found, area)

st.subheader(t("overview.municipality_list"))
show.municipalities(found)

inputs.new_study()
copying.offered(chosen)
