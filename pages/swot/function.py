"""Funksjon: one function's four quadrants, its force field, benefits and needs; leaders type and send on."""

import streamlit as st

from lib.actions.swot import statements
from lib.ui import data
from lib.ui.guard import require
from lib.ui.session import t
from lib.ui.swot import editing, inputs, show, tables

study = require("swot.view")
st.title(t("pages.function"))
st.markdown(t("swot.function_lead"))
book = data.ask(statements.book, study)
area = inputs.function(book)

show.function(study, book, area)
editing.send_on(study, book, area.id)
editing.read_only(study)
tables.typing(study, area.id)
