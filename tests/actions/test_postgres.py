"""The same product on PostgreSQL: demonstrations, an upload with undo, links and results."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.actions import demo, house, links, results, status, studies, uploads
from lib.actions.suppression import Selection
from lib.model.access import VISITOR, Role
from lib.model.columns import ITEM
from tests.actions.test_uploads import CHANGED, GOOD, as_sets, look, state
from tests.facts import DOCUMENTED_ORDER
from tests.people import FACILITATOR
from tests.store.engines import fresh_address


@pytest.fixture
def postgres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with fresh_address("postgresql", tmp_path) as address:
        monkeypatch.setenv("MULIGHETSROM_STORE", address)
        yield
        house.close()


@pytest.mark.usefixtures("postgres")
def test_the_product_runs_on_postgresql() -> None:
    demo.ensure()
    demo.ensure()
    assert status.report()["engine"] == "postgresql"
    study = studies.find(VISITOR, "indre-namdal")
    ranking = results.ranking(VISITOR, study, Selection(results.workshops(VISITOR, study)[0].id))
    assert [ranking.material.names[item] for item in ranking.summary[ITEM]] == list(DOCUMENTED_ORDER)

    own = studies.create(FACILITATOR, "Vår region")
    uploads.confirm(FACILITATOR, look(own, GOOD))
    before = as_sets(state(own))
    batch = uploads.confirm(FACILITATOR, look(own, CHANGED))
    assert as_sets(state(own)) != before
    uploads.flip(FACILITATOR, own, batch.id, False)
    assert as_sets(state(own)) == before

    link, key = links.make(FACILITATOR, Role.LEADER, own, "Lederne", 1)
    assert links.actor_of(key).grants[0].study == own.id
    links.revoke(FACILITATOR, link.id)
    assert links.actor_of(key) == VISITOR
    first = links.first_key()
    assert first is not None
    assert links.actor_of(links.owner_key()).grants[0].role == Role.FACILITATOR
