"""Themes as people set them: a suggestion accepted, a theme renamed, merged, split or taken away; each can be undone.

What a person sets stands on the statements themselves, so that no later suggestion can move it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lib.access import Action
from lib.actions.forms import form
from lib.actions.reads import per_revision
from lib.actions.saving import check_text
from lib.actions.swot import statements
from lib.domain.swot.recurrence import Theme, themes
from lib.model.access import Actor
from lib.model.problems import AppError, NotFound
from lib.model.records import Study
from lib.model.sheet_kinds import sheet_of
from lib.model.swot_records import SwotItem

NAME = sheet_of(SwotItem).column("theme")
Seen = Mapping[str, str | None]
"""Statement → its theme, as the page showed them."""


@per_revision(Action.SWOT_VIEW, size=64)
def recurring(study: Study) -> list[Theme]:
    """Every theme of the study, named by people or suggested by the texts; what recurs in most functions first."""
    return themes(statements.book.within(study).items)


def accept(actor: Actor, study: Study, name: str, ids: Sequence[str], seen: Seen) -> None:
    """These statements have this theme from now on; of a theme that is there, its own spelling stands.

    All that changes themes refuses in the same way, and then nothing is changed: AppError `words_moved` where a
    statement has another theme than `seen`, Mistyped for a name that is none, NotFound for one that is gone.
    """
    with form(actor, study, Action.SWOT_EDIT, "themes") as saving:
        items = {item.id: item for item in statements.book_in(saving.tx, study).items}
        given = _known_spelling(check_text(NAME, name), items)
        saving.write(given, _with(_chosen(items, ids, seen), given))


def rename(actor: Actor, study: Study, theme: str, name: str, seen: Seen) -> None:
    """The theme has another name. AppError `theme_exists` for one that is another theme's: that is a merge."""
    with form(actor, study, Action.SWOT_EDIT, "themes") as saving:
        items = {item.id: item for item in statements.book_in(saving.tx, study).items}
        given = check_text(NAME, name)
        taken = _known_spelling(given, items)
        if taken.casefold() != theme.casefold() and any(item.theme == taken for item in items.values()):
            raise AppError("theme_exists", name=taken)
        saving.write(given, _with(_members(items, theme, seen), given))


def merge(actor: Actor, study: Study, theme: str, into: str, seen: Seen) -> None:
    """All statements of one theme belong to another; NotFound where there is no such other."""
    with form(actor, study, Action.SWOT_EDIT, "themes") as saving:
        items = {item.id: item for item in statements.book_in(saving.tx, study).items}
        if not any(item.theme == into for item in items.values()):
            raise NotFound
        saving.write(into, _with(_members(items, theme, seen), into))


def split(actor: Actor, study: Study, theme: str, name: str, ids: Sequence[str], seen: Seen) -> None:
    """Some statements of a theme become a theme of their own. AppError `split_nothing` for none of them, or all."""
    with form(actor, study, Action.SWOT_EDIT, "themes") as saving:
        items = {item.id: item for item in statements.book_in(saving.tx, study).items}
        chosen = [item for item in _members(items, theme, seen) if item.id in ids]
        if not 0 < len(chosen) < len(_members(items, theme, seen)):
            raise AppError("split_nothing")
        given = check_text(NAME, name)
        if (taken := _known_spelling(given, items)) != given or any(item.theme == given for item in items.values()):
            raise AppError("theme_exists", name=taken)
        saving.write(given, _with(chosen, given))


def remove(actor: Actor, study: Study, theme: str, seen: Seen) -> None:
    """The theme is gone; its statements stand without one, and may be suggested anew."""
    with form(actor, study, Action.SWOT_EDIT, "themes") as saving:
        items = {item.id: item for item in statements.book_in(saving.tx, study).items}
        saving.write(theme, _with(_members(items, theme, seen), None))


def _chosen(items: Mapping[str, SwotItem], ids: Sequence[str], seen: Seen) -> list[SwotItem]:
    if not ids or not {*ids} <= items.keys():
        raise NotFound
    if any(items[id].theme != seen.get(id) for id in ids):
        raise AppError("words_moved")
    return [items[id] for id in dict.fromkeys(ids)]


def _members(items: Mapping[str, SwotItem], theme: str, seen: Seen) -> list[SwotItem]:
    """All that stand in a theme, which must be those that were seen there."""
    found = [item for item in items.values() if item.theme == theme]
    if not found:
        raise NotFound
    if {item.id for item in found} != {id for id, named in seen.items() if named == theme}:
        raise AppError("words_moved")
    return found


def _known_spelling(name: str, items: Mapping[str, SwotItem]) -> str:
    """The theme that has this name with whatever capitals, else the name itself."""
    known = {item.theme.casefold(): item.theme for item in items.values() if item.theme}
    return known.get(name.casefold(), name)


def _with(items: Sequence[SwotItem], theme: str | None) -> list[SwotItem]:
    return [item.model_copy(update={"theme": theme}) for item in items if item.theme != theme]
