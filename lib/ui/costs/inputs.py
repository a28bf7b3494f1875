"""The controls of «Kostnader»: which cooperation, which model, and the numbers of a model of one's own."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib.actions.costs import cases
from lib.actions.costs import years as over_years
from lib.actions.costs.cases import CHOSEN, DEFAULT, OWN, Case
from lib.actions.costs.events import ACCOUNT, ENTRY, EXIT, INDEX, OVERSPEND
from lib.domain.costs.models import by_key, fixed_part
from lib.exhibits.costs import choices
from lib.exhibits.costs import words as cost_words
from lib.exhibits.costs.choices import (
    ADDRESS,
    ALL_AREAS,
    AMOUNT,
    BY_KEY,
    CAP,
    COOPERATION,
    FIXED,
    FLOOR,
    HOST,
    HOST_PERCENT,
    MILLION,
    MODEL,
    MOST,
    PHASE_IN,
    SHARES,
    TRIAL,
)
from lib.exhibits.exhibit import Address, address_of
from lib.model.cost_records import CostBook
from lib.model.costs import EQUAL, POPULATION, TODAY, CostModel
from lib.ui import inputs, session, state
from lib.ui.session import escape, t

MODELS, YEARS, METHOD, TOGETHER = "modeller", "over-tid", "metode", "samlet"
_PARTS = {MODELS: "models", YEARS: "years", METHOD: "method", TOGETHER: "together"}
_EVENTS = {"merforbruk": OVERSPEND, "avregning": ACCOUNT, "prisvekst": INDEX, "kommer-senere": ENTRY, "gar-ut": EXIT}
_FIGURES = {"kroner": "kroner", "change": "endring", "percent": "prosent", "per_inhabitant": "innbygger"}
_LIMITS = (("floor", FLOOR), ("cap", CAP))
_OWN = ("modell", FIXED, "lik", "innb", "idag", "minst", "hoyst", "vert", "innfasing", BY_KEY)


def area_picker(book: CostBook) -> str:
    """An area's id, `ALL_AREAS` or `TRIAL`; choices that hold for the area before are taken out of the address."""
    areas = {area.code: area for area in cases.areas(book)}
    together = {ALL_AREAS: t("costs.all_areas")} if areas else {}
    options = together | {code: f"{code} {area.name}" for code, area in areas.items()} | {TRIAL: t("costs.trial")}
    chosen = inputs.choice(t("costs.area"), state.COSTS_AREA, COOPERATION, options, next(iter(options)))
    seen = state.recall(state.COSTS_SEEN, str)
    if seen not in (None, chosen):
        for parameter in [each for each in st.query_params if each.startswith(_OWN)]:
            inputs.write_address(parameter, "")
    state.keep(state.COSTS_SEEN, chosen)
    return areas[chosen].id if chosen in areas else chosen


def trial_amount() -> int:
    label = t("costs.trial_amount")
    return inputs.amount(label, state.COSTS_AMOUNT, AMOUNT, 0, MOST, MILLION, t("costs.trial_note"), step=100_000)


def part(case: Case) -> str:
    """What is shown of a cooperation; a trial amount has only its models."""
    return _part(state.COSTS_PART, MODELS, YEARS, METHOD) if case.area else MODELS


def together_part() -> str:
    return _part(f"{state.COSTS_PART}.together", TOGETHER, YEARS)


def _part(key: str, *parts: str) -> str:
    return inputs.part(t("costs.part"), key, "vis", {slug: t(f"costs.part_{_PARTS[slug]}") for slug in parts})


def figure(known: Sequence[str]) -> str:
    """What the models are laid side by side by."""
    options = {_FIGURES[key]: t(f"cost_columns.{key}") for key in known}
    chosen = inputs.part(t("costs.figure"), state.COSTS_FIGURE, "tall", options)
    return next(key for key in known if _FIGURES[key] == chosen)


def event() -> str:
    options = {slug: t(f"costs.event_{kind}") for slug, kind in _EVENTS.items()}
    return _EVENTS[inputs.choice(t("costs.event"), state.COSTS_EVENT, "hendelse", options, next(iter(options)))]


def model(case: Case) -> CostModel:
    """The model that is looked at first: the chosen or 20/80, until the visitor takes another."""
    code = case.area.code if case.area else TRIAL
    share = cases.fixed_share(case.model)
    keys = {f"{BY_KEY}{key}": t("cost_models.by_key", key=cost_words.key_name(session.language(), key))
            for key in case.whole_keys}  # fmt: skip
    options = {FIXED: t("cost_models.fixed")} | keys
    options |= {ADDRESS[TODAY]: t("cost_models.today")} if case.knows_today and case.area else {}
    options |= {ADDRESS[OWN]: t("cost_models.own")}
    options |= {ADDRESS[CHOSEN]: t("cost_models.chosen")} if share is None else {}
    default = FIXED if share is not None else ADDRESS[CHOSEN]
    with st.grid(2, min_column_width=inputs.CONTROL_WIDTH):
        kind = inputs.choice(t("costs.model"), f"{state.COSTS_MODEL}.{code}", MODEL, options, default)
        if kind == FIXED:
            return fixed_part(_fixed(code, DEFAULT if share is None else share))
    if kind == ADDRESS[OWN]:
        return _own(case, code)
    if kind == ADDRESS[CHOSEN]:
        return case.model
    return by_key(TODAY if kind == ADDRESS[TODAY] else kind.removeprefix(BY_KEY))


def _fixed(code: str, default: int) -> int:
    key, help = f"{state.COSTS_FIXED}.{code}", t("costs.fixed_help", fixed=DEFAULT, rest=100 - DEFAULT)
    return inputs.whole_number(t("costs.fixed"), key, FIXED, 0, 100, default, help)


def _own(case: Case, code: str) -> CostModel:
    """Shares in per cent, limits, a host's surcharge, and the years until the model counts fully."""
    names = {"": t("costs.own_host_none")} | {member.name: member.name for member in case.members}
    with st.container(border=True):
        with st.grid(4, min_column_width=160, gap="small"):
            told = _own_shares(case, code)
            host = inputs.choice(t("costs.own_host"), f"{state.COSTS_OWN}.{code}.vert", HOST, names, "")
            carries = _number(code, t("costs.own_host_percent"), HOST_PERCENT, 100, 0) if host else 0
            phase = _number(code, t("costs.own_phase"), PHASE_IN, 10, 0, help=t("costs.own_phase_help"))
        told |= _own_limits(case, code)
    return choices.own(case, told | {HOST: host, HOST_PERCENT: str(carries), PHASE_IN: str(phase)})


def _own_shares(case: Case, code: str) -> dict[str, str]:
    """Per cent by every allocation key that all have a figure for, as an address tells it."""
    known = {key: SHARES[key] for key in (EQUAL, POPULATION)}
    known |= {key: (f"{BY_KEY}{key}", 0) for key in case.whole_keys}
    known |= {TODAY: SHARES[TODAY]} if case.knows_today and case.area else {}
    asked = {}
    for key, (parameter, default) in known.items():
        label = t("costs.own_share", key=cost_words.key_name(session.language(), key))
        asked[parameter] = str(_number(code, escape(label), parameter, 100, default))
    return asked


def _own_limits(case: Case, code: str) -> dict[str, str]:
    """A floor and a cap in kroner: the same for all, or each municipality's own; 0 where there is none."""
    each = any(parameter.startswith((f"{FLOOR}.", f"{CAP}.")) for parameter in st.query_params)
    key = f"{state.COSTS_OWN}.{code}.each"
    state.seed(key, each)
    apart = st.toggle(t("costs.own_each"), key=key, help=t("costs.own_each_help"))
    names = [member.name for member in case.members]
    with st.grid(4, min_column_width=160, gap="small"):
        asked = [(word, t(f"costs.own_{kind}")) for kind, word in _LIMITS] if not apart else [
            (f"{word}.{name}", t(f"costs.own_{kind}_of", municipality=escape(name)))
            for kind, word in _LIMITS for name in names
        ]  # fmt: skip
        return {parameter: str(_kroner(code, label, parameter)) for parameter, label in asked}


def _kroner(code: str, label: str, parameter: str) -> int:
    return _number(code, label, parameter, MOST, 0, 10_000, t("costs.own_no_limit"))


def _number(
    code: str, label: str, parameter: str, high: int, default: int, step: int = 1, help: str | None = None
) -> int:
    return inputs.amount(label, f"{state.COSTS_OWN}.{code}.{parameter}", parameter, 0, high, default, help, step)


def what_if(book: CostBook) -> Address:
    """Another model for one of the cooperations, or none."""
    areas = {area.code: area for area in cases.areas(book)}
    options = {"": t("costs.what_if_none")} | {code: area.name for code, area in areas.items()}
    with st.grid(2, min_column_width=inputs.CONTROL_WIDTH):
        area = inputs.choice(t("costs.what_if_area"), state.COSTS_WHAT_IF, choices.WHAT_IF, options, "")
        if not area:
            return ()
        models = {model.key: model for model in cases.case_of(book, areas[area].id).models}
        words = {key: cost_words.model_name(session.language(), model) for key, model in models.items()}
        label, key = t("costs.what_if_model"), f"{state.COSTS_WHAT_IF_MODEL}.{area}"
        model = inputs.choice(label, key, choices.WHAT_IF_MODEL, words, next(iter(words)))
    return address_of({choices.WHAT_IF: area, choices.WHAT_IF_MODEL: model})


def years_and_rate() -> dict[str, str]:
    with st.grid(2, min_column_width=inputs.CONTROL_WIDTH):
        chosen = inputs.whole_number(
            t("costs.years"), state.COSTS_YEARS, choices.FOR_YEARS, 1, over_years.LONGEST, over_years.YEARS, ""
        )
        percent = inputs.whole_number(t("costs.rate"), state.COSTS_RATE, choices.AT_RATE, 0, 20, over_years.RATE, "")
    return {choices.FOR_YEARS: str(chosen), choices.AT_RATE: str(percent)}


def whose(names: list[str]) -> str:
    options = {"": t("costs.whose_all")} | {name: name for name in names}
    return inputs.choice(t("costs.whose"), state.COSTS_WHOSE, "hvem", options, "")
