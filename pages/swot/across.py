"""SWOT: what recurs across functions, with the statements behind it; leaders set the themes."""

import streamlit as st

from lib.ui import data
from lib.ui import show as any_show
from lib.ui.guard import require
from lib.ui.session import t
from lib.ui.swot import editing, inputs, show

study = require("swot.view")
st.title(t("pages.across"))
st.markdown(t("swot.lead"))
inputs.book(study)
found = data.exhibit("swot.themes", study)
any_show.answer(found)
show.matrix(found)

theme = inputs.theme_picker(found.found)
if theme:
    show.theme(study, found.found, theme)
    editing.theme_panel(study, found.found, theme)
show.others(found.found)
any_show.downloads(study, found, data.exhibit("swot.statements", study))
