"""Every control, and the one way in which choices stand in the address: stable slugs, so that a link shows the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lib import i18n
from lib.actions import studies
from lib.actions.results import Choices
from lib.actions.studies import Overview
from lib.actions.suppression import ALL, EVEN, Selection
from lib.model.records import Workshop
from lib.ui import session, state
from lib.ui.session import t

CONTROL_WIDTH = 220


def chosen_in_address(parameter: str, default: str) -> str:
    return st.query_params.get(parameter, default)


def write_address(parameter: str, value: str, default: str = "") -> None:
    """Keep a choice in the address, or take it out where it is the default."""
    if value != default and st.query_params.get(parameter) != value:
        st.query_params[parameter] = value
    elif value == default and parameter in st.query_params:
        del st.query_params[parameter]


def choice(label: str, key: str, parameter: str, options: Mapping[str, str], default: str) -> str:
    """One of several: slug → what the visitor reads. An unknown slug in a link falls back to the default."""
    asked = chosen_in_address(parameter, default)
    state.seed(key, asked if asked in options else default)
    if state.recall(key, str) not in options:
        state.keep(key, default)
    slug = st.selectbox(label, list(options), key=key, format_func=lambda option: options.get(option, option))
    write_address(parameter, slug, default)
    return slug


def whole_number(label: str, key: str, parameter: str, low: int, high: int, default: int, help: str) -> int:
    """A slider of whole numbers that stands in the address when it is moved."""
    asked = chosen_in_address(parameter, str(default))
    state.seed(key, int(asked) if asked.isascii() and asked.isdigit() and low <= int(asked) <= high else default)
    value = st.slider(label, low, high, key=key, help=help)
    write_address(parameter, str(value), str(default))
    return value


def amount(
    label: str, key: str, parameter: str, low: int, high: int, default: int, help: str | None = None, step: int = 1
) -> int:
    """A field for a whole number that stands in the address when it is another than the default."""
    asked = chosen_in_address(parameter, str(default))
    state.seed(key, int(asked) if asked.removeprefix("-").isdecimal() and low <= int(asked) <= high else default)
    value = int(st.number_input(label, low, high, key=key, help=help, step=step))
    write_address(parameter, str(value), str(default))
    return value


def day(label: str, key: str, parameter: str, low: date, high: date, default: date) -> date:
    """A date that stands in the address when it is another than the default."""
    state.seed(key, _dated(chosen_in_address(parameter, ""), low, high) or default)
    value = st.date_input(label, min_value=low, max_value=high, key=key, format="DD.MM.YYYY")
    chosen = value if isinstance(value, date) else default
    write_address(parameter, chosen.isoformat(), default.isoformat())
    return chosen


def _dated(written: str, low: date, high: date) -> date | None:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if low <= found <= high else None


def part(label: str, key: str, parameter: str, options: Mapping[str, str]) -> str:
    """Which of several parts of a page is shown; only one at a time is computed."""
    first = next(iter(options))
    asked = chosen_in_address(parameter, first)
    state.seed(key, asked if asked in options else first)
    if state.recall(key, str) not in options:
        state.keep(key, first)
    chosen = st.segmented_control(
        label, list(options), format_func=options.__getitem__, key=key, label_visibility="collapsed", required=True
    )
    write_address(parameter, chosen or first, first)
    return chosen or first


def study_picker() -> None:
    """The study («utredning») that all pages show; always in the address."""
    names = {slug: found.name for slug, found in session.visible_studies().items()}
    if not names:
        st.caption(t("frame.no_studies"))
        return
    asked, known = chosen_in_address("utredning", ""), state.recall(state.STUDY, str)
    if picked := state.take(state.PICK_STUDY, str):
        state.keep(state.STUDY, picked)
    slug = choice(t("frame.study"), state.STUDY, "utredning", names, next(iter(names)))
    st.query_params["utredning"] = slug
    if (known or asked or slug) not in names:
        session.leave_notice(t("frame.study_not_open"))


def language_picker() -> None:
    """The interface's language; each stands under its own name, so that one finds home again."""
    asked = chosen_in_address("sprak", i18n.DEFAULT)
    state.seed(state.LANGUAGE, asked if asked in i18n.LANGUAGES else i18n.DEFAULT)  # before the label is written in it
    choice(t("frame.language"), state.LANGUAGE, "sprak", i18n.LANGUAGES, i18n.DEFAULT)


def workshop_picker(found: Sequence[Workshop]) -> str:
    """The workshop whose result is shown; the only one is not asked about. Ends the page where there is none."""
    names = {workshop.id: workshop.name for workshop in found}
    if not names:
        st.info(t("ranking.none"))
        st.stop()
    first = next(iter(names))
    return first if len(names) == 1 else choice(t("ranking.workshop"), state.WORKSHOP, "workshop", names, first)


def selection(choices: Choices) -> Selection:
    """The filters and «hva om», side by side; what has only one answer is not asked."""
    rounds = {str(number): _round(number, method, choices) for number, method in choices.rounds.items()}
    roles = {ALL: t("ranking.role_all")} | {role: _capital(t(f"ranking.roles.{role}")) for role in choices.roles}
    municipalities = {ALL: t("ranking.municipality_all"), **choices.municipalities}
    groups = {"": t("ranking.leave_out_none"), **choices.groups}
    asked = [
        (t("ranking.round"), state.ROUND, "runde", rounds, str(choices.standing)),
        (t("ranking.role"), state.ROLE, "rolle", roles, ALL),
        (t("ranking.municipality"), state.MUNICIPALITY, "kommune", municipalities, ALL),
        (t("ranking.leave_out"), state.LEAVE_OUT, "uten", groups, ""),
    ]
    with st.grid(2, min_column_width=CONTROL_WIDTH):
        chosen = [choice(*each) if len(each[3]) > 1 else each[4] for each in asked]
    plain = choices.rounds[int(chosen[0])] == choices.workshop.method
    weight = _weight(choices.weighed) if choices.weighed and plain else EVEN
    return Selection(choices.workshop.id, int(chosen[0]), chosen[1], chosen[2], weight, chosen[3])


def _round(number: int, method: str, choices: Choices) -> str:
    """«Runde 2», and by which method where it is another than the workshop's own."""
    named = t("ranking.round_n", n=number)
    return named if method == choices.workshop.method else f"{named} ({t(f'methods.{method}').lower()})"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def narrowed() -> bool:
    """Whether the address asks for anything but the plain result, so that the controls that say so stand open."""
    return not {"runde", "rolle", "kommune", "uten", "vekt"}.isdisjoint(st.query_params)


def _weight(criteria: Sequence[str]) -> int:
    first, second = (t(f"criteria.{key}").lower() for key in criteria)
    told = {"first": first, "second": second, "even": EVEN}
    label, help = (t(f"ranking.{key}", **told) for key in ("weight", "weight_help"))
    return whole_number(label, state.WEIGHT, "vekt", 0, 100, EVEN, help)


def spread_toggle() -> bool:
    return st.toggle(t("ranking.spread"), key=state.SPREAD)


def area_picker(found: Overview) -> str:
    """The area whose fact sheet is shown, or "" for none."""
    names = {"": t("overview.area_none")} | {area.code: f"{area.code} {area.name}" for area in found.areas}
    return choice(t("overview.area_pick"), state.AREA, "omrade", names, "") if found.areas else ""


def workbook_file() -> UploadedFile | None:
    """The uploader; a new one, empty, after each file that was stored. What a file is, its content tells."""
    return st.file_uploader(
        t("upload.choose"),
        type=["xlsx", "xlsm", "xls", "ods", "csv", "txt"],
        key=state.numbered(state.FILE, state.FILE),
    )


def new_study() -> None:
    """The form for a new study, for those who may make one."""
    if not studies.may_create(session.visitor()):
        return
    st.subheader(t("overview.new_study"))
    with st.form(f"new_study.{state.count(state.NEW_STUDY)}"):
        key = state.numbered(state.NEW_STUDY, state.NEW_STUDY)
        name = st.text_input(t("overview.new_study_name"), key=key, help=t("overview.new_study_help"))
        asked = st.form_submit_button(t("overview.create"))
    if asked:
        with session.sayable():
            made = studies.create(session.visitor(), name, state.promised(state.NEW_STUDY))
            state.keep(state.PICK_STUDY, made.slug)
            state.count_on(state.NEW_STUDY)
            session.start_anew(t("overview.created", name=made.name))
