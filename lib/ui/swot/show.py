"""How SWOT is shown: the matrix, the statements behind a theme, quadrants, forces, notes, and two sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from lib.domain.swot.recurrence import Said, Theme, alone, once
from lib.exhibits.exhibit import Exhibit
from lib.exhibits.swot import tables, words
from lib.exhibits.swot.choices import FUNCTION
from lib.exhibits.swot.exhibits import DRAWN, Across
from lib.model.records import Area, Study
from lib.model.swot_records import Force, Note, NoteKind, Quadrant, SwotBook, SwotItem
from lib.ui import data, inputs, session, show, state
from lib.ui.navigation import page_path
from lib.ui.session import escape, t

PAGE = 12  # statements of a quadrant at a time
NOTES = {
    "swot.benefits_title": (NoteKind.TIME, NoteKind.QUALITY),
    "swot.points_title": (NoteKind.HIGH_POINT, NoteKind.PAIN_POINT),
    "swot.needs_title": (NoteKind.COMPETENCE, NoteKind.CULTURE, NoteKind.DIGITAL),
}
OWN_COLUMN = 300  # px that a column of statements wants


def matrix(found: Exhibit) -> None:
    """Themes against functions, as a picture and as a table."""
    show.picture(found.picture, t("swot.matrix_note", letters=found.notes[0]))
    with st.expander(t("swot.matrix_table")):
        show.exhibit_table(found.table)
    themes = len(found.found.themes)
    if themes > DRAWN:
        shown, every = map(show.number, (DRAWN, themes))
        st.caption(t("swot.more_themes", n=every, shown=shown))
    with st.expander(t("swot.how_title")):
        st.markdown(t("swot.how"))


def theme(study: Study, found: Across, chosen: Theme) -> None:
    """Every statement behind a theme with where it comes from, and the way to each function."""
    language = session.language()
    st.markdown(f"**{escape(words.recurs(language, chosen, len(found.known.analysed)))}**")
    behind = tables.filled(tables.statements(language, found.known, chosen.items, [chosen], "swot.theme_alt"))
    show.reading_table(behind.shown.to_pandas(), behind.alt)
    st.caption(t("swot.to_function"))
    with st.container(horizontal=True):
        for area in found.known.analysed:
            if area.id in chosen.cells:
                to_function(study, area)


def to_function(study: Study, area: Area) -> None:
    address = {"utredning": study.slug, "omrade": area.code}
    st.page_link(page_path("swot/function.py"), label=escape(area.name), query_params=address)


def others(found: Across) -> None:
    """The statements that stand in no theme."""
    left = alone(found.known.items, found.themes)
    if left:
        with st.expander(t("swot.alone_title", n=show.number(len(left)))):
            table = tables.statements(session.language(), found.known, left, (), "swot.alone_alt")
            show.exhibit_table(tables.filled(table))


def function(study: Study, known: SwotBook, area: Area) -> None:
    """All that is said of a function; of what it was made, where it was sent on from another."""
    here = ((FUNCTION, area.code),)
    said, pulled = data.exhibit("swot.statements", study, here), data.exhibit_if_any("swot.forces", study, here)
    show.marks(said)
    st.header(escape(area.name), anchor=False)
    names = {each.id: each.name for each in known.areas}
    show.origins((item.text, names[item.area]) for item in known.made_of.get(area.id, ()))
    if said.table.rows:
        quadrants(known, area.id)
    elif area not in known.functions:
        st.info(t("swot.nothing_said"))
    if pulled:
        forces(pulled)
    notes(known, area.id)
    sources(known, area.id)
    show.downloads(study, *([said] if said.table.rows else []), *([pulled] if pulled else []))


def quadrants(known: SwotBook, area: str) -> None:
    """The four quadrants of a function, two by two, a page of each at a time."""
    said = once(item for item in known.items if item.area == area)
    with st.grid(2, min_column_width=OWN_COLUMN, gap="small"):
        for quadrant in Quadrant:
            _quadrant(known, quadrant, [each for each in said if each.first.quadrant is quadrant])


def _quadrant(known: SwotBook, quadrant: Quadrant, said: Sequence[Said]) -> None:
    with st.container(border=True, key=f"swot_quadrant_{quadrant}"):
        name = t(f"choices.quadrant.{quadrant}")
        st.subheader(t("swot.quadrant_count", quadrant=name, n=show.number(len(said))), anchor=False)
        paged(known, quadrant, sorted(said, key=lambda each: -sum(item.points or 0 for item in each.items)))


def paged(known: SwotBook, place: str, said: Sequence[Said]) -> None:
    """Statements, a page of them at a time; which page is asked for only where there are several."""
    pages = -(-len(said) // PAGE)
    if pages < 2:
        _bullets(known, said)
        return
    names = {
        str(nth): t("swot.page_of", page=show.number(nth), pages=show.number(pages)) for nth in range(1, pages + 1)
    }
    nth = int(inputs.choice(t("swot.page"), f"{state.SWOT_PAGE}.{place}", f"side-{place}", names, "1"))
    _bullets(known, said[(nth - 1) * PAGE : nth * PAGE])


def _bullets(known: SwotBook, said: Iterable[Said]) -> None:
    """Statements with whom they come from; what is long is cut, and stands whole under them."""
    language, lines, long = session.language(), [], []
    for each in said:
        origins = words.origins(language, known, each)
        whom = f" *({escape(origins)})*" if origins else ""
        long += [each.text] if len(each.text) > show.LONG else []
        lines.append(f"- {escape(show.cut(each.text))}{whom}")
    st.markdown("\n".join(lines) if lines else t("swot.none_here"))
    if long:
        with st.expander(t("swot.read_whole")):
            for text in long:
                st.markdown(escape(text))


def sources(known: SwotBook, area: str) -> None:
    """Where all that is said of a function is taken from."""
    rows: list[SwotItem | Force | Note] = [*known.items, *known.forces, *known.notes]
    named = dict.fromkeys(row.source for row in rows if row.area == area and row.source)
    if named:
        st.caption(escape(t("swot.sources", sources="; ".join(filter(None, named)))))


def forces(found: Exhibit) -> None:
    """Drivers against barriers, as a picture and as a table."""
    show.picture(found.picture)
    with st.expander(t("swot.forces_title")):
        show.exhibit_table(found.table)


def notes(known: SwotBook, area: str) -> None:
    """Benefits in time and quality, high and pain points, and needs; only what has been said."""
    held = [note for note in known.notes if note.area == area]
    towns = {town.id: town.name for town in known.municipalities}
    for title, kinds in NOTES.items():
        spoken = [kind for kind in kinds if any(note.kind is kind for note in held)]
        if not spoken:
            continue
        st.subheader(t(title), anchor=False)
        with st.grid(len(spoken), min_column_width=OWN_COLUMN, gap="small"):
            for kind in spoken:
                with st.container(key=f"swot_note_{kind}"):
                    lines = [
                        f"- {escape(show.cut(_from(note.text, towns.get(note.municipality or ''))))}"
                        for note in held
                        if note.kind is kind
                    ]
                    st.markdown("\n".join([f"**{t(f'choices.note_kind.{kind}')}**", "", *lines]))


def _from(text: str, town: str | None) -> str:
    return f"{text} ({town})" if town else text


def sides(known: SwotBook, found: Exhibit) -> None:
    """What both speak of, what only one does, and all that each says, quadrant by quadrant."""
    pair = found.found
    show.answer(found)
    for sentence in found.notes:
        st.markdown(escape(sentence))
    for quadrant in Quadrant:
        st.subheader(t(f"choices.quadrant.{quadrant}"), anchor=False)
        with st.grid(2, min_column_width=OWN_COLUMN, gap="small"):
            for side, (name, said) in enumerate(zip(pair.names, (pair.sides.one, pair.sides.other), strict=True)):
                with st.container(border=True, key=f"swot_quadrant_{quadrant}_{side}"):
                    st.markdown(f"**{escape(name)}**")
                    paged(known, f"{quadrant}-{side}", said[quadrant])
