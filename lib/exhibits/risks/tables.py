"""The register as tables in a language: the risks with the forced first, other rules beside, then and now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from lib.actions.risks.register import RiskBook
from lib.charts.risks.frames import Moved
from lib.domain.risks import register as risk_register
from lib.exhibits.exhibit import FILES, Table, numeric, text
from lib.exhibits.limits import limits
from lib.exhibits.risks import words
from lib.i18n import alphabetical, day, t
from lib.intake.register import in_cell
from lib.model.kinds import Type
from lib.model.methods import Rule
from lib.model.risk_records import Acceptance, Risk, RiskStatus
from lib.model.sheet_kinds import COUNTERMEASURES_SHEET, RISKS_SHEET

FIGURES = ("number", "probability", "consequence", "sum", "after")


class Numbered(NamedTuple):
    """A risk with its number in the table, and whether it must have a countermeasure and has none."""

    number: int
    risk: Risk
    forced: bool
    uncovered: bool


def ordered(book: RiskBook, about: Sequence[Risk]) -> list[Numbered]:
    """Those that lack a countermeasure first, then the forced, then by sum; closed ones last."""
    missing = {risk.id for risk in risk_register.uncovered(about, book.countermeasures, book.rules)}
    demanded = {risk.id for risk in risk_register.forced(about, book.rules)}

    def place(risk: Risk) -> tuple[object, ...]:
        closed = risk.status is RiskStatus.CLOSED
        return closed, risk.id not in missing, risk.id not in demanded, -(risk.sum or 0), alphabetical(risk.factor)

    rows = sorted(about, key=place)
    return [Numbered(n, risk, risk.id in demanded, risk.id in missing) for n, risk in enumerate(rows, 1)]


def register(language: str, book: RiskBook, rows: Sequence[Numbered]) -> Table:
    """One row a risk; which rows are made up stands in files, where any is."""
    heads = ("number", "factor", "probability", "consequence", "sum", "demand", "after", "area", "owner", "status")
    named = {key: t(language, f"risk_columns.{key}") for key in heads}
    columns = [numeric(language, head) if key in FIGURES else text(head) for key, head in named.items()]
    columns += [text(t(language, "columns.constructed"), FILES)] if book.constructed else []
    return Table(tuple(columns), [_register_row(language, book, row) for row in rows], t(language, "risk.table_alt"))


def _register_row(language: str, book: RiskBook, row: Numbered) -> list[Any]:
    risk = row.risk
    return [
        row.number,
        risk.factor,
        *(risk.probability, risk.consequence, risk.sum),
        demand(language, row),
        risk_register.residual(risk, book.countermeasures).product,
        book.area_name(risk) or t(language, "risk.whole"),
        risk.owner,
        t(language, f"choices.risk_status.{risk.status}"),
        t(language, "choices.yes") if risk.constructed else None,
    ]


def demand(language: str, row: Numbered) -> str:
    """A mark and words, so that no colour has to tell."""
    if row.uncovered:
        return f"◆ {t(language, 'risk.demand_missing')}"
    return t(language, "risk.demand_met" if row.forced else "risk.demand_none")


class Demand(NamedTuple):
    """What a rule asks of some risks: how many must have a countermeasure, and how many of these have none."""

    name: str
    cells: int
    forced: int
    missing: int


def demands(language: str, book: RiskBook, about: Sequence[Risk]) -> list[Demand]:
    """By each of `rule_sets`."""
    return [
        Demand(
            rule_name(language, key, rules),
            len(risk_register.forced_cells(rules)),
            len(risk_register.forced(about, rules)),
            len(risk_register.uncovered(about, book.countermeasures, rules)),
        )
        for key, rules in rule_sets(book).items()
    ]


def alternatives(language: str, found: Sequence[Demand]) -> Table:
    """What each rule would have demanded: cells, risks, and how many of these have no countermeasure."""
    heads = [t(language, f"risk_columns.{key}", **limits(language)) for key in ("rule", "cells", "forced", "missing")]
    columns = (text(heads[0]), *(numeric(language, head) for head in heads[1:]))
    return Table(columns, found, t(language, "risk.alternatives_alt"))


def rule_sets(book: RiskBook) -> dict[str, tuple[Rule, ...]]:
    """The study's rule first, under "", then the method's where that is another, and those beside it."""
    sets = {"": book.rules, **risk_register.RULE_SETS}
    if book.rules == risk_register.METHOD.rules:
        del sets["own"]
    return sets


def rule_name(language: str, key: str, rules: Sequence[Rule]) -> str:
    said = words.rule_set(language, rules)
    said = said[:1].upper() + said[1:]
    tail = {"": "risk.rule_here", "own": "risk.rule_source"}.get(key)
    return f"{said} ({t(language, tail)})" if tail else said


def moved(book: RiskBook, rows: Sequence[Numbered]) -> list[Moved]:
    """The risks that can be drawn, from now to after their countermeasures."""
    drawn = []
    for row in rows:
        risk, left = row.risk, risk_register.residual(row.risk, book.countermeasures)
        if risk.status is RiskStatus.CLOSED or None in (risk.probability, risk.consequence):
            continue
        now, after = (risk.probability or 0, risk.consequence or 0), (left.probability or 0, left.consequence or 0)
        drawn.append(Moved(row.number, risk.factor, now, after))
    return drawn


def differences(language: str, book: RiskBook, said: Acceptance, risk: Risk) -> list[tuple[str, str, str]]:
    """What has changed since a risk was accepted: heading, then, now."""
    found = risk_register.differs(said, risk, book.countermeasures)
    return [
        (_heading(language, key), _written(language, book, key, then), _written(language, book, key, now))
        for key, (then, now) in found.items()
    ]


def frozen(language: str, book: RiskBook, said: Acceptance) -> pd.DataFrame:
    """The risk as it was accepted: heading and value, what was filled in."""
    heads = [t(language, f"risk_columns.{key}") for key in ("field", "then")]
    held = {key: value for key, value in said.accepted.items() if key not in ("id", "origin")}
    lines = [[_heading(language, key), _written(language, book, key, value)] for key, value in held.items() if value]
    return pd.DataFrame(lines, columns=heads)


def _heading(language: str, field: str) -> str:
    if field == "countermeasures":
        return t(language, "risk.countermeasures")
    return t(language, f"columns.{field}")


def _written(language: str, book: RiskBook, field: str, value: object) -> str:
    """A stored value as it is read."""
    if isinstance(value, list):
        return "; ".join(_measure_told(language, each) for each in value if isinstance(each, dict)) or "–"
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return t(language, "overview.yes" if value else "overview.no")
    if field == "area":
        return next((area.name for area in book.areas if area.id == value), "–")
    column = next((column for column in RISKS_SHEET.columns if column.target == field), None)
    chosen = column is not None and column.type is Type.CHOICE and column.choices
    return t(language, f"choices.{chosen}.{value}") if chosen else str(value)


def _measure_told(language: str, fields: dict[str, object]) -> str:
    """«Vikaravtale (S til 2, frist 1. juni 2030, i gang)»."""
    said = []
    for column in COUNTERMEASURES_SHEET.columns:
        value = fields.get(column.target)
        if value is None or column.key not in (
            "lowered_probability",
            "lowered_consequence",
            "owner",
            "deadline",
            "progress",
        ):
            continue
        if column.type is Type.CHOICE:
            said.append(t(language, f"choices.{column.choices}.{value}"))
        else:
            shown = day(language, date.fromisoformat(str(value))) if column.type is Type.DATE else str(value)
            said.append(f"{t(language, column.text)}: {shown}")
    return f"{fields['name']} ({', '.join(said)})"


def booklet(language: str, book: RiskBook, rows: Sequence[Numbered]) -> Table:
    """SAM13's own table, and what it lacks after it where anything is said of that, so that it can be read in again."""
    columns = {
        key: numeric(language, _head(language, key), unknown="") for key in ("probability", "consequence", "sum")
    }
    columns = {"factor": text(_head(language, "factor"))} | columns
    held = [_told_in_booklet(language, book, row.risk) for row in rows]
    more = [key for key in ("area", "measure", "constructed") if any(each[key] for each in held)]
    columns |= {key: text(_head(language, key)) for key in ("countermeasure", *more)}
    alt = t(language, "exhibits.risks.booklet")
    return Table(tuple(columns.values()), [[each[key] for key in columns] for each in held], alt)


def _head(language: str, key: str) -> str:
    return t(language, f"columns.{key}")


def _told_in_booklet(language: str, book: RiskBook, risk: Risk) -> dict[str, Any]:
    return {
        **{key: getattr(risk, key) for key in ("factor", "probability", "consequence", "sum", "measure")},
        "countermeasure": in_cell(list(book.of(risk.id))) or None,
        "area": book.area_name(risk) or None,
        "constructed": t(language, "choices.yes") if risk.constructed else None,
    }
