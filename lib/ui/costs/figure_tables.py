"""The tables of «Kostnadstall»: each is typed in as text, saved by its own button, and refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

import pandas as pd
import streamlit as st

from lib import i18n
from lib.actions.costs import cases, typing
from lib.actions.costs import figures as cost_figures
from lib.actions.costs.typing import Line
from lib.model.cost_records import CostItem, CostKind, OwnCost, PartialCost, Participation
from lib.model.records import Municipality, Study
from lib.ui import session, state
from lib.ui.costs import figure_panels
from lib.ui.session import t

Columns = Mapping[str, Any]
Save = Callable[[Sequence[Line], tuple[Any, ...]], None]
BLANK_ROWS = 1  # an empty table has a row to type in


@st.fragment
def items(study: Study, area: str) -> None:
    """The area's cost lines."""
    actor = session.begin()
    known = cost_figures.book(actor, study)
    stored = tuple(row for row in known.items if row.area == area)
    models = dict.fromkeys(
        (*cases.model_names(cases.case_of(known, area)), *filter(None, (row.model for row in stored)))
    )

    def save(lines: Sequence[Line], seen: tuple[CostItem, ...]) -> None:
        cost_figures.save_items(actor, study, area, typing.items(lines), seen)

    columns = {
        "name": _text("cost_item", width="medium"),
        "kroner": _text("kroner", alignment="right"),
        "kind": _choice("cost_kind", {kind.value: t(f"choices.cost_kind.{kind}") for kind in CostKind}),
        "variable": _tick("figures.variable"),
        "one_off": _tick("figures.one_off"),
        "from_year": _text("from_year"),
        "to_year": _text("to_year"),
        "model": st.column_config.SelectboxColumn(t("columns.shared_by"), options=list(models)),
        "constructed": _tick("columns.constructed"),
    }
    _table(study, "items", area, stored, lambda rows: [_fields(row, columns) for row in rows], columns, save, "dynamic")


@st.fragment
def own(study: Study, area: str) -> None:
    """What each municipality pays today."""
    actor = session.begin()
    known = cost_figures.book(actor, study)
    stored = tuple(row for row in known.own if row.area == area)
    names = {town.id: town.name for town in known.municipalities}

    def save(lines: Sequence[Line], seen: tuple[OwnCost, ...]) -> None:
        cost_figures.save_own(actor, study, area, typing.own(lines, names), seen)

    columns = {
        "town": _text("municipality", disabled=True),
        "kroner": _text("kroner", alignment="right"),
        "alone": _text("alone", alignment="right"),
        "jobs": _text("jobs", alignment="right"),
        "constructed": _tick("columns.constructed"),
    }
    _table(study, "own", area, stored, lambda rows: _by_town(rows, known.municipalities, columns), columns, save)


@st.fragment
def participation(study: Study, area: str) -> None:
    """Who takes part, who is the host, and where the jobs of the cooperation are."""
    actor = session.begin()
    known = cost_figures.book(actor, study)
    stored = tuple(row for row in known.participation if row.area == area)
    names = {town.id: town.name for town in known.municipalities}

    def save(lines: Sequence[Line], seen: tuple[Participation, ...]) -> None:
        cost_figures.save_participation(actor, study, area, typing.participation(lines, names), seen)

    columns = {
        "town": _text("municipality", disabled=True),
        "takes_part": _tick("columns.takes_part"),
        "host": _tick("columns.host"),
        "jobs": _text("jobs", alignment="right"),
        "constructed": _tick("columns.constructed"),
    }
    _table(
        study, "participation", area, stored, lambda rows: _by_town(rows, known.municipalities, columns), columns, save
    )


@st.fragment
def partial(study: Study, area: str) -> None:
    """What smaller cooperations would cost."""
    actor = session.begin()
    known = cost_figures.book(actor, study)
    stored = tuple(row for row in known.partial if row.area == area)
    ids = {town.name: town.id for town in known.municipalities}

    def save(lines: Sequence[Line], seen: tuple[PartialCost, ...]) -> None:
        cost_figures.save_partial(actor, study, area, typing.partial(lines, ids), seen)

    def base(rows: tuple[PartialCost, ...]) -> list[Line]:
        names = {town: name for name, town in ids.items()}
        return [_fields(row, columns) | {"members": [names[member] for member in row.members]} for row in rows]

    columns = {
        "members": st.column_config.MultiselectColumn(t("columns.members"), options=list(ids), width="medium"),
        "kroner": _text("kroner", alignment="right"),
        "constructed": _tick("columns.constructed"),
    }
    _table(study, "partial", area, stored, base, columns, save, "dynamic")


@st.fragment
def keys(study: Study, town: str) -> None:
    """A municipality's population and other allocation keys."""
    actor = session.begin()
    held = next((each for each in cost_figures.book(actor, study).municipalities if each.id == town), None)
    if held is None:
        return
    fixed = {"population": t("columns.population"), "year": t("columns.year")}

    def save(lines: Sequence[Line], seen: tuple[Municipality, ...]) -> None:
        names = {name: key for key, name in fixed.items()}
        typed = [dict(line) | {"key": names.get(str(line.get("key")), line.get("key"))} for line in lines]
        cost_figures.save_keys(actor, study, town, typing.keys(typed, [*fixed, *seen[0].keys]))

    def base(rows: tuple[Municipality, ...]) -> list[Line]:
        figured = {fixed["population"]: rows[0].population, fixed["year"]: rows[0].year, **rows[0].keys}
        return [{"key": name, "figure": _written(value, name == fixed["year"])} for name, value in figured.items()]

    columns = {
        "key": st.column_config.TextColumn(t("figures.key"), width="medium"),
        "figure": st.column_config.TextColumn(t("figures.figure"), alignment="right"),
    }
    _table(study, "keys", town, (held,), base, columns, save, "dynamic")


def _table(
    study: Study,
    what: str,
    about: str,
    stored: tuple[Any, ...],
    base: Callable[[tuple[Any, ...]], Sequence[Line]],
    columns: Columns,
    save: Save,
    num_rows: Literal["fixed", "dynamic"] = "fixed",
) -> None:
    """A table over what was stored when somebody began to type, and the button that stores it."""
    st.subheader(t(f"figures.{what}"), anchor=False)
    st.caption(t(f"figures.{what}_help"))
    counted, may = f"{state.FIGURES}.{what}.{about}", figure_panels.may_edit(study)
    key = state.numbered(counted, counted)
    seen = _seen(key, stored)
    lines = base(seen) or [dict.fromkeys(columns)] * (BLANK_ROWS if may else 0)
    frame = pd.DataFrame(lines, columns=["municipality", *columns] if "town" in columns else list(columns))
    edited = st.data_editor(
        frame, hide_index=True, column_config=columns, column_order=list(columns), key=key, width="stretch",
        height="content", num_rows=num_rows if may else "fixed", disabled=not may, placeholder="",
        alt=t(f"figures.{what}_alt"),
    )  # fmt: skip
    if may and st.button(t(f"figures.{what}_save"), key=f"{key}.save"):
        with session.sayable():
            save(_typed(edited), seen)
            state.count_on(counted)
            session.start_anew(t("figures.saved"))


def _seen(key: str, stored: tuple[Any, ...]) -> tuple[Any, ...]:
    """What the table was made of; another's later change is taken in as long as nothing is typed."""
    known = state.recall(f"{key}.seen", tuple)
    if known is None or (known != stored and not _is_touched(key)):
        state.keep(f"{key}.seen", stored)
        return stored
    return known


def _is_touched(key: str) -> bool:
    edits = st.session_state.get(key)
    return isinstance(edits, dict) and any(edits.values())


def _typed(edited: pd.DataFrame) -> list[Line]:
    return [{str(key): value for key, value in line.items()} for line in edited.to_dict("records")]


def _by_town(rows: Sequence[Any], towns: Sequence[Municipality], columns: Columns) -> list[Line]:
    """A row for every municipality, also those of whom nothing is stored yet."""
    held = {row.municipality: row for row in rows}
    blank = {"takes_part": True, "host": False, "constructed": False}
    return [
        {key: blank.get(key) for key in columns}
        | (_fields(held[town.id], columns) if town.id in held else {})
        | {"municipality": town.id, "town": town.name}
        for town in towns
    ]


def _fields(row: Any, columns: Columns) -> dict[str, object]:
    """The cells of a record: figures written our way, years without a thin space, ticks as they are."""
    return {key: _cell(key, getattr(row, key, None)) for key in columns}


def _cell(key: str, value: object) -> object:
    if isinstance(value, bool | list) or not isinstance(value, int | float):
        return value
    return _written(value, key in ("from_year", "to_year"))


def _written(value: float | None, year: bool = False) -> str:
    """A figure as it is read back just as it was: three decimals could be thousands, so they become four."""
    if value is None:
        return ""
    if float(value).is_integer():
        return str(int(value)) if year else i18n.number(session.language(), value)
    whole, _, decimals = f"{Decimal(repr(value)):f}".partition(".")
    return f"{whole},{decimals}{'0' if len(decimals) == 3 else ''}"


def _text(key: str, **more: Any) -> Any:
    return st.column_config.TextColumn(t(f"columns.{key}"), **more)


def _tick(key: str) -> Any:
    return st.column_config.CheckboxColumn(t(key), default=False)


def _choice(key: str, words: Mapping[str, str]) -> Any:
    return st.column_config.SelectboxColumn(
        t(f"columns.{key}"), options=list(words), format_func=lambda key: words[str(key)], default=next(iter(words))
    )
