"""Plan: milestones and countermeasures as one list to tick, late ones first, and along the days."""

import streamlit as st

from lib.ui import plan_forms, plan_show, plan_views
from lib.ui.session import require, t

study = require("risk.view")
st.title(t("pages.plan"))
st.markdown(t("plan.lead"))
plan = plan_views.plan(study)
plan_show.answer(plan)
plan_show.ticks(study)
plan_show.timeline(plan)
plan_show.table(plan)
plan_show.downloads(plan)
plan_forms.new(study, plan.book)
plan_forms.table(study)
