"""Funksjon: one function's four quadrants, its force field, benefits and needs; leaders type and send on."""

import streamlit as st

from lib.ui.session import require, t
from lib.ui.swot import editing, inputs, show, tables, views

study = require("swot.view")
st.title(t("pages.function"))
st.markdown(t("swot.function_lead"))
book = views.book(study)
area = inputs.function_picker(book)
show.constructed_mark(book)

show.function(book, area)
show.forces(book, area)
show.notes(book, area)
show.sources(book, area)
editing.send_on(study, book, area)
editing.read_only(study)
tables.typing(study, area)
