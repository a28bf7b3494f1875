"""How each thing is shown: one answer, one matrix, one list, one table, one download row, on every page alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from urllib.parse import urlencode

import pandas as pd
import pyarrow as pa
import streamlit as st

from lib import i18n
from lib.actions import results
from lib.actions.studies import Overview
from lib.domain.methods import METHODS
from lib.exhibits import files
from lib.exhibits.catalogue import EXHIBITS
from lib.exhibits.exhibit import Exhibit, Mark, MarkKind, Picture, Table
from lib.exhibits.limits import limits
from lib.model.methods import Criterion
from lib.model.records import Area, Study
from lib.model.sheet_kinds import FACT_SHEET
from lib.ui import data, session, state
from lib.ui.navigation import page_path
from lib.ui.session import escape, t

PICTURE_WIDTH = 520
LONG = 300  # letters from which a statement is cut in a list


def number(value: float) -> str:
    """A number in the visitor's language, with a decimal where it has one."""
    return i18n.number(session.language(), value, 0 if float(value).is_integer() else 1)


def table(
    frame: pd.DataFrame | pa.Table, alt: str, numbers: tuple[str, ...] = (), widths: Mapping[str, int] | None = None
) -> None:
    """The one table: text as it is, figures to the right; `widths` in px for columns that would be cut."""
    given = widths or {}
    columns = {
        name: st.column_config.TextColumn(alignment="right" if name in numbers else None, width=given.get(name))
        for name in dict.fromkeys((*numbers, *given))
    }
    st.dataframe(frame, hide_index=True, column_config=columns, alt=alt, width="stretch", height="content")


def reading_table(frame: pd.DataFrame, alt: str) -> None:
    """A table of sentences, which wrap instead of being cut; people's text stays text."""
    st.table(frame.map(escape), border="horizontal", hide_index=True, alt=alt)


def origins(found: Iterable[tuple[str, str]]) -> None:
    """The statements that something was made of, each with its function; nothing where there are none."""
    for text, function in found:
        st.caption(escape(t("swot.made_of", text=cut(text), function=function)))


def cut(text: str) -> str:
    """A text as it stands in a list; what is long is cut."""
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"


def marks(found: Exhibit) -> None:
    """What must follow the figures: a badge where they are made up, else a sentence."""
    for each in found.marks:
        if each.kind is MarkKind.CONSTRUCTED:
            mark(each)


def mark(found: Mark) -> None:
    """A badge for figures that are made up, a sentence for all else."""
    if found.kind is MarkKind.CONSTRUCTED:
        st.badge(t("ranking.constructed"), color="orange", help=found.why)
    else:
        st.caption(escape(found.why))


def answer(found: Exhibit) -> None:
    """The answer in large type, what it stands on in small."""
    marks(found)
    st.header(escape(found.headline), anchor=False)
    if found.basis:
        st.caption(escape(found.basis))


def reservations(found: Exhibit, *more: str) -> None:
    """The other marks, and what else must be known."""
    for said in (*(mark.why for mark in found.marks if mark.kind is MarkKind.UNCONFIRMED), *more):
        st.caption(escape(said))


def picture(drawn: Picture | None, note: str = "", titled: bool = True) -> None:
    """A chart under what it shows; nothing where there is none."""
    if drawn is None:
        return
    if titled and drawn.title:
        st.subheader(escape(drawn.title), anchor=False)
    st.vega_lite_chart(drawn.rows, drawn.spec, alt=drawn.alt, width="stretch")
    if note:
        st.caption(note)


def exhibit_table(found: Table, widths: Mapping[str, int] | None = None) -> None:
    """The figures of an exhibit as the screen has them."""
    table(found.shown, found.alt, found.numeric_headings, widths)


def downloads(study: Study, *shown: Exhibit) -> None:
    """The same figures and marks as files, made when they are fetched; under their names where they are several."""
    for found in shown:
        if len(shown) > 1:
            st.caption(t(f"exhibits.{found.key}"))
        _files(study, found)


def _files(study: Study, found: Exhibit) -> None:
    declared = EXHIBITS[found.key]
    with st.container(horizontal=True):
        for ending in files.endings(declared):
            label = t(f"exhibits.download.{ending.replace('.', '_')}")
            file_link(study, f"{declared.slug}.{ending}", label, **dict(found.address))


def file_link(study: Study, name: str, label: str, **choices: str) -> None:
    """The way to a file, which is made and gated when it is fetched."""
    st.link_button(label, f"/fil/{study.slug}/{name}?{urlencode({**choices, 'sprak': session.language()})}")


def first_answer(study: Study) -> None:
    """The study's answer and the way to the evidence, or what is missing."""
    workshops = data.ask(results.on_areas, study)
    if not workshops:
        st.info(t("overview.no_ratings"))
        return
    found = data.exhibit_or_said("ranking.order", study)
    if found is None:
        return
    answer(found)
    if st.button(t("overview.see_ranking"), type="primary", key=state.SEE_RANKING):
        st.switch_page(page_path("results/prioritisation.py"), query_params={"utredning": study.slug})


def study_figures(found: Overview) -> None:
    """How much has come in, as large figures."""
    population = sum(row.population or 0 for row in found.municipalities)
    figures = {
        t("overview.municipalities"): (len(found.municipalities), _inhabitants(population)),
        t("overview.areas"): (len(found.areas), ""),
        t("overview.raters"): (len(found.raters), ""),
    }
    for column, (label, (count, note)) in zip(st.columns(3), figures.items(), strict=True):
        with column:
            st.metric(label, i18n.number(session.language(), count))
            st.caption(note)


def _inhabitants(population: int) -> str:
    return t("overview.inhabitants", count=population) if population else ""


def areas(found: Overview) -> None:
    heads = {key: t(f"overview.{key}") for key in ("code", "area", "sector")}
    lines = [dict(zip(heads.values(), (row.code, row.name, row.sector or ""), strict=True)) for row in found.areas]
    if lines:
        table(pd.DataFrame(lines), t("overview.areas_alt"))
    else:
        st.info(t("overview.empty"))


def fact_sheet(found: Overview, code: str) -> None:
    """What one needs to know of an area; only what has been filled in."""
    area = next((row for row in found.areas if row.code == code), None)
    if area is None:
        return
    with st.container(border=True):
        st.markdown(f"**{escape(area.name)}**")
        st.markdown("\n".join(f"- **{heading}:** {escape(text)}" for heading, text in facts(area)))
        if area.source:
            st.caption(escape(t("overview.source", source=area.source)))


def facts(area: Area) -> list[tuple[str, str]]:
    """What has been filled in of an area: heading and text."""
    told = [(t("overview.description"), area.description)]
    told += [(t(f"facts.{key}"), getattr(area, key)) for key in FACT_SHEET]
    if area.individual_decisions is not None:
        told.append(
            (t("facts.individual_decisions"), t("overview.yes" if area.individual_decisions else "overview.no"))
        )
    return [(heading, text) for heading, text in told if text]


def municipalities(found: Overview) -> None:
    heads = {key: t(f"overview.{key}") for key in ("number", "name", "population")}
    shown = partial(i18n.number, session.language())
    lines = [
        dict(zip(heads.values(), (row.number, row.name, shown(row.population)), strict=True))
        for row in found.municipalities
    ]
    if lines:
        table(pd.DataFrame(lines), t("overview.municipalities_alt"), (heads["population"],))


def methods() -> None:
    """The methods as they stand in the engine's own data."""
    lines = []
    for key, method in METHODS.items():
        scales = [_scale(criterion) for criterion in method.criteria]
        rule = t(f"rule.{key}", **limits(session.language())) if method.rules else t("about.no_rule")
        values = (
            t(f"methods.{key}"),
            ", ".join(scales),
            t(f"combine.{key}", share=method.share_at_least),
            rule,
            t(f"sources.{method.source or 'own'}"),
        )
        heads = (t(f"about.{head}") for head in ("method", "criteria", "combine", "rule", "source"))
        lines.append(dict(zip(heads, values, strict=True)))
    reading_table(pd.DataFrame(lines), t("about.methods_alt"))


def _scale(criterion: Criterion) -> str:
    return t("about.scale", criterion=t(f"criteria.{criterion.key}"), low=criterion.low, high=criterion.high)
