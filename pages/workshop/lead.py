"""Led workshopen: make a workshop, move the room step by step, and see who is here and how far they have come."""

import streamlit as st

from lib.ui.live import hosting, leading, room_panels, rooms, talk, verdicts
from lib.ui.session import require, t

study = require("workshop.lead")
st.title(t("pages.lead"))
workshop = rooms.led_picker(study)
if not workshop:
    leading.new_workshop(study)
    st.stop()

room_panels.watch(study, at_least=30)
room = rooms.room(study, workshop)
leading.steps(room)
leading.joining(room)

part = leading.part_picker(room)
if part == "raters":
    hosting.raters(room)
if part == "ideas":
    hosting.ideas(room)
if part == "discuss":
    verdicts.panel(study, rooms.selection(room))
    verdicts.entering(room)
    talk.discussion(study, rooms.selection(room))
if part == "plan":
    hosting.plan(room)
