"""The tables of «Funksjon» in which leaders type: each saved by its own button, and refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from lib.actions.swot import statements
from lib.actions.swot import typing as swot_typing
from lib.actions.swot.typing import Line
from lib.model.records import RaterRole, Study
from lib.model.swot_records import Force, Note, NoteKind, Quadrant, Side, SwotBook, SwotItem
from lib.ui import session, state
from lib.ui.session import t
from lib.ui.swot import editing

Columns = Mapping[str, Any]
R = TypeVar("R", SwotItem, Force, Note)


def typing(study: Study, area: str) -> None:
    """The three tables, for those who may type."""
    if editing.may_edit(study):
        with st.expander(t("swot.typing_title")):
            items(study, area)
            forces(study, area)
            notes(study, area)


@st.fragment
def items(study: Study, area: str) -> None:
    """The function's SWOT items."""
    known = statements.book(session.begin(), study)
    towns = {town.name: town.id for town in known.municipalities}
    columns = {
        "quadrant": _choice("quadrant", {each.value: t(f"choices.quadrant.{each}") for each in Quadrant}),
        "text": _text("statement", width="medium"),
        "municipality": _named("municipality", list(towns)),
        "role": _choice("role", {each.value: t(f"choices.role.{each}") for each in RaterRole}),
        "source": _text("source"),
        "theme": _text("theme"),
        "constructed": _tick("constructed"),
    }

    def save(lines: Sequence[Line], seen: Sequence[SwotItem]) -> None:
        statements.save(session.visitor(), study, area, SwotItem, swot_typing.items(lines, towns, seen), seen)

    _table("items", area, tuple(row for row in known.items if row.area == area), known, columns, save)


@st.fragment
def forces(study: Study, area: str) -> None:
    """What drives a cooperation on the function, and what holds it back."""
    known = statements.book(session.begin(), study)
    columns = {
        "side": _choice("side", {each.value: t(f"choices.side.{each}") for each in Side}),
        "text": _text("statement", width="medium"),
        "strength": _text("strength", alignment="right", width="small"),
        "source": _text("source"),
        "constructed": _tick("constructed"),
    }

    def save(lines: Sequence[Line], seen: Sequence[Force]) -> None:
        statements.save(session.visitor(), study, area, Force, swot_typing.forces(lines, seen), seen)

    _table("forces", area, tuple(row for row in known.forces if row.area == area), known, columns, save)


@st.fragment
def notes(study: Study, area: str) -> None:
    """Benefits, high and pain points, and needs of the function."""
    known = statements.book(session.begin(), study)
    towns = {town.name: town.id for town in known.municipalities}
    columns = {
        "kind": _choice("note_kind", {each.value: t(f"choices.note_kind.{each}") for each in NoteKind}),
        "text": _text("statement", width="medium"),
        "municipality": _named("municipality", list(towns)),
        "source": _text("source"),
        "constructed": _tick("constructed"),
    }

    def save(lines: Sequence[Line], seen: Sequence[Note]) -> None:
        statements.save(session.visitor(), study, area, Note, swot_typing.notes(lines, towns, seen), seen)

    _table("notes", area, tuple(row for row in known.notes if row.area == area), known, columns, save)


def _table(
    what: str,
    area: str,
    stored: tuple[R, ...],
    known: SwotBook,
    columns: Columns,
    save: Callable[[Sequence[Line], Sequence[R]], None],
) -> None:
    """A table over what was stored when somebody began to type, and the button that stores it."""
    st.subheader(t(f"swot.{what}_table"), anchor=False)
    st.caption(t(f"swot.{what}_help"))
    counted = f"{state.SWOT_TABLE}.{what}.{area}"
    key = state.numbered(counted, counted)
    seen = _seen(key, stored)
    lines = [_cells(row, known, columns) for row in seen] or [dict.fromkeys(["id", *columns])]
    edited = st.data_editor(
        pd.DataFrame(lines, columns=["id", *columns]), hide_index=True, column_config=columns,
        column_order=list(columns), key=key, width="stretch", num_rows="dynamic", placeholder="",
        alt=t("swot.forces_edit_alt" if what == "forces" else f"swot.{what}_alt"),
    )  # fmt: skip
    if st.button(t(f"swot.{what}_save"), key=f"{key}.save"):
        with session.sayable():
            save([{str(name): value for name, value in line.items()} for line in edited.to_dict("records")], seen)
            state.count_on(counted)
            session.start_anew(t("swot.saved"))


def _seen(key: str, stored: tuple[R, ...]) -> tuple[R, ...]:
    """What the table was made of; another's later change is taken in as long as nothing is typed."""
    known = state.recall(f"{key}.seen", tuple)
    edits = st.session_state.get(key)
    touched = isinstance(edits, dict) and any(edits.values())
    if known is None or (known != stored and not touched):
        state.keep(f"{key}.seen", stored)
        return stored
    return known


def _cells(row: SwotItem | Force | Note, known: SwotBook, columns: Columns) -> dict[str, object]:
    """The cells of a record as text; the municipality by its name."""
    towns = {town.id: town.name for town in known.municipalities}
    found: dict[str, object] = {"id": row.id}
    for key in columns:
        value = getattr(row, key)
        if key == "municipality":
            value = towns.get(value)
        found[key] = value if value is None or isinstance(value, bool) else str(value)
    return found


def _text(key: str, **more: Any) -> Any:
    return st.column_config.TextColumn(t(f"columns.{key}"), **more)


def _tick(key: str) -> Any:
    return st.column_config.CheckboxColumn(t(f"columns.{key}"), default=False)


def _named(key: str, names: list[str]) -> Any:
    return st.column_config.SelectboxColumn(t(f"columns.{key}"), options=names)


def _choice(key: str, words: Mapping[str, str]) -> Any:
    return st.column_config.SelectboxColumn(
        t(f"columns.{key}"), options=list(words), format_func=lambda key: words.get(str(key), str(key))
    )
