"""SWOT: what recurs across functions, with the statements behind it; leaders set the themes."""

import streamlit as st

from lib.ui import swot_editing, swot_inputs, swot_show
from lib.ui.session import require, t

study = require("swot.view")
st.title(t("pages.across"))
st.markdown(t("swot.lead"))
found = swot_inputs.across(study)
swot_show.answer(found)
swot_show.matrix(found)

theme = swot_show.theme_picker(found)
if theme:
    swot_show.theme(study, found, theme)
    swot_editing.theme_panel(study, found, theme)
swot_show.others(found)
swot_show.downloads(study)
