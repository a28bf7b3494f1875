"""Vegg: what the room sees on the projector, filled and changed by itself."""

from lib.ui.live import room_panels, rooms, wall
from lib.ui.session import require

study = require("workshop.watch")
wall.bare()
room_panels.watch(study)
room = rooms.room(study, rooms.watched_picker(study))
wall.prepare(room)
wall.head(room)
wall.body(room)
