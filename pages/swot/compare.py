"""Sammenlign: two functions, two municipalities or two parties side by side."""

import streamlit as st

from lib.ui import show as any_show
from lib.ui.guard import require
from lib.ui.session import t
from lib.ui.swot import inputs, show

study = require("swot.view")
st.title(t("pages.compare"))
st.markdown(t("swot.compare_lead"))
book = inputs.book(study)
pair = inputs.compared(study, book)
if pair:
    show.sides(book, pair)
    any_show.downloads(study, pair)
