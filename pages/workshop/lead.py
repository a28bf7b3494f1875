"""Led workshopen: make a workshop, move the room step by step, and see who is here and how far they have come."""

import streamlit as st

from lib.ui.guard import require
from lib.ui.live import discussion, ideas, participants, room_panels, rooms, run_sheet, stages, verdicts
from lib.ui.session import t

study = require("workshop.lead")
st.title(t("pages.lead"))
workshop = rooms.led_picker(study)
if not workshop:
    stages.new_workshop(study)
    st.stop()

room_panels.watch(study, at_least=30)
room = rooms.room(study, workshop)
stages.steps(room)
stages.joining(room)

part = stages.part_picker(room)
if part == "raters":
    participants.raters(room)
if part == "ideas":
    ideas.ideas(room)
if part == "discuss":
    verdicts.panel(study, rooms.selection(room))
    verdicts.entering(room)
    discussion.topics(study, rooms.selection(room))
if part == "plan":
    run_sheet.run_sheet(room)
