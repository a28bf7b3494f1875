"""How a plan is shown: what is late, the list that one ticks, the days, the table, and the plan as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import streamlit as st

from lib.access import Action
from lib.actions import gate
from lib.actions.bridge import plan
from lib.domain.plan.milestones import Delivery, DeliveryStatus
from lib.exhibits.exhibit import Exhibit
from lib.exhibits.plan import words
from lib.exhibits.plan.exhibits import Plan
from lib.model.records import Study
from lib.ui import data, session, show, state
from lib.ui.session import escape, label, t


def may_edit(study: Study) -> bool:
    return gate.may(session.visitor(), Action.RISK_EDIT, study)


def answer(study: Study, found: Exhibit) -> None:
    """How much is late and what comes next, in large type, and what that stands on."""
    if not found.found.deliveries:
        st.header(escape(found.headline), anchor=False)
        st.info(t("plan.empty" if may_edit(study) else "plan.empty_read_only"))
        return
    show.answer(found)
    for upcoming in found.notes:
        st.markdown(escape(upcoming))


@st.fragment
def ticks(study: Study) -> None:
    """A box for each delivery, the late ones first; a tick is stored at once."""
    session.begin()
    found, may = data.exhibit("plan.deliveries", study).found, may_edit(study)
    if not found.deliveries:
        return
    st.subheader(t("plan.tick_title"), anchor=False)
    if not may:
        st.caption(t("plan.tick_demo" if study.demo else "plan.tick_why"))
    for title, some in _parts(found):
        st.markdown(f"**{escape(title)}**")
        for each in some:
            _box(study, found, each, may)


def _parts(found: Plan) -> Iterator[tuple[str, Iterable[Delivery]]]:
    """Late ones under their own heading, all others under their phases."""

    def part(each: Delivery) -> str:
        late = each.status(found.today) is DeliveryStatus.OVERDUE
        return t("plan.overdue_part") if late else words.phase(session.language(), each.phase)

    return groupby(found.deliveries, part)


def _box(study: Study, found: Plan, each: Delivery, may: bool) -> None:
    """Its key holds what is stored, so that what another has ticked is seen and never ticked back."""
    said = words.delivery_status(session.language(), each, found.today)
    line = t("plan.tick_by" if each.owner else "plan.tick_line", name=each.name, said=said, owner=each.owner)
    wanted = st.checkbox(
        label(line), each.done, key=f"{state.PLAN_TICK}.{each.id}.{each.done}", disabled=not may, width="stretch"
    )
    if wanted != each.done:
        with session.sayable(anew=True):
            name = plan.tick(session.visitor(), study, each.id, wanted, found.today)
            session.start_anew(t("plan.is_done" if wanted else "plan.is_not_done", name=name))


def deliveries(study: Study, found: Exhibit) -> None:
    """The days, the figures behind the picture, and the files; nothing of an empty plan."""
    show.picture(found.picture)
    if found.found.deliveries:
        st.subheader(t("plan.table"), anchor=False)
        show.reading_table(found.table.shown.to_pandas(), found.table.alt)
        show.downloads(study, found)
