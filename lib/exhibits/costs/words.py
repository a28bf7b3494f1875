"""Costs in words: who pays more, what all can live with, and how it looks in sum, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

import pandas as pd

from lib.actions.costs.cases import CHOSEN, OWN, Case, fixed_share
from lib.actions.costs.comparison import Comparison, Share, Span, Together
from lib.actions.costs.fairness import Fairness
from lib.actions.costs.years import OverYears
from lib.domain.costs.games import Blocking
from lib.domain.costs.over_time import ALL
from lib.i18n import error, listing, number, t
from lib.model.columns import BREAK_EVEN_YEAR, MUNICIPALITY, PRESENT_VALUE
from lib.model.costs import NAMED_KEYS, TODAY, CostModel
from lib.model.problems import AppError
from lib.model.records import Area

NAMED = 3  # so many are named with their kroner; of more only the number is told
GROUPS_NAMED = 5
SPACE = "\u00a0"


def kroner(language: str, value: float | Fraction | None) -> str:
    """«123 496 kr»."""
    return "–" if value is None else f"{number(language, float(value))}{SPACE}kr"


def signed(language: str, value: float | None) -> str:
    """«+6 086», «−26 504», «0»."""
    return ("+" if value and value > 0 else "") + number(language, value)


def model_name(language: str, model: CostModel) -> str:
    """«20/80», or its words."""
    share = fixed_share(model)
    if share is None:
        return t(language, f"cost_models.{_kind(model)}", key=key_name(language, model.key))
    plain = f"{share}/{100 - share}"
    return t(language, "cost_models.chosen_plain", model=plain) if model.key == CHOSEN else plain


def by_model(language: str, model: CostModel) -> str:
    """The model in the middle of a sentence: «med 20/80», «etter bruk»."""
    share = fixed_share(model)
    key = "plain" if share is not None else _kind(model)
    written, named = f"{share}/{100 - (share or 0)}", key_name(language, model.key)
    return t(language, f"cost_by_model.{key}", model=written, key=named)


def _kind(model: CostModel) -> str:
    """What a model is called by: its own word, or the key that it follows."""
    return model.key if model.key in (CHOSEN, OWN, TODAY) else "by_key"


def key_name(language: str, key: str) -> str:
    """An allocation key by our word for it, or by the name that the user gave it."""
    return t(language, f"cost_keys.{key}") if key in NAMED_KEYS else key


def who(language: str, named: Sequence[tuple[str, float]], more: str) -> str:
    """«Grong (6 086 kr) og Lierne (6 022 kr)», or how many where they are many."""
    if len(named) > NAMED:
        return t(language, f"costs.{more}", count=len(named))
    return listing(language, [f"{name} ({kroner(language, sum_)})" for name, sum_ in named])


def against_today(language: str, change: int | None) -> str:
    """«6 086 kr mer enn i dag»; «» where today's cost is not known."""
    if change is None:
        return ""
    key = "more_today" if change > 0 else "less_today" if change else "same_today"
    return t(language, f"costs.{key}", kroner=kroner(language, abs(change)))


def headline(language: str, found: Comparison) -> str:
    """Who pays more than today; without today's costs, who pays least and most."""
    main = found.main
    if main.error:
        return error(language, main.error)
    model = by_model(language, main.model)
    if not found.case.knows_today:
        return _ends(language, model, main.shares)
    more = [(share.municipality, share.change or 0) for share in main.more]
    if not more:
        key = "nobody_more" if main.less else "all_same"
        return t(language, f"costs.{key}", model=model)
    key = "all_more" if len(more) == len(main.shares) and len(more) > NAMED else "pay_more"
    return t(language, f"costs.{key}", who=who(language, more, "municipalities"), model=model)


def _ends(language: str, model: str, shares: Sequence[Share]) -> str:
    order = sorted(shares, key=lambda share: share.kroner)
    ends = {"least": order[0].municipality, "most": order[-1].municipality}
    sums = {"least_kroner": kroner(language, order[0].kroner), "most_kroner": kroner(language, order[-1].kroner)}
    return t(language, "costs.ends", model=model, **ends, **sums)


def basis(language: str, case: Case) -> str:
    """«Arkiv · 1 000 000 kr i året · 4 kommuner»."""
    name = case.area.name if case.area else t(language, "costs.trial")
    total = t(language, "costs.a_year", kroner=kroner(language, case.total))
    return " · ".join([name, total, t(language, "costs.municipalities", count=len(case.members))])


def marks(language: str, unconfirmed: Sequence[str]) -> str:
    """Whose figures nobody has confirmed; «» where all have."""
    return t(language, "costs.unconfirmed", names=listing(language, list(unconfirmed))) if unconfirmed else ""


def missing_today(language: str, case: Case) -> str:
    """Of whom nothing can be said against today; «» where all are known."""
    names = [member.name for member in case.members if member.today is None]
    if not names or case.area is None:
        return ""
    return t(language, "costs.missing_today", names=listing(language, names))


def percent(language: str, value: Fraction, up: bool) -> str:
    """A bound of a span in per cent, with at most one decimal that does not promise more than is true."""
    tenths = (ceil if up else floor)(value * 10)
    return number(language, tenths / 10, 1 if tenths % 10 else 0)


def span(language: str, found: Span) -> str:
    """Within which fixed parts nobody pays more than its limit, or who stands in the way."""
    known, against = found.found, found.against
    if known.missing > 0:
        short = kroner(language, ceil(known.missing))
        return t(language, f"costs.span_short_{against}", kroner=short)
    if known.excess:
        named = [(name, float(ceil(excess))) for name, excess in known.excess.items()]
        return t(language, f"costs.span_excess_{against}", who=who(language, named, "municipalities"))
    if known.low is None or known.high is None:
        return _apart(language, found)
    if known.low == 0 and known.high == 100:
        return t(language, f"costs.span_all_{against}")
    ends = {"low": percent(language, known.low, True), "high": percent(language, known.high, False)}
    said = t(language, f"costs.span_{against}", **ends)
    holders = [("span_raises", known.raises), ("span_lowers", known.lowers)]
    return " ".join(
        [said, *(t(language, f"costs.{key}", names=listing(language, list(names))) for key, names in holders if names)]
    )


def _apart(language: str, found: Span) -> str:
    known = found.found
    own = {name: interval for name, interval in known.intervals.items() if interval}
    lowest, highest = max(own[name][0] for name in known.raises), min(own[name][1] for name in known.lowers)
    return t(
        language,
        f"costs.span_none_{found.against}",
        raises=listing(language, list(known.raises)),
        low=percent(language, lowest, True),
        lowers=listing(language, list(known.lowers)),
        high=percent(language, highest, False),
    )


def verdict(language: str, found: Together) -> str:
    """«Not best every time, but better together»: whether that is so."""
    if not found.rows:
        return t(language, "costs.together_nothing")
    more = [(row.municipality, row.change) for row in found.more]
    if more:
        key = "together_more_all" if len(more) == len(found.rows) else "together_more"
        return t(language, f"costs.{key}", who=who(language, more, "municipalities"))
    if not any(row.change for row in found.rows):
        return t(language, "costs.together_same")
    worse = [row.municipality for row in found.more_somewhere]
    if not worse:
        return t(language, "costs.together_always")
    names = listing(language, worse) if len(worse) <= NAMED else t(language, "costs.municipalities", count=len(worse))
    return t(language, "costs.together_better", names=names[:1].upper() + names[1:])


def together_basis(language: str, found: Together) -> str:
    """«2 samarbeid: Arkiv (20/80) og Lønn (etter bruk)»."""
    named = [f"{area.name} ({model_name(language, found.models[key])})" for key, area in found.areas.items()]
    if len(named) > 2 * NAMED:
        return t(language, "costs.areas_counted", count=len(named))
    return t(language, "costs.areas", names=listing(language, named))


def left_out(language: str, found: Iterable[tuple[Area, AppError]]) -> list[str]:
    """Which areas are not in a sum, and what would bring them in."""
    return [t(language, "costs.left_out", area=area.name, why=error(language, why)) for area, why in found]


def blocking(language: str, found: Fairness) -> list[str]:
    """«Røyrvik og Namsskogan betaler 42 000 kr mer enn om de to samarbeidet alene», the first few."""
    if not found.blocking:
        return [t(language, "costs.blocking_none")]
    said = [_blocked(language, group) for group in found.blocking[:GROUPS_NAMED]]
    more = len(found.blocking) - GROUPS_NAMED
    return said + ([t(language, "costs.blocking_more", count=more)] if more > 0 else [])


def _blocked(language: str, group: Blocking) -> str:
    names = listing(language, sorted(group.members))
    said = t(language, "costs.blocking", count=len(group.members), names=names, kroner=kroner(language, group.excess))
    return f"{said} {t(language, 'costs.is_estimate')}" if group.estimated else said


def dearer(language: str, found: Fairness) -> str:
    """That a group costs more together than in parts: all together first, given costs before estimates; «» if none."""
    if not found.dearer:
        return ""
    everybody = len(found.case.members)
    worst = max(found.dearer, key=lambda each: (len(each.members) == everybody, not each.estimated, each.extra))
    one, other = (listing(language, sorted(part)) for part in worst.parts)
    names, extra = listing(language, sorted(worst.members)), kroner(language, worst.extra)
    said = t(language, "costs.dearer", names=names, one=one, other=other, kroner=extra)
    return f"{said} {t(language, 'costs.is_estimate')}" if worst.estimated else said


def estimates(language: str, found: Fairness) -> str:
    """How many groups' costs are estimates, and how they are made."""
    if not found.groups:
        return t(language, "costs.estimates_uncounted")
    key = key_name(language, found.key).lower()
    counted = {"n": number(language, found.estimated), "all": number(language, len(found.groups))}
    return (
        t(language, "costs.estimates", key=key, **counted) if found.estimated else t(language, "costs.estimates_none")
    )


def years_headline(language: str, found: OverYears, years: int) -> str:
    """Whether and when all together have more in hand than by going on as today."""
    if found.summary.empty:
        return t(language, "costs.years_nothing")
    row = found.summary[found.summary[MUNICIPALITY] == ALL].iloc[0]
    worth = f"{signed(language, int(row[PRESENT_VALUE]))}{SPACE}kr"
    if pd.isna(row[BREAK_EVEN_YEAR]):
        return t(language, "costs.years_never", count=years, kroner=worth)
    said = t(language, "costs.years_even", count=years, year=int(row[BREAK_EVEN_YEAR]), kroner=worth)
    late = _late(found)
    return f"{said} {t(language, 'costs.years_late', names=listing(language, late))}" if late else said


def _late(found: OverYears) -> list[str]:
    """Those who never break even within the years, though all together do."""
    own = found.summary[(found.summary[MUNICIPALITY] != ALL) & found.summary[BREAK_EVEN_YEAR].isna()]
    return [str(name) for name in own[MUNICIPALITY]]


def failed(language: str, found: Comparison) -> list[str]:
    """The models that cannot be used, and why; the one that is looked at says so itself."""
    return [
        t(language, "costs.model_left_out", model=model_name(language, each.model), why=error(language, each.error))
        for each in found.models[1:]
        if each.error
    ]


def models_finding(language: str, found: Comparison) -> str:
    """By how many of the models nobody pays more than today."""
    known = [each for each in found.models if not each.error]
    if not found.case.knows_today or not known:
        return t(language, "costs.models_only", all=number(language, len(known)))
    good = sum(not each.more for each in known)
    key = "models_none" if not good else "models_good"
    return t(language, f"costs.{key}", n=number(language, good), all=number(language, len(known)))


def curves_alt(language: str, curves: Mapping[str, Sequence[int]], span_of: Span | None) -> str:
    """What the lines show: each one's kroner at both ends, and what all can live with."""
    lines = [
        t(language, "costs.curves_alt_line", name=name, low=number(language, row[0]), high=kroner(language, row[100]))
        for name, row in curves.items()
    ]
    said = span(language, span_of) if span_of else ""
    return t(language, "costs.curves_alt", lines=", ".join(lines), span=said).strip()


def change_alt(language: str, main: Mapping[str, int], model: str) -> str:
    """Each one's change from today, who pays most more first; of all together where no model is named."""
    rows = ", ".join(
        t(language, "costs.change_row", name=name, change=signed(language, main[name]))
        for name in sorted(main, key=lambda name: -main[name])
    )
    key, told = ("change_alt", {"model": model}) if model else ("together_alt", {})
    return t(language, f"costs.{key}", count=len(main), rows=rows, **told)


def refused(language: str, found: Fairness) -> list[str]:
    """The methods of fair division that could not be computed, and why."""
    return [
        t(language, "costs.refused", method=t(language, f"fair_methods.{key}"), why=error(language, why))
        for key, why in found.refused.items()
    ]
