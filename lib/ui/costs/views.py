"""Costs as pages take them: gate and revision every run, arithmetic and words once per revision and choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import pyarrow as pa
import streamlit as st

from lib.access import Action
from lib.actions import gate
from lib.actions.costs import cases
from lib.actions.costs import comparison as cost_comparison
from lib.actions.costs import figures as cost_figures
from lib.actions.costs.cases import Case
from lib.actions.costs.comparison import Comparison, Span, Together
from lib.charts import frames
from lib.charts.costs import frames as cost_frames
from lib.charts.look import Spec
from lib.exhibits import pictures
from lib.exhibits.costs import tables, words
from lib.i18n import error, number, t
from lib.model.access import Actor
from lib.model.cost_records import CostBook
from lib.model.costs import CostModel
from lib.model.problems import AppError
from lib.model.records import Revision, Study
from lib.ui import session
from lib.ui.data import revision_now


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its finding and its alternative text."""

    rows: pa.Table
    spec: Spec
    title: str
    alt: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with everything the page says and draws of it, in one language."""

    found: Comparison
    headline: str
    basis: str
    notes: tuple[str, ...]
    figures: tuple[tuple[str, str, str], ...]
    spans: tuple[str, ...]
    curves: Picture | None
    change: Picture | None
    shares: pa.Table
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summed:
    """All cooperations together with everything the page says and draws of them."""

    found: Together
    headline: str
    basis: str
    notes: tuple[str, ...]
    change: Picture | None
    table: pa.Table


def book(study: Study) -> CostBook:
    """All that the study knows of costs."""
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.COSTS_VIEW, study)
        return _book(study_id=study.id, revision=revision_now(actor, study), _actor=actor, _study=study)


def comparison(study: Study, case: Case, model: CostModel) -> Compared:
    """A cooperation, or a trial amount, with a model looked at first."""
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.COSTS_VIEW, study)
        return _comparison(
            study_id=study.id,
            revision=revision_now(actor, study),
            area=case.area.id if case.area else "",
            amount=case.total,
            model=str(model),
            language=session.language(),
            _actor=actor,
            _study=study,
            _case=case,
            _model=model,
        )


def models(found: Compared, figure: str) -> pa.Table:
    """All models beside each other by one figure of `cost_tables.figures`."""
    return _sent(tables.models(session.language(), found.found, figure))


def together(study: Study, area: str, model: CostModel | None) -> Summed:
    """All cooperations by their models, `area` by another where one is given."""
    with session.or_stop():
        actor = session.visitor()
        gate.allow(actor, Action.COSTS_VIEW, study)
        return _together(
            study_id=study.id,
            revision=revision_now(actor, study),
            area=area,
            model=str(model),
            language=session.language(),
            _actor=actor,
            _study=study,
            _what_if={area: model} if area and model else {},
        )


@st.cache_resource(max_entries=64, show_spinner=False)
def _book(study_id: str, revision: Revision, _actor: Actor, _study: Study) -> CostBook:
    """Shared by all sessions without a copy, since nobody writes in it."""
    return cost_figures.book(_actor, _study)


@st.cache_resource(max_entries=1024, show_spinner=False)
def _comparison(
    study_id: str,
    revision: Revision,
    area: str,
    amount: int,
    model: str,
    language: str,
    _actor: Actor,
    _study: Study,
    _case: Case,
    _model: CostModel,
) -> Compared:
    found = cost_comparison.comparison(_actor, _study, _case, _model, _case.models)
    ground = _ground(
        study_id=study_id, revision=revision, area=area, amount=amount, _actor=_actor, _study=_study, _case=_case
    )
    shares = found.main.shares
    failed = [
        t(
            language,
            "costs.model_left_out",
            model=words.model_name(language, each.model),
            why=_why(language, each.error),
        )
        for each in found.models[1:]
        if each.error
    ]
    return Compared(
        found,
        words.headline(language, found),
        words.basis(language, _case),
        _notes(words.marks(language, _case.unconfirmed), words.missing_today(language, _case)),
        tuple(
            (
                share.municipality,
                words.kroner(language, share.kroner),
                words.against_today(language, share.change),
            )
            for share in shares
        ),
        tuple(words.span(language, span) for span in ground.spans),
        _curves(language, _case, _model, ground),
        _change(language, found),
        _sent(tables.shares(language, found)),
        tuple(failed),
    )


def _why(language: str, why: AppError) -> str:
    return error(language, why)


def _notes(*said: str) -> tuple[str, ...]:
    return tuple(filter(None, said))


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a cooperation's models are drawn on, whatever the model: the spans, and the curves where there are any."""

    spans: tuple[Span, ...] = ()
    curves: Mapping[str, Sequence[int]] | None = None


@st.cache_resource(max_entries=256, show_spinner=False)
def _ground(
    study_id: str, revision: Revision, area: str, amount: int, _actor: Actor, _study: Study, _case: Case
) -> _Ground:
    """Spans against today, and against alone where that is another sum; nothing where shares cannot be computed."""
    kinds = ["today", *(["alone"] if _case.alone != _case.today else [])]
    try:
        spans = [cost_comparison.span(_actor, _study, _case, kind) for kind in kinds]
        return _Ground(tuple(filter(None, spans)), cost_comparison.curves(_actor, _study, _case))
    except AppError:
        return _Ground()


def _curves(language: str, case: Case, model: CostModel, ground: _Ground) -> Picture | None:
    curves = ground.curves
    if curves is None:
        return None
    span = next(iter(ground.spans), None)
    band, meets = (span.band, span.meets(case)) if span else (None, {})
    written = partial(number, language)
    frame = cost_frames.curves_frame(curves, cases.fixed_share(model), band, meets, written)
    largest = max((max(row) for row in curves.values()), default=0)
    against = span.against if span and meets else ""
    lines = [
        t(
            language,
            "costs.curves_alt_line",
            name=name,
            low=written(row[0]),
            high=words.kroner(language, row[100]),
        )
        for name, row in curves.items()
    ]
    said = words.span(language, span) if span else ""
    return Picture(
        _sent(frame),
        pictures.curves_spec(language, cost_frames.unit(largest), against, bool(band)),
        t(language, "costs.curves_title"),
        t(language, "costs.curves_alt", lines=", ".join(lines), span=said).strip(),
    )


def _change(language: str, found: Comparison) -> Picture | None:
    """Only where today's cost is known of everybody."""
    if found.main.error or not found.case.knows_today:
        return None
    name = partial(words.model_name, language)
    main = {share.municipality: share.change or 0 for share in found.main.shares}
    others = {
        name(each.model): {share.municipality: share.change or 0 for share in each.shares}
        for each in found.models[1:]
        if not each.error
    }
    model = words.by_model(language, found.main.model)
    return _changed(language, main, others, t(language, "costs.change_title", model=model), model)


def _changed(language: str, main: dict[str, int], others: dict[str, dict[str, int]], title: str, model: str) -> Picture:
    frame = cost_frames.change_frame(main, others, model, partial(words.signed, language))
    rows = ", ".join(
        t(language, "costs.change_row", name=name, change=words.signed(language, main[name]))
        for name in sorted(main, key=lambda name: -main[name])
    )
    key, told = ("change_alt", {"model": model}) if model else ("together_alt", {})
    alt = t(language, f"costs.{key}", n=len(main), rows=rows, **told)
    return Picture(_sent(frame), pictures.change_spec(language, frames.title_lines(frame), bool(others)), title, alt)


@st.cache_resource(max_entries=512, show_spinner=False)
def _together(
    study_id: str,
    revision: Revision,
    area: str,
    model: str,
    language: str,
    _actor: Actor,
    _study: Study,
    _what_if: dict[str, CostModel],
) -> Summed:
    known = _book(study_id=study_id, revision=revision, _actor=_actor, _study=_study)
    found = cost_comparison.together(_actor, _study, known, _what_if)
    main = {row.municipality: row.change for row in found.rows}
    return Summed(
        found,
        words.verdict(language, found),
        words.together_basis(language, found) if found.areas else "",
        _notes(words.marks(language, found.unconfirmed), *words.left_out(language, found.left_out)),
        _changed(language, main, {}, t(language, "costs.together_title"), "") if main else None,
        _sent(tables.together(language, found)),
    )


def _sent(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame, preserve_index=False)
