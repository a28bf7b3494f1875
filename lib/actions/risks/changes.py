"""What somebody does to the risk register: each verb asks the gate, holds what was seen against what is, and logs.

Two who change different fields of one risk both stand; who changes the same field last hears what the other wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, TypeVar

from lib.access import Action
from lib.actions.forms import Form, form
from lib.actions.risks.register import RiskBook, book_in, readiness_in
from lib.domain.record_faults import faults
from lib.domain.risks import register
from lib.i18n import today
from lib.model.access import Actor
from lib.model.kinds import Column, SheetKind, Type, free, identity, known, line
from lib.model.methods import Rule
from lib.model.problems import AppError, NotFound, Severity
from lib.model.records import Record, Study
from lib.model.risk_records import Acceptance, Countermeasure, Override, Risk, RiskPolicy, RiskStatus
from lib.model.sheet_kinds import COUNTERMEASURES_SHEET, RISKS_SHEET

R = TypeVar("R", Risk, Countermeasure)
NAME_LIMIT, TEXT_LIMIT, STEP_LIMIT = 120, 1000, 160


def add(actor: Actor, study: Study, typed: Risk) -> Risk:
    """A new risk; its id is given here. AppError `risk_twice` where the study has it, or what is wrong with a field."""
    with _form(actor, study, RISKS_SHEET.key) as open_form:
        book = book_in(open_form.tx, study)
        risk = _fit(book, study, _tidy(RISKS_SHEET, typed), None)
        _not_accepted_by_typing(risk, None)
        open_form.write(risk.factor, [risk])
        return risk


def save_risk(actor: Actor, study: Study, typed: Risk, seen: Risk) -> None:
    """The fields that differ from `seen` are these from now on; all others stay as they are."""
    save_risks(actor, study, [(typed, seen)])


def save_risks(actor: Actor, study: Study, changed: Sequence[tuple[Risk, Risk]]) -> None:
    """`save_risk` for several at once: all of them, or with an AppError none.

    AppError `field_moved` where somebody has changed the same field since, NotFound for a risk that is gone.
    """
    with _form(actor, study, RISKS_SHEET.key) as open_form:
        book = book_in(open_form.tx, study)
        written = []
        for typed, seen in changed:
            held = book.risk(seen.id)
            merged = _fit(book, study, _merged(RISKS_SHEET, _tidy(RISKS_SHEET, typed), seen, held), held)
            _not_accepted_by_typing(merged, held)
            written += [merged] if merged != held else []
        open_form.write(", ".join(risk.factor for risk in written)[:NAME_LIMIT], written)


def seen_again(typed: Risk, seen: Risk, held: Risk) -> Risk:
    """What counts as seen once somebody has heard what another wrote: their next save of these fields is meant so."""
    touched = [name for name in Risk.model_fields if getattr(typed, name) != getattr(seen, name)]
    return seen.model_copy(update={name: getattr(held, name) for name in touched})


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
    actor: Actor, study: Study, risk: str, typed: Sequence[Countermeasure], seen: Sequence[Countermeasure]
) -> None:
    """A risk's countermeasures are these from now on; one without an id is new, one that is left out goes.

    What others have added or changed in other fields since stays. AppErrors as `save_risks`.
    """
    with _form(actor, study, COUNTERMEASURES_SHEET.key) as open_form:
        book = book_in(open_form.tx, study)
        about = book.risk(risk)
        held = {each.id: each for each in book.of(risk)}
        before = {each.id: each for each in seen}
        gone = _left_out(before, {each.id for each in typed}, held)
        result = {key: each for key, each in held.items() if key not in {row.id for row in gone}}
        for each in typed:
            if each.id in before and each.id not in held:
                _refuse_change_of_gone(each, before[each.id])
                continue
            row = _measure(study, about, each, before, held, result)
            result[row.id] = row
        _differently_named(result.values())
        written = [row for key, row in result.items() if held.get(key) != row]
        open_form.write(about.factor, written, gone)


def _left_out(
    before: Mapping[str, Countermeasure], kept: set[str], held: Mapping[str, Countermeasure]
) -> list[Countermeasure]:
    gone = [held[key] for key in before if key not in kept and key in held]
    if any(before[each.id] != each for each in gone):
        raise AppError("figures_moved")
    return gone


def _refuse_change_of_gone(typed: Countermeasure, seen: Countermeasure) -> None:
    """One that somebody else has taken away stays away; only who has changed it must hear so."""
    if typed != seen:
        raise AppError("countermeasure_gone", name=seen.name)


def _measure(
    study: Study,
    about: Risk,
    typed: Countermeasure,
    before: Mapping[str, Countermeasure],
    held: Mapping[str, Countermeasure],
    taken: Mapping[str, Countermeasure],
) -> Countermeasure:
    tidy = _tidy(COUNTERMEASURES_SHEET, typed.model_copy(update={"risk": about.id}))
    old = held.get(typed.id) if typed.id in before else None
    if old is None:
        key = free(identity(COUNTERMEASURES_SHEET, study.id, dict(tidy)), {*held, *taken})
        row = tidy.model_copy(update={"id": key})
    else:
        row = _merged(COUNTERMEASURES_SHEET, tidy, before[typed.id], old)
    _refuse_faults(COUNTERMEASURES_SHEET, row, old, about)
    return row


def _differently_named(rows: Iterable[Countermeasure]) -> None:
    names: set[str] = set()
    for row in rows:
        if row.name.casefold() in names:
            raise AppError("countermeasure_twice", name=row.name)
        names.add(row.name.casefold())


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
            role=_words(role, "@risk.role", NAME_LIMIT),
            reason=_words(reason, "@risk.reason", TEXT_LIMIT),
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
        why = _words(reason, "@risk.reason", TEXT_LIMIT) if given else ""
        fields = [
            {"key": r.key, "criterion": r.criterion, "comparison": r.comparison, "limit": r.limit, "total": r.total}
            for r in given
        ]
        changed = held.model_copy(update={"rules": fields, "reason": why})
        open_form.write("", [changed] if changed != held else [])


def set_steps(actor: Actor, study: Study, steps: Mapping[str, str], seen: Mapping[str, str]) -> None:
    """The study's own words for steps, by «probability.1»; a blank one: the product's again. Merged as `save_risk`."""
    with _form(actor, study, "risk_policies") as open_form:
        held = _policy(book_in(open_form.tx, study))
        kept = dict(held.steps)
        for key in (f"{scale.key}.{step}" for scale in register.METHOD.criteria for step in scale.steps):
            text, before, now = line(steps.get(key, "")), seen.get(key, ""), kept.get(key, "")
            if text in (before, now):
                continue
            if now != before:
                raise AppError("field_moved", what="@risk.steps", value=now)
            kept[key] = _words(text, "@risk.steps", STEP_LIMIT) if text else ""
        changed = held.model_copy(update={"steps": {key: text for key, text in kept.items() if text}})
        open_form.write("", [changed] if changed != held else [])


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
            role=_words(role, "@risk.role", NAME_LIMIT),
            reason=_words(reason, "@risk.reason", TEXT_LIMIT),
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


def _merged(sheet: SheetKind, typed: R, seen: R, held: R) -> R:
    """`held` with what was typed; AppError `field_moved` with the other's value where both changed one field."""
    update: dict[str, Any] = {}
    for name in type(held).model_fields:
        wish, before, now = getattr(typed, name), getattr(seen, name), getattr(held, name)
        if wish in (before, now) or name == "id":
            continue
        if now != before:
            raise AppError("field_moved", what=_heading(sheet, name), value=_said(sheet, name, now))
        update[name] = wish
    return held.model_copy(update=update)


def _column(sheet: SheetKind, name: str) -> Column | None:
    return next((column for column in sheet.columns if column.target == name), None)


def _heading(sheet: SheetKind, name: str) -> str:
    column = _column(sheet, name)
    return f"@{column.text}" if column else name


def _said(sheet: SheetKind, name: str, value: object) -> str:
    """A value as it is said in a sentence; the word of a choice is the catalogue's."""
    column = _column(sheet, name)
    if value is None:
        return "–"
    return (
        f"@choices.{column.choices}.{value}"
        if column and column.type is Type.CHOICE and column.choices != "yes_no"
        else str(value)
    )


def _tidy(sheet: SheetKind, typed: R) -> R:
    """Texts as intake keeps them, blank ones as none; AppError for one that is missing or too long."""
    update: dict[str, Any] = {}
    for column in sheet.columns:
        value = getattr(typed, column.target, None)
        if column.beside or column.refers or column.type not in (Type.LINE, Type.TEXT) or not isinstance(value, str):
            continue
        text = line(value) if column.type is Type.LINE else value.strip()
        text = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
        if len(text) > column.max_length or (column.required and not text):
            raise AppError("text_limit", what=f"@{column.text}", limit=column.max_length)
        update[column.target] = text or None
    return typed.model_copy(update=update)


def _fit(book: RiskBook, study: Study, risk: Risk, held: Risk | None) -> Risk:
    """The risk with its id; AppError where its area is gone, the study has it already, or it contradicts itself."""
    if risk.area is not None and risk.area not in {area.id for area in book.areas}:
        raise NotFound
    others = known(RISKS_SHEET, study.id, (each for each in book.risks if held is None or each.id != held.id))
    key = identity(RISKS_SHEET, study.id, dict(risk))
    if key in others:
        raise AppError("risk_twice", factor=risk.factor)
    fitted = risk if held else risk.model_copy(update={"id": free(key, {each.id for each in book.risks})})
    _refuse_faults(RISKS_SHEET, fitted, held, None)
    return fitted


def _refuse_faults(sheet: SheetKind, record: Risk | Countermeasure, held: Record | None, about: Risk | None) -> None:
    for fault in faults(record, held, about, today()):
        if fault.severity is Severity.ERROR:
            raise AppError(fault.code, **{"what": _heading(sheet, fault.place), **fault.params})


def _not_accepted_by_typing(risk: Risk, held: Risk | None) -> None:
    if risk.status is RiskStatus.ACCEPTED and (held is None or held.status is not RiskStatus.ACCEPTED):
        raise AppError("accept_by_role")


def _words(text: str, what: str, limit: int) -> str:
    kept = line("".join(letter for letter in text if letter.isprintable() or letter.isspace()))
    if not kept or len(kept) > limit:
        raise AppError("text_limit", what=what, limit=limit)
    return kept
