"""What is to be mended in an uploaded workbook: a screenful by what to do, and the workbook with its cells marked."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from lib.actions.uploads import corrections
from lib.actions.uploads.corrections import Task
from lib.actions.uploads.uploads import Preview
from lib.model.problems import Problem, Severity
from lib.ui import session, show, state
from lib.ui.session import t

TASKS_SHOWN = 8  # a screenful; mending these first is what one does anyway
PLACES_SHOWN = 6


def problems(found: Preview) -> None:
    """Everything that must be mended; then what is worth knowing; then the workbook with it all in its cells."""
    tasks = corrections.tasks(session.language(), found.problems)
    if found.errors:
        heading = t("upload.errors_found", count=len(found.errors))
        st.error(f"**{heading}.** {t('upload.nothing_stored')}")
        _listed([task for task in tasks if task.severity is Severity.ERROR], t("upload.what_to_do"))
    if found.warnings:
        with st.expander(t("upload.warnings_found"), expanded=not found.errors):
            _listed([task for task in tasks if task.severity is Severity.WARNING], t("upload.noticed"))
    if found.readable and tasks:
        _marked_workbook(found)


def _listed(tasks: list[Task], heading: str) -> None:
    heads = [heading, t("upload.where"), t("upload.count")]
    lines = [
        (task.sentence, _where(task.places), t("corrections.places", count=len(task.places)))
        for task in tasks[:TASKS_SHOWN]
    ]
    show.reading_table(pd.DataFrame(lines, columns=heads), t("upload.problems_alt"))
    if rest := tasks[TASKS_SHOWN:]:
        places = t("corrections.places", count=sum(len(task.places) for task in rest))
        st.caption(t("upload.more_problems", count=len(rest), places=places))


def _where(places: tuple[Problem, ...]) -> str:
    """«Vurderinger!C7 («11») · C9 («12») og 3 til»: the sheet where it changes, what was found where it differs."""
    differ = len({place.found for place in places}) > 1
    told, sheet = [], ""
    for place in places[:PLACES_SHOWN]:
        cell = place.cell if place.sheet == sheet and place.cell else "!".join(filter(None, (place.sheet, place.cell)))
        told.append(t("upload.place_found", place=cell, found=place.found) if differ and place.found else cell)
        sheet = place.sheet
    more = len(places) - PLACES_SHOWN
    return " · ".join(filter(None, told)) + (t("upload.more_places", count=show.number(more)) if more > 0 else "")


def _marked_workbook(found: Preview) -> None:
    make = partial(corrections.workbook, session.visitor(), found, session.language())
    name = corrections.file_name(session.language(), found)
    st.download_button(
        t("upload.marked"), make, name, on_click="ignore", key=state.MARKED, help=t("upload.marked_help")
    )
