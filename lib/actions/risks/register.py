"""The risk register of a study as it stands: its risks, what is done about them, and what still holds a case back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from lib.access import Action
from lib.actions import open_store
from lib.actions.reads import per_revision, reads
from lib.domain.risks import register as risk_register
from lib.i18n import alphabetical
from lib.model.methods import Rule
from lib.model.problems import NotFound
from lib.model.records import Area, Study
from lib.model.risk_records import Acceptance, Countermeasure, Override, Risk, RiskPolicy
from lib.store import Session, rows


@dataclass(frozen=True, slots=True)
class RiskBook:
    """All that a study knows of risks; areas by code, risks in the order they were last written.

    `acceptances` and `overrides` are by the id of the risk, or of the area or study.
    """

    study: str
    areas: tuple[Area, ...] = ()
    risks: tuple[Risk, ...] = ()
    countermeasures: tuple[Countermeasure, ...] = ()
    acceptances: dict[str, Acceptance] = field(default_factory=dict)
    overrides: dict[str, Override] = field(default_factory=dict)
    policy: RiskPolicy | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The study's own, or the method's."""
        return risk_register.rules_of(self.policy)

    @property
    def steps(self) -> dict[str, str]:
        """The study's own words for steps, by «probability.1»."""
        return dict(self.policy.steps) if self.policy else {}

    @property
    def constructed(self) -> bool:
        return any(each.constructed for each in self.risks) or any(each.constructed for each in self.countermeasures)

    def risk(self, key: str) -> Risk:
        """The risk with this id; NotFound."""
        found = next((each for each in self.risks if each.id == key), None)
        if found is None:
            raise NotFound
        return found

    def of(self, risk: str) -> tuple[Countermeasure, ...]:
        """A risk's countermeasures, dropped ones too."""
        return tuple(each for each in self.countermeasures if each.risk == risk)

    def area_name(self, risk: Risk) -> str:
        """Empty for a risk to the whole."""
        return next((area.name for area in self.areas if area.id == risk.area), "")


class Readiness(NamedTuple):
    """Whether a case may go on: no forced risk lacks a countermeasure, or an override covers all that do."""

    uncovered: tuple[Risk, ...]
    override: Override | None

    @property
    def overridden(self) -> bool:
        return self.override is not None and {each.id for each in self.uncovered} <= set(self.override.risks or ())

    @property
    def ready(self) -> bool:
        return not self.uncovered or self.overridden


@per_revision(Action.RISK_VIEW, size=64)
def register(study: Study) -> RiskBook:
    """The whole register."""
    return book_in(open_store.store(), study)


def book_in(session: Session, study: Study) -> RiskBook:
    """`register` without the gate. Risks of an area that a later undo has taken away are left out."""
    areas = sorted(rows.current(session, Area, study.id), key=lambda each: alphabetical(each.code))
    places = {None, *(area.id for area in areas)}
    held = [row for row in rows.current(session, Risk, study.id) if row.area in places]
    known = {row.id for row in held}
    about = {study.id, *(area.id for area in areas)}
    return RiskBook(
        study.id,
        tuple(areas),
        tuple(held),
        tuple(row for row in rows.current(session, Countermeasure, study.id) if row.risk in known),
        {row.id: row for row in rows.current(session, Acceptance, study.id) if row.id in known},
        {row.id: row for row in rows.current(session, Override, study.id) if row.id in about},
        rows.find(session, RiskPolicy, study.id, study.id),
    )


@reads(Action.RISK_VIEW)
def readiness(study: Study, area: str | None = None) -> Readiness:
    """What holds back a case about one area, or about the study as a whole."""
    return readiness_in(register.within(study), area)


def readiness_in(book: RiskBook, area: str | None = None) -> Readiness:
    """`readiness` of a register that has been read."""
    about = [each for each in book.risks if area is None or each.area == area]
    missing = tuple(risk_register.uncovered(about, book.countermeasures, book.rules))
    return Readiness(missing, book.overrides.get(area or book.study))
