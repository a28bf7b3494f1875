"""The register as tables in a language: the risks with the forced first, other rules beside, then and now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from lib.actions.risks.register import RiskBook
from lib.charts.risks.frames import Moved
from lib.domain.risks import register as risk_register
from lib.exhibits.risks import words
from lib.i18n import alphabetical, day, t
from lib.intake.register import in_cell
from lib.model.kinds import Type
from lib.model.methods import Rule
from lib.model.risk_records import Acceptance, Risk, RiskStatus
from lib.model.sheet_kinds import COUNTERMEASURES_SHEET, RISKS_SHEET


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


def register(language: str, book: RiskBook, rows: Sequence[Numbered]) -> pd.DataFrame:
    """The table on the page, one row a risk."""
    heads = ["number", "factor", "probability", "consequence", "sum", "demand", "after", "area", "owner", "status"]
    lines = [_line(language, book, row) for row in rows]
    return pd.DataFrame(lines, columns=[t(language, f"risk_columns.{head}") for head in heads])


def number_heads(language: str) -> tuple[str, ...]:
    return tuple(t(language, f"risk_columns.{key}") for key in ("number", "probability", "consequence", "sum", "after"))


def _line(language: str, book: RiskBook, row: Numbered) -> list[str]:
    risk = row.risk
    left = risk_register.residual(risk, book.countermeasures).product
    return [
        str(row.number),
        risk.factor,
        *map(_figure, (risk.probability, risk.consequence, risk.sum)),
        demand(language, row),
        _figure(left),
        book.area_name(risk) or t(language, "risk.whole"),
        risk.owner or "",
        t(language, f"choices.risk_status.{risk.status}"),
    ]


def demand(language: str, row: Numbered) -> str:
    """A mark and words, so that no colour has to tell."""
    if row.uncovered:
        return f"◆ {t(language, 'risk.demand_missing')}"
    return t(language, "risk.demand_met" if row.forced else "risk.demand_none")


def _figure(value: int | None) -> str:
    return "–" if value is None else str(value)


def alternatives(language: str, book: RiskBook, about: Sequence[Risk]) -> pd.DataFrame:
    """What each rule would have demanded: cells, risks, and how many of these have no countermeasure."""
    heads = [t(language, f"risk_columns.{key}") for key in ("rule", "cells", "forced", "missing")]
    lines = []
    for key, rules in rule_sets(book).items():
        demanded, missing = (
            risk_register.forced(about, rules),
            risk_register.uncovered(about, book.countermeasures, rules),
        )
        lines.append(
            [
                rule_name(language, key, rules),
                *map(str, (len(risk_register.forced_cells(rules)), len(demanded), len(missing))),
            ]
        )
    return pd.DataFrame(lines, columns=heads)


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
        (_heading(language, key), _told(language, book, key, then), _told(language, book, key, now))
        for key, (then, now) in found.items()
    ]


def frozen(language: str, book: RiskBook, said: Acceptance) -> pd.DataFrame:
    """The risk as it was accepted: heading and value, what was filled in."""
    heads = [t(language, f"risk_columns.{key}") for key in ("field", "then")]
    held = {key: value for key, value in said.accepted.items() if key not in ("id", "origin")}
    lines = [[_heading(language, key), _told(language, book, key, value)] for key, value in held.items() if value]
    return pd.DataFrame(lines, columns=heads)


def _heading(language: str, field: str) -> str:
    if field == "countermeasures":
        return t(language, "risk.countermeasures")
    return t(language, f"columns.{field}")


def _told(language: str, book: RiskBook, field: str, value: object) -> str:
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


def booklet(language: str, book: RiskBook, rows: Sequence[Numbered]) -> pd.DataFrame:
    """SAM13's own table, and what it lacks after it, so that it can be read in again."""
    heads = ["factor", "probability", "consequence", "sum", "countermeasure"]
    lines = [
        [
            row.risk.factor,
            row.risk.probability,
            row.risk.consequence,
            row.risk.sum,
            in_cell(list(book.of(row.risk.id))) or None,
        ]
        for row in rows
    ]
    frame = pd.DataFrame(lines, columns=[t(language, f"columns.{head}") for head in heads])
    more = {
        "area": [book.area_name(row.risk) or None for row in rows],
        "measure": [row.risk.measure for row in rows],
        "constructed": [t(language, "choices.yes") if row.risk.constructed else None for row in rows],
    }
    for key, values in more.items():
        if any(values):
            frame[t(language, f"columns.{key}")] = values
    return frame.astype(object).where(frame.notna(), None)
