"""Sammenlign: two functions, two municipalities or two parties side by side."""

import streamlit as st

from lib.ui.session import require, t
from lib.ui.swot import inputs, show

study = require("swot.view")
st.title(t("pages.compare"))
st.markdown(t("swot.compare_lead"))
found = inputs.across(study)
show.constructed_mark(found.known)
pair = inputs.pair_picker(found)
if pair:
    inputs.answer(pair)
    inputs.sides(found.known, pair)
