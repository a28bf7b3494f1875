"""Utvikling: how the risks have moved, day by day and between two days."""

import streamlit as st

from lib.ui.guard import require
from lib.ui.risks import history_show
from lib.ui.session import t

study = require("risk.view")
st.title(t("pages.history"))
st.markdown(t("history.lead"))
history_show.lines(study)
history_show.two_days(study)
