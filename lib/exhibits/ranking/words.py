"""A ranking in words: the answer, how firm it is, and what a picture of it shows, in the reader's language."""

from __future__ import annotations

from lib.actions.results import Ranking, weighable
from lib.exhibits import results
from lib.exhibits.limits import HIGH_AGREEMENT, MIDDLE_AGREEMENT
from lib.i18n import counted, listing, number, t
from lib.model.columns import ITEM, PRODUCT_OF_MEANS, RANK, SCORE

PAIRS_NAMED = 3


def headline(language: str, ranking: Ranking) -> str:
    """The answer first: who is on top, what of it is stable, which places after that cannot be told apart."""
    firmness = _firmness(language, ranking) if results.first_names(ranking) else []
    return " ".join([results.first(language, ranking), *firmness])


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
    return t(language, "ranking.stable", count=top, top=counted(language, top))


def _alike(language: str, ranking: Ranking) -> list[str]:
    """The first places behind the stable top that cannot be told apart; the picture has the others."""
    after = [run for run in ranking.alike if run[1] > (ranking.stable_top or 0)]
    return [t(language, "ranking.alike", first=first, last=last) for first, last in after[:1]]


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
        criteria = dict(
            zip(("first", "second"), results.criteria_words(language, ranking.material.method), strict=True)
        )
        said.append(t(language, "ranking.reordered_covariance", above=first, **criteria))
    more = len(ranking.reordered) - PAIRS_NAMED
    return said + ([t(language, "ranking.reordered_more", count=counted(language, more))] if more > 0 else [])


def _decimals(figures: dict[str, float]) -> int:
    """One decimal, or two where one would print two different scores alike."""
    pairs = (("above_score", "below_score"), ("above_product", "below_product"))
    return 2 if any(round(figures[one], 1) == round(figures[other], 1) for one, other in pairs) else 1


def agreement(language: str, value: float | str | None) -> str:
    """«høy 0,86», or the word that stands where it may not be shown."""
    if isinstance(value, str):
        return value
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
