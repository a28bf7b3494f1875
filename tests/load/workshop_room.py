"""The room of a load run, made in the server's store before the server starts: `python -m tests.load.workshop_room`.

A process of its own makes it, through the actions, because a store file has one process at a time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from lib.actions import links, open_store, studies
from lib.actions.live import rooms, seating, workshops
from lib.actions.live.seating import Introduction
from lib.actions.live.workshops import Draft
from lib.actions.uploads import uploads
from lib.model.access import Role
from lib.model.records import Study, Workshop
from tests.people import FACILITATOR

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "data" / "indre_namdal.xlsx"
PREPARE_LIMIT = 120.0


@dataclass(frozen=True, slots=True)
class Place:
    """A workshop in which everybody rates. `cookie` is a facilitator's, `groups` the cookies of groups that sit."""

    code: str
    study: str
    workshop: str
    round: int
    items: tuple[str, ...]
    criteria: tuple[str, ...]
    cookie: str
    groups: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        return f"/delta/{self.code}"


def prepare(store: Path, groups: int = 0) -> Place:
    """A study with the areas of Indre Namdal, and a workshop for persons; for that many groups where asked for."""
    command = [sys.executable, "-m", "tests.load.workshop_room", str(groups)]
    variables = {**os.environ, "MULIGHETSROM_STORE": str(store)}
    made = subprocess.run(
        command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True, timeout=PREPARE_LIMIT, check=True
    )
    found = json.loads(made.stdout)
    return Place(**found | {name: tuple(found[name]) for name in ("items", "criteria", "groups")})


def _make(groups: int) -> Place:
    study = studies.create(FACILITATOR, "Belastning")
    preview = uploads.check(FACILITATOR, study, BOOK.name, BOOK.read_bytes(), "nb")
    uploads.confirm(FACILITATOR, preview)
    areas = studies.overview(FACILITATOR, study).areas
    draft = Draft("I rommet", items=tuple(area.id for area in areas), group_mode=groups > 0)
    made = workshops.create(FACILITATOR, study, draft)
    seats = tuple(_seat(made, number) for number in range(1, groups + 1))
    return _opened(study, made, seats)


def _seat(made: Workshop, number: int) -> str:
    _, key = seating.join(rooms.room(made.id), "", Introduction(name=f"Gruppe {number}"))
    return f"{seating.COOKIE}={key}"


def _opened(study: Study, made: Workshop, seats: tuple[str, ...]) -> Place:
    """Everybody rates from now on."""
    stage = workshops.forward(FACILITATOR, study, made.id, rooms.room(made.id).stage.seq)
    room = workshops.room(FACILITATOR, study, made.id)
    _, key = links.make(FACILITATOR, Role.FACILITATOR, None, "Belastning", 1)
    return Place(
        code=room.plan.code,
        study=study.slug,
        workshop=made.id,
        round=stage.round,
        items=stage.items,
        criteria=tuple(room.method.criterion_keys),
        cookie=f"{links.COOKIE}={links.add_key('', key)}",
        groups=seats,
    )


if __name__ == "__main__":
    place = _make(int(sys.argv[1]))
    open_store.close()
    json.dump(asdict(place), sys.stdout)
