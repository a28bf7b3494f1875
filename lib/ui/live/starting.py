"""What a new workshop is about: its kind, who answers, what they are asked, and the scale they answer on."""

from __future__ import annotations

import streamlit as st

from lib.actions import studies
from lib.actions.live import workshops
from lib.actions.live.workshops import Draft
from lib.domain.methods import METHODS
from lib.model.live import Collects
from lib.model.methods import Items
from lib.model.records import Study
from lib.model.swot_records import Quadrant
from lib.ui import session, state
from lib.ui.live import rooms
from lib.ui.session import t

SWOT = "swot"


def kind_picker() -> str:
    """A method's key, or `SWOT` for a workshop that only collects."""
    names = {key: t(f"methods.{key}") for key in METHODS} | {SWOT: t("live.swot")}
    key = state.numbered(state.WORKSHOP_METHOD, state.NEW_WORKSHOP)
    return st.selectbox(t("live.method"), list(names), format_func=names.__getitem__, key=key)


def mode_picker(kind: str) -> bool:
    """Whether groups answer; single persons in a risk analysis force nearly everything, and the page says so."""
    modes = {True: t("live.mode_groups"), False: t("live.mode_persons")}
    key = state.numbered(state.WORKSHOP_MODE, state.NEW_WORKSHOP)
    groups = st.radio(t("live.mode"), list(modes), format_func=modes.__getitem__, key=key)
    if kind == "risk" and not groups:
        st.warning(t("live.risk_persons"))
    return bool(groups)


def subject_inputs(study: Study, kind: str) -> Draft:
    """What is rated, or for a SWOT the function it is of; the name and the rest are filled in elsewhere."""
    if kind == SWOT:
        return _swot(study)
    method = METHODS[kind]
    names = {item: rooms.label_of(each) for item, each in workshops.offered(session.visitor(), study, kind).items()}
    if not names:
        st.info(t(f"live.nothing_of.{method.items}"))
    items = st.multiselect(
        t(f"live.items_of.{method.items}"), list(names), list(names), format_func=names.__getitem__,
        key=f"{_key(state.WORKSHOP_ITEMS)}.{method.items}", help=t("live.items_help"), placeholder=t("live.items_none"),
    )  # fmt: skip
    collects = Collects.RISKS if method.items is Items.RISKS else None
    return Draft(name="", method=kind, items=tuple(items), collects=collects, highest=_scale(kind))


def _scale(kind: str) -> int | None:
    """The step that the agreed scale ends with, where the method leaves it to the room."""
    method = METHODS[kind]
    if not method.scales:
        return None
    (criterion,) = method.criteria
    options = {highest: t("live.scale_of", low=criterion.low, high=highest) for highest in method.scales}
    own = method.scales.index(criterion.high)
    return st.selectbox(
        t("live.scale"), list(options), own, format_func=options.__getitem__, key=_key(state.WORKSHOP_SCALE)
    )


def _swot(study: Study) -> Draft:
    areas = {area.id: f"{area.code} {area.name}" for area in studies.overview(session.visitor(), study).areas}
    if not areas:
        st.info(t("live.nothing_of.areas"))
    about = st.selectbox(
        t("live.about"), list(areas), format_func=lambda key: areas.get(key, ""), key=_key(state.WORKSHOP_ABOUT)
    )
    prompts = tuple(t(f"live.quadrant.{quadrant}") for quadrant in Quadrant)
    st.caption(t("live.swot_help"))
    return Draft(name="", method=workshops.POINTS_METHOD, prompts=prompts, collects=Collects.SWOT, about=about)


def prompts_input(draft: Draft) -> tuple[str, ...]:
    """The open questions, one a line; a risk analysis begins with what can go wrong."""
    risks = draft.collects is Collects.RISKS
    key = f"{_key(state.WORKSHOP_PROMPTS)}{'.risks' if risks else ''}"
    help = t("live.prompts_help_risks" if risks else "live.prompts_help")
    written = st.text_area(t("live.prompts"), t("live.prompt_risks") if risks else "", help=help, key=key)
    return tuple(written.splitlines())


def _key(key: str) -> str:
    return state.numbered(key, state.NEW_WORKSHOP)
