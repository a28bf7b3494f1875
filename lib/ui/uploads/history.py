"""Earlier uploads: the receipt of the newest, each with its original, undo and redo, and what an undo would leave."""

from __future__ import annotations

from functools import partial

import streamlit as st

from lib import i18n
from lib.actions.uploads import dependents, uploads
from lib.actions.uploads.dependents import Consequences
from lib.model.records import Batch, BatchKind, Study
from lib.ui import session, state
from lib.ui.session import escape, t


def receipt(study: Study) -> None:
    """What was just stored: how much, by whom and when, and the way back. Gone with the next file."""
    kept = state.recall(state.RECEIPT, tuple)
    batch = next((each for each in uploads.history(session.visitor(), study) if kept and each.id == kept[0]), None)
    if kept is None or batch is None or not batch.live:
        state.forget(state.RECEIPT)
        return
    with st.container(border=True):
        st.markdown(f"**{escape(t('upload.receipt', file=batch.file_name))}**  \n{escape(_who_and_when(batch))}")
        st.markdown(escape(t("upload.receipt_rows", rows=dependents.counted(session.language(), batch.counts))))
        st.caption(escape(kept[1]))
        if st.button(t("upload.undo_this"), key=f"upload.receipt.{batch.id}"):
            _flip(study, batch)


def history(study: Study) -> None:
    """Every upload, the newest first, with its original, undo and redo."""
    listed = uploads.history(session.visitor(), study)
    if not listed:
        st.caption(t("upload.history_empty"))
    for batch in listed:
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                _past(study, batch)
            if state.recall(state.UNDOING, str) == batch.id and batch.live:
                _ask(study, batch)


def _who_and_when(batch: Batch) -> str:
    return t("upload.history_line", when=i18n.clock(session.language(), batch.created_at), who=batch.actor)


def _past(study: Study, batch: Batch) -> None:
    name = escape(_title(batch)) if batch.live else f"~~{escape(_title(batch))}~~ ({t('upload.undone')})"
    counts = dependents.counted(session.language(), batch.counts)
    st.markdown(f"**{name}**  \n{escape(' · '.join(filter(None, [_who_and_when(batch), counts])))}", width="stretch")
    if batch.sha256:
        original = partial(uploads.original, session.visitor(), study, batch.id)
        name, key = batch.file_name or "original.xlsx", f"upload.original.{batch.id}"
        st.download_button(t("upload.original"), original, name, key=key, on_click="ignore")
    act = "undo" if batch.live else "redo"  # in the key too: in a stale tab «Angre» must never come to mean «Gjør om»
    if st.button(t(f"upload.{act}"), key=f"upload.{act}.{batch.id}"):
        _flip(study, batch)


def _flip(study: Study, batch: Batch) -> None:
    """Redo at once; undo at once too, unless something would be left in the air: then it is asked about."""
    with session.sayable():
        if batch.live and dependents.consequences(session.visitor(), study, batch.id, False).stranded:
            state.keep(state.UNDOING, batch.id)
            st.rerun()
        _done(study, batch)


def _done(study: Study, batch: Batch) -> None:
    uploads.flip(session.visitor(), study, batch.id, not batch.live)
    state.forget(state.UNDOING)
    session.start_anew(t("upload.undo_done" if batch.live else "upload.redo_done", file=_title(batch)))


def _ask(study: Study, batch: Batch) -> None:
    """What the undo would do, before it is done."""
    found = dependents.consequences(session.visitor(), study, batch.id, False)
    st.warning("\n".join(f"- {escape(sentence)}" for sentence in _consequence_sentences(found)))
    with st.container(horizontal=True):
        if st.button(t("upload.undo_anyway"), key=f"upload.undo_anyway.{batch.id}"):
            with session.sayable():
                _done(study, batch)
        if st.button(t("upload.leave"), key=f"upload.leave.{batch.id}"):
            state.forget(state.UNDOING)
            st.rerun()


def _consequence_sentences(found: Consequences) -> list[str]:
    language = session.language()
    told = [
        t(f"upload.would_{what}", rows=dependents.counted(language, counts))
        for what, counts in (("go", found.going), ("change", found.changing))
        if counts
    ]
    return [*told, *dependents.sentences(language, found.stranded, "gone"), t("upload.rests")]


def _title(batch: Batch) -> str:
    """The file's name, or what a form was about."""
    if batch.sha256:
        return batch.file_name or ""
    if batch.kind is BatchKind.COPY:
        return t("upload.copied", name=batch.file_name)
    return t("upload.form_about", what=batch.file_name) if batch.file_name else t("upload.form")
