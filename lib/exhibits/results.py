"""A result as several subjects show it: the ranking of a selection in a language, who is on top, what it rests on."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lib.access import Action
from lib.actions import results, subjects
from lib.actions.reads import per_revision
from lib.actions.results import Choices, Ranking, weighable
from lib.actions.suppression import ALL, EVEN, Selection
from lib.charts import pairs
from lib.charts.look import Spec
from lib.exhibits.exhibit import Address, Mark, MarkKind, address_of, constructed, noted
from lib.i18n import decimal_mark, listing, number, t
from lib.model.columns import HIGH, ITEM, LOW, RANK, SCORE
from lib.model.methods import Combine, Method
from lib.model.problems import NotFound
from lib.model.records import Study

WORKSHOP, ROUND, ROLE, MUNICIPALITY, LEAVE_OUT, WEIGHT = "workshop", "runde", "rolle", "kommune", "uten", "vekt"


def address(selection: Selection) -> Address:
    """A selection as it stands in an address."""
    told = {WORKSHOP: selection.workshop, ROUND: str(selection.round), LEAVE_OUT: selection.leave_out}
    told |= {ROLE: selection.role} if selection.role != ALL else {}
    told |= {MUNICIPALITY: selection.municipality} if selection.municipality != ALL else {}
    return address_of(told | ({WEIGHT: str(selection.weight)} if selection.weight != EVEN else {}))


def selection_of(study: Study, address: Address) -> Selection:
    """`address` the other way; the first workshop that ranks areas and its standing round where none is named.

    NotFound where there is none; what an address cannot mean falls back to the plain result.
    """
    told = dict(address)
    ranking = results.on_areas.within(study)
    workshop = told.get(WORKSHOP) or (ranking[0].id if ranking else "")
    if not workshop:
        raise NotFound
    known = results.choices.within(study, workshop)
    return Selection(
        workshop,
        _whole(told.get(ROUND), known.standing),
        told.get(ROLE, ALL),
        told.get(MUNICIPALITY, ALL),
        min(_whole(told.get(WEIGHT), EVEN), 100),
        told.get(LEAVE_OUT, ""),
    )


def _whole(written: str | None, default: int) -> int:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 6 else default


def plain_selection(known: Choices) -> Selection:
    """The plain result that a workshop stands for."""
    return Selection(known.workshop.id, known.standing)


@per_revision(Action.RESULTS_VIEW, size=1024)
def ranking(study: Study, selection: Selection, language: str) -> Ranking:
    """The ranking of a selection, its items named in a language; the weight alone costs only arithmetic."""
    held = results.material.within(study, replace(selection, weight=EVEN))
    names = {item: subjects.named(language, item, name) for item, name in held.names.items()}
    return results.weigh(replace(held, names=names), selection.weight)


def marks(language: str, found: Ranking) -> tuple[Mark, ...]:
    """That the scores are made up, and that some areas are hidden."""
    made_up = constructed(language, found.material.workshop.constructed, "ranking.constructed_why")
    hidden = t(language, "ranking.withheld_note") if found.material.hidden else ""
    return made_up + noted(MarkKind.SUPPRESSED, hidden)


def first(language: str, ranking: Ranking) -> str:
    """Who is on top, or why nobody is."""
    top = first_names(ranking)
    if not top:
        return t(language, f"ranking.{_why_no_answer(ranking)}")
    return t(language, "ranking.first", count=len(top), names=listing(language, top))


def first_names(ranking: Ranking) -> list[str]:
    ranked = ranking.summary[ranking.summary[RANK] == 1]
    return [ranking.material.names[item] for item in ranked[ITEM]]


def _why_no_answer(ranking: Ranking) -> str:
    if ranking.material.method.combine is Combine.SEPARATE:
        return "no_total"
    return "all_hidden" if ranking.material.hidden else "none_usable"


def basis(language: str, ranking: Ranking) -> str:
    """«9 grupper · Workshop 26. januar 2022 · Prioritering», and what makes this another picture than the plain one."""
    selection, method = ranking.selection, ranking.material.method
    said = [raters(language, ranking), ranking.material.workshop.name, t(language, f"methods.{method.key}")]
    if selection.weight != EVEN and weighable(method):
        first, second = criteria_words(language, method)
        shares = {"first_share": selection.weight, "second_share": 100 - selection.weight}
        said.append(t(language, "ranking.weighted", first=first, second=second, **shares))
    return " · ".join([*said, *narrowed(language, ranking)])


def raters(language: str, ranking: Ranking) -> str:
    kind = "groups" if ranking.material.workshop.group_mode else "people"
    return t(language, f"ranking.{kind}", count=ranking.material.raters)


def narrowed(language: str, ranking: Ranking) -> list[str]:
    """«bare folkevalgte, Grong» and «uten Gruppe 3», where so."""
    chosen, municipality, group = ranking.selection, ranking.material.municipality, ranking.material.left_out
    kinds = [t(language, f"ranking.roles.{chosen.role}")] if chosen.role != ALL else []
    kinds += [municipality] if chosen.municipality != ALL else []
    said = [t(language, "ranking.filtered", what=", ".join(kinds))] if kinds else []
    return said + ([t(language, "ranking.left_out", group=group)] if chosen.leave_out else [])


def criteria_words(language: str, method: Method) -> list[str]:
    """The criteria as they stand inside a sentence."""
    return [t(language, f"criteria.{key}").lower() for key in method.criterion_keys]


def score_heading(language: str, method: Method) -> str:
    """«Poeng av 100», or plain where there is no ceiling."""
    highest = method.highest_score
    if highest is None:
        return t(language, "ranking.score_plain")
    return t(language, "ranking.score", highest=number(language, highest))


def order_alt(language: str, ranking: Ranking) -> str:
    """The order for who does not see it: the scale, how many, who is first and last and with what."""
    ranked = ranking.summary[ranking.summary[RANK].notna()]
    pairs = list(zip(ranked[ITEM], ranked[SCORE], strict=True))
    if not pairs:
        return ""
    ends = [f"{ranking.material.names[item]} {number(language, score, 1)}" for item, score in (pairs[0], pairs[-1])]
    scale = score_heading(language, ranking.material.method)
    return t(language, "ranking.list_alt", scale=scale, count=len(ranked), top=ends[0], bottom=ends[1])


def pairs_spec(language: str, scale: str, names: tuple[str, str], ceiling: float, lines: int) -> Spec:
    """Two values of each area under their names."""
    texts = pairs.PairsTexts(scale, *names, t(language, "firmness.gap"), t(language, "ranking.area"))
    return pairs.pairs(texts, decimal_mark(language), ceiling, lines)


def interval(language: str, low: float | None, high: float | None) -> str:
    """«3–5», or one place."""
    if low is None or high is None or pd.isna(low) or pd.isna(high):
        return "–"
    return str(int(low)) if low == high else t(language, "ranking.places_between", low=int(low), high=int(high))


def intervals(ranking: Ranking) -> pd.DataFrame:
    """The places each item may hold; empty where they are not computed."""
    return pd.DataFrame(columns=[ITEM, LOW, HIGH]) if ranking.intervals is None else ranking.intervals


def dissent_mark(language: str) -> str:
    """A symbol and a word, so that neither colour nor shape has to carry it alone."""
    return f"◆ {t(language, 'ranking.dissent_yes')}"
