"""«Alle funn»: each answer as a sentence that leads to its page, subject by subject, and all in one workbook."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from lib.exhibits.exhibit import Mark
from lib.exhibits.findings import SLUG, Found, findings
from lib.model.records import Study
from lib.ui import session, show
from lib.ui.navigation import page_path
from lib.ui.session import escape, label, t


def listed(study: Study) -> None:
    """Every finding; where there are none, how they come to be."""
    with session.or_stop():
        found = findings(session.visitor(), study, session.language())
    if not found:
        st.info(t("findings.empty"))
        return
    show.file_link(study, f"{SLUG}.xlsx", t("findings.download"))
    for subject, each in groupby(found, lambda one: one.exhibit.subject):
        _subject(study, subject, list(each))


def _subject(study: Study, subject: str, found: Sequence[Found]) -> None:
    """Marks that all of a subject's findings have stand once above them, others with their own."""
    st.header(t(f"findings.subjects.{subject}"), anchor=False)
    shared = set.intersection(*(set(each.exhibit.marks) for each in found))
    _marks([mark for mark in found[0].exhibit.marks if mark in shared])
    for each in found:
        exhibit = each.exhibit
        where = {**dict(exhibit.address), "utredning": study.slug}
        st.page_link(page_path(each.declared.page), label=label(exhibit.finding), query_params=where)
        _marks([mark for mark in exhibit.marks if mark not in shared])
        st.caption(escape(" · ".join(filter(None, [t(f"exhibits.{exhibit.key}"), exhibit.basis]))))


def _marks(marks: Sequence[Mark]) -> None:
    for mark in marks:
        show.mark(mark)
