"""Kostnader: what each model means for each municipality, in one cooperation and in all of them together."""

import streamlit as st

from lib.ui.costs import inputs, panels, views
from lib.ui.session import require, t

study = require("costs.view")
st.title(t("pages.comparison"))
st.markdown(t("costs.lead"))
area = inputs.area_picker(views.book(study))
if area == inputs.ALL_AREAS:
    panels.together(study)
elif area == inputs.TRIAL:
    panels.trial(study)
else:
    panels.area(study, area)
