"""What is said of a plan: the answer, how each delivery stands, and what a picture shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lib.actions.bridge.plan import PlanBook
from lib.domain.plan.milestones import Delivery, DeliveryStatus, counted
from lib.i18n import day, listing, t
from lib.model.risk_records import Milestone, Phase

_DAYS, _MONTHS = 90, 23  # so many are said in days, and in months; more in years
_NAMED = 3  # so many late deliveries are named; of more it is said how many


def headline(language: str, plan: Sequence[Delivery], today: date) -> str:
    """«2 av 14 leveranser er forsinket.»"""
    found = counted(plan, today)
    if not found.all:
        return t(language, "plan.empty_title")
    if found.done == found.all:
        return t(language, "plan.all_done", all=found.all)
    if not found.overdue:
        return t(language, "plan.none_overdue", count=found.all)
    return t(language, "plan.overdue_of", count=found.overdue, all=found.all)


def next_up(language: str, plan: Sequence[Delivery], today: date) -> str:
    """The next delivery, by when and by whom; empty where none has a deadline ahead."""
    each = counted(plan, today).next
    if each is None or each.deadline is None:
        return ""
    when = t(language, "plan.when", day=day(language, each.deadline), away=away(language, each.deadline, today))
    return t(language, "plan.next_by" if each.owner else "plan.next", name=each.name, when=when, owner=each.owner or "")


def basis(language: str, plan: Sequence[Delivery], today: date) -> str:
    """How many are done, and how many of all are countermeasures."""
    found = counted(plan, today)
    return t(language, "plan.basis", done=found.done, all=found.all, counters=sum(each.counters for each in plan))


def away(language: str, deadline: date, today: date) -> str:
    """«i dag», «om 8 dager», «om 3 måneder», «3 dager forsinket»: the coarser, the further away."""
    days = (deadline - today).days
    if days == 0:
        return t(language, "plan.is_today")
    far = abs(days)
    unit, n = ("days", far) if far <= _DAYS else ("months", round(far / 30.44))
    unit, n = ("years", round(far / 365.25)) if n > _MONTHS and unit == "months" else (unit, n)
    return t(language, f"plan.{'in' if days > 0 else 'late'}_{unit}", count=n)


def delivery_status(language: str, each: Delivery, today: date, short: bool = False) -> str:
    """How a delivery stands, in words; `short` leaves out when it was done."""
    match each.status(today):
        case DeliveryStatus.DONE if each.done_on and not short:
            return t(language, "plan.done_on", day=day(language, each.done_on))
        case DeliveryStatus.DONE:
            return t(language, "plan.done")
        case DeliveryStatus.UNDATED:
            return t(language, "plan.undated")
        case _:
            return away(language, each.deadline or today, today)


def phase(language: str, each: Phase) -> str:
    return t(language, f"phases.{each}")


def deadline(language: str, each: Delivery) -> str:
    return day(language, each.deadline) if each.deadline else ""


def kind(language: str, each: Delivery) -> str:
    return t(language, "plan.countermeasure" if each.counters else "plan.milestone")


def source(language: str, book: PlanBook, each: Delivery) -> str:
    """What a delivery comes from: the risk that it lowers, or its area."""
    named = book.name(each.comes_from) or book.name(getattr(each.record, "area", None))
    return t(language, "plan.lowers", risk=named) if each.counters and named else named


def alt(language: str, plan: Sequence[Delivery], today: date) -> str:
    """What the timeline shows, for who does not see it."""
    late = [each.name for each in plan if each.status(today) is DeliveryStatus.OVERDUE]
    named = late if len(late) <= _NAMED else [*late[:_NAMED], t(language, "plan.others", n=len(late) - _NAMED)]
    told = t(language, "plan.alt_late", names=listing(language, named)) if late else ""
    answer = f"{headline(language, plan, today)} {next_up(language, plan, today)}".strip()
    return " ".join(filter(None, [t(language, "plan.alt"), answer, told]))


def when(language: str, each: Delivery, today: date) -> str:
    """Its deadline and how it stands, together."""
    stands = delivery_status(language, each, today)
    if each.done or each.deadline is None:
        return stands
    return t(language, "plan.when", day=day(language, each.deadline), away=stands)


def late_when_typed(language: str, milestones: Sequence[Milestone]) -> str:
    """That deadlines had passed when they were typed, which may be right; empty where none had."""
    names = listing(language, [f"«{each.name}»" for each in milestones])
    return t(language, "plan.past", names=names) if milestones else ""
