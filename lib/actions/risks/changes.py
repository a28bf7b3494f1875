"""What somebody does to the risk register: each verb asks the gate, holds what was seen against what is, and logs.

What is typed is merged field by field; what is done to a whole risk asks that all of it is as it was seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from lib.access import Action
from lib.actions import saving
from lib.actions.forms import Form, form
from lib.actions.risks.register import RiskBook, book_in, readiness_in
from lib.actions.saving import Stored, check_text
from lib.domain.merging import Answers
from lib.domain.risks import register
from lib.model.access import Actor
from lib.model.methods import Rule
from lib.model.problems import AppError, NotFound
from lib.model.records import Study
from lib.model.risk_records import Acceptance, Countermeasure, Override, Risk, RiskPolicy, RiskStatus, StepWords
from lib.model.sheet_kinds import COUNTERMEASURES_SHEET, REASON, RISKS_SHEET, ROLE, STEP_WORDS

STEP_KEYS = tuple(f"{scale.key}.{step}" for scale in register.METHOD.criteria for step in scale.steps)


def add(actor: Actor, study: Study, typed: Risk) -> Risk:
    """A new risk; its id is given here. AppError `twice` where the study has it, or what is wrong with a field."""
    with _form(actor, study, RISKS_SHEET.key) as open_form:
        book = book_in(open_form.tx, study)
        (made,) = _save(open_form, book, typed.model_copy(update={"id": ""}), (), ())
        return made


def save_risk(actor: Actor, study: Study, typed: Risk, seen: Risk, answers: Answers = ()) -> None:
    """The fields that differ from `seen` are these from now on; all others stay as they are.

    Merged and refused as `saving.save` does; NotFound for a risk that is gone.
    """
    with _form(actor, study, RISKS_SHEET.key) as open_form:
        book = book_in(open_form.tx, study)
        book.risk(seen.id)
        _save(open_form, book, typed, (seen,), answers)


def _save(form: Form, book: RiskBook, typed: Risk, seen: Sequence[Risk], answers: Answers) -> tuple[Risk, ...]:
    held = [risk for risk in book.risks if risk.id == typed.id]
    others = [risk for risk in book.risks if risk.id != typed.id]
    stored = Stored(held, others, names(book), single=True)
    found = saving.merged(form, RISKS_SHEET, [typed], seen, stored, answers)
    for risk in found.written:
        _not_accepted_by_typing(risk, held[0] if held else None)
    form.write(typed.factor, found.written)
    return found.written


def names(book: RiskBook) -> dict[str, dict[str, str]]:
    """What a risk and its countermeasures may refer to, as a table says it."""
    areas = {area.id: f"{area.code} {area.name}" for area in book.areas}
    return {"area": areas, "risk": {risk.id: risk.factor for risk in book.risks}}


def set_status(actor: Actor, study: Study, risk: str, status: RiskStatus) -> None:
    """Close a risk, open it again, or follow it. AppError `accept_by_role` for accepting, which a role does."""
    with _form(actor, study, RISKS_SHEET.key) as open_form:
        held = book_in(open_form.tx, study).risk(risk)
        changed = held.model_copy(update={"status": status})
        _not_accepted_by_typing(changed, held)
        open_form.write(held.factor, [changed] if changed != held else [])


def remove(actor: Actor, study: Study, seen: Risk) -> None:
    """A risk and its countermeasures go; undone under «Last opp». AppError `figures_moved` where it has changed."""
    with _form(actor, study, RISKS_SHEET.key) as open_form:
        book = book_in(open_form.tx, study)
        if book.risk(seen.id) != seen:
            raise AppError("figures_moved")
        said = [book.acceptances[seen.id]] if seen.id in book.acceptances else []
        open_form.write(seen.factor, [], [seen, *book.of(seen.id), *said])


def save_countermeasures(
    actor: Actor,
    study: Study,
    risk: str,
    typed: Sequence[Countermeasure],
    seen: Sequence[Countermeasure],
    answers: Answers = (),
) -> None:
    """A risk's countermeasures are these from now on; one without an id is new, one that is left out goes.

    Merged and refused as `saving.save` does; NotFound for a risk that is gone.
    """
    with _form(actor, study, COUNTERMEASURES_SHEET.key) as open_form:
        book = book_in(open_form.tx, study)
        about = book.risk(risk)
        others = [each for each in book.countermeasures if each.risk != risk]
        stored = Stored(book.of(risk), others, names(book), about)
        placed = [each.model_copy(update={"risk": risk}) for each in typed]
        saving.save(open_form, COUNTERMEASURES_SHEET, placed, seen, stored, about.factor, answers)


def accept(
    actor: Actor, study: Study, seen: Risk, countermeasures: Sequence[Countermeasure], role: str, reason: str
) -> None:
    """A role accepts the risk just as it was seen; a copy is frozen. AppError `figures_moved` where it has changed."""
    with _form(actor, study, "acceptances", Action.RISK_ACCEPT) as open_form:
        book = book_in(open_form.tx, study)
        held = book.risk(seen.id)
        if held != seen or set(book.of(held.id)) != set(countermeasures):
            raise AppError("figures_moved")
        if held.status is RiskStatus.CLOSED:
            raise AppError("closed_not_accepted")
        now = held.model_copy(update={"status": RiskStatus.ACCEPTED})
        said = Acceptance(
            id=held.id,
            role=check_text(ROLE, role),
            reason=check_text(REASON, reason),
            accepted=register.frozen(now, book.countermeasures),
            accepted_by=actor.name,
            accepted_at=datetime.now(UTC),
        )
        open_form.write(held.factor, [said, *([now] if now != held else [])])


def withdraw(actor: Actor, study: Study, risk: str) -> None:
    """The risk is no longer accepted; it is followed."""
    with _form(actor, study, "acceptances", Action.RISK_ACCEPT) as open_form:
        book = book_in(open_form.tx, study)
        held, said = book.risk(risk), book.acceptances.get(risk)
        now = held.model_copy(update={"status": RiskStatus.FOLLOWED})
        written = [now] if held.status is RiskStatus.ACCEPTED else []
        open_form.write(held.factor, written, [said] if said else [])


def set_policy(actor: Actor, study: Study, rules: Sequence[Rule], reason: str) -> None:
    """The study's own rules, with the reason; none: the method's again. AppError for rules that make no sense."""
    with _form(actor, study, "risk_policies") as open_form:
        held = _policy(book_in(open_form.tx, study))
        given = [] if tuple(rules) == register.METHOD.rules else list(rules)
        if given:
            register.check_rules(given)
        why = check_text(REASON, reason) if given else ""
        fields = [
            {"key": r.key, "criterion": r.criterion, "comparison": r.comparison, "limit": r.limit, "total": r.total}
            for r in given
        ]
        changed = held.model_copy(update={"rules": fields, "reason": why})
        open_form.write("", [changed] if changed != held else [])


def set_steps(
    actor: Actor, study: Study, steps: Mapping[str, str], seen: Mapping[str, str], answers: Answers = ()
) -> None:
    """The study's own words for steps, by «probability.1»; a blank one: the product's again. Merged step by step."""
    with _form(actor, study, "risk_policies") as open_form:
        held = _policy(book_in(open_form.tx, study))
        stored = Stored(_step_words(held.steps), names={"step": {key: key for key in STEP_KEYS}}, single=True)
        found = saving.merged(open_form, STEP_WORDS, _step_words(steps), _step_words(seen), stored, answers)
        kept = held.steps | {each.id: each.text or "" for each in found.written}
        changed = held.model_copy(update={"steps": {key: text for key, text in kept.items() if text}})
        open_form.write("", [changed] if changed != held else [])


def _step_words(steps: Mapping[str, str]) -> list[StepWords]:
    return [StepWords(id=key, step=key, text=steps.get(key) or None) for key in STEP_KEYS]


def _policy(book: RiskBook) -> RiskPolicy:
    return book.policy or RiskPolicy(id=book.study, rules=[], reason="", steps={})


def override(actor: Actor, study: Study, area: str | None, role: str, reason: str) -> None:
    """A role lets a case go on although these forced risks lack countermeasures; AppError `nothing_held_back`."""
    with _form(actor, study, "overrides", Action.RISK_ACCEPT) as open_form:
        book = book_in(open_form.tx, study)
        if area is not None and area not in {each.id for each in book.areas}:
            raise NotFound
        found = readiness_in(book, area)
        if not found.uncovered:
            raise AppError("nothing_held_back")
        given = Override(
            id=area or study.id,
            role=check_text(ROLE, role),
            reason=check_text(REASON, reason),
            given_by=actor.name,
            given_at=datetime.now(UTC),
            risks=sorted(risk.id for risk in found.uncovered),
        )
        open_form.write(given.role, [given])


def withdraw_override(actor: Actor, study: Study, area: str | None) -> None:
    """The case is held back again."""
    with _form(actor, study, "overrides", Action.RISK_ACCEPT) as open_form:
        given = book_in(open_form.tx, study).overrides.get(area or study.id)
        open_form.write(given.role if given else "", [], [given] if given else [])


def _form(actor: Actor, study: Study, kind: str, action: Action = Action.RISK_EDIT) -> AbstractContextManager[Form]:
    return form(actor, study, action, kind)


def _not_accepted_by_typing(risk: Risk, held: Risk | None) -> None:
    if risk.status is RiskStatus.ACCEPTED and (held is None or held.status is not RiskStatus.ACCEPTED):
        raise AppError("accept_by_role")
