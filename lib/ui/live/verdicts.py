"""What a round of risks or of the self-evaluation came to, said risk by risk and factor by factor."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib.actions.bridge import risk_rounds, self_evaluation
from lib.actions.bridge.risk_rounds import Judged, Outcome, Side
from lib.actions.bridge.self_evaluation import Graded
from lib.actions.live.rooms import Room
from lib.actions.suppression import Selection
from lib.domain.methods import METHODS
from lib.i18n import listing
from lib.model.methods import Items
from lib.model.records import Study
from lib.ui import data, session, show
from lib.ui.live import room_data, rooms
from lib.ui.session import escape, t

WALL_LINES = 8
_HEADS = ("risk", "s", "k", "product", "demand", "spread", "alone")


def panel(study: Study, selection: Selection) -> None:
    """The highest numbers of each risk, what they demand and what is behind them; nothing for other methods."""
    found = room_data.risk_outcome(study, selection)
    if not found or not found.risks:
        return
    st.header(escape(finding(found)), anchor=False)
    warning(found)
    heads = [t(f"verdicts.{key}") for key in _HEADS]
    lines = [dict(zip(heads, _line(each), strict=True)) for each in found.risks]
    show.reading_table(pd.DataFrame(lines), t("verdicts.table_alt"))
    st.caption(t("verdicts.note"))


def finding(found: Outcome) -> str:
    """The answer first: how many risks demand countermeasures, and which is the greatest."""
    forced, rated = found.forcing.forced, found.forcing.rated
    first = next((each.name for each in found.risks if each.product is not None), "")
    if not rated:
        return t("verdicts.nothing_rated")
    if not forced:
        return t("verdicts.none_forced", rated=rated, name=first)
    return t("verdicts.forced", forced=forced, rated=rated, name=first)


def warning(found: Outcome) -> None:
    """Where most are forced only because many rated."""
    if found.forcing.only_because_many:
        st.warning(t("verdicts.only_many", **found.forcing._asdict()))


def _line(each: Judged) -> tuple[str, ...]:
    steps = ("–" if side is None else str(side.high) for side in each.sides)
    product = "–" if each.product is None else str(each.product)
    return each.name, *steps, product, demand(each), _spread(each), _alone(each)


def demand(each: Judged) -> str:
    """What the numbers demand, in words that hold whatever rules the study has."""
    return t("verdicts.demanded" if each.rules else "verdicts.no_demand")


def _spread(each: Judged) -> str:
    """«S 2–4, K 3 · uenighet»."""
    said = [f"{t(f'verdicts.{key}')} {_span(side)}" for key, side in zip("sk", each.sides, strict=True) if side]
    mark = [t("ranking.dissent_yes")] if each.dissent else []
    return " · ".join([", ".join(said), *mark])


def _span(side: Side) -> str:
    return str(side.high) if side.low == side.high else f"{side.low}–{side.high}"


def _alone(each: Judged) -> str:
    """Where one gave a higher number than all others; which group, and of single persons never who."""
    said = []
    for key, side in zip("sk", each.sides, strict=True):
        if side and side.alone:
            who = side.givers[0] if side.givers else t("verdicts.somebody")
            said.append(t("verdicts.alone_gave", who=who, criterion=t(f"verdicts.{key}"), step=side.high))
    return listing(session.language(), said)


def entering(room: Room) -> None:
    """The button that brings the numbers into the register, for whoever leads a workshop on risks."""
    shown = rooms.selection(room)
    rated = [each for each in room.items if each.kind is Items.RISKS]
    if METHODS[room.workshop.method].items is not Items.RISKS or not rated or not rooms.has_result(room):
        return
    if st.button(t("verdicts.enter"), type="primary", key=f"verdicts.enter.{shown.round}"):
        with session.sayable():
            entered = risk_rounds.enter(session.visitor(), room.study, room.workshop.id, shown.round)
            closed = [t("verdicts.closed", names=listing(session.language(), list(entered.closed)))]
            said = [
                t("verdicts.entered" if entered.changed else "verdicts.nothing_new", n=show.figure(entered.changed))
            ]
            session.start_anew(" ".join(said + (closed if entered.closed else [])))
    st.caption(t("verdicts.enter_help"))


def answer(study: Study, selection: Selection) -> bool:
    """The answer of a round of risks or factors, which is not who is on top; False for other methods."""
    result, risks = data.result(study, selection), room_data.risk_outcome(study, selection)
    graded = room_data.graded(study, selection)
    if not graded and not (risks and risks.risks):
        return False
    st.header(escape(finding(risks) if risks else graded_finding(graded)), anchor=False)
    st.caption(escape(result.basis))
    return True


def on_wall(study: Study, selection: Selection) -> bool:
    """Each risk or factor in one line of large type, what it demands in words; False for other methods."""
    risks, graded = room_data.risk_outcome(study, selection), room_data.graded(study, selection)
    if risks and risks.risks:
        heads = [t(f"verdicts.{key}") for key in _HEADS[:5]]
        _in_columns([dict(zip(heads, _line(each)[:5], strict=True)) for each in risks.risks])
        warning(risks)
    if graded:
        scale = data.result(study, selection).ranking.material.method.criteria[0].high
        _in_columns([factor_line(each, scale) for each in graded])
    return bool(graded or (risks and risks.risks))


def _in_columns(lines: list[dict[str, str]]) -> None:
    """Up to eight lines fill the wall; more stand in two columns."""
    half = len(lines) if len(lines) <= WALL_LINES else -(-len(lines) // 2)
    parts = [lines[:half], lines[half:]] if lines[half:] else [lines]
    for column, part in zip(st.columns(len(parts)), parts, strict=True):
        with column:
            show.reading_table(pd.DataFrame(part), t("verdicts.wall_alt"))


def factor_line(each: Graded, highest: int) -> dict[str, str]:
    grade = "–" if each.grade is None else t("delta.of", score=each.grade, highest=highest)
    values = (t(f"factors.{each.factor}"), grade, t(f"self_evaluation.means_{each.proposes or 'nothing'}"))
    return dict(zip((t(f"self_evaluation.{key}") for key in ("factor", "grade", "means")), values, strict=True))


def graded_finding(found: tuple[Graded, ...]) -> str:
    """The answer first: which factors are critical, or that none is."""
    poor = [t(f"factors.{each.factor}") for each in found if each.proposes == self_evaluation.RISK]
    if not poor:
        return t("self_evaluation.none_poor")
    return t("self_evaluation.poor", names=listing(session.language(), poor))
