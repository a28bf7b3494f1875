"""What one chooses on «Kostnader» as it stands in an address: a cooperation, a model, another one for a what-if."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lib.actions.costs import cases, cost_figures
from lib.actions.costs.cases import CHOSEN, DEFAULT, OWN, Case
from lib.actions.costs.years import LONGEST, RATE, YEARS
from lib.domain.costs.models import by_key, fixed_part
from lib.exhibits.exhibit import Address, address_of
from lib.model.costs import EQUAL, POPULATION, TODAY, CostModel
from lib.model.problems import NotFound
from lib.model.records import Study

COOPERATION, AMOUNT, MODEL, FIXED = "samarbeid", "belop", "modell", "fast"
ALL_AREAS, TRIAL = "alle", "proving"
MILLION, MOST = 1_000_000, 10**12
ADDRESS = {TODAY: "i-dag", OWN: "eget", CHOSEN: "valgt"}
BY_KEY = "nokkel."
FLOOR, CAP, HOST, HOST_PERCENT, PHASE_IN = "minst", "hoyst", "vert", "vertpst", "innfasing"
SHARES = {EQUAL: ("lik", DEFAULT), POPULATION: ("innb", 100 - DEFAULT), TODAY: ("idag", 0)}
WHAT_IF, WHAT_IF_MODEL, FOR_YEARS, AT_RATE = "hvaom", "medmodell", "aar", "rente"


def case_of(study: Study, address: Address) -> Case:
    """The cooperation that is named by its area's code, or a trial amount. NotFound for a code that is none."""
    told, book = dict(address), cost_figures.book.within(study)
    code = told.get(COOPERATION, TRIAL)
    if code == TRIAL:
        return cases.trial(book, whole(told.get(AMOUNT), MILLION, MOST))
    area = next((each for each in cases.areas(book) if each.code == code), None)
    if area is None:
        raise NotFound
    return cases.case_of(book, area.id)


def where(case: Case) -> dict[str, str]:
    """`case_of` the other way."""
    return {COOPERATION: case.area.code} if case.area else {COOPERATION: TRIAL, AMOUNT: str(case.total)}


def address(case: Case, model: CostModel) -> Address:
    return address_of(where(case) | dict(_model_told(model)))


def _model_told(model: CostModel) -> Iterator[tuple[str, str]]:
    share = cases.fixed_share(model)
    if share is not None and model.key not in (OWN, CHOSEN):
        yield FIXED, str(share)
    elif model.key == OWN:
        yield MODEL, ADDRESS[OWN]
        yield from _own_told(model)
    else:
        yield MODEL, ADDRESS.get(model.key, f"{BY_KEY}{model.key}")


def _own_told(model: CostModel) -> Iterator[tuple[str, str]]:
    for key in {**SHARES, **model.shares}:
        parameter = SHARES[key][0] if key in SHARES else f"{BY_KEY}{key}"
        yield parameter, str(int(model.shares.get(key, 0)))
    for parameter, limit in ((FLOOR, model.floor), (CAP, model.cap)):
        if isinstance(limit, Mapping):
            yield from ((f"{parameter}.{name}", str(kroner)) for name, kroner in limit.items())
        elif limit is not None:
            yield parameter, str(limit)
    if model.host:
        yield HOST, model.host
        yield HOST_PERCENT, str(int(model.host_percent))
    if model.phase_in:
        yield PHASE_IN, str(len(model.phase_in))


def model_of(case: Case, address: Address) -> CostModel:
    """The model that an address names; the chosen one or 20/80 where it names none."""
    told = dict(address)
    kind, share = told.get(MODEL, ""), cases.fixed_share(case.model)
    if kind == ADDRESS[OWN]:
        return own(case, told)
    if kind == ADDRESS[TODAY]:
        return by_key(TODAY)
    if kind.startswith(BY_KEY):
        return by_key(kind.removeprefix(BY_KEY))
    if kind == ADDRESS[CHOSEN] or (FIXED not in told and share is None):
        return case.model
    return fixed_part(whole(told.get(FIXED), DEFAULT if share is None else share, 100))


def own(case: Case, told: Mapping[str, str]) -> CostModel:
    """A model of one's own: shares in per cent, limits, a host's surcharge, and the years until it counts fully."""
    keys = {**SHARES, **{key: (f"{BY_KEY}{key}", 0) for key in case.whole_keys}}
    shares = {key: whole(told.get(parameter), default, 100) for key, (parameter, default) in keys.items()}
    steps = whole(told.get(PHASE_IN), 0, 10)
    phase = tuple(round(100 * step / (steps + 1)) for step in range(1, steps + 1))
    host = told.get(HOST) or None
    floor, cap = _limit(told, FLOOR), _limit(told, CAP)
    carries = whole(told.get(HOST_PERCENT), 0, 100) if host else 0
    return CostModel(OWN, {key: share for key, share in shares.items() if share}, floor, cap, host, carries, phase)


def _limit(told: Mapping[str, str], parameter: str) -> int | dict[str, int] | None:
    """The same for all, or each municipality's own; None where there is none."""
    each = {key.removeprefix(f"{parameter}."): whole(value, 0, MOST)
            for key, value in told.items() if key.startswith(f"{parameter}.")}  # fmt: skip
    return {name: kroner for name, kroner in each.items() if kroner} or whole(told.get(parameter), 0, MOST) or None


def what_if(study: Study, address: Address) -> dict[str, CostModel]:
    """Area id → another model for it, where an address names one."""
    told = dict(address)
    if WHAT_IF not in told:
        return {}
    case = case_of(study, ((COOPERATION, told[WHAT_IF]),))
    models = {model.key: model for model in case.models}
    model = models.get(told.get(WHAT_IF_MODEL, ""), next(iter(models.values())))
    return {case.area.id: model} if case.area else {}


def years_and_rate(address: Address) -> tuple[int, int]:
    told = dict(address)
    return max(whole(told.get(FOR_YEARS), YEARS, LONGEST), 1), whole(told.get(AT_RATE), RATE, 20)


def whole(written: str | None, default: int, most: int) -> int:
    """A whole number of an address; the default for what is none, or is too large."""
    found = int(written) if written and written.isascii() and written.isdigit() and len(written) < 16 else default
    return found if found <= most else default
