"""What a statement of a SWOT becomes: a weakness or a threat a risk, an opportunity an area; and the way back."""

from __future__ import annotations

from typing import NamedTuple

from lib.access import Action
from lib.actions.bridge.promoting import RISK_LIMIT, free_code, risk_id
from lib.actions.forms import form
from lib.actions.swot import statements
from lib.model.access import Actor
from lib.model.kinds import free
from lib.model.problems import AppError, NotFound
from lib.model.records import Area, Record, Study, stable_id
from lib.model.risk_records import Risk
from lib.model.sheet_kinds import AREAS_SHEET, RISKS_SHEET
from lib.model.swot_records import Quadrant, SwotBook, SwotItem
from lib.store import Tx, rows

NAME_LIMIT = AREAS_SHEET.column("area").max_length
CAUSE_LIMIT = RISKS_SHEET.column("cause").max_length
SENT_AS_RISK = (Quadrant.WEAKNESS, Quadrant.THREAT)


class Origin(NamedTuple):
    """A statement that something was made of, and its function."""

    text: str
    function: str


def origins(actor: Actor, study: Study, made: str) -> list[Origin]:
    """The statements that a risk or an area was made of; none for others."""
    known = statements.book(actor, study)
    names = {area.id: area.name for area in known.areas}
    return [Origin(item.text, names[item.area]) for item in known.made_of.get(made, ())]


def send_on(actor: Actor, study: Study, item: str) -> str:
    """Make a risk of a weakness or threat, an area of an opportunity; the name of what was made.

    The item says what it became, and the risk where it comes from. AppError `already_sent` with the name of what it has
    become, `not_sent_on` for a strength; NotFound for an item that is gone.
    """
    with form(actor, study, Action.SWOT_EDIT, "sent_on") as saving:
        known = statements.book_in(saving.tx, study)
        held = next((each for each in known.items if each.id == item), None)
        if held is None:
            raise NotFound
        if item in known.became:
            raise AppError("already_sent", name=known.became[item])
        if held.quadrant is Quadrant.STRENGTH:
            raise AppError("not_sent_on")
        make_risk = held.quadrant in SENT_AS_RISK
        made, is_new = _risk(saving.tx, study, held) if make_risk else _area_of(study, known, held)
        new: list[Record] = [made] if is_new else []
        function = next(area.name for area in known.areas if area.id == held.area)
        saving.write(function, [*new, held.model_copy(update={"became": made.id})], count=1)
    return made.factor if isinstance(made, Risk) else made.name


def _risk(tx: Tx, study: Study, item: SwotItem) -> tuple[Risk, bool]:
    """The risk that says what the item says of its function, and whether it is new."""
    factor = _short(item.text, RISK_LIMIT)
    held = {risk.id: risk for risk in rows.current(tx, Risk, study.id)}
    for risk in held.values():
        if (risk.factor.casefold(), risk.area) == (factor.casefold(), item.area):
            return risk, False
    about = {"factor": factor, "area": item.area, "source": item.source, "origin": item.id}
    whole = _short(item.text, CAUSE_LIMIT) if factor != item.text else None
    made = Risk.model_validate({"id": "", "cause": whole, "constructed": item.constructed} | about)
    return made.model_copy(update={"id": free(risk_id(study, factor, item.area), held)}), True


def _area_of(study: Study, known: SwotBook, item: SwotItem) -> tuple[Area, bool]:
    """The area with the statement as its name, and whether it is new."""
    name = _short(item.text, NAME_LIMIT)
    for area in known.areas:
        if area.name.casefold() == name.casefold():
            return area, False
    code = free_code([area.code for area in known.areas])
    whole = item.text if name != item.text else None
    key = stable_id(study.id, "area", code.casefold())  # as intake makes it
    return Area(id=key, code=code, name=name, description=whole, source=item.source), True


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rsplit(' ', 1)[0]}…"
