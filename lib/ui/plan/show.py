"""How a plan is shown: what is late, the list that one ticks, the days, the table, and the plan as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby

import streamlit as st

from lib.access import Action
from lib.actions import gate
from lib.actions.bridge import plan
from lib.domain.plan.milestones import Delivery, Standing
from lib.exhibits.plan import exports, words
from lib.model.records import Study
from lib.ui import session, show, state
from lib.ui.plan import views
from lib.ui.plan.views import Plan
from lib.ui.session import escape, label, t

_MIME = {"ics": "text/calendar", "csv": "text/csv"}


def may_edit(study: Study) -> bool:
    return gate.may(session.visitor(), Action.RISK_EDIT, study)


def answer(found: Plan) -> None:
    """How much is late and what comes next, in large type, and what that stands on."""
    if found.book.constructed:
        st.badge(t("ranking.constructed"), color="orange", help=t("plan.constructed_why"))
    st.header(escape(found.headline), anchor=False)
    if not found.deliveries:
        st.info(t("plan.empty" if may_edit(found.book.study) else "plan.empty_read_only"))
        return
    if found.next:
        st.markdown(escape(found.next))
    st.caption(escape(found.basis))


@st.fragment
def ticks(study: Study) -> None:
    """A box for each delivery, the late ones first; a tick is stored at once."""
    session.begin()
    found, may = views.plan(study), may_edit(study)
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
        late = each.standing(found.today) is Standing.OVERDUE
        return t("plan.overdue_part") if late else words.phase(session.language(), each.phase)

    return groupby(found.deliveries, part)


def _box(study: Study, found: Plan, each: Delivery, may: bool) -> None:
    """Its key holds what is stored, so that what another has ticked is seen and never ticked back."""
    said = words.said(session.language(), each, found.today)
    line = t("plan.tick_by" if each.owner else "plan.tick_line", name=each.name, said=said, owner=each.owner)
    wanted = st.checkbox(
        label(line), each.done, key=f"{state.PLAN_TICK}.{each.id}.{each.done}", disabled=not may, width="stretch"
    )
    if wanted != each.done:
        with session.sayable(anew=True):
            name = plan.tick(session.visitor(), study, each.id, wanted, found.today)
            session.start_anew(t("plan.is_done" if wanted else "plan.is_not_done", name=name))


def timeline(found: Plan) -> None:
    if found.spec is not None:
        st.subheader(t("plan.timeline"), anchor=False)
        st.vega_lite_chart(found.timeline, found.spec, alt=found.alt, width="stretch")


def table(found: Plan) -> None:
    """The figures behind the picture."""
    if found.deliveries:
        st.subheader(t("plan.table"), anchor=False)
        show.reading_table(found.table.to_pandas(), t("plan.table_alt"))


def downloads(found: Plan) -> None:
    """The same as files, made when they are asked for."""
    if not found.deliveries:
        return
    make = {"xlsx": exports.workbook, "csv": exports.text, "ics": exports.calendar}
    labels = {"xlsx": "plan.download_excel", "csv": "plan.download_csv", "ics": "plan.download_calendar"}
    with st.container(horizontal=True):
        for ending, key in labels.items():
            content = partial(make[ending], session.visitor(), found.book, found.today, session.language())
            name = f"{t('plan.file')}-{found.book.study.slug}.{ending}"
            st.download_button(
                t(key), content, name, _MIME.get(ending), on_click="ignore", key=f"{state.PLAN_FILE}.{ending}"
            )
