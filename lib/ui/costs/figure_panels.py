"""The parts of «Kostnadstall» around its tables: what to look at, what is forgotten, and who has confirmed what."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib import i18n
from lib.access import Action
from lib.actions import gate
from lib.actions.costs import cost_figures
from lib.actions.costs.cost_figures import FiguresStatus
from lib.domain.costs.cost_figures import forgotten
from lib.model.cost_records import CostBook
from lib.model.records import Study
from lib.ui import inputs, session, show, state
from lib.ui.navigation import page_path
from lib.ui.session import escape, t


def book(study: Study) -> CostBook:
    """What the study knows; ends the page where there is nothing to say costs of."""
    found = cost_figures.book(session.visitor(), study)
    if not found.areas or not found.municipalities:
        st.info(t("cost_figures.empty"))
        st.stop()
    return found


def may_edit(study: Study) -> bool:
    return gate.may(session.visitor(), Action.COSTS_EDIT, study)


def ways_in(study: Study, known: CostBook) -> None:
    """Whether one may type here, the way to the workbooks, and the mark of made-up figures."""
    if known.constructed:
        st.badge(t("ranking.constructed"), color="orange", help=t("cost_figures.constructed_why"))
    if not may_edit(study):
        st.info(t("cost_figures.read_only"))
    elif st.button(t("cost_figures.to_upload"), key=state.TO_UPLOAD):
        st.switch_page(page_path("intake/upload.py"), query_params={"utredning": study.slug})


def area_picker(known: CostBook) -> str:
    """The id of the area to look at; those that have cost lines are marked, and the first of them comes first."""
    costed = {item.area for item in known.items}
    names = {area.code: f"{area.code} {area.name}" for area in known.areas}
    names |= {
        area.code: t("cost_figures.with_costs", area=names[area.code]) for area in known.areas if area.id in costed
    }
    first = next((area.code for area in known.areas if area.id in costed), known.areas[0].code)
    code = inputs.choice(t("cost_figures.area"), state.FIGURES_AREA, "omrade", names, first)
    return next(area.id for area in known.areas if area.code == code)


def marks(known: CostBook, area: str) -> None:
    """Overhead and pension that nobody has thought of."""
    missing = forgotten(item for item in known.items if item.area == area)
    if missing:
        kinds = i18n.listing(session.language(), [t(f"choices.cost_kind.{kind}") for kind in missing])
        st.warning(t("cost_figures.forgotten", kinds=kinds))


def town_picker(study: Study, known: CostBook) -> str:
    """Whose figures are confirmed, in a table, and the id of the municipality to look at."""
    standings, paid = cost_figures.statuses(session.visitor(), study), [row.municipality for row in known.own]
    heads = [t(f"cost_figures.{key}") for key in ("town", "areas", "standing")]
    lines = [
        (town.name, show.number(paid.count(town.id)), _confirmation(standings[town.id]))
        for town in known.municipalities
    ]
    show.table(pd.DataFrame(lines, columns=heads), t("cost_figures.standings_alt"), (heads[1],))
    names = {town.number: town.name for town in known.municipalities}
    number = inputs.choice(t("cost_figures.town"), state.FIGURES_TOWN, "kommune", names, next(iter(names)))
    return next(town.id for town in known.municipalities if town.number == number)


def _confirmation(standing: FiguresStatus) -> str:
    if standing.at is None:
        return t("cost_figures.unconfirmed")
    return t("cost_figures.confirmed", who=standing.by, when=i18n.clock(session.language(), standing.at))


def own_figures(study: Study, known: CostBook, town: str) -> None:
    """What a municipality pays today, over all areas."""
    st.subheader(escape(next(each.name for each in known.municipalities if each.id == town)), anchor=False)
    names = {area.id: area.name for area in known.areas}
    heads = [t("cost_figures.area"), t("columns.kroner"), t("columns.alone"), t("columns.jobs")]
    lines = [
        (names[row.area], *(_amount(value) for value in (row.kroner, row.alone, row.jobs)))
        for row in known.own
        if row.municipality == town
    ]
    if lines:
        show.table(pd.DataFrame(lines, columns=heads), t("cost_figures.paid_alt"), tuple(heads[1:]))
    else:
        st.caption(t("cost_figures.no_own"))


def _amount(value: float | None) -> str:
    return "" if value is None else show.number(value)


def confirm_button(study: Study, town: str) -> None:
    """The municipality says that the figures above are right; they are those that this page shows."""
    standing = cost_figures.statuses(session.visitor(), study)[town]
    st.markdown(f"**{escape(_confirmation(standing))}**")
    if not may_edit(study) or standing.confirmed:
        return
    if st.button(t("cost_figures.confirm"), key=f"{state.FIGURES_CONFIRM}.{town}.{standing.digest[:12]}"):
        with session.sayable():
            cost_figures.confirm(session.visitor(), study, town, standing.digest)
            session.start_anew(t("cost_figures.confirm_done"))
