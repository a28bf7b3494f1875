"""What somebody chooses where another has written the same: both are shown, and nothing is stored before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib import i18n
from lib.actions import typed_rows
from lib.actions.saving import Conflicted, Names, called
from lib.domain.merging import Answers, Conflict, Values
from lib.model.kinds import CHOICE_VALUES, CHOICES, Column, SheetKind
from lib.ui import session, state
from lib.ui.session import label, t

LONG, NAME = 300, 60  # letters from which a value and a name are cut


def save_or_ask(
    key: str,
    kind: SheetKind,
    names: Names,
    asked: bool,
    save: Callable[[Answers], None],
    own_names: Mapping[str, str] | None = None,
) -> None:
    """Saves once `asked` to. Where somebody else has written the same, shows both and saves what is chosen.

    What was typed stays meanwhile, and what has moved again is shown again. `own_names`: what records are called by
    their ids, where they do not say so themselves.
    """
    counted, kept = f"{key}.conflicts", state.recall(f"{key}.answers", tuple) or ()
    place, waiting = st.empty(), state.recall(counted, Conflicted)
    panel = _Panel(counted, kind, names, own_names or {})
    chosen = panel.show(place, waiting) if waiting else ()
    if not asked and not chosen:
        return
    given = (*kept, *chosen)
    with session.sayable():
        try:
            save(given)
        except Conflicted as refused:
            state.keep(f"{key}.answers", given)
            state.keep(counted, refused)
            state.count_on(counted)
            panel.show(place, refused)


def heading(column: Column) -> str:
    """What a column is called in a table; one of two choices is called after the one that is ticked."""
    if not typed_rows.is_tick(column) or column.choices == "yes_no":
        return t(column.text)
    word = t(f"choices.{next(each for each in CHOICES[column.choices] if CHOICE_VALUES[each] is True)}")
    return word[:1].upper() + word[1:]


class _Panel:
    def __init__(self, counted: str, kind: SheetKind, names: Names, own_names: Mapping[str, str]) -> None:
        self._counted, self._kind, self._names, self._own_names = counted, kind, names, own_names

    def show(self, place: DeltaGenerator, refused: Conflicted) -> Answers:
        """A choice for each conflict, and the answers once a button is pressed."""
        key = state.numbered(self._counted, self._counted)
        with place.container(border=True):
            session.say_error(refused)
            st.markdown(f"**{t('typed.conflicts')}**")
            st.caption(t("typed.conflicts_lead"))
            mine = [self._choice(f"{key}.{n}", each, refused) for n, each in enumerate(refused.conflicts)]
            with st.container(horizontal=True):
                ready = None not in mine
                chosen = st.button(t("typed.save_choices"), key=f"{key}.choose", type="primary", disabled=not ready)
                theirs = st.button(t("typed.keep_all"), key=f"{key}.keep")
                ours = st.button(t("typed.use_mine"), key=f"{key}.mine")
        if theirs or ours:
            return [(each, ours) for each in refused.conflicts]
        return list(zip(refused.conflicts, map(bool, mine), strict=True)) if chosen else ()

    def _choice(self, key: str, each: Conflict, refused: Conflicted) -> bool | None:
        """Whether what was typed shall stand; None before anybody has chosen."""
        who, when = refused.by.get(each.key, ("", None))
        stored = {"value": self._value_words(each, each.theirs, t("typed.removed_theirs"))}
        told = t("typed.theirs", **stored)
        if when is not None:
            told = t("typed.theirs_by", **stored, who=who, when=i18n.clock(session.language(), when))
        words = {False: told, True: t("typed.ours", value=self._value_words(each, each.ours, t("typed.removed_ours")))}
        return st.radio(
            label(self._place(each)), list(words), index=None, format_func=lambda mine: label(words[mine]), key=key
        )

    def _place(self, each: Conflict) -> str:
        name = self._own_names.get(each.key) or called(self._kind, each.record, self._names)
        if None in (each.theirs, each.ours):
            return t("typed.whole", name=_cut(name, NAME))
        field = i18n.listing(session.language(), [heading(self._kind.column(field)) for field in each.fields])
        return t("typed.field", name=_cut(name, NAME), field=field)

    def _value_words(self, each: Conflict, values: Values | None, removed: str) -> str:
        if values is None:
            return removed
        columns = {column.target: column for column in self._kind.columns}
        said = [(columns[field], value) for field, value in zip(each.fields, values, strict=True) if field in columns]
        told = [(heading(column), self._value(column, value)) for column, value in said]
        if len(told) == 1 and None not in (each.theirs, each.ours):
            return told[0][1]
        return ", ".join(t("typed.value", field=field, value=value) for field, value in told)

    def _value(self, column: Column, value: object) -> str:
        shown = typed_rows.cell(column, value, self._names, session.language())
        if isinstance(shown, bool):
            return t("choices.yes" if shown else "choices.no")
        parts: Sequence[object] = shown if isinstance(shown, list) else [shown or ""]
        return _cut(", ".join(map(str, parts)), LONG) or t("typed.blank")


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
