"""The controls of «Kostnader»: which cooperation, which model, and the numbers of a model of one's own."""

from __future__ import annotations

import streamlit as st

from lib.actions import cost_cases
from lib.actions.cost_cases import CHOSEN, DEFAULT, OWN, Case
from lib.actions.cost_events import ACCOUNT, ENTRY, EXIT, INDEX, OVERSPEND
from lib.domain.cost_models import DEFAULT_MODELS, fixed_part
from lib.model.cost_records import CostBook
from lib.model.costs import EQUAL, POPULATION, TODAY, USAGE, CostModel
from lib.ui import inputs, state
from lib.ui.session import t

ALL_AREAS, TRIAL, FIXED = "alle", "proving", "fast"
MILLION, MOST = 1_000_000, 10**12
MODELS, YEARS, METHOD, TOGETHER = "modeller", "over-tid", "metode", "samlet"
_PARTS = {MODELS: "models", YEARS: "years", METHOD: "method", TOGETHER: "together"}
_EVENTS = {"merforbruk": OVERSPEND, "avregning": ACCOUNT, "prisvekst": INDEX, "kommer-senere": ENTRY, "gar-ut": EXIT}
_ADDRESS = {FIXED: FIXED, USAGE: "bruk", TODAY: "i-dag", OWN: "eget", CHOSEN: "valgt"}
_OWN = ("lik", "innb", "bruk", "idag", "minst", "hoyst", "vert", "vertpst", "innfasing")


def area_picker(book: CostBook) -> str:
    """An area's id, `ALL_AREAS` or `TRIAL`; choices that hold for the area before are taken out of the address."""
    areas = {area.code: area for area in cost_cases.areas(book)}
    together = {ALL_AREAS: t("costs.all_areas")} if areas else {}
    options = together | {code: f"{code} {area.name}" for code, area in areas.items()} | {TRIAL: t("costs.trial")}
    chosen = inputs.choice(t("costs.area"), state.COSTS_AREA, "samarbeid", options, next(iter(options)))
    seen = state.recall(state.COSTS_SEEN, str)
    if seen not in (None, chosen):
        for parameter in ("modell", FIXED, *_OWN):
            inputs.write_address(parameter, "")
    state.keep(state.COSTS_SEEN, chosen)
    return areas[chosen].id if chosen in areas else chosen


def trial_amount() -> int:
    label = t("costs.trial_amount")
    return inputs.amount(label, state.COSTS_AMOUNT, "belop", 0, MOST, MILLION, t("costs.trial_note"), step=100_000)


def part(case: Case) -> str:
    """What is shown of a cooperation; a trial amount has only its models."""
    return _part(state.COSTS_PART, MODELS, YEARS, METHOD) if case.area else MODELS


def together_part() -> str:
    return _part(f"{state.COSTS_PART}.together", TOGETHER, YEARS)


def _part(key: str, *parts: str) -> str:
    return inputs.part(t("costs.part"), key, "vis", {slug: t(f"costs.part_{_PARTS[slug]}") for slug in parts})


def event() -> str:
    options = {slug: t(f"costs.event_{kind}") for slug, kind in _EVENTS.items()}
    return _EVENTS[inputs.choice(t("costs.event"), state.COSTS_EVENT, "hendelse", options, next(iter(options)))]


def model(case: Case) -> CostModel:
    """The model that is looked at first: the chosen or 20/80, until the visitor takes another."""
    code = case.area.code if case.area else TRIAL
    share = cost_cases.fixed_share(case.model)
    kinds = [
        FIXED,
        *([USAGE] if case.uses_key == USAGE else []),
        *([TODAY] if case.knows_today and case.area else []),
        OWN,
    ]
    kinds += [CHOSEN] if share is None else []
    options = {_ADDRESS[kind]: t(f"cost_models.{'fixed' if kind == FIXED else kind}") for kind in kinds}
    default = _ADDRESS[FIXED if share is not None else CHOSEN]
    with st.grid(2, min_column_width=inputs.CONTROL_WIDTH):
        kind = inputs.choice(t("costs.model"), f"{state.COSTS_MODEL}.{code}", "modell", options, default)
        if kind == FIXED:
            return fixed_part(_fixed(code, DEFAULT if share is None else share))
    if kind == _ADDRESS[OWN]:
        return _own(case, code)
    return case.model if kind == _ADDRESS[CHOSEN] else CostModel(_named(kind), {_named(kind): 100})


def _named(address: str) -> str:
    return next(kind for kind, slug in _ADDRESS.items() if slug == address)


def _fixed(code: str, default: int) -> int:
    key, help = f"{state.COSTS_FIXED}.{code}", t("costs.fixed_help")
    return inputs.whole_number(t("costs.fixed"), key, FIXED, 0, 100, default, help)


def _own(case: Case, code: str) -> CostModel:
    """Shares in per cent, limits, a host's surcharge, and the years until the model counts fully."""
    names = {"": t("costs.own_host_none")} | {member.name: member.name for member in case.members}
    with st.container(border=True), st.grid(4, min_column_width=160, gap="small"):
        equal, people, usage, today = (
            _number(code, key, parameter, 100, default)
            for key, parameter, default in (
                ("own_equal", "lik", DEFAULT),
                ("own_population", "innb", 100 - DEFAULT),
                ("own_usage", "bruk", 0),
                ("own_today", "idag", 0),
            )
        )
        floor, cap = (
            _number(code, key, parameter, MOST, 0, 10_000)
            for key, parameter in (("own_floor", "minst"), ("own_cap", "hoyst"))
        )
        host = inputs.choice(t("costs.own_host"), f"{state.COSTS_OWN}.{code}.vert", "vert", names, "")
        carries = _number(code, "own_host_percent", "vertpst", 100, 0) if host else 0
        phase = _number(code, "own_phase", "innfasing", 10, 0)
    shares = {
        key: share for key, share in ((EQUAL, equal), (POPULATION, people), (USAGE, usage), (TODAY, today)) if share
    }
    steps = tuple(round(100 * step / (phase + 1)) for step in range(1, phase + 1))
    return CostModel(OWN, shares, floor or None, cap or None, host or None, carries, steps)


def _number(code: str, key: str, parameter: str, high: int, default: int, step: int = 1) -> int:
    helps = {
        "own_floor": t("costs.own_no_limit"),
        "own_cap": t("costs.own_no_limit"),
        "own_phase": t("costs.own_phase_help"),
    }
    name = f"{state.COSTS_OWN}.{code}.{parameter}"
    return inputs.amount(t(f"costs.{key}"), name, parameter, 0, high, default, helps.get(key), step)


def what_if(book: CostBook) -> tuple[str, CostModel | None]:
    """An area's id and another model for it, or none."""
    areas = {area.code: area for area in cost_cases.areas(book)}
    options = {"": t("costs.what_if_none")} | {code: area.name for code, area in areas.items()}
    models = {model.key: _written(model) for model in DEFAULT_MODELS}
    with st.grid(2, min_column_width=inputs.CONTROL_WIDTH):
        area = inputs.choice(t("costs.what_if_area"), state.COSTS_WHAT_IF, "hvaom", options, "")
        if not area:
            return "", None
        key = inputs.choice(
            t("costs.what_if_model"), state.COSTS_WHAT_IF_MODEL, "medmodell", models, next(iter(models))
        )
    return areas[area].id, next(model for model in DEFAULT_MODELS if model.key == key)


def _written(model: CostModel) -> str:
    share = cost_cases.fixed_share(model)
    return t(f"cost_models.{model.key}") if share is None else f"{share}/{100 - share}"


def years_and_rate(years: int, longest: int, rate: int) -> tuple[int, int]:
    with st.grid(2, min_column_width=inputs.CONTROL_WIDTH):
        chosen = inputs.whole_number(t("costs.years"), state.COSTS_YEARS, "aar", 1, longest, years, "")
        percent = inputs.whole_number(t("costs.rate"), state.COSTS_RATE, "rente", 0, 20, rate, "")
    return chosen, percent


def whose(names: list[str]) -> str:
    options = {"": t("costs.whose_all")} | {name: name for name in names}
    return inputs.choice(t("costs.whose"), state.COSTS_WHOSE, "hvem", options, "")
