"""Every key of the session state, and the two values that are kept there by hand rather than by a widget."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

import streamlit as st

from lib.model.records import new_id

T = TypeVar("T")

VISITOR = "frame.visitor"
STUDIES = "frame.studies"
PICK_STUDY = "frame.pick_study"
NOTICE = "frame.notice"
DOCUMENT_LANGUAGE = "frame.document_language"
LANGUAGE = "frame.language"
STUDY = "frame.study"

WORKSHOP = "results.workshop"
ROUND = "results.round"
ROLE = "results.role"
MUNICIPALITY = "results.municipality"
WEIGHT = "results.weight"
LEAVE_OUT = "results.leave_out"
SPREAD = "results.spread"

COSTS_AREA = "costs.area"
COSTS_SEEN = "costs.seen"
COSTS_AMOUNT = "costs.amount"
COSTS_PART = "costs.part"
COSTS_MODEL = "costs.model"
COSTS_FIXED = "costs.fixed"
COSTS_OWN = "costs.own"
COSTS_CHOOSE = "costs.choose"
COSTS_WHAT_IF = "costs.what_if"
COSTS_WHAT_IF_MODEL = "costs.what_if_model"
COSTS_YEARS = "costs.years"
COSTS_RATE = "costs.rate"
COSTS_WHOSE = "costs.whose"
COSTS_EVENT = "costs.event"
COSTS_FIGURE = "costs.figure"

SWOT_THEME = "swot.theme"
SWOT_PICK = "swot.pick"
SWOT_NAME = "swot.name"
SWOT_WHICH = "swot.which"
SWOT_INTO = "swot.into"
SWOT_DO = "swot.do"
SWOT_AREA = "swot.area"
SWOT_PAGE = "swot.page"
SWOT_TABLE = "swot.table"
SWOT_SEND = "swot.send"
SWOT_SENT = "swot.sent"
SWOT_BY = "swot.by"
SWOT_ONE = "swot.one"
SWOT_OTHER = "swot.other"

FILE = "upload.file"
METHOD = "upload.method"
PREVIEW = "upload.preview"
MAPPING = "upload.mapping"
WITH_HIDDEN = "upload.with_hidden"
CONFIRM = "upload.confirm"
MARKED = "upload.marked"
RECEIPT = "upload.receipt"
UNDOING = "upload.undoing"
NEW_STUDY = "studies.name"
COPY_NAME = "copying.name"
AREA = "overview.area"
SEE_RANKING = "overview.see_ranking"

LED = "live.led"
PICK_WORKSHOP = "live.pick"
SEAT = "live.seat"
SHOWN = "live.shown"
WATCHED = "live.watched"
MOVED_FROM = "live.moved_from"
CLOCK = "live.clock"
FULL_SCREEN = "live.full_screen"
NEW_WORKSHOP = "live.new"
WORKSHOP_NAME = "live.name"
WORKSHOP_METHOD = "live.method"
WORKSHOP_MODE = "live.mode"
WORKSHOP_ITEMS = "live.items"
WORKSHOP_ASKS = "live.asks"
WORKSHOP_COMMENTS = "live.comments"
WORKSHOP_PROMPTS = "live.prompts"
WORKSHOP_SCALE = "live.scale"
WORKSHOP_ABOUT = "live.about"
WORKSHOP_PART = "live.part"
AFTER = "live.after"
AFTER_ITEMS = "live.after_items"
CHOSEN_RATER = "live.rater"
RATER_NAME = "live.rater_name"
MERGE_INTO = "live.merge_into"
LOOSE = "live.loose"
IDEA = "live.idea"
IDEA_TEXT = "live.idea_text"
TOPIC = "live.topic"

GRADED = "self_evaluation.workshop"
GRADED_AREA = "self_evaluation.area"

RATING_WHO = "rating.who"
PICK_RATER = "rating.pick"
RATING_VIEW = "rating.view"
RATING_ITEM = "rating.item"
NEW_RATER = "rating.new"
NEW_RATER_ROLE = "rating.new_role"
NEW_RATER_MUNICIPALITY = "rating.new_municipality"

FIGURES = "cost_figures.table"
FIGURES_AREA = "cost_figures.area"
FIGURES_TOWN = "cost_figures.town"
FIGURES_CONFIRM = "cost_figures.confirm"
TO_UPLOAD = "cost_figures.to_upload"

RISK_AREA = "risk.area"
RISK_RULE = "risk.rule"
RISK_CELL = "risk.cell"
RISK_MATRIX = "risk.matrix"
RISK = "risk.risk"
RISK_FORM = "risk.form"
RISK_NEW = "risk.new"
RISK_MEASURES = "risk.measures"
RISK_ACCEPT = "risk.accept"
RISK_OVERRIDE = "risk.override"
RISK_WITHDRAW_OVERRIDE = "risk.withdraw_override"
RISK_POLICY = "risk.policy"
RISK_STEPS = "risk.steps"
PLAN_TICK = "plan.tick"
PLAN_NEW = "plan.new"
PLAN_TABLE = "plan.table"
HISTORY_BEFORE = "history.before"
HISTORY_AFTER = "history.after"

LINK_ROLE = "links.role"
LINK_STUDY = "links.study"
LINK_LABEL = "links.label"
LINK_DAYS = "links.days"
NEW_LINK = "links.new"
MADE_LINK = "links.made"
PUT_AWAY = "links.put_away"


def seed(key: str, value: Hashable) -> None:
    """Give a widget its first value without fighting the one the visitor chose."""
    st.session_state.setdefault(key, value)


def recall(key: str, kind: type[T]) -> T | None:
    value = st.session_state.get(key)
    return value if isinstance(value, kind) else None


def keep(key: str, value: object) -> None:
    st.session_state[key] = value


def take(key: str, kind: type[T]) -> T | None:
    """The value, which is then forgotten."""
    value = recall(key, kind)
    forget(key)
    return value


def count(what: str) -> int:
    """How many times a form or a file has been taken."""
    return recall(f"{what}.taken", int) or 0


def count_on(what: str) -> None:
    """After this the form is a new, empty one, and a second click on the old one finds nothing to press."""
    keep(f"{what}.taken", count(what) + 1)


def numbered(key: str, what: str) -> str:
    return f"{key}.{count(what)}"


def promised(what: str) -> str:
    """The id of what a form makes, the same until it is taken, so that a double click makes one."""
    key = f"{numbered(what, what)}.id"
    seed(key, new_id())
    return recall(key, str) or ""


def forget(key: str) -> None:
    st.session_state.pop(key, None)
