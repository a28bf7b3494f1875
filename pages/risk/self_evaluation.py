"""Egenevaluering: the five factors with the worst grade of each, and what is proposed from it."""

import streamlit as st

from lib.exhibits.limits import limits
from lib.ui.guard import require
from lib.ui.live import grading
from lib.ui.session import language, t

study = require("risk.view")
st.title(t("pages.self_evaluation"))
st.markdown(t("self_evaluation.lead", **limits(language())))
selection = grading.picker(study)
if selection:
    grading.result(study, selection)
grading.questions()
