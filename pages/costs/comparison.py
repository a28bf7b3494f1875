"""Kostnader: what each model means for each municipality, in one cooperation and in all of them together."""

import streamlit as st

from lib.ui import cost_inputs, cost_panels, cost_views
from lib.ui.session import require, t

study = require("costs.view")
st.title(t("pages.comparison"))
st.markdown(t("costs.lead"))
area = cost_inputs.area_picker(cost_views.book(study))
if area == cost_inputs.ALL_AREAS:
    cost_panels.together(study)
elif area == cost_inputs.TRIAL:
    cost_panels.trial(study)
else:
    cost_panels.area(study, area)
