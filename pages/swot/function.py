"""Funksjon: one function's four quadrants, its force field, benefits and needs; leaders type and send on."""

import streamlit as st

from lib.ui import swot_editing, swot_inputs, swot_show, swot_tables, swot_views
from lib.ui.session import require, t

study = require("swot.view")
st.title(t("pages.function"))
st.markdown(t("swot.function_lead"))
book = swot_views.book(study)
area = swot_inputs.function_picker(book)
swot_show.constructed_mark(book)

swot_show.function(book, area)
swot_show.forces(book, area)
swot_show.notes(book, area)
swot_show.sources(book, area)
swot_editing.send_on(study, book, area)
swot_editing.read_only(study)
swot_tables.typing(study, area)
