"""What raters are asked about: areas, risks of the register, the factors of the self-evaluation, and ideas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lib.i18n import DEFAULT, alphabetical, t
from lib.model.factors import FACTORS, factor_id, factor_of
from lib.model.methods import Items, Method
from lib.model.records import Area, Study
from lib.model.risk_records import Risk, RiskStatus
from lib.store import Session, rows

_RATED = (RiskStatus.OPEN, RiskStatus.FOLLOWED)


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that raters are asked about. `area` is itself, or for a risk the one it threatens, if any.

    A factor's name is in the default language; `named` says it in the reader's.
    """

    id: str
    name: str
    area: Area | None = None
    risk: Risk | None = None
    is_idea: bool = False

    @property
    def kind(self) -> Items:
        """What it is, of that which can be rated."""
        return Items.FACTORS if factor_of(self.id) else Items.RISKS if self.risk else Items.AREAS

    @property
    def is_area(self) -> bool:
        return self.area is not None and self.risk is None

    @property
    def label(self) -> str:
        """As those who choose see it: an area with its code."""
        return f"{self.area.code} {self.name}" if self.area and self.is_area else self.name

    @property
    def is_offered(self) -> bool:
        """Whether it may be chosen for a round; a risk that is accepted or closed stays as it was judged."""
        return self.risk is None or self.risk.status in _RATED


def of_study(session: Session, study: Study) -> dict[str, Subject]:
    """All that can be rated in a study by its id: areas by code, risks by name, and the factors."""
    areas = sorted(rows.current(session, Area, study.id), key=lambda area: alphabetical(area.code))
    risks = sorted(rows.current(session, Risk, study.id), key=lambda risk: alphabetical(risk.factor))
    places = {area.id: area for area in areas}
    found = [Subject(area.id, area.name, area) for area in areas]
    found += [Subject(risk.id, risk.factor, places.get(risk.area or ""), risk) for risk in risks]
    found += [Subject(factor_id(factor), t(DEFAULT, f"factors.{factor}")) for factor in FACTORS]
    return {subject.id: subject for subject in found}


def offered(known: Mapping[str, Subject], kind: Items) -> dict[str, Subject]:
    """Those of one kind that may be chosen for a round."""
    return {key: subject for key, subject in known.items() if subject.kind is kind and subject.is_offered}


def named(language: str, item: str, name: str) -> str:
    """The name in the reader's language: a factor's is the product's own, all others are as people wrote them."""
    factor = factor_of(item)
    return t(language, f"factors.{factor}") if factor else name


def spoken(language: str, subject: Subject) -> Subject:
    """The subject under the name that it has in the reader's language."""
    return replace(subject, name=named(language, subject.id, subject.name))


def facts(language: str, subject: Subject) -> list[tuple[str, str]]:
    """What to know of a risk or a factor, heading and text: its cause and area, or its questions under no heading."""
    factor = factor_of(subject.id)
    if factor:
        return [("", t(language, f"factor_questions.{factor}"))]
    if subject.risk is None:
        return []
    told = [("cause", subject.risk.cause or ""), ("area", subject.area.name if subject.area else "")]
    return [(t(language, f"risk_facts.{key}"), text) for key, text in told if text]


def step_words(language: str, method: Method, own: Mapping[str, str]) -> dict[str, list[tuple[int, str]]]:
    """Criterion → what each step of a risk's scale means: the study's own words («probability.1»), else the product's.

    Empty for what is rated by other methods.
    """
    if method.items is not Items.RISKS:
        return {}
    return {
        each.key: [(step, own.get(f"{each.key}.{step}") or t(language, f"risk_steps.{each.key}.{step}"))
                   for step in each.steps]
        for each in method.criteria
    }  # fmt: skip
