"""The assessment methods, as data; pages, charts, intake and live sessions take one as an argument."""

from __future__ import annotations

from lib.model.methods import Combine, Comparison, Criterion, Items, Method, Order, Pool, Rule
from lib.model.risk_records import STEPS

_SCENARIO_WORDS = ("possible", "probable", "credible", "desirable", "realistic", "sustainable")

_ALL = (
    Method(
        key="prioritisation",
        criteria=(Criterion("potential", 1, 10), Criterion("feasibility", 1, 10)),
        combine=Combine.PRODUCT,
        pool=Pool.MEAN,
        source="IN22",
    ),
    Method(
        key="risk",
        criteria=(Criterion("probability", STEPS[0], STEPS[-1]), Criterion("consequence", STEPS[0], STEPS[-1])),
        combine=Combine.PRODUCT,
        pool=Pool.MAX,
        order=Order.POOL_THEN_COMBINE,
        rules=(
            Rule("critical_risk", None, Comparison.AT_LEAST, 9),
            Rule("critical_consequence", "consequence", Comparison.EQUAL, 5),
        ),
        items=Items.RISKS,
        source="SAM13",
    ),
    Method(
        key="self_evaluation",
        criteria=(Criterion("grade", 1, 6),),
        combine=Combine.SINGLE,
        pool=Pool.MIN,
        rules=(
            Rule("proposed_risk", None, Comparison.AT_MOST, 3),
            Rule("benefit_driver", None, Comparison.AT_LEAST, 5),
        ),
        items=Items.FACTORS,
        scales=(4, 5, 6, 10),
        source="SAM13",
    ),
    Method(
        key="scenarios",
        criteria=tuple(Criterion(word, 1, 5) for word in _SCENARIO_WORDS),
        combine=Combine.SEPARATE,
        pool=Pool.MEAN,
        source="KS09",
    ),
    Method(
        key="gatherings",
        criteria=(
            Criterion("relevant_topics", 1, 6),
            Criterion("new_knowledge", 1, 6),
            Criterion("met_expectations", 0, 1),
        ),
        combine=Combine.SEPARATE,
        pool=Pool.MEAN,
        share_at_least=4,
        source="KS09",
    ),
    # The budget of five is ours: fewer than half of IN22's thirteen areas, so that nobody can favour all.
    Method(
        key="dots",
        criteria=(Criterion("points", 0, 5),),
        combine=Combine.POINTS,
        pool=Pool.SUM,
        budget=5,
    ),
)

METHODS: dict[str, Method] = {method.key: method for method in _ALL}
