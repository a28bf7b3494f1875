"""How firm a ranking is, in words, and what the picture of two parties shows, in the reader's language."""

from __future__ import annotations

import pandas as pd

from lib.actions.ranking.firmness import COMPARED, GROUP, MUNICIPALITY, ROLE, Firmness, LeftOut, Party
from lib.actions.results import Ranking
from lib.charts.frames import best
from lib.exhibits import results
from lib.exhibits.limits import limits
from lib.i18n import listing, number, t
from lib.model.columns import GAP, HIGH, ITEM, LOW, ONE, OTHER, RANK
from lib.model.methods import Pool

CHANGES_NAMED = 3


def spans(language: str, ranking: Ranking) -> list[str]:
    """The places that each of the five first may hold; those that may hold the same are named together."""
    if ranking.intervals is None or ranking.material.raters < 2:
        return []
    ranked = ranking.intervals[ranking.intervals[RANK].notna()]
    if len(ranked) < 2:
        return []
    shared: dict[tuple[int, int], list[str]] = {}
    columns = (ranked[column].tolist() for column in (ITEM, LOW, HIGH))
    for item, low, high, top in zip(*columns, best(ranked[RANK].tolist()), strict=True):
        if top:
            shared.setdefault((low, high), []).append(ranking.material.names[item])
    return [_span(language, names, *span) for span, names in shared.items()]


def _span(language: str, names: list[str], low: int, high: int) -> str:
    key = "holds_place" if low == high else "may_hold_places"
    return t(language, f"firmness.{key}", names=listing(language, names), low=low, high=high)


def left_out(language: str, ranking: Ranking, firmness: Firmness) -> list[str]:
    """Without whom others would be among the five first, and of whom that is not so."""
    said = []
    for kind in (GROUP, ROLE, MUNICIPALITY):
        tried = [one for one in firmness.left_out if one.party.kind == kind]
        changing = [one for one in tried if one.out or one.into]
        said += _changes(language, ranking, changing)
        same = [one.party for one in tried if one not in changing]
        if kind == GROUP:
            said += [t(language, "firmness.no_group", **limits(language))] if tried and not changing else []
        elif same:
            said.append(t(language, "firmness.same", who=_whom(language, ranking, same), **limits(language)))
    return said


def _changes(language: str, ranking: Ranking, changing: list[LeftOut]) -> list[str]:
    """One sentence for all without whom the same happens, the first few."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Party]] = {}
    for party, out, into in changing:
        alike.setdefault((out, into), []).append(party)
    said = [_change(language, ranking, parties, *moves) for moves, parties in list(alike.items())[:CHANGES_NAMED]]
    more = sum(len(parties) for parties in list(alike.values())[CHANGES_NAMED:])
    return said + ([t(language, "firmness.more", count=number(language, more), **limits(language))] if more else [])


def _change(language: str, ranking: Ranking, parties: list[Party], out: tuple[str, ...], into: tuple[str, ...]) -> str:
    out_names, into_names = (listing(language, [ranking.material.names[item] for item in each]) for each in (out, into))
    key = "out_and_into" if out and into else "out" if out else "into"
    who = _whom(language, ranking, parties)
    return t(language, f"firmness.{key}", who=who, out=out_names, into=into_names, **limits(language))


def _whom(language: str, ranking: Ranking, parties: list[Party]) -> str:
    """«Gruppe 1 eller Gruppe 3», «de folkevalgte», «gruppene fra Grong eller Lierne»; all are of one kind."""
    kind = parties[0].kind
    names = [party(language, ranking, each) for each in parties]
    listed = listing(language, names, either=True)
    return t(language, f"firmness.{_raters(ranking)}_from", names=listed) if kind == MUNICIPALITY else listed


def party(language: str, ranking: Ranking, each: Party) -> str:
    """Its own name, or a role's in words."""
    return t(language, f"firmness.parties.{each.name}") if each.kind == ROLE else each.name


def _raters(ranking: Ranking) -> str:
    return "groups" if ranking.material.workshop.group_mode else "people"


def scale(language: str, ranking: Ranking) -> str:
    """What two parties' numbers are counted in: «Poeng av 100», or points for each rater where they are added up."""
    method = ranking.material.method
    each = method.pool is Pool.SUM
    return t(language, f"firmness.{_raters(ranking)}_each") if each else results.score_heading(language, method)


def gap_columns(language: str, ranking: Ranking) -> dict[str, str]:
    """The headings over both parties' numbers and the difference."""
    parties = dict(zip((ONE, OTHER), COMPARED, strict=True))
    shown = scale(language, ranking)
    heads = {
        column: t(language, "firmness.party_column", scale=shown, party=t(language, f"ranking.roles.{role}"))
        for column, role in parties.items()
    }
    return heads | {GAP: t(language, "firmness.gap_column")}


def gap_finding(language: str, ranking: Ranking, gaps: pd.DataFrame) -> str:
    """What the picture of two parties shows: where they are furthest apart, and which way."""
    item, apart = gaps[ITEM].iloc[0], gaps[GAP].iloc[0]
    points = number(language, abs(apart), 1)
    key = "gap_none" if points == number(language, 0, 1) else "gap_more" if apart > 0 else "gap_less"
    return t(language, f"firmness.{key}", area=ranking.material.names[item], points=points)


def gap_alt(language: str, ranking: Ranking, gaps: pd.DataFrame) -> str:
    last = gaps.iloc[-1]
    return t(
        language,
        "firmness.gap_alt",
        count=len(gaps),
        scale=scale(language, ranking),
        finding=gap_finding(language, ranking, gaps),
        last=ranking.material.names[last[ITEM]],
        one=number(language, last[ONE], 1),
        other=number(language, last[OTHER], 1),
    )


def gap_note(language: str, ranking: Ranking, firmness: Firmness) -> str:
    """How many stand behind the numbers, and that some areas are missing where they are."""
    elected, administration = (number(language, size) for size in firmness.compared)
    said = [t(language, f"firmness.gap_{_raters(ranking)}", elected=elected, administration=administration)]
    missing = len(firmness.gaps) < ranking.summary[RANK].notna().sum()
    return " ".join([*said, *([t(language, "firmness.gap_missing")] if missing else [])])
