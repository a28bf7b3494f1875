"""A ranking in words: the answer, how firm it is, and what a picture of it shows, in the reader's language."""

from __future__ import annotations

import pandas as pd

from lib.actions.results import Ranking, weighable
from lib.actions.suppression import ALL, EVEN
from lib.i18n import listing, number, t
from lib.model.columns import ITEM, PRODUCT_OF_MEANS, RANK, SCORE
from lib.model.methods import Combine, Method

_WORDS = {
    "nb": ("to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti"),
    "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}
# Consensus from which agreement is called high and middling; ours, and said on «Om metoden».
HIGH_AGREEMENT, MIDDLE_AGREEMENT = 0.80, 0.65
PAIRS_NAMED = 3


def counted(language: str, count: int) -> str:
    """«tre», «13»: small numbers in words."""
    return _WORDS[language][count - 2] if 2 <= count <= 10 else number(language, count)


def headline(language: str, ranking: Ranking) -> str:
    """The answer first: who is on top, what of it is stable, which places after that cannot be told apart."""
    firmness = _firmness(language, ranking) if first_names(ranking) else []
    return " ".join([first(language, ranking), *firmness])


def first(language: str, ranking: Ranking) -> str:
    """Who is on top, or why nobody is."""
    top = first_names(ranking)
    if not top:
        return t(language, f"ranking.{_why_no_answer(ranking)}")
    key = "first" if len(top) == 1 else "first_shared"
    return t(language, f"ranking.{key}", name=top[0], names=listing(language, top))


def first_names(ranking: Ranking) -> list[str]:
    ranked = ranking.summary[ranking.summary[RANK] == 1]
    return [ranking.material.names[item] for item in ranked[ITEM]]


def _why_no_answer(ranking: Ranking) -> str:
    if ranking.material.method.combine is Combine.SEPARATE:
        return "no_total"
    return "all_hidden" if ranking.material.hidden else "none_usable"


def _firmness(language: str, ranking: Ranking) -> list[str]:
    if ranking.intervals is None:
        return [t(language, "ranking.firmness_unknown")]
    if ranking.material.raters < 2:
        return [t(language, "ranking.one_rater")]
    if ranking.summary[RANK].notna().sum() < 2:
        return []
    return [_stable(language, ranking.stable_top), *_alike(language, ranking)]


def _stable(language: str, top: int | None) -> str:
    if top is None:
        return t(language, "ranking.stable_none")
    key = "stable_one" if top == 1 else "stable_many"
    return t(language, f"ranking.{key}", count=counted(language, top))


def _alike(language: str, ranking: Ranking) -> list[str]:
    """The first places behind the stable top that cannot be told apart; the picture has the others."""
    after = [run for run in ranking.alike if run[1] > (ranking.stable_top or 0)]
    return [t(language, "ranking.alike", first=first, last=last) for first, last in after[:1]]


def basis(language: str, ranking: Ranking) -> str:
    """«9 grupper · Workshop 26. januar 2022 · Prioritering», and what makes this another picture than the plain one."""
    selection, method = ranking.selection, ranking.material.method
    said = [raters(language, ranking), ranking.material.workshop.name, t(language, f"methods.{method.key}")]
    if selection.weight != EVEN and weighable(method):
        first, second = _criteria(language, method)
        shares = {"first_share": selection.weight, "second_share": 100 - selection.weight}
        said.append(t(language, "ranking.weighted", first=first, second=second, **shares))
    return " · ".join([*said, *narrowed(language, ranking)])


def raters(language: str, ranking: Ranking) -> str:
    kind = "group" if ranking.material.workshop.group_mode else "person"
    plural = {"group": "groups", "person": "people"}[kind]
    return t(
        language,
        f"ranking.{kind if ranking.material.raters == 1 else plural}",
        n=number(language, ranking.material.raters),
    )


def narrowed(language: str, ranking: Ranking) -> list[str]:
    """«bare folkevalgte, Grong» and «uten Gruppe 3», where so."""
    chosen, municipality, group = ranking.selection, ranking.material.municipality, ranking.material.left_out
    kinds = [t(language, f"ranking.roles.{chosen.role}")] if chosen.role != ALL else []
    kinds += [municipality] if chosen.municipality != ALL else []
    said = [t(language, "ranking.filtered", what=", ".join(kinds))] if kinds else []
    return said + ([t(language, "ranking.left_out", group=group)] if chosen.leave_out else [])


def reordered(language: str, ranking: Ranking) -> list[str]:
    """One sentence for each pair that the product of means would turn, the first few, with the reason."""
    if not ranking.reordered:
        return []
    scores, products = (
        dict(zip(ranking.summary[ITEM], ranking.summary[key], strict=True)) for key in (SCORE, PRODUCT_OF_MEANS)
    )
    said = []
    for pair in ranking.reordered[:PAIRS_NAMED]:
        figures = {
            "above_score": scores[pair.above],
            "below_score": scores[pair.below],
            "above_product": products[pair.above],
            "below_product": products[pair.below],
        }
        written = {key: number(language, value, _decimals(figures)) for key, value in figures.items()}
        names = {"above": ranking.material.names[pair.above], "below": ranking.material.names[pair.below]}
        said.append(t(language, "ranking.reordered", **names, **written))
    first = ranking.material.names[ranking.reordered[0].above]
    if weighable(ranking.material.method) and ranking.weights is None:
        criteria = dict(zip(("first", "second"), _criteria(language, ranking.material.method), strict=True))
        said.append(t(language, "ranking.reordered_covariance", above=first, **criteria))
    more = len(ranking.reordered) - PAIRS_NAMED
    return said + ([t(language, "ranking.reordered_more", count=counted(language, more))] if more > 0 else [])


def _decimals(figures: dict[str, float]) -> int:
    """One decimal, or two where one would print two different scores alike."""
    pairs = (("above_score", "below_score"), ("above_product", "below_product"))
    return 2 if any(round(figures[one], 1) == round(figures[other], 1) for one, other in pairs) else 1


def _criteria(language: str, method: Method) -> list[str]:
    return [t(language, f"criteria.{key}").lower() for key in method.criterion_keys]


def agreement(language: str, value: float | None) -> str:
    """«høy 0,86»."""
    if value is None or value != value:
        return "–"
    shown = round(value, 2)  # the word must fit the number beside it
    word = "high" if shown >= HIGH_AGREEMENT else "middle" if shown >= MIDDLE_AGREEMENT else "low"
    return f"{t(language, f'ranking.agreement_{word}')} {number(language, value, 2)}"


def concordance(language: str, ranking: Ranking) -> str:
    """How far the raters agree on the order as a whole, or nothing where it cannot be said."""
    found = ranking.concordance
    if found is None or found.w != found.w:
        return ""
    shares = {"w": number(language, found.w, 2), "n": number(language, found.raters)}
    return t(language, "ranking.concordance", **shares, all=number(language, ranking.material.raters))


def interval(language: str, low: float | None, high: float | None) -> str:
    """«3–5», or one place."""
    if low is None or high is None or pd.isna(low) or pd.isna(high):
        return "–"
    return str(int(low)) if low == high else t(language, "ranking.interval_many", low=int(low), high=int(high))


def matrix_finding(language: str, ranking: Ranking) -> str:
    """What the matrix shows: within which means all areas lie."""
    means = ranking.summary[list(ranking.material.method.criterion_keys)].to_numpy("float64")
    means = means[means == means]
    if not means.size:
        return ""
    ends = {"low": number(language, means.min(), 1), "high": number(language, means.max(), 1)}
    return t(language, "ranking.matrix_finding", **ends)


def matrix_alt(language: str, ranking: Ranking) -> str:
    """What somebody who cannot see the matrix needs: the axes, how many, who is on top, where the others lie."""
    x, y = ranking.material.method.criteria
    return t(
        language,
        "ranking.matrix_alt",
        first=t(language, f"criteria.{x.key}"),
        second=t(language, f"criteria.{y.key}").lower(),
        low=x.low,
        high=x.high,
        count=int(ranking.summary[RANK].notna().sum()),
        top=listing(language, [ranking.material.names[item] for item in ranking.summary[ITEM].head(5)]),
        finding=matrix_finding(language, ranking),
    )


def list_finding(language: str, ranking: Ranking) -> str:
    """What the list shows: how far it is from the first to the last."""
    scores = ranking.summary[SCORE].dropna()
    if len(scores) < 2:
        return t(language, "ranking.list")
    return t(language, "ranking.list_finding", apart=number(language, scores.max() - scores.min(), 1))


def list_alt(language: str, ranking: Ranking) -> str:
    ranked = ranking.summary[ranking.summary[RANK].notna()]
    pairs = list(zip(ranked[ITEM], ranked[SCORE], strict=True))
    if not pairs:
        return ""
    ends = [f"{ranking.material.names[item]} {number(language, score, 1)}" for item, score in (pairs[0], pairs[-1])]
    scale = score_heading(language, ranking.material.method)
    return t(language, "ranking.list_alt", scale=scale, count=len(ranked), top=ends[0], bottom=ends[1])


def score_heading(language: str, method: Method) -> str:
    """«Poeng av 100», or plain where there is no ceiling."""
    highest = method.highest_score
    if highest is None:
        return t(language, "ranking.score_plain")
    return t(language, "ranking.score", highest=number(language, highest))
