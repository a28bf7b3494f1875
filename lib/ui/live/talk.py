"""What to talk about first, shown alike on «Drøft», on the facilitator's page and on the wall."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from lib import i18n
from lib.actions.live import collecting
from lib.actions.live.discussion import Moved, Topic
from lib.actions.results import Ranking
from lib.actions.subjects import named
from lib.actions.suppression import Selection
from lib.charts import frames
from lib.charts.live import frames as live_frames
from lib.domain.methods import METHODS
from lib.exhibits import pictures
from lib.exhibits.ranking import words
from lib.model.columns import ITEM, MOVED, ONE, OTHER, RANK_AFTER, RANK_BEFORE, SCORE_AFTER, SCORE_BEFORE
from lib.model.methods import Items, Method
from lib.model.records import Study, Workshop
from lib.ui import data, inputs, session, show, state
from lib.ui.live import room_data
from lib.ui.session import escape, t


def shown_picker(study: Study) -> Selection | None:
    """The workshop and round whose result is talked about, None and a sentence where nothing is out."""
    found = data.workshops(study)
    if not found:
        st.info(t("ranking.none"))
        return None
    workshop = inputs.workshop_picker(found)
    return Selection(workshop, data.choices(study, workshop).standing)


def discussion(study: Study, selection: Selection) -> None:
    """The list, and one of its areas in full: how the answers fell, who stand furthest apart, what was said."""
    result, found = data.result(study, selection), room_data.topics(study, selection)
    if result.ranking.material.workshop.constructed:
        show.constructed_mark()
    if not found:
        st.info(t("discuss.nothing"))
        return
    kind = result.ranking.material.kind
    st.header(escape(finding(found, kind)), anchor=False)
    topic_table(found, kind)
    names = {topic.item: topic.name for topic in found}
    key = f"{state.TOPIC}.{selection.workshop}.{selection.round}"  # another round begins with its own first topic
    asked = inputs.choice(t("discuss.which"), key, "tema", names, found[0].item)
    topic(result.ranking, next(each for each in found if each.item == asked))
    rounds(study, result.ranking.material.workshop, kind)


def proposals(study: Study) -> None:
    """What the rooms wrote and made of it, the one with most points first; nothing before the points are out."""
    with session.or_stop():
        found = collecting.proposals(session.visitor(), study)
    for workshop, lines in found:
        st.header(escape(t("discuss.proposals", name=workshop.name)), anchor=False)
        heads = [t("discuss.proposal"), t("discuss.points")]
        rows = [dict(zip(heads, (idea.text, show.figure(points)), strict=True)) for idea, points in lines]
        show.reading_table(pd.DataFrame(rows), t("discuss.proposals_alt"))


def finding(found: tuple[Topic, ...], kind: Items) -> str:
    """The answer first: what to begin with, or that there is little to talk about."""
    apart = [each.name for each in found if each.dissent]
    if not apart:
        return t("discuss.finding_none", name=found[0].name, what=t(f"item_many.{kind}"))
    if len(apart) == 1:
        return t("discuss.finding_one", name=found[0].name, what=t(f"item_one.{kind}"))
    count = words.counted(session.language(), len(apart))
    return t("discuss.finding_many", name=found[0].name, count=count, what=t(f"item_many.{kind}"))


def topic_table(found: tuple[Topic, ...], kind: Items) -> None:
    heads = [t(f"discuss.{key}") for key in ("turn", "place", "places", "agreement", "dissent", "remarks")]
    heads.insert(1, t(f"item_names.{kind}"))
    lines = [dict(zip(heads, _line(turn, each), strict=True)) for turn, each in enumerate(found, 1)]
    show.table(pd.DataFrame(lines), t("discuss.table_alt"), (heads[0], heads[2], heads[3], heads[4], heads[6]))
    st.caption(t("discuss.order_note"))


def _line(turn: int, each: Topic) -> tuple[str, ...]:
    places = t("ranking.interval_many", low=each.low, high=each.high) if each.low != each.high else str(each.low or "–")
    agreement = i18n.number(session.language(), each.agreement, 2)
    mark = t("ranking.dissent_yes") if each.dissent else ""
    return str(turn), each.name, str(each.place or "–"), places, agreement, mark, show.figure(len(each.comments))


def topic(ranking: Ranking, each: Topic) -> None:
    """One area: its distribution, the two groups furthest apart, and the comments."""
    method = ranking.material.method
    mark = f" · ◆ {t('ranking.dissent_yes')}" if each.dissent else ""
    st.subheader(escape(each.name) + mark, anchor=False)
    answers(method, each)
    if each.apart:
        st.markdown(escape(apart_words(each)))
    for who, text in each.comments:
        st.markdown(f"> {escape(text)}" + (f"  \n> – {escape(who)}" if who else ""))


def answers(method: Method, each: Topic) -> None:
    """How many gave each step, as a picture whose alternative text says it all."""
    names = {criterion.key: t(f"criteria.{criterion.key}") for criterion in method.criteria}
    frame = live_frames.answers_frame(each.counts, method.criteria, names)
    alt = " ".join(_counts_words(names[key], method, key, counts) for key, counts in each.counts.items())
    st.vega_lite_chart(frame, pictures.answers_spec(session.language(), method), alt=alt, width="stretch")


def _counts_words(name: str, method: Method, key: str, counts: tuple[int, ...]) -> str:
    steps = next(each.steps for each in method.criteria if each.key == key)
    given = [t("discuss.gave", step=step, n=count) for step, count in zip(steps, counts, strict=True) if count]
    return f"{name}: {i18n.listing(session.language(), given)}."


def apart_words(each: Topic) -> str:
    """«Gruppe 2 (9 og 8) og Gruppe 7 (3 og 4) er lengst fra hverandre.»"""
    if each.apart is None:
        return ""
    one, other = (
        (who.name, i18n.listing(session.language(), [str(value) for value in who.values])) for who in each.apart
    )
    return t("discuss.apart", one=one[0], one_values=one[1], other=other[0], other_values=other[1])


def rounds(study: Study, workshop: Workshop, kind: Items) -> None:
    """The last two rounds side by side, and what moved; nothing where there was one."""
    moved = room_data.moved(study, workshop)
    if moved is None:
        return
    st.subheader(escape(moved_finding(moved, kind)), anchor=False)
    method = METHODS[workshop.method].agreed(workshop.highest)
    if method.has_total:
        _rounds_chart(moved, method, kind)
    _rounds_table(moved, kind)


def _rounds_table(moved: Moved, kind: Items) -> None:
    heads = [
        t(f"item_names.{kind}"),
        *(t("discuss.round_place", round=number) for number in (moved.before, moved.after)),
    ]
    heads += [t("discuss.round_score", round=number) for number in (moved.before, moved.after)]
    lines = [dict(zip(heads, _moved_line(moved, row), strict=True)) for row in moved.table.to_dict("records")]
    show.table(pd.DataFrame(lines), t("discuss.rounds_alt"), tuple(heads[1:]))


def _moved_line(moved: Moved, row: dict[Any, Any]) -> tuple[str, ...]:
    places = ("–" if pd.isna(row[key]) else str(row[key]) for key in (RANK_BEFORE, RANK_AFTER))
    scores = (i18n.number(session.language(), row[key], 1) for key in (SCORE_BEFORE, SCORE_AFTER))
    return named(session.language(), row[ITEM], moved.names[row[ITEM]]), *places, *scores


def moved_finding(moved: Moved, kind: Items) -> str:
    """Which area moved most between the rounds, or that none did."""
    rows = [row for row in moved.table.to_dict("records") if not pd.isna(row[MOVED]) and row[MOVED]]
    if not rows:
        return t("discuss.nothing_moved", what=t(f"item_many.{kind}"), before=moved.before, after=moved.after)
    row = max(rows, key=lambda each: abs(each[MOVED]))
    return t(
        "discuss.moved_most",
        name=named(session.language(), row[ITEM], moved.names[row[ITEM]]),
        before=row[RANK_BEFORE],
        after=row[RANK_AFTER],
    )


def _rounds_chart(moved: Moved, method: Method, kind: Items) -> None:
    found = moved.table.rename(columns={SCORE_BEFORE: ONE, SCORE_AFTER: OTHER})
    names = {item: named(session.language(), item, name) for item, name in moved.names.items()}
    frame = frames.pairs_frame(found, names, partial(i18n.number, session.language(), decimals=1))
    ceiling = method.highest_score or float(max([*found[ONE], *found[OTHER]], default=1))
    heads = [t("ranking.round_n", n=number) for number in (moved.before, moved.after)]
    language, scale = session.language(), words.score_heading(session.language(), method)
    spec = pictures.pairs_spec(language, scale, (heads[0], heads[1]), ceiling, frames.title_lines(frame))
    st.vega_lite_chart(frame, spec, alt=moved_finding(moved, kind), width="stretch")
