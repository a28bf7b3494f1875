"""Plan: milestones and countermeasures as one list to tick, late ones first, and along the days."""

import streamlit as st

from lib.ui import data
from lib.ui.guard import require
from lib.ui.plan import forms, show
from lib.ui.session import t

study = require("risk.view")
st.title(t("pages.plan"))
st.markdown(t("plan.lead"))
plan = data.exhibit("plan.deliveries", study)
show.answer(study, plan)
show.ticks(study)
show.deliveries(study, plan)
forms.new(study, plan.found.book)
forms.table(study)
