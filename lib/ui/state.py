"""Every key of the session state, and the two values that are kept there by hand rather than by a widget."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

import streamlit as st

T = TypeVar("T")

VISITOR = "frame.visitor"
STUDIES = "frame.studies"
REVISION = "frame.revision"
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

FILE = "upload.file"
FILES_STORED = "upload.files_stored"
METHOD = "upload.method"
PREVIEW = "upload.preview"
CONFIRM = "upload.confirm"
NEW_STUDY = "studies.name"
AREA = "overview.area"
SEE_RANKING = "overview.see_ranking"

LINK_ROLE = "links.role"
LINK_STUDY = "links.study"
LINK_LABEL = "links.label"
LINK_DAYS = "links.days"
NEW_LINK = "links.made"


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


def file_key() -> str:
    """The uploader's key, which moves on when its file has been stored."""
    return f"{FILE}.{recall(FILES_STORED, int) or 0}"


def file_stored() -> None:
    keep(FILES_STORED, (recall(FILES_STORED, int) or 0) + 1)


def forget(key: str) -> None:
    st.session_state.pop(key, None)
