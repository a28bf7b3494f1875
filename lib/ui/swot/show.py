"""How SWOT is shown: the answer, the matrix, the statements behind a theme, quadrants, forces and notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from lib.domain.swot.recurrence import Said, Theme, alone, once
from lib.exhibits.swot import exports, words
from lib.model.records import Area, Study
from lib.model.swot_records import Force, Note, NoteKind, Quadrant, Side, SwotBook, SwotItem
from lib.ui import inputs, session, show, state
from lib.ui.navigation import page_path
from lib.ui.session import escape, t
from lib.ui.swot import views
from lib.ui.swot.views import Across, Picture

PAGE = 12  # statements of a quadrant at a time
NOTES = {
    "swot.benefits_title": (NoteKind.TIME, NoteKind.QUALITY),
    "swot.points_title": (NoteKind.HIGH_POINT, NoteKind.PAIN_POINT),
    "swot.needs_title": (NoteKind.COMPETENCE, NoteKind.CULTURE, NoteKind.DIGITAL),
}
OWN_COLUMN = 300  # px that a column of statements wants


def constructed_mark(known: SwotBook) -> None:
    if known.constructed:
        st.badge(t("ranking.constructed"), color="orange", help=t("swot.constructed_why"))


def answer(found: Across) -> None:
    """What recurs most in large type, and what that stands on."""
    constructed_mark(found.known)
    st.header(escape(found.headline), anchor=False)
    st.caption(escape(found.basis))


def matrix(found: Across) -> None:
    """Themes against functions, as a picture and as a table."""
    picture(found.picture, words.letters(session.language()))
    with st.expander(t("swot.matrix_table")):
        show.table(found.table, t("swot.table_alt"), (t("swot.functions"),))
    if len(found.themes) > views.DRAWN:
        shown, every = map(show.figure, (views.DRAWN, len(found.themes)))
        st.caption(t("swot.more_themes", n=every, shown=shown))
    with st.expander(t("swot.how_title")):
        st.markdown(t("swot.how"))


def picture(drawn: Picture | None, letters: str = "") -> None:
    if drawn is None:
        return
    st.subheader(escape(drawn.title), anchor=False)
    if letters:
        st.caption(t("swot.matrix_note", letters=letters))
    st.vega_lite_chart(drawn.rows, drawn.spec, alt=drawn.alt, width="stretch")


def theme_picker(found: Across) -> Theme | None:
    """The theme to look into; the one that recurs most comes first."""
    if not found.themes:
        return None
    functions, language = len(found.known.analysed), session.language()
    names = {theme.name: words.title(language, theme, functions) for theme in found.themes}
    st.subheader(t("swot.theme_title"), anchor=False)
    if (picked := state.take(state.SWOT_PICK, str)) in names:
        state.keep(state.SWOT_THEME, picked)
    name = inputs.choice(t("swot.theme_pick"), state.SWOT_THEME, "tema", names, next(iter(names)))
    return next(theme for theme in found.themes if theme.name == name)


def theme(study: Study, found: Across, chosen: Theme) -> None:
    """Every statement behind a theme with where it comes from, and the way to each function."""
    language = session.language()
    st.markdown(f"**{escape(words.recurs(language, chosen, len(found.known.analysed)))}**")
    frame = words.statements(language, found.known, chosen.items, suggested=chosen.suggested)
    show.reading_table(_filled(frame), t("swot.theme_alt"))
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
        with st.expander(t("swot.alone_title", n=show.figure(len(left)))):
            frame = words.statements(session.language(), found.known, left)
            show.table(_filled(frame), t("swot.alone_alt"))


def _filled(frame: pd.DataFrame) -> pd.DataFrame:
    """Without columns in which nothing stands."""
    return frame[[column for column in frame if frame[column].astype(bool).any()]]


def downloads(study: Study) -> None:
    """The same as files, made when they are asked for."""
    make = {"xlsx": exports.matrix_workbook, "csv": exports.statements_text}
    labels = {"xlsx": t("swot.download_matrix"), "csv": t("swot.download_statements")}
    with st.container(horizontal=True):
        for ending, label in labels.items():
            content = partial(make[ending], session.visitor(), study, session.language())
            name = f"{t('swot.file')}-{study.slug}.{ending}"
            st.download_button(label, content, name, on_click="ignore", key=f"{state.SWOT_DO}.{ending}")


def function(known: SwotBook, area: str) -> None:
    """The four quadrants, or that nothing has been said; of what it was made, where it was sent on from another."""
    names = {each.id: each.name for each in known.areas}
    if area in names:
        st.header(escape(names[area]), anchor=False)
    show.origins((item.text, names[item.area]) for item in known.made_of.get(area, ()))
    if any(row.area == area for row in known.items):
        quadrants(known, area)
    elif all(each.id != area for each in known.functions):
        st.info(t("swot.nothing_said"))


def quadrants(known: SwotBook, area: str) -> None:
    """The four quadrants of a function, two by two, a page of each at a time."""
    said = once(item for item in known.items if item.area == area)
    with st.grid(2, min_column_width=OWN_COLUMN, gap="small"):
        for quadrant in Quadrant:
            _quadrant(known, quadrant, [each for each in said if each.first.quadrant is quadrant])


def _quadrant(known: SwotBook, quadrant: Quadrant, said: Sequence[Said]) -> None:
    with st.container(border=True, key=f"swot_quadrant_{quadrant}"):
        name = t(f"choices.quadrant.{quadrant}")
        st.subheader(t("swot.quadrant_count", quadrant=name, n=show.figure(len(said))), anchor=False)
        paged(known, quadrant, sorted(said, key=lambda each: -sum(item.points or 0 for item in each.items)))


def paged(known: SwotBook, place: str, said: Sequence[Said]) -> None:
    """Statements, a page of them at a time; which page is asked for only where there are several."""
    pages = -(-len(said) // PAGE)
    if pages < 2:
        _bullets(known, said)
        return
    names = {
        str(nth): t("swot.page_of", page=show.figure(nth), pages=show.figure(pages)) for nth in range(1, pages + 1)
    }
    nth = int(inputs.choice(t("swot.page"), f"{state.SWOT_PAGE}.{place}", f"side-{place}", names, "1"))
    _bullets(known, said[(nth - 1) * PAGE : nth * PAGE])


def _bullets(known: SwotBook, said: Iterable[Said]) -> None:
    """Statements with whom they come from; what is long is cut, and stands whole under them."""
    language, lines, long = session.language(), [], []
    for each in said:
        origins = dict.fromkeys(filter(None, (words.origin(language, known, item) for item in each.items)))
        whom = f" *({escape('; '.join(origins))})*" if origins else ""
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


def forces(known: SwotBook, area: str) -> None:
    """Drivers against barriers, as a picture and as a table."""
    drawn = views.forces(known, area)
    if drawn is None:
        return
    picture(drawn)
    held = [force for force in known.forces if force.area == area]
    held.sort(key=lambda force: (force.side is Side.BARRIER, -(force.strength or 0)))
    heads = [t(key) for key in ("swot.side_head", "columns.statement", "columns.strength")]
    lines = [
        (t(f"swot.{force.side}"), force.text, str(force.strength) if force.strength else t("swot.unjudged"))
        for force in held
    ]
    with st.expander(t("swot.forces_title")):
        show.table(pd.DataFrame(lines, columns=heads), t("swot.forces_table_alt"))


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
