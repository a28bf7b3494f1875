"""The same product on PostgreSQL: demonstrations, an upload with undo, links and results."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.actions import copying, demo, links, open_store, results, status, studies
from lib.actions.live import collecting, seating, taking_part
from lib.actions.suppression import Selection
from lib.actions.uploads import dependents, mappings, uploads
from lib.model.access import VISITOR, Role
from lib.model.columns import ITEM
from lib.model.live import Step
from lib.model.problems import AppError, Denied
from tests.actions import rooms_of
from tests.actions.uploads.test_uploads import CHANGED, GOOD, as_sets, look, state
from tests.facts import DOCUMENTED_ORDER
from tests.intake.books import xlsx
from tests.people import FACILITATOR
from tests.store.engines import fresh_address


@pytest.fixture
def postgres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with fresh_address("postgresql", tmp_path) as address:
        monkeypatch.setenv("MULIGHETSROM_STORE", address)
        yield
        open_store.close()


@pytest.mark.usefixtures("postgres")
def test_the_product_runs_on_postgresql() -> None:
    demo.ensure()
    demo.ensure()
    assert status.report()["engine"] == "postgresql"
    study = studies.find(VISITOR, "indre-namdal")
    ranking = results.ranking(VISITOR, study, Selection(results.workshops(VISITOR, study)[0].id))
    assert [ranking.material.names[item] for item in ranking.summary[ITEM]] == list(DOCUMENTED_ORDER)

    made = copying.copy(FACILITATOR, study, "Min kopi")
    assert not look(made, uploads.current_workbook(FACILITATOR, study, "nb")).changes

    own = studies.create(FACILITATOR, "Vår region")
    uploads.confirm(FACILITATOR, look(own, GOOD))
    before = as_sets(state(own))
    batch = uploads.confirm(FACILITATOR, look(own, CHANGED))
    assert as_sets(state(own)) != before
    after = dependents.consequences(FACILITATOR, own, batch.id, False)
    assert (after.going, after.changing, after.stranded) == ({}, {"municipalities": 1, "areas": 1}, ())
    assert uploads.history(FACILITATOR, own)[0].live
    uploads.flip(FACILITATOR, own, batch.id, False)
    assert as_sets(state(own)) == before

    link, key = links.make(FACILITATOR, Role.LEADER, own, "Lederne", 1)
    assert links.actor_of(key).grants[0].study == own.id
    links.revoke(FACILITATOR, link.id)
    assert links.actor_of(key) == VISITOR
    first = links.first_key()
    assert first is not None
    assert links.actor_of(links.owner_key()).grants[0].role == Role.FACILITATOR


@pytest.mark.usefixtures("postgres")
def test_a_layout_is_remembered_and_forgotten_with_its_undo_on_postgresql() -> None:
    own, other = studies.create(FACILITATOR, "Vår region"), studies.create(FACILITATOR, "En annen region")
    sheet = xlsx({"Ark1": [["Stad", "Nr i registeret", "Folk"], ["Grong", "5045", 2359]]})
    (guess,) = look(own, sheet).unmatched
    columns = ["municipality", "number", "population"]
    mappings.remember(FACILITATOR, own, guess.sheet, guess.layout, "municipalities", columns)
    assert [town.name for town in look(own, sheet).rows.municipalities] == ["Grong"]
    assert look(other, sheet).errors != []
    with pytest.raises(AppError, match="column_twice"):
        mappings.remember(FACILITATOR, own, guess.sheet, guess.layout, "municipalities", ["number", "number", ""])
    uploads.flip(FACILITATOR, own, uploads.history(FACILITATOR, own)[0].id, False)
    assert mappings.of_study(own) == {}


@pytest.mark.usefixtures("postgres")
def test_a_workshop_is_led_on_postgresql() -> None:
    own = studies.create(FACILITATOR, "Vår region")
    rooms_of.furnish(own)
    room = rooms_of.opened(own, prompts=("Hva mangler?",))
    groups = [rooms_of.joined(room, f"Gruppe {number}")[0] for number in (1, 2, 3)]
    assert taking_part.contribute(
        rooms_of.actor(room, groups[0]), rooms_of.now(room), groups[0], "w1", 0, "Felles møter"
    )
    collecting.take_each(FACILITATOR, own, room.workshop.id)
    room = rooms_of.to(room, Step.POINTS)
    rooms_of.tap(room, groups[0], room.stage.items[0], "points", 5)
    with pytest.raises(Denied):
        rooms_of.tap(room, groups[0], room.stage.items[0], "points", 6)
    room = rooms_of.to(room, Step.RATE)
    for place, group in enumerate(groups):
        rooms_of.answer(room, group, {"Arkiv": (8, 7 + place), "Lønn": (5, None), "Telefoni": (3, 4)})
    assert results.workshops(FACILITATOR, own) == []
    seating.merge(FACILITATOR, own, room.workshop.id, groups[2].id, groups[1].id)
    room = rooms_of.to(room, Step.SHOW)
    assert [(line.name, line.place) for line in taking_part.outcome(room)] == [
        ("Arkiv", 1),
        ("Telefoni", 2),
        ("Lønn", None),
    ]
    assert taking_part.outcome(room)[0].score == (8 * 7 + 8 * 9) / 2
