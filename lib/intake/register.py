"""What a row of the risk register says beside its risk: the sum, and the text of its countermeasures.

SAM13's table has just these: Risikofaktor, S, K, Sum, Mottiltak.
"""

from __future__ import annotations

from collections.abc import Mapping

from lib.domain.risks.register import sum_fault
from lib.intake.cells import Value
from lib.intake.definitions import Lookup
from lib.model.kinds import line
from lib.model.problems import Fault
from lib.model.records import Area, Record
from lib.model.risk_records import Countermeasure, Risk

_BETWEEN = " › "
_NONE = "–"


def faults_beside(record: Record, beside: Mapping[str, Value]) -> list[Fault]:
    """A sum that is not S × K; it is told and not kept."""
    stated = beside.get("sum")
    return sum_fault(record, stated) if isinstance(record, Risk) and isinstance(stated, int | float) else []


def derived(record: Record, beside: Mapping[str, Value]) -> list[Record]:
    """A countermeasure for each line of the text; their ids are given where they are taken in."""
    text = beside.get("countermeasure")
    if not isinstance(record, Risk) or not isinstance(text, str):
        return []
    names = dict.fromkeys(name for name in map(line, text.splitlines()) if name)
    return [Countermeasure(id="", risk=record.id, name=name, constructed=record.constructed) for name in names]


def in_cell(countermeasures: list[Countermeasure]) -> str:
    """`derived` the other way."""
    return "\n".join(each.name for each in countermeasures)


def risk_lookup(risks: Mapping[str, Risk], areas: Mapping[str, Area]) -> Lookup:
    """Finds a risk by its factor, or where several share it by «område › tiltak › faktor»."""
    found = Lookup()
    for risk in risks.values():
        found.add(risk.id, full_name(risk, areas), risk.factor)
    return found


def risk_names(risks: Mapping[str, Risk], areas: Mapping[str, Area]) -> dict[str, str]:
    """What to write for each risk, so that it is found again."""
    lookup = risk_lookup(risks, areas)
    return {
        key: risk.factor if lookup.find(risk.factor) == (key,) else full_name(risk, areas)
        for key, risk in risks.items()
    }


def full_name(risk: Risk, areas: Mapping[str, Area]) -> str:
    area = areas[risk.area].code if risk.area and risk.area in areas else None
    return _BETWEEN.join((_part(area), _part(risk.measure), risk.factor))


def _part(text: str | None) -> str:
    """A dash for what there is none of, so a name of nothing but dashes gets one more."""
    return (text or "") + _NONE if not (text or "").strip(_NONE) else text or ""
