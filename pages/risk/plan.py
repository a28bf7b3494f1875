"""Plan: milestones and countermeasures as one list to tick, late ones first, and along the days."""

import streamlit as st

from lib.ui.plan import forms, show, views
from lib.ui.session import require, t

study = require("risk.view")
st.title(t("pages.plan"))
st.markdown(t("plan.lead"))
plan = views.plan(study)
show.answer(plan)
show.ticks(study)
show.timeline(plan)
show.table(plan)
show.downloads(plan)
forms.new(study, plan.book)
forms.table(study)
