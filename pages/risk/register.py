"""Risiko: which risks must have a countermeasure and have none, the matrix, the register, and what was accepted."""

import streamlit as st

from lib.ui.guard import require
from lib.ui.risks import panels
from lib.ui.session import t

study = require("risk.view")
st.title(t("pages.register"))
st.markdown(t("risk.lead"))
panels.parts(study)
