"""A live workshop of each kind: on areas, on risks of the register, and on the factors of the self-evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lib.access import Action
from lib.actions import forms, open_store
from lib.actions.bridge import promoting
from lib.actions.live import collecting, taking_part, workshops
from lib.actions.live.rooms import Room
from lib.model.live import Collects
from lib.model.records import Rater, Study, new_id
from lib.model.risk_records import Risk, RiskStatus
from lib.store import rows
from tests.actions import rooms_of
from tests.actions.rooms_of import actor, joined, now
from tests.people import FACILITATOR

KINDS = ("prioritisation", "risk", "self_evaluation")
RISKS = ("Fagmiljøet blir for lite", "Systemene snakker ikke sammen", "Vedtakene blir ikke like")


def register(study: Study, *factors: str, **fields: object) -> list[Risk]:
    """Risks of the register."""
    made = [Risk(id=promoting.risk_id(study, factor), factor=factor, **fields) for factor in factors]  # type: ignore[arg-type]
    _written(study, made)
    return made


def _written(study: Study, written: Sequence[Risk], removed: Sequence[Risk] = ()) -> None:
    with forms.form(FACILITATOR, study, Action.RISK_EDIT, "risks") as form:
        form.write("registeret", written, removed)


def risks(study: Study) -> dict[str, Risk]:
    """Factor → risk, as the register has it."""
    return {risk.factor: risk for risk in rows.current(open_store.store(), Risk, study.id)}


def closed(study: Study, factor: str) -> None:
    """The risk is closed by somebody."""
    _written(study, [risks(study)[factor].model_copy(update={"status": RiskStatus.CLOSED})])


def removed(study: Study, factor: str) -> None:
    """The risk is taken from the register."""
    _written(study, [], [risks(study)[factor]])


def of_kind(study: Study, method: str, **changes: object) -> Room:
    """A workshop by a method on all that it is made for; the study holds areas, and risks if asked for."""
    if method == "risk" and not risks(study):
        register(study, *RISKS)
    items = tuple(workshops.offered(FACILITATOR, study, method))
    return rooms_of.opened(study, method=method, items=items, **changes)


def risk_workshop(study: Study, *, prompts: tuple[str, ...] = ("Hva kan gå galt?",), **changes: object) -> Room:
    return rooms_of.opened(study, method="risk", prompts=prompts, collects=Collects.RISKS, **{"items": (), **changes})


def swot_workshop(study: Study, about: str, **changes: object) -> Room:
    prompts = ("Styrker", "Svakheter", "Muligheter", "Trusler")
    given: dict[str, object] = {"method": "dots", "items": (), "prompts": prompts, "collects": Collects.SWOT}
    return rooms_of.opened(study, **(given | {"about": about} | changes))


def wrote(room: Room, who: Rater | str, *texts: str, prompt: int = 0) -> Rater:
    """Somebody has written these under a question."""
    rater = joined(room, who)[0] if isinstance(who, str) else who
    for text in texts:
        taking_part.contribute(actor(room, rater), now(room), rater, new_id(), prompt, text)
    return rater


def grouped(room: Room) -> dict[str, str]:
    """Everything that was written as ideas: text → the idea's id."""
    collecting.take_each(FACILITATOR, room.study, room.workshop.id)
    return {idea.text: idea.id for idea in now(room).ideas}


def rated(room: Room, rater: Rater, given: dict[str, Iterable[int | None]]) -> None:
    """Name of what is rated → one value a criterion, each as a tap of its own."""
    room = now(room)
    ids = {subject.name: subject.id for subject in room.subjects}
    for name, values in given.items():
        for criterion, value in zip(room.method.criterion_keys, values, strict=True):
            assert rooms_of.tap(room, rater, ids[name], criterion, value)
