"""What one chooses on the pages of SWOT: a function, and two sides to compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from lib.domain.swot.recurrence import Comparison, compare
from lib.i18n import listing
from lib.model.records import RaterRole, Study
from lib.model.swot_records import Quadrant, SwotBook, SwotItem
from lib.ui import inputs, session, show, state
from lib.ui.session import escape, t
from lib.ui.swot import show as swot_show
from lib.ui.swot import views
from lib.ui.swot.views import Across

ROLES = tuple(RaterRole)
BY = ("function", "municipality", "role", "source")


def across(study: Study) -> Across:
    """What recurs; ends the page where nothing has been said."""
    found = views.across(study)
    if not found.known.items:
        st.info(t("swot.empty"))
        st.stop()
    return found


def function_picker(known: SwotBook) -> str:
    """The id of the function to look at; those of which something is said are marked, and one of them is first."""
    if not known.areas:
        st.info(t("swot.function_empty"))
        st.stop()
    spoken = known.functions
    names = {area.code: area.name for area in known.areas}
    if len(spoken) < len(known.areas):
        names |= {area.code: t("swot.with_words", area=area.name) for area in spoken}
    first = (spoken or known.areas)[0].code
    code = inputs.choice(t("swot.area"), state.SWOT_AREA, "omrade", names, first)
    return next(area.id for area in known.areas if area.code == code)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides with their names."""

    names: tuple[str, str]
    found: Comparison


def pair_picker(found: Across) -> Pair | None:
    """Which two sides stand beside each other; None where there are no two of that kind, which is said."""
    by = inputs.part(t("swot.compare_by"), state.SWOT_BY, "etter", {key: t(f"swot.by_{key}") for key in BY})
    names, of = _sides(found.known, by)
    missing = sum(not of(item) for item in found.known.items)
    if len(names) < 2:
        st.info(t("swot.too_few"))
        return None
    first, second, *_ = names
    with st.grid(2, min_column_width=inputs.CONTROL_WIDTH):
        one = inputs.choice(t("swot.compare_one"), f"{state.SWOT_ONE}.{by}", "en", names, first)
        other = inputs.choice(t("swot.compare_other"), f"{state.SWOT_OTHER}.{by}", "annen", names, second)
    if missing:
        st.caption(t("swot.origin_missing", n=show.figure(missing)))
    items, themes = found.known.items, found.themes
    held = compare(items, themes, lambda item: of(item) == one, lambda item: of(item) == other)
    return Pair((names[one], names[other]), held)


def _sides(known: SwotBook, by: str) -> tuple[Mapping[str, str], Callable[[SwotItem], str | None]]:
    """Slug → name of every side of which something is said, and the slug of the side that an item is of."""
    if by == "function":
        codes = {area.id: area.code for area in known.areas}
        return {area.code: area.name for area in known.analysed}, lambda item: codes.get(item.area)
    if by == "municipality":
        spoken = {item.municipality for item in known.items}
        numbers = {town.id: town.number for town in known.municipalities}
        towns = {town.number: town.name for town in known.municipalities if town.id in spoken}
        return towns, lambda item: numbers.get(item.municipality or "")
    if by == "source":
        sources = dict.fromkeys(item.source for item in known.items if item.source)
        return {source: source for source in sources if source}, lambda item: item.source
    parties = {item.role for item in known.items}
    words = {role.value: t(f"choices.role.{role}") for role in ROLES if role in parties}
    return words, lambda item: item.role.value if item.role else None


def sides(known: SwotBook, pair: Pair) -> None:
    """What both speak of, what only one does, and all that each says, quadrant by quadrant."""
    for name, themes in zip(pair.names, (pair.found.only_one, pair.found.only_other), strict=True):
        if themes:
            st.markdown(escape(t("swot.only", name=name, themes=_listed(themes))))
    for quadrant in Quadrant:
        st.subheader(t(f"choices.quadrant.{quadrant}"), anchor=False)
        with st.grid(2, min_column_width=swot_show.OWN_COLUMN, gap="small"):
            for side, (name, said) in enumerate(zip(pair.names, (pair.found.one, pair.found.other), strict=True)):
                with st.container(border=True, key=f"swot_quadrant_{quadrant}_{side}"):
                    st.markdown(f"**{escape(name)}**")
                    swot_show.paged(known, f"{quadrant}-{side}", said[quadrant])


def answer(pair: Pair) -> None:
    """Which themes both speak of, in large type."""
    both = pair.found.both
    st.header(escape(t("swot.both", themes=_listed(both)) if both else t("swot.no_common")), anchor=False)


def _listed(themes: tuple[str, ...]) -> str:
    return listing(session.language(), [f"«{theme}»" for theme in themes])
