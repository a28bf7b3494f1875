"""What an assessment method is made of; the methods themselves are data in `lib.domain.methods`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Combine(StrEnum):
    """How the values of several criteria become one score."""

    PRODUCT = "product"
    MEAN = "mean"
    SINGLE = "single"
    POINTS = "points"
    SEPARATE = "separate"  # no total: the criteria stand side by side


class Pool(StrEnum):
    """How the raters' values become one value."""

    MEAN = "mean"
    MAX = "max"
    MIN = "min"
    SUM = "sum"


class Order(StrEnum):
    """Whether a rater's criteria are combined before the raters are pooled, or after."""

    COMBINE_THEN_POOL = "combine_then_pool"
    POOL_THEN_COMBINE = "pool_then_combine"


class Items(StrEnum):
    """What a method is made for rating."""

    AREAS = "areas"
    RISKS = "risks"  # of the register
    FACTORS = "factors"  # of the self-evaluation


class Comparison(StrEnum):
    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="


class Total(StrEnum):
    """What a rule without a criterion looks at."""

    SCORE = "score"
    SUM = "sum"  # the criteria's values added up, whatever the method's score is


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question put to every rater about every item, answered in whole steps from low to high."""

    key: str
    low: int
    high: int

    @property
    def steps(self) -> range:
        return range(self.low, self.high + 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """A limit that fires for an item: on the pooled value of a criterion, or without one on the `total`."""

    key: str
    criterion: str | None
    comparison: Comparison
    limit: float
    total: Total = Total.SCORE


@dataclass(frozen=True, slots=True)
class Method:
    """An assessment method as data.

    `budget` is the number of points each rater has to spend, where points are given instead of grades.
    `unknown_in_denominator` says whether «vet ikke» counts among the answers when shares are computed.
    `share_at_least` is the grade from which an answer counts in the published share, where there is one.
    `items` are what it is made for; whatever it is, areas can be rated by it too. `scales` are the highest steps that
    a workshop may agree on for a method of one criterion. `source` is the code of the document that the method comes
    from.
    """

    key: str
    criteria: tuple[Criterion, ...]
    combine: Combine
    pool: Pool
    order: Order = Order.COMBINE_THEN_POOL
    rules: tuple[Rule, ...] = ()
    budget: int | None = None
    unknown_in_denominator: bool = False
    share_at_least: int | None = None
    items: Items = Items.AREAS
    scales: tuple[int, ...] = ()
    source: str = ""

    @property
    def criterion_keys(self) -> tuple[str, ...]:
        return tuple(criterion.key for criterion in self.criteria)

    def agreed(self, highest: int | None) -> Method:
        """The method on another scale, from the same lowest step; itself where nothing else was agreed.

        A limit goes with the scale: what caught the lower half of the steps does so still, rounded down, and what
        caught the upper third does, so that «good» on 1–10 is 8 and on 1–4 is 4.
        """
        if highest is None or highest not in self.scales or highest == self.criteria[0].high:
            return self
        (criterion,) = self.criteria
        rules = tuple(replace(rule, limit=_moved(rule, criterion, highest)) for rule in self.rules)
        return replace(self, criteria=(replace(criterion, high=highest),), rules=rules)

    @property
    def has_total(self) -> bool:
        return self.combine is not Combine.SEPARATE

    @property
    def is_mean_of_products(self) -> bool:
        """Products made within each rater, whose mean may order otherwise than the product of the means."""
        return self.combine is Combine.PRODUCT and self.order is Order.COMBINE_THEN_POOL

    @property
    def is_plane(self) -> bool:
        """Two criteria in one product: a picture with an axis for each says all."""
        return self.combine is Combine.PRODUCT and len(self.criteria) == 2

    @property
    def highest_score(self) -> float | None:
        """The best score an item can have, or None where there is no total or no ceiling."""
        match self.combine:
            case Combine.PRODUCT:
                ceiling = 1
                for criterion in self.criteria:
                    ceiling *= criterion.high
                return float(ceiling)
            case Combine.MEAN | Combine.SINGLE:
                return float(max(criterion.high for criterion in self.criteria))
            case _:
                return None


def _moved(rule: Rule, criterion: Criterion, highest: int) -> float:
    """The limit on a scale that ends elsewhere, catching the same share of its steps, or a little less."""
    steps = len(criterion.steps)
    if rule.comparison is Comparison.AT_MOST:
        caught = int(rule.limit) - criterion.low + 1
        return criterion.low - 1 + caught * (highest - criterion.low + 1) // steps
    caught = criterion.high - int(rule.limit) + 1
    return highest + 1 - caught * (highest - criterion.low + 1) // steps
