"""Kostnader: what each model means for each municipality, in one cooperation and in all of them together."""

import streamlit as st

from lib.actions.costs import cost_figures
from lib.exhibits.costs import choices
from lib.ui import data
from lib.ui.costs import inputs, panels
from lib.ui.guard import require
from lib.ui.session import t

study = require("costs.view")
st.title(t("pages.comparison"))
st.markdown(t("costs.lead"))
area = inputs.area_picker(data.ask(cost_figures.book, study))
if area == choices.ALL_AREAS:
    panels.together(study)
elif area == choices.TRIAL:
    panels.trial(study)
else:
    panels.area(study, area)
