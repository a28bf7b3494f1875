"""Costs as tables: everything that the pictures show, as text in the reader's language under its headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from lib.actions.costs.comparison import Comparison, Share, Summed, Together
from lib.actions.costs.events import Carried
from lib.actions.costs.fairness import Fairness
from lib.actions.costs.years import OverYears
from lib.domain.costs.over_time import ALL
from lib.exhibits.costs.words import model_name, signed
from lib.i18n import number, t
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


def heads(language: str, keys: Iterable[str]) -> dict[str, str]:
    return {key: t(language, f"cost_columns.{key}") for key in keys}


def marked(language: str, name: str, unconfirmed: Sequence[str]) -> str:
    """The name, with the word that its figures are not confirmed."""
    return t(language, "costs.marked", name=name) if name in unconfirmed else name


def _framed(language: str, keys: Sequence[str], rows: list[list[str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(heads(language, keys).values()))


def shares(language: str, found: Comparison) -> pd.DataFrame:
    """A row a municipality of the model that is looked at, and the sum.

    What nobody knows has no column, and neither has alone where that is today's cost.
    """
    same = found.case.alone == found.case.today
    asked = [key for key in _MAIN if not (same and key == "saving")]
    keys = [key for key in asked if any(getattr(share, key) is not None for share in found.main.shares)]
    rows = [
        [marked(language, share.municipality, found.case.unconfirmed), *(_shown(language, share, key) for key in keys)]
        for share in found.main.shares
    ]
    total = {key: _total(language, found.main.shares, key) for key in keys}
    return _framed(language, ["municipality", *keys], [*rows, [t(language, "costs.sum"), *total.values()]])


def _shown(language: str, share: Share, key: str) -> str:
    value = getattr(share, key)
    if value is None:
        return "–"
    if key in ("change", "saving"):
        return signed(language, value)
    return number(language, value, 1 if key == "percent" else 0)


def _total(language: str, found: Sequence[Share], key: str) -> str:
    """Sums where everybody has a figure; kroner per inhabitant have none."""
    values = [getattr(share, key) for share in found]
    if key == "per_inhabitant" or any(value is None for value in values):
        return ""
    return signed(language, sum(values)) if key in ("change", "saving") else number(language, sum(values))


def figures(found: Comparison) -> tuple[str, ...]:
    """What the models can be compared by; a change only where today's cost is known of everybody."""
    return ("kroner", *(["change"] if found.case.knows_today else []), "percent", "per_inhabitant")


def models(language: str, found: Comparison, figure: str) -> pd.DataFrame:
    """A row a model, a column a municipality, in each cell one of `figures`."""
    names = [marked(language, member.name, found.case.unconfirmed) for member in found.case.members]
    rows = [
        [model_name(language, each.model), *(_shown(language, share, figure) for share in each.shares)]
        for each in found.models
        if not each.error
    ]
    return pd.DataFrame(rows, columns=[t(language, "cost_columns.model"), *names])


def long_models(language: str, found: Comparison) -> pd.DataFrame:
    """A row a model and municipality with numbers as numbers, for files."""
    keys = ("model", "municipality", *_MAIN, "mark")
    unconfirmed = t(language, "costs.unconfirmed_mark")
    rows = [
        [
            model_name(language, each.model),
            share.municipality,
            share.kroner,
            None if share.percent is None else round(share.percent, 2),
            None if share.per_inhabitant is None else round(share.per_inhabitant, 2),
            share.today,
            share.change,
            share.saving,
            unconfirmed if share.municipality in found.case.unconfirmed else "",
        ]
        for each in found.models
        for share in each.shares
    ]
    return pd.DataFrame(rows, columns=list(heads(language, keys).values())).convert_dtypes()


def together(language: str, found: Together) -> pd.DataFrame:
    """A row a municipality over all cooperations, and the sum; jobs only where somebody has told of them."""
    jobs = any(row.jobs_lost is not None for row in found.rows)
    keys = ["municipality", "today", "with_models", "change", "per_inhabitant", "pays_more_in"]
    keys += ["jobs_lost", "jobs_gained"] if jobs else []
    rows = [_summed(language, row, found, jobs) for row in found.rows]
    sums = [sum(row.today for row in found.rows), sum(row.kroner for row in found.rows)]
    last = [t(language, "costs.sum"), *(number(language, each) for each in sums)]
    last += [signed(language, sums[1] - sums[0]), "", "", *([_jobs(language, found.rows, key) for key in keys[6:]])]
    return _framed(language, keys, [*rows, last] if rows else [])


def _summed(language: str, row: Summed, found: Together, jobs: bool) -> list[str]:
    worse = sum(change > 0 for change in row.changes.values())
    in_areas = t(language, "costs.of", n=number(language, worse), all=number(language, len(row.changes)))
    cells = [marked(language, row.municipality, found.unconfirmed), number(language, row.today)]
    cells += [
        number(language, row.kroner),
        signed(language, row.change),
        number(language, row.per_inhabitant),
        in_areas,
    ]
    return cells + ([number(language, row.jobs_lost, 1), number(language, row.jobs_gained, 1)] if jobs else [])


def _jobs(language: str, rows: Sequence[Summed], key: str) -> str:
    return number(language, sum(getattr(row, key) or 0 for row in rows), 1)


def long_together(language: str, found: Together) -> pd.DataFrame:
    """A row a municipality and area, and its sum, with numbers as numbers, for files."""
    keys = ("municipality", "today", "with_models", "change", "per_inhabitant", "jobs_lost", "jobs_gained", "mark")
    unconfirmed = t(language, "costs.unconfirmed_mark")
    rows = [
        [
            row.municipality,
            row.today,
            row.kroner,
            row.change,
            None if row.per_inhabitant is None else round(row.per_inhabitant, 2),
            row.jobs_lost,
            row.jobs_gained,
            unconfirmed if row.municipality in found.unconfirmed else "",
            *(row.changes.get(area) for area in found.areas),
        ]
        for row in found.rows
    ]
    changes = [t(language, "costs.change_of", area=area.name) for area in found.areas.values()]
    return pd.DataFrame(rows, columns=[*heads(language, keys).values(), *changes]).convert_dtypes()


def methods(language: str, found: Fairness, model: CostModel) -> pd.DataFrame:
    """A row a municipality: the model, and the methods of fair division beside it."""
    columns = {model_name(language, model): found.shares}
    columns |= {t(language, f"fair_methods.{key}"): shares for key, shares in found.methods.items()}
    return _by_name(language, columns, found.case.unconfirmed)


def groups(language: str, found: Fairness) -> pd.DataFrame:
    """What each group would pay, and whether that is given or estimated."""
    known = {False: t(language, "costs.given"), True: t(language, "costs.estimated")}
    rows = [
        [", ".join(group.members), number(language, group.kroner), known[group.estimated]] for group in found.groups
    ]
    return _framed(language, ["group", "group_cost", "known"], rows)


def carried(language: str, found: Carried, unconfirmed: Sequence[str]) -> pd.DataFrame:
    """Who carries what before and after an event, and the difference."""
    columns = {t(language, f"event_columns.{found.event.kind}.{key}"): each for key, each in found.columns.items()}
    return _by_name(language, columns, unconfirmed, last_signed=True)


def _by_name(
    language: str, columns: Mapping[str, Mapping[str, int]], unconfirmed: Sequence[str], last_signed: bool = False
) -> pd.DataFrame:
    names = list(next(iter(columns.values())))
    frame = pd.DataFrame(
        {t(language, "cost_columns.municipality"): [marked(language, each, unconfirmed) for each in names]}
    )
    for place, (heading, each) in enumerate(columns.items()):
        write = signed if last_signed and place == len(columns) - 1 else number
        frame[heading] = [write(language, each[name]) for name in names]
    return frame


def years_summary(language: str, found: OverYears) -> pd.DataFrame:
    """A row a municipality over all years, and the sum of all."""
    keys = ("municipality", HUMP, RUNNING, GAIN, NET, PRESENT_VALUE, BREAK_EVEN_YEAR)
    rows = []
    for row in found.summary.to_dict("records"):
        year = row[BREAK_EVEN_YEAR]
        name = str(row[MUNICIPALITY])
        named = t(language, "costs.sum") if name == ALL else marked(language, name, found.unconfirmed)
        sums = [number(language, row[key]) for key in (HUMP, RUNNING, GAIN)]
        worth = [signed(language, row[key]) for key in (NET, PRESENT_VALUE)]
        rows.append([named, *sums, *worth, t(language, "costs.never") if pd.isna(year) else str(int(year))])
    return _framed(language, keys, rows)


def years(language: str, by_year: pd.DataFrame) -> pd.DataFrame:
    """A row a year of one municipality, or of all."""
    keys = (YEAR, HUMP, RUNNING, GAIN, NET, CUMULATIVE)
    rows = [
        [
            str(row[YEAR]),
            *(number(language, row[key]) for key in (HUMP, RUNNING, GAIN)),
            *(signed(language, row[key]) for key in (NET, CUMULATIVE)),
        ]
        for row in by_year.to_dict("records")
    ]
    return _framed(language, keys, rows)
