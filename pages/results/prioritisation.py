"""Prioritering: which areas come first, how firm the order is, and why."""

import streamlit as st

from lib.actions import results
from lib.ui import data, inputs
from lib.ui.guard import require
from lib.ui.ranking import panels
from lib.ui.session import t

study = require("results.view")
st.title(t("ranking.title"))
workshop = inputs.workshop_picker(data.ask(results.on_areas, study))
panels.ranking(study, data.ask(results.choices, study, workshop))
