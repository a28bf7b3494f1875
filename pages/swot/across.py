"""SWOT: what recurs across functions, with the statements behind it; leaders set the themes."""

import streamlit as st

from lib.ui.session import require, t
from lib.ui.swot import editing, inputs, show

study = require("swot.view")
st.title(t("pages.across"))
st.markdown(t("swot.lead"))
found = inputs.across(study)
show.answer(found)
show.matrix(found)

theme = show.theme_picker(found)
if theme:
    show.theme(study, found, theme)
    editing.theme_panel(study, found, theme)
show.others(found)
show.downloads(study)
