"""What is shown of costs: one cooperation by its models, by its fixed part, over time and for fairness; all in sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from lib.access import Action
from lib.actions.costs import cases, comparison, cost_figures, fairness, years
from lib.actions.costs.cases import Case
from lib.actions.costs.comparison import Comparison, Span, Together
from lib.actions.costs.years import OverYears
from lib.actions.reads import per_revision
from lib.charts import frames
from lib.charts.costs import frames as cost_frames
from lib.domain.costs.over_time import ALL
from lib.exhibits.costs import choices, specs, tables, words
from lib.exhibits.costs.choices import ALL_AREAS, COOPERATION
from lib.exhibits.exhibit import Address, Declared, Exhibit, Mark, MarkKind, Picture, Table, constructed, drawn, noted
from lib.i18n import number, t
from lib.model.columns import CUMULATIVE, MUNICIPALITY, NET, YEAR
from lib.model.costs import CostModel
from lib.model.problems import AppError
from lib.model.records import Study

PAGE = "costs/comparison.py"
Changes = Mapping[str, int]


def marks(language: str, made_up: bool, unconfirmed: Sequence[str]) -> tuple[Mark, ...]:
    """That figures are made up, and whose nobody has confirmed."""
    return constructed(language, made_up, "costs.constructed_why") + noted(
        MarkKind.UNCONFIRMED, words.marks(language, unconfirmed)
    )


@per_revision(Action.COSTS_VIEW, size=1024)
def _compared(study: Study, address: Address) -> Comparison:
    """By all models, the one that the address names first."""
    case = choices.case_of(study, address)
    return comparison.comparison.within(study, case, choices.model_of(case, address), case.models)


@per_revision(Action.COSTS_VIEW, size=1024)
def one(study: Study, address: Address, language: str) -> Exhibit:
    """A cooperation, or a trial amount, by one model: who pays more than today."""
    found = _compared.within(study, address)
    return Exhibit(
        "costs.comparison",
        choices.address(found.case, found.main.model),
        say=partial(words.headline, language, found),
        picture_of=partial(_change, language, found),
        table_of=partial(tables.shares, language, found),
        basis=words.basis(language, found.case),
        marks=marks(language, found.case.constructed, found.case.unconfirmed),
        notes=tuple(filter(None, [words.missing_today(language, found.case)])),
        found=found,
    )


@per_revision(Action.COSTS_VIEW, size=512)
def models(study: Study, address: Address, language: str) -> Exhibit:
    """The same by every model, with those that cannot be used and why."""
    found = _compared.within(study, address)
    why = one.within(study, address, language)
    return Exhibit(
        "costs.models",
        why.address,
        say=partial(words.models_finding, language, found),
        table_of=partial(tables.models, language, found),
        basis=why.basis,
        marks=why.marks,
        notes=(why.finding, *why.notes, *words.failed(language, found)),
        found=found,
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """What a cooperation's models are drawn on, whatever the model: the spans, and the curves where there are any."""

    spans: tuple[Span, ...] = ()
    curves: Mapping[str, Sequence[int]] | None = None


@per_revision(Action.COSTS_VIEW)
def _ground(study: Study, where: Address) -> Ground:
    """Spans against today, and against alone where that is another sum; nothing where shares cannot be computed."""
    case = choices.case_of(study, where)
    kinds = ["today", *(["alone"] if case.alone != case.today else [])]
    try:
        spans = [comparison.span.within(study, case, kind) for kind in kinds]
        return Ground(tuple(filter(None, spans)), comparison.curves.within(study, case))
    except AppError:
        return Ground()


@per_revision(Action.COSTS_VIEW, size=1024)
def curves(study: Study, address: Address, language: str) -> Exhibit:
    """What each pays as more is split equally, and within which parts all can live with it."""
    case = choices.case_of(study, address)
    ground = _ground.within(study, tuple(sorted(choices.where(case).items())))
    model = choices.model_of(case, address)
    spans = [words.span(language, span) for span in ground.spans]
    return Exhibit(
        "costs.curves",
        choices.address(case, model),
        say=lambda: " ".join(spans) or t(language, "costs.curves_title"),
        picture_of=partial(_curves, language, case, model, ground),
        table_of=partial(tables.curves, language, ground.curves or {}),
        basis=words.basis(language, case),
        marks=marks(language, case.constructed, case.unconfirmed),
        notes=(t(language, "costs.curves_note"),),
        found=tuple(spans),
    )


def _curves(language: str, case: Case, model: CostModel, ground: Ground) -> Picture | None:
    drawn_curves = ground.curves
    if drawn_curves is None:
        return None
    span = next(iter(ground.spans), None)
    band, meets = (span.band, span.meets(case)) if span else (None, {})
    written = partial(number, language)
    frame = cost_frames.curves_frame(drawn_curves, cases.fixed_share(model), band, meets, written)
    largest = max((max(row) for row in drawn_curves.values()), default=0)
    against = span.against if span and meets else ""
    spec = specs.curves_spec(language, cost_frames.unit(largest), against, bool(band))
    alt = words.curves_alt(language, drawn_curves, span)
    return drawn(frame, spec, alt, t(language, "costs.curves_title"))


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


def _changed(language: str, main: Changes, others: Mapping[str, Changes], title: str, model: str) -> Picture:
    frame = cost_frames.change_frame(main, others, model, partial(words.signed, language))
    spec = specs.change_spec(language, frames.title_lines(frame), bool(others))
    return drawn(frame, spec, words.change_alt(language, main, model), title)


@per_revision(Action.COSTS_VIEW, size=512)
def together(study: Study, address: Address, language: str) -> Exhibit:
    """All cooperations by their models, one by another where the address asks what if."""
    found = comparison.together.within(study, cost_figures.book.within(study), choices.what_if(study, address))
    return Exhibit(
        "costs.together",
        address,
        say=partial(words.verdict, language, found),
        picture_of=partial(_together_picture, language, found),
        table_of=partial(tables.together, language, found),
        basis=words.together_basis(language, found) if found.areas else "",
        marks=marks(language, found.constructed, found.unconfirmed),
        notes=tuple(words.left_out(language, found.left_out)),
        found=found,
    )


def _together_picture(language: str, found: Together) -> Picture | None:
    main = {row.municipality: row.change for row in found.rows}
    return _changed(language, main, {}, t(language, "costs.together_title"), "") if main else None


@per_revision(Action.COSTS_VIEW, size=256)
def over_years(study: Study, address: Address, language: str) -> Exhibit:
    """When a cooperation is earned back, or all of them together. AppError where a single one cannot be counted."""
    book, (span, rate) = cost_figures.book.within(study), choices.years_and_rate(address)
    if dict(address).get(COOPERATION, ALL_AREAS) == ALL_AREAS:
        found = years.over_years.within(study, book, None, rate, span, {})
    else:
        case = choices.case_of(study, address)
        area = case.area.id if case.area else None
        found = years.over_years.within(study, book, area, rate, span, {area or "": choices.model_of(case, address)})
    return Exhibit(
        "costs.years",
        address,
        say=partial(words.years_headline, language, found, span),
        picture_of=lambda: flow(language, found, ALL) if not found.by_year.empty else None,
        table_of=partial(tables.years_summary, language, found),
        basis=t(language, "costs.years_note"),
        marks=marks(language, found.constructed, found.unconfirmed),
        notes=tuple(words.left_out(language, found.left_out)),
        found=found,
    )


def flow(language: str, found: OverYears, who: str) -> Picture:
    """What is in hand each year, of one municipality or of all."""
    rows = found.by_year[found.by_year[MUNICIPALITY] == who]
    signed, called = partial(words.signed, language), who or t(language, "costs.whose_all").lower()
    ends = {"first": rows[YEAR].iloc[0], "last": rows[YEAR].iloc[-1], "total": signed(rows[CUMULATIVE].iloc[-1])}
    largest = max(abs(rows[column]).max() for column in (NET, CUMULATIVE))
    spec = specs.flow_spec(language, cost_frames.unit(largest))
    alt, title = (t(language, f"costs.years_{key}", who=called, **ends) for key in ("alt", "title"))
    return drawn(cost_frames.flow_frame(rows, signed), spec, alt, title)


def by_year(language: str, found: OverYears, who: str) -> Table:
    """The figures of `flow`."""
    return tables.years(language, found.by_year[found.by_year[MUNICIPALITY] == who])


@per_revision(Action.COSTS_VIEW, size=256)
def fair(study: Study, address: Address, language: str) -> Exhibit:
    """Who could do better without the others, and what fair division says beside the model."""
    case = choices.case_of(study, address)
    model = choices.model_of(case, address)
    found = fairness.fairness.within(study, case, model)
    blocking = words.blocking(language, found)
    said = [words.dearer(language, found), words.estimates(language, found), *words.refused(language, found)]
    return Exhibit(
        "costs.fairness",
        choices.address(case, model),
        say=lambda: " ".join(blocking),
        table_of=partial(tables.methods, language, found, model),
        basis=words.basis(language, case),
        marks=marks(language, case.constructed, case.unconfirmed),
        notes=tuple(filter(None, said)),
        found=found,
    )


def each(study: Study) -> Iterator[Address]:
    """Every cooperation that has running costs, by its chosen model."""
    for area in cases.areas(cost_figures.book.within(study)):
        yield ((COOPERATION, area.code),)


def summed(study: Study) -> Iterator[Address]:
    """All in sum, where there is anything to sum."""
    return iter([()] if list(each(study)) else [])


def comparable(study: Study) -> Iterator[Address]:
    """Those of `each` of which it can be told what they are against today."""
    return (where for where in each(study) if choices.case_of(study, where).knows_today)


def counted(study: Study) -> Iterator[Address]:
    """`summed` over the years, and each that can be counted."""
    yield from summed(study)
    yield from comparable(study)


EXHIBITS = (
    Declared("costs.comparison", "kostnader", one, Action.RESULTS_EXPORT, PAGE, each),
    Declared("costs.models", "kostnadsmodeller", models, Action.RESULTS_EXPORT, PAGE, each),
    Declared("costs.curves", "fast-del", curves, Action.RESULTS_EXPORT, PAGE, each),
    Declared("costs.together", "samlet", together, Action.RESULTS_EXPORT, PAGE, summed),
    Declared("costs.years", "over-tid", over_years, Action.RESULTS_EXPORT, PAGE, counted),
    Declared("costs.fairness", "fordeling", fair, Action.RESULTS_EXPORT, PAGE, comparable),
)
