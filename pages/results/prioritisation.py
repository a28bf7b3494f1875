"""Prioritering: which areas come first, how firm the order is, and why."""

import streamlit as st

from lib.ui import data, inputs
from lib.ui.ranking import panels
from lib.ui.session import require, t

study = require("results.view")
st.title(t("ranking.title"))
workshop = inputs.ranking_picker(study)
panels.ranking(study, data.choices(study, workshop))
