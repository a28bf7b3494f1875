"""SWOT as pages take it: gate and revision every run, grouping and words once per revision and language."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import streamlit as st

from lib.access import Action
from lib.actions import gate
from lib.actions.swot import statements
from lib.actions.swot import themes as swot_themes
from lib.charts import frames
from lib.charts.look import Spec
from lib.charts.swot import force_field, theme_matrix
from lib.charts.swot import frames as swot_frames
from lib.domain.swot.recurrence import Theme
from lib.exhibits.swot import words
from lib.i18n import DECIMAL_MARK, number, t
from lib.model.access import Actor
from lib.model.records import Revision, Study
from lib.model.swot_records import Force, Quadrant, Side, SwotBook
from lib.ui import session
from lib.ui.data import revision_now

DRAWN = 12  # themes in the picture; the table has all
SERIOUS = (Quadrant.THREAT, Quadrant.WEAKNESS)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its finding and its alternative text."""

    rows: pa.Table
    spec: Spec
    title: str
    alt: str


@dataclass(frozen=True, slots=True)
class Across:
    """What recurs across functions, with everything the page says and draws of it in one language."""

    known: SwotBook
    themes: tuple[Theme, ...]
    headline: str
    basis: str
    picture: Picture | None
    table: pa.Table


def book(study: Study) -> SwotBook:
    """All that the study knows of its functions in words."""
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.SWOT_VIEW, study)
        return _book(study_id=study.id, revision=revision_now(actor, study), _actor=actor, _study=study)


def across(study: Study) -> Across:
    """What recurs across functions."""
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.SWOT_VIEW, study)
        return _across(
            study_id=study.id,
            revision=revision_now(actor, study),
            language=session.language(),
            _actor=actor,
            _study=study,
        )


def forces(known: SwotBook, area: str) -> Picture | None:
    """The force field of a function, None where nothing is said of it."""
    held = [force for force in known.forces if force.area == area]
    return _forces(tuple(held), session.language()) if held else None


@st.cache_resource(max_entries=64, show_spinner=False)
def _book(study_id: str, revision: Revision, _actor: Actor, _study: Study) -> SwotBook:
    """Shared by all sessions without a copy, since nobody writes in it."""
    return statements.book(_actor, _study)


@st.cache_resource(max_entries=64, show_spinner=False)
def _themes(study_id: str, revision: Revision, _actor: Actor, _study: Study) -> tuple[Theme, ...]:
    return tuple(swot_themes.recurring(_actor, _study))


@st.cache_resource(max_entries=128, show_spinner=False)
def _across(study_id: str, revision: Revision, language: str, _actor: Actor, _study: Study) -> Across:
    known = _book(study_id=study_id, revision=revision, _actor=_actor, _study=_study)
    themes = _themes(study_id=study_id, revision=revision, _actor=_actor, _study=_study)
    headline = words.headline(language, known, themes)
    return Across(
        known,
        themes,
        headline,
        words.basis(language, known, themes),
        _matrix(language, known, themes, headline),
        pa.Table.from_pandas(words.matrix(language, known, themes), preserve_index=False),
    )


def _matrix(language: str, known: SwotBook, themes: tuple[Theme, ...], finding: str) -> Picture | None:
    names, shown = [area.name for area in known.analysed], themes[:DRAWN]
    if not shown:
        return None
    rows = [(words.title(language, theme, len(names)), _cells(language, known, theme)) for theme in shown]
    frame = swot_frames.theme_frame(rows, names)
    texts = theme_matrix.MatrixTexts(*(t(language, f"swot.{key}") for key in ("theme_pick", "function", "force")))
    spec = theme_matrix.theme_matrix(texts, len(names), DECIMAL_MARK[language], frames.title_lines(frame))
    rows_sent = pa.Table.from_pandas(frame, preserve_index=False)
    return Picture(rows_sent, spec, t(language, "swot.matrix_title"), t(language, "swot.matrix_alt", finding=finding))


def _cells(language: str, known: SwotBook, theme: Theme) -> dict[str, tuple[str, bool]]:
    return {
        area.name: (words.cell(language, cell), any(cell[side] for side in SERIOUS))
        for area in known.analysed
        if (cell := theme.cells.get(area.id))
    }


def _forces(held: tuple[Force, ...], language: str) -> Picture:
    counts = {
        key: sum(force.side is side for force in held)
        for key, side in (("drivers", Side.DRIVER), ("barriers", Side.BARRIER))
    }
    unjudged = all(force.strength is None for force in held)
    finding = t(
        language,
        "swot.forces_unjudged" if unjudged else "swot.forces_finding",
        **{key: number(language, count) for key, count in counts.items()},
    )
    sides = t(language, "swot.driver"), t(language, "swot.barrier")
    rows = [(force.text, force.side is Side.DRIVER, force.strength) for force in held]
    frame = swot_frames.force_frame(rows, sides, t(language, "swot.unjudged"))
    ring = t(language, "swot.unjudged") if any(force.strength is None for force in held) else ""
    heads = [t(language, f"swot.{key}") for key in ("forces_head", "force", "side_head")]
    texts = force_field.ForceTexts(*sides, heads[0], ring, *heads[1:])
    spec = force_field.force_field(texts, DECIMAL_MARK[language], frames.title_lines(frame))
    sent = pa.Table.from_pandas(frame, preserve_index=False)
    return Picture(sent, spec, finding, t(language, "swot.forces_alt", finding=finding))
