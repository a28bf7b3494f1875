"""The one table in which somebody types: columns from the kind, cells as in an upload, saved with what others do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from lib.actions import typed_rows
from lib.actions.saving import Names
from lib.actions.typed_rows import Line
from lib.domain.merging import Answers
from lib.model.kinds import Column, SheetKind, Type
from lib.model.records import R
from lib.ui import conflicts, session, state
from lib.ui.session import t

Save = Callable[[list[R], Sequence[R], Answers], str | None]
_NUMBERS = (Type.KRONER, Type.DECIMAL, Type.WHOLE)
_WIDTHS: dict[Type, Any] = {Type.DATE: 110, Type.LIST: "medium"}
_FEW = 10  # so many steps are chosen, more are written


def typed_table(
    kind: SheetKind,
    key: str,
    stored: Sequence[R],
    save: Save[R],
    *,
    may: bool,
    names: Names,
    fixed: Mapping[str, object],
    a_row_each: bool = False,
    options: Mapping[str, Sequence[str]] | None = None,
    written: Callable[[R], Line] | None = None,
    titled: bool = True,
) -> None:
    """A table over what was stored when somebody began to type, and the button that stores it.

    `save` takes what was typed, what was seen, and answers to conflicts; it returns what is worth a word besides.
    `fixed` are fields that the table does not show. `a_row_each`: rows are those that its names may refer to, neither
    more nor fewer. `options` are what a text is chosen from, `written` the cells of a record.
    """
    if titled:
        st.subheader(t(f"typed.{kind.key}.title"), anchor=False)
    st.caption(t(f"typed.{kind.key}.help"))
    numbered, language = state.numbered(key, key), session.language()
    seen = _rows_seen(numbered, tuple(stored))
    if seen != tuple(stored):
        moved_on(key)
    lines = [written(each) if written else typed_rows.cells(kind, each, names, language) for each in seen]
    base = _all_rows(kind, lines, names) if a_row_each else lines or [typed_rows.blank(kind, language)] * may
    columns = [column for column in kind.columns if column.target not in fixed and not column.beside]
    config = {c.target: _config(c, kind, names, options or {}, a_row_each) for c in columns}
    edited = _editor(kind, numbered, base, config, may=may, grows=may and not a_row_each)
    if not may:
        return

    def store(answers: Answers) -> None:
        warned = save(typed_rows.records(kind, edited, seen, names, language, fixed), seen, answers)
        state.count_on(key)
        session.start_anew(f"{t(f'typed.{kind.key}.saved')} {warned or ''}".strip(), done=not warned)

    called = {str(line["id"]): str(line[kind.naming.target]) for line in lines} if written else None
    asked = st.button(t(f"typed.{kind.key}.save"), key=f"{numbered}.save")
    conflicts.save_or_ask(numbered, kind, names, asked, store, called)


def _editor(
    kind: SheetKind, key: str, base: Sequence[Line], config: Mapping[str, Any], *, may: bool, grows: bool
) -> list[Line]:
    """The rows as they are typed so far."""
    edited = st.data_editor(
        pd.DataFrame(base, columns=["id", *config]).astype(object),
        hide_index=True,
        column_config=config,
        column_order=list(config),
        key=key,
        width="stretch",
        height="content",
        num_rows="dynamic" if grows else "fixed",
        disabled=not may,
        placeholder="",
        alt=t(f"typed.{kind.key}.alt"),
    )
    return [{str(name): value for name, value in line.items()} for line in edited.to_dict("records")]


def moved_on(counted: str) -> None:
    """Somebody else has saved; a button takes the table or form anew from what is stored."""
    st.info(t("typed.moved_on"))
    if st.button(t("typed.show_stored"), key=f"{counted}.anew"):
        state.count_on(counted)
        st.rerun()


def _rows_seen(key: str, stored: tuple[R, ...]) -> tuple[R, ...]:
    """What the table was made of; another's later change is taken in as long as nothing is typed."""
    known, edits = state.recall(f"{key}.seen", tuple), st.session_state.get(key)
    touched = isinstance(edits, dict) and any(edits.values())
    if known is None or (known != stored and not touched):
        state.keep(f"{key}.seen", stored)
        return stored
    return known


def _all_rows(kind: SheetKind, lines: Sequence[Line], names: Names) -> list[Line]:
    """A row for each that the first column may refer to, also those of whom nothing is stored yet."""
    column, empty = kind.naming, typed_rows.blank(kind, session.language())
    held = {line[column.target]: line for line in lines}
    return [held.get(name) or {**empty, column.target: name} for name in names[column.refers].values()]


def _config(column: Column, kind: SheetKind, names: Names, options: Mapping[str, Sequence[str]], given: bool) -> Any:
    """How a column is typed in: ticked, chosen from what there is, or written."""
    name, config = conflicts.heading(column), st.column_config
    begins: Any = typed_rows.blank(kind, session.language())[column.target]
    if typed_rows.is_tick(column):
        return config.CheckboxColumn(name, default=bool(begins))
    if given and column is kind.naming:
        return config.TextColumn(name, disabled=True)
    if column.type is Type.LIST:
        return config.MultiselectColumn(name, options=list(names[column.refers].values()), width="medium")
    if (listed := _listed(column, names, options)) is not None:
        return config.SelectboxColumn(name, options=listed, default=begins)
    right: Any = "right" if column.type in _NUMBERS else None
    width: Any = "medium" if column is kind.naming else _WIDTHS.get(column.type)
    return config.TextColumn(name, alignment=right, width=width)


def _listed(column: Column, names: Names, options: Mapping[str, Sequence[str]]) -> list[str] | None:
    """What there is to choose from; None where anything may be written."""
    if column.target in options:
        return list(options[column.target])
    if column.refers:
        return list(names[column.refers].values())
    if column.type is Type.CHOICE:
        return typed_rows.choices(column, session.language())
    low, high = column.low, column.high
    if column.type is Type.WHOLE and low is not None and high is not None and high - low < _FEW:
        return [str(step) for step in range(low, high + 1)]
    return None
