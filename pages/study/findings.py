"""Alle funn: every answer of the study as a sentence with its link, and one workbook with them all."""

import streamlit as st

from lib.ui import findings
from lib.ui.guard import require
from lib.ui.session import t

study = require("findings.view")
st.title(t("findings.title"))
st.markdown(t("findings.lead"))
findings.listed(study)
