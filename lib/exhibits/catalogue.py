"""Every exhibit that there is, by key; and the specs of all their pictures, made before the first visitor comes."""

from __future__ import annotations

from lib.exhibits.costs import exhibits as costs
from lib.exhibits.costs import specs as cost_specs
from lib.exhibits.exhibit import Declared
from lib.exhibits.live import exhibits as live
from lib.exhibits.live import specs as live_specs
from lib.exhibits.plan import exhibits as plan
from lib.exhibits.plan import specs as plan_specs
from lib.exhibits.ranking import exhibits as ranking
from lib.exhibits.ranking import specs as ranking_specs
from lib.exhibits.risks import exhibits as risks
from lib.exhibits.risks import specs as risk_specs
from lib.exhibits.swot import exhibits as swot
from lib.exhibits.swot import specs as swot_specs
from lib.i18n import LANGUAGES

_SUBJECTS = (ranking, live, costs, risks, plan, swot)
EXHIBITS: dict[str, Declared] = {each.key: each for subject in _SUBJECTS for each in subject.EXHIBITS}
BY_SLUG: dict[str, Declared] = {each.slug: each for each in EXHIBITS.values()}
_SPECS = (ranking_specs, live_specs, cost_specs, risk_specs, plan_specs, swot_specs)


def prepare() -> None:
    """Make the specs that the first visitors ask for, all at the same moment."""
    for language in LANGUAGES:
        for specs in _SPECS:
            specs.prepare(language)
