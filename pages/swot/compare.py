"""Sammenlign: two functions, two municipalities or two parties side by side."""

import streamlit as st

from lib.ui import swot_inputs, swot_show
from lib.ui.session import require, t

study = require("swot.view")
st.title(t("pages.compare"))
st.markdown(t("swot.compare_lead"))
found = swot_inputs.across(study)
swot_show.constructed_mark(found.known)
pair = swot_inputs.pair_picker(found)
if pair:
    swot_inputs.answer(pair)
    swot_inputs.sides(found.known, pair)
