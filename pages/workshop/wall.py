"""Vegg: what the room sees on the projector, filled and changed by itself."""

from lib.ui.guard import require
from lib.ui.live import room_panels, rooms, wall

study = require("workshop.watch")
wall.bare()
room_panels.watch(study)
room = rooms.room(study, rooms.watched_picker(study))
wall.prepare(room)
wall.head(room)
wall.body(room)
