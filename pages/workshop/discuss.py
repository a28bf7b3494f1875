"""Drøft: what to talk about first, the areas where the room disagrees most and where that could change the order."""

import streamlit as st

from lib.ui.guard import require
from lib.ui.live import discussion, verdicts
from lib.ui.session import t

study = require("results.view")
st.title(t("pages.discuss"))
st.markdown(t("discuss.lead"))
selection = discussion.shown_picker(study)
if selection:
    verdicts.panel(study, selection)
    discussion.topics(study, selection)
discussion.proposals(study)
