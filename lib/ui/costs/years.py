"""Costs over the years, and what happens when something changes."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.actions.costs import events as cost_events
from lib.actions.costs.cases import Case
from lib.actions.costs.events import ENTRY, EXIT, OVERSPEND, Carried, Event
from lib.actions.costs.years import OverYears
from lib.domain.costs.over_time import ALL
from lib.exhibits.costs import exhibits, tables, words
from lib.exhibits.exhibit import Address, Exhibit, address_of
from lib.model.columns import MUNICIPALITY
from lib.model.costs import CostModel
from lib.model.records import Study
from lib.ui import data, inputs, session, show, state
from lib.ui.costs import inputs as cost_inputs
from lib.ui.session import escape, t


def years(study: Study, address: Address, answer: DeltaGenerator) -> None:
    """When a cooperation is earned back, or all of them, for all and for each, and what cannot be counted."""
    told = dict(address) | cost_inputs.years_and_rate()
    found = data.exhibit("costs.years", study, address_of(told))
    with answer:
        show.answer(found)
        show.reservations(found, *found.notes)
    if not found.found.by_year.empty:
        _picture_and_table(found)
    _quality(found.found)
    show.downloads(study, found)


def _picture_and_table(found: Exhibit) -> None:
    """The picture and the figures for all, or for one."""
    language, known = session.language(), found.found
    who = cost_inputs.whose([name for name in known.by_year[MUNICIPALITY].unique() if name != ALL])
    show.picture(exhibits.flow(language, known, who) if who else found.picture)
    st.subheader(t("costs.years_summary"), anchor=False)
    show.exhibit_table(found.table)
    with st.expander(escape(t("costs.years_table", who=who or t("costs.whose_all").lower()))):
        show.exhibit_table(exhibits.by_year(language, known, who))


def _quality(found: OverYears) -> None:
    """What is gained without a price, beside the kroner, or how to tell of it."""
    if not found.areas:
        return
    st.subheader(t("costs.quality_title"), anchor=False)
    lines = [
        t("costs.quality_line", area=escape(area.name), kind=t(f"costs.quality_{note.kind}"), text=escape(note.text))
        for area, notes in found.quality
        for note in notes
    ]
    st.markdown("\n".join(f"- {line}" for line in lines) or t("costs.quality_none"))


def events(study: Study, case: Case, model: CostModel) -> None:
    """Later entry, exit, overspend, rising prices, settlement: who carries what."""
    st.subheader(t("costs.events_title"), anchor=False)
    event = _event(cost_inputs.event(), case)
    language = session.language()
    with session.sayable():
        found = cost_events.carried(session.visitor(), study, case, model, event)
        st.markdown(escape(_event_sentence(language, found)))
        show.exhibit_table(tables.carried(language, found, case.unconfirmed))


def _event(kind: str, case: Case) -> Event:
    names = {member.name: member.name for member in case.members}
    key = f"{state.COSTS_EVENT}.{kind}"
    with st.grid(3, min_column_width=inputs.CONTROL_WIDTH):
        if kind == ENTRY:
            who = inputs.choice(t("costs.event_who"), f"{key}.who", "kommune", names, next(iter(names)))
            used = inputs.amount(t("costs.event_used"), f"{key}.used", "brukt", 0, 40, 2)
            lifetime = inputs.amount(t("costs.event_lifetime"), f"{key}.lifetime", "levetid", 1, 40, 10)
            return Event(kind, municipality=who, used=used, lifetime=lifetime)
        low = -50 if kind == cost_events.ACCOUNT else 0
        percent = inputs.amount(t(f"costs.event_percent_{kind}"), f"{key}.percent", "endring", low, 100, 10)
        if kind == EXIT:
            who = inputs.choice(t("costs.event_who"), f"{key}.who", "kommune", names, next(iter(names)))
            return Event(kind, percent, who)
        if kind == OVERSPEND:
            hosts = {"": t("costs.own_host_none"), **names}
            host = inputs.choice(t("costs.event_host"), f"{key}.host", "kommune", hosts, "")
            first = inputs.amount(t("costs.event_host_percent"), f"{key}.first", "forst", 0, 100, 50) if host else 0
            return Event(kind, percent, host, first)
    return Event(kind, percent)


def _event_sentence(language: str, found: Carried) -> str:
    """What the event comes to, and whom it costs most."""
    moved, event = found.difference, found.event
    most = max(moved, key=lambda name: moved[name])
    sums = {ENTRY: moved.get(event.municipality, 0), EXIT: found.columns[cost_events.AFTER].get(event.municipality, 0)}
    kroner = partial(words.kroner, language)
    told = sums.get(event.kind, sum(moved.values()))
    name = event.municipality if event.kind in sums else most
    return t(f"costs.event_said_{event.kind}", name=name, kroner=kroner(told), most=kroner(moved[most]))
