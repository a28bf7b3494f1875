"""Vurder: a group with a laptop rates, or a facilitator enters paper forms; all in one table, or one at a time."""

import streamlit as st

from lib.ui.guard import require
from lib.ui.live import rating, rooms
from lib.ui.session import t

require("workshop.rate", seated=True)
st.title(t("pages.rate"))
room = rooms.seat_picker()
rater = rating.rater_picker(room)
if rater:
    rating.panel(room, rater)
