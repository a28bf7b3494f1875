"""Costs as tables: everything that the pictures show, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from lib.actions.costs.comparison import Comparison, Share, Summed, Together
from lib.actions.costs.events import Carried
from lib.actions.costs.fairness import Fairness
from lib.actions.costs.years import OverYears
from lib.domain.costs.over_time import ALL
from lib.exhibits.costs.words import model_name
from lib.exhibits.exhibit import FILES, SCREEN, Column, Table, numeric, signed, text
from lib.i18n import t
from lib.model.columns import (
    BREAK_EVEN_YEAR,
    CUMULATIVE,
    GAIN,
    HUMP,
    MUNICIPALITY,
    NET,
    PRESENT_VALUE,
    RUNNING,
    YEAR,
)
from lib.model.costs import CostModel

_MAIN = ("kroner", "percent", "per_inhabitant", "today", "change", "saving")
_SIGNED = ("change", "saving", NET, PRESENT_VALUE, CUMULATIVE)
Changes = Mapping[str, int]
_STEPS = range(0, 101, 10)


def _column(language: str, key: str) -> Column:
    heading = t(language, f"cost_columns.{key}")
    if key in _SIGNED:
        return signed(language, heading)
    return numeric(language, heading, int(key in ("percent", "jobs_lost", "jobs_gained")), 2)


def _columns(language: str, keys: Iterable[str]) -> list[Column]:
    return [_column(language, key) for key in keys]


def _town(language: str, unconfirmed: Sequence[str]) -> Column:
    """The name, on the screen with the word that its figures are not confirmed."""
    heading = t(language, "cost_columns.municipality")
    return Column(heading, lambda name: t(language, "costs.marked", name=name) if name in unconfirmed else name)


def _mark(language: str, unconfirmed: Sequence[str]) -> Column:
    """The same word in a column of its own, for files."""
    said, heading = t(language, "costs.unconfirmed_mark"), t(language, "cost_columns.mark")
    return Column(heading, str, lambda name: said if name in unconfirmed else None, place=FILES)


def shares(language: str, found: Comparison) -> Table:
    """A row a municipality of the model that is looked at, and the sum.

    What nobody knows has no column, and neither has alone where that is today's cost.
    """
    unconfirmed, main = found.case.unconfirmed, found.main.shares
    same = found.case.alone == found.case.today
    asked = [key for key in _MAIN if not (same and key == "saving")]
    keys = [key for key in asked if any(getattr(share, key) is not None for share in main)]
    columns = [_town(language, unconfirmed), *_columns(language, keys), _mark(language, unconfirmed)]
    rows = [[each.municipality, *(getattr(each, key) for key in keys), each.municipality] for each in main]
    last = [t(language, "costs.sum"), *(_total(main, key) for key in keys), ""]
    return Table(tuple(columns), [*rows, last] if rows else [], t(language, "costs.shares_alt"))


def _total(found: Sequence[Share], key: str) -> Any:
    """Sums where everybody has a figure; kroner per inhabitant have none."""
    values = [getattr(share, key) for share in found]
    return "" if key == "per_inhabitant" or any(value is None for value in values) else sum(values)


def compared_by(found: Comparison) -> tuple[str, ...]:
    """What the models can be compared by; a change only where today's cost is known of everybody."""
    return ("kroner", *(["change"] if found.case.knows_today else []), "percent", "per_inhabitant")


def models_by(language: str, found: Comparison, key: str) -> Table:
    """A row a model, a column a municipality, in each cell one of `compared_by`."""
    town, shown = _town(language, found.case.unconfirmed), _column(language, key)
    heads = [town.write(member.name) for member in found.case.members]
    towns = [Column(head, shown.write, shown.store, True) for head in heads]
    rows = [
        [model_name(language, each.model), *(getattr(share, key) for share in each.shares)]
        for each in found.models
        if not each.error
    ]
    word = t(language, f"cost_columns.{key}").lower()
    return Table((text(t(language, "cost_columns.model")), *towns), rows, t(language, "costs.models_alt", figure=word))


def models(language: str, found: Comparison) -> Table:
    """A row a model and municipality."""
    unconfirmed = found.case.unconfirmed
    head = [text(t(language, "cost_columns.model")), _town(language, unconfirmed)]
    rows = [
        [model_name(language, each.model), one.municipality, *(getattr(one, key) for key in _MAIN), one.municipality]
        for each in found.models
        for one in each.shares
    ]
    columns = (*head, *_columns(language, _MAIN), _mark(language, unconfirmed))
    return Table(columns, rows, t(language, "costs.models_alt", figure=t(language, "cost_columns.kroner").lower()))


def curves(language: str, drawn: Mapping[str, Sequence[int]]) -> Table:
    """What each pays by the part that is split equally, a row for each ten per cent."""
    columns = (numeric(language, t(language, "costs.curves_percent")), *(numeric(language, name) for name in drawn))
    rows = [[step, *(paid[step] for paid in drawn.values())] for step in _STEPS]
    return Table(columns, rows, t(language, "costs.curves_title"))


def together(language: str, found: Together) -> Table:
    """A row a municipality over all cooperations, and the sum; jobs only where somebody has told of them."""
    jobs = ["jobs_lost", "jobs_gained"] if any(row.jobs_lost is not None for row in found.rows) else []
    names = [*found.areas]
    often = Column(t(language, "cost_columns.pays_more_in"), str, numeric=True, place=SCREEN)
    heads = [t(language, "costs.change_of", area=found.areas[area].name) for area in names]
    columns = [_town(language, found.unconfirmed)]
    columns += [*_columns(language, ("today", "with_models", "change", "per_inhabitant")), often]
    columns += [*_columns(language, jobs), *(_only_in_files(signed(language, head)) for head in heads)]
    rows = [_summed(language, row, jobs, names) for row in found.rows]
    last = [t(language, "costs.sum"), *(sum(getattr(row, key) for row in found.rows) for key in ("today", "kroner"))]
    last += [last[2] - last[1], "", "", *(sum(getattr(row, key) or 0 for row in found.rows) for key in jobs)]
    last += [sum(row.changes.get(area, 0) for row in found.rows) for area in names] + [""]
    mark = _mark(language, found.unconfirmed)
    return Table((*columns, mark), [*rows, last] if rows else [], t(language, "costs.together_table_alt"))


def _only_in_files(column: Column) -> Column:
    return Column(column.heading, column.write, column.store, column.numeric, FILES)


def _summed(language: str, row: Summed, jobs: Sequence[str], areas: Sequence[str]) -> list[Any]:
    worse = sum(change > 0 for change in row.changes.values())
    often = t(language, "costs.of", n=worse, all=len(row.changes))
    held = [row.municipality, row.today, row.kroner, row.change, row.per_inhabitant, often]
    return [*held, *(getattr(row, key) for key in jobs), *(row.changes.get(area) for area in areas), row.municipality]


def methods(language: str, found: Fairness, model: CostModel) -> Table:
    """A row a municipality: the model, and the methods of fair division beside it."""
    columns = {model_name(language, model): found.shares}
    columns |= {t(language, f"fair_methods.{key}"): shares for key, shares in found.methods.items()}
    return _by_name(language, columns, found.case.unconfirmed, t(language, "costs.methods_alt"))


def groups(language: str, found: Fairness) -> Table:
    """What each group would pay, and whether that is given or estimated."""
    known = {False: t(language, "costs.given"), True: t(language, "costs.estimated")}
    heads = (t(language, f"cost_columns.{key}") for key in ("group", "group_cost", "known"))
    one, cost, how = heads
    rows = [[", ".join(group.members), group.kroner, known[group.estimated]] for group in found.groups]
    return Table((text(one), numeric(language, cost), text(how)), rows, t(language, "costs.groups_alt"))


def carried(language: str, found: Carried, unconfirmed: Sequence[str]) -> Table:
    """Who carries what before and after an event, and the difference."""
    columns = {t(language, f"event_columns.{found.event.kind}.{key}"): each for key, each in found.columns.items()}
    return _by_name(language, columns, unconfirmed, t(language, "costs.event_alt"), last_signed=True)


def _by_name(
    language: str,
    given: Mapping[str, Mapping[str, int]],
    unconfirmed: Sequence[str],
    alt: str,
    last_signed: bool = False,
) -> Table:
    *plain, last = given
    columns = [*(numeric(language, head) for head in plain), (signed if last_signed else numeric)(language, last)]
    names = list(next(iter(given.values())))
    rows = [[name, *(each[name] for each in given.values()), name] for name in names]
    return Table((_town(language, unconfirmed), *columns, _mark(language, unconfirmed)), rows, alt)


def years_summary(language: str, found: OverYears) -> Table:
    """A row a municipality over all years, and the sum of all."""
    keys = (HUMP, RUNNING, GAIN, NET, PRESENT_VALUE)
    even = Column(t(language, f"cost_columns.{BREAK_EVEN_YEAR}"), partial(_even, language), _year, numeric=True)
    columns = (_town(language, found.unconfirmed), *_columns(language, keys), even, _mark(language, found.unconfirmed))
    rows = [
        [name := row[MUNICIPALITY] if row[MUNICIPALITY] != ALL else t(language, "costs.sum"),
         *(row[key] for key in keys), row[BREAK_EVEN_YEAR], name]
        for row in found.summary.to_dict("records")
    ]  # fmt: skip
    return Table(columns, rows, t(language, "costs.years_summary_alt"))


def _even(language: str, year: Any) -> str:
    return t(language, "costs.never") if pd.isna(year) else str(int(year))


def _year(year: Any) -> int | None:
    return None if pd.isna(year) else int(year)


def years(language: str, by_year: pd.DataFrame) -> Table:
    """A row a year of one municipality, or of all."""
    year = Column(t(language, f"cost_columns.{YEAR}"), str, int)
    keys = (HUMP, RUNNING, GAIN, NET, CUMULATIVE)
    rows = [[row[YEAR], *(row[key] for key in keys)] for row in by_year.to_dict("records")]
    return Table((year, *_columns(language, keys)), rows, t(language, "costs.years_table_alt"))
