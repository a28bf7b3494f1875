"""The parts of «Last opp»: the preview of a file, its confirmation, and templates."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lib import i18n
from lib.actions import studies
from lib.actions.uploads import dependents, uploads
from lib.actions.uploads.uploads import Preview
from lib.model.records import Study
from lib.model.words import Word
from lib.ui import session, show, state
from lib.ui.session import escape, t

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHANGES_SHOWN = 50


def preview(study: Study, file: UploadedFile | None) -> Preview | None:
    """What the file would do. Kept until there is another file or language, or the study has changed."""
    if file is None:
        state.forget(state.PREVIEW)
        return None
    hidden = bool(state.recall(state.WITH_HIDDEN, bool))
    asked = (file.file_id, study.id, session.language(), studies.revision_of(session.visitor(), study), hidden)
    known = state.recall(state.PREVIEW, tuple)
    if known is not None and known[0][:3] == asked[:3] and known[0][3] != asked[3]:
        st.warning(t("errors.stale"))
    if known is None or known[0] != asked:
        known = (asked, _read(study, file, hidden))
        state.keep(state.PREVIEW, known)
    found: Preview = known[1]
    return found


def _read(study: Study, file: UploadedFile, hidden: bool) -> Preview:
    with st.status(t("upload.reading")) as status:

        def say(step: str) -> None:
            status.update(label=t(f"upload.{step}"))

        found = uploads.check(session.visitor(), study, file.name, file.getvalue(), session.language(), say, hidden)
        if found.readable:
            status.update(label=t("upload.ready"), state="complete")
        else:
            status.update(label=t("upload.unread"), state="error")
    return found


def hidden_too(found: Preview) -> None:
    """Whether to take in what is hidden, asked where something is."""
    if found.hides:
        st.checkbox(t("upload.with_hidden"), key=state.WITH_HIDDEN)


def changes(found: Preview) -> None:
    """What would be new, changed and unchanged, and every change from and to."""
    if found.errors or found.changes is None:
        return
    if found.earlier:
        when = i18n.clock(session.language(), found.earlier.created_at)
        st.info(escape(t("upload.same_file", when=when, who=found.earlier.actor)))
    if not found.changes:
        st.info(t("upload.no_changes"))
        return
    st.header(t("upload.preview"))
    heads = [t(f"upload.{key}") for key in ("kind", "new", "changed", "unchanged")]
    lines = [
        (t(f"upload.kinds.{key}"), *map(show.number, (len(each.new), len(each.changed), each.unchanged)))
        for key, each in found.changes.kinds()
        if each.new or each.changed or each.unchanged
    ]
    show.table(pd.DataFrame(lines, columns=heads), t("upload.preview_alt"), tuple(heads[1:]))
    if told := dependents.sentences(session.language(), found.stands_on, "changed"):
        st.info("  \n".join(map(escape, told)))
    _differences(found)


def _differences(found: Preview) -> None:
    heads = [t(f"upload.{key}") for key in ("kind", "row", "column", "before", "after")]
    lines = [
        (t(f"upload.kinds.{key}"), row.label, _column(column), _value(old), _value(new))
        for key, each in (found.changes.kinds() if found.changes else ())
        for row in each.changed
        for column, (old, new) in row.columns.items()
    ]
    if lines:
        st.markdown(f"**{t('upload.changes')}**")
        show.table(pd.DataFrame(lines[:CHANGES_SHOWN], columns=heads), t("upload.changes_alt"))
        if len(lines) > CHANGES_SHOWN:
            st.caption(t("upload.more_changes", count=show.number(len(lines) - CHANGES_SHOWN)))


def _column(key: str) -> str:
    return t(key[1:]) if key.startswith("@") else key


def _value(value: object) -> str:
    match value:
        case None | "":
            return t("upload.blank")
        case Word():
            return t(value)
        case bool():
            return t("overview.yes" if value else "overview.no")
        case int() | float():
            return show.number(value)
        case _:
            return str(value)


def confirm_button(found: Preview) -> None:
    """Store it; the page then starts anew with a receipt. Pressing twice stores once.

    The button is the preview's own: a press on one that has been overtaken stores nothing that was not seen.
    """
    if found.errors or not found.changes:
        return
    if st.button(t("upload.confirm"), type="primary", key=f"{state.CONFIRM}.{found.batch}"):
        with session.sayable(anew=True):
            batch = uploads.confirm(session.visitor(), found)
            state.keep(state.RECEIPT, (batch.id, _in_short(found)))
            state.count_on(state.FILE)
            session.start_anew(t("upload.stored", file=batch.file_name))


def _in_short(found: Preview) -> str:
    """«14 nye, 2 endret og 3 uendret»."""
    kinds = [each for _, each in found.changes.kinds()] if found.changes else []
    sums = [sum(len(each.new) for each in kinds), sum(len(each.changed) for each in kinds)]
    new, changed, unchanged = map(show.number, [*sums, sum(each.unchanged for each in kinds)])
    return t("upload.receipt_changes", new=new, changed=changed, unchanged=unchanged)


def templates(study: Study) -> None:
    """One workbook with everything, one a kind of sheet, and the study as it is now."""
    keys = uploads.method_keys()
    method = st.selectbox(
        t("upload.template_method"), keys, format_func=lambda key: t(f"methods.{key}"), key=state.METHOD
    )
    make = partial(uploads.template_workbook, session.visitor(), study, method, session.language())
    labels = {"": t("upload.template_all")}
    labels |= {kind: t("upload.template_kind", sheet=t(f"sheets.{kind}")) for kind in uploads.sheet_kinds()}
    with st.container(horizontal=True):
        for kind, label in labels.items():
            name = f"{t('upload.template_file')}-{t(f'sheets.{kind}').lower()}" if kind else t("upload.template_file")
            _download(label, partial(make, kind), f"{name}.xlsx", f"upload.template.{kind}")
    current = partial(uploads.current_workbook, session.visitor(), study, session.language())
    _download(t("upload.current"), current, f"{study.slug}.xlsx", "upload.current")


def _download(label: str, make: partial[bytes], name: str, key: str) -> None:
    st.download_button(label, make, name, XLSX, key=key, on_click="ignore")
