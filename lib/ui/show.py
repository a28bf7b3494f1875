"""How each thing is shown: one answer, one matrix, one list, one table, one download row, on every page alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import pandas as pd
import pyarrow as pa
import streamlit as st

from lib import i18n
from lib.actions.results import Choices
from lib.actions.studies import Overview
from lib.actions.suppression import Selection
from lib.domain.methods import METHODS
from lib.exhibits.ranking import exports
from lib.model.columns import DISSENT
from lib.model.methods import Criterion
from lib.model.records import Area, Study
from lib.model.sheet_kinds import FACT_SHEET
from lib.ui import data, session, state
from lib.ui.data import Result
from lib.ui.navigation import page_path
from lib.ui.session import escape, t

PICTURE_WIDTH = 520
LONG = 300  # letters from which a statement is cut in a list


def figure(value: float) -> str:
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


def constructed_mark() -> None:
    """The mark that made-up figures carry wherever they are seen."""
    st.badge(t("ranking.constructed"), color="orange", help=t("ranking.constructed_why"))


def answer(result: Result) -> None:
    """The answer in large type, what it stands on in small."""
    if result.ranking.material.workshop.constructed:
        constructed_mark()
    st.header(escape(result.headline), anchor=False)
    st.caption(escape(result.basis))


def caveat() -> None:
    with st.expander(t("ranking.caveat_title")):
        st.markdown(f"{t('ranking.caveat')}\n\n{t('ranking.caveat_stable')}\n\n{t('ranking.caveat_source')}")


def matrix(result: Result, spread: bool) -> None:
    """The two criteria against each other; nothing for methods that have not just two."""
    if not result.matrix_specs:
        return
    st.subheader(result.matrix_finding, anchor=False)
    st.vega_lite_chart(result.matrix, result.matrix_specs[spread], alt=result.matrix_alt, width="stretch")
    st.caption(t(f"matrix_note.{result.ranking.material.method.key}"))


def order(result: Result) -> None:
    """Every area by score, with the places it may hold."""
    if not result.order.num_rows:
        return
    st.subheader(result.order_finding, anchor=False)
    st.vega_lite_chart(result.order, result.order_spec, alt=result.order_alt, width="stretch")
    st.caption(t("ranking.list_note"))


def votes(study: Study, choices: Choices, selection: Selection) -> None:
    """The newest vote with points, beside the whole room's ranking; nothing where there was none."""
    held = [number for number, method in choices.rounds.items() if method != choices.workshop.method]
    if not held or selection.filtered or selection.round in held:
        return
    found = data.result(study, Selection(choices.workshop.id, max(held)))
    st.subheader(escape(t("live.votes_finding", headline=found.headline)), anchor=False)
    st.vega_lite_chart(found.order, found.order_spec, alt=found.order_alt, width="stretch")


def reordered(result: Result) -> None:
    if result.reordered:
        with st.container(border=True):
            st.markdown(f"**{t('ranking.reordered_title')}**")
            st.markdown("\n".join(f"- {escape(sentence)}" for sentence in result.reordered))
            st.caption(t("ranking.reordered_rule"))


def firmness(result: Result) -> None:
    """How firm the order is in words, and beside them two parties against each other where they may be shown."""
    firm = result.firm
    if not firm.spans and not firm.left_out and not firm.spec:
        return
    st.subheader(t("firmness.title"), anchor=False)
    st.markdown(escape(" ".join(firm.spans)))
    if firm.left_out:
        st.markdown(f"**{t('firmness.left_out_title')}**")
        st.markdown("\n".join(f"- {escape(sentence)}" for sentence in firm.left_out))
    if firm.spec:
        st.subheader(escape(firm.finding), anchor=False)
        st.vega_lite_chart(firm.gaps, firm.spec, alt=firm.alt, width="stretch")
        st.caption(firm.note)


def ranking_table(result: Result) -> None:
    """The figures behind the pictures, and what one must know to read them."""
    kind = result.ranking.material.kind
    text_columns = {t(f"ranking.{key}") for key in ("agreement", "dissent", "rules")} | {t(f"item_names.{kind}")}
    numbers = tuple(set(result.table.column_names) - text_columns)
    table(result.table, t("ranking.table_alt"), numbers, {t("ranking.agreement"): 120})
    ranking = result.ranking
    notes = [result.concordance]
    notes += [t("ranking.dissent_note")] if ranking.summary[DISSENT].any() else []
    notes += [t("ranking.withheld_note")] if ranking.material.hidden else []
    st.caption(" ".join(filter(None, notes)))


def ranking_downloads(result: Result) -> None:
    """The same figures as files, made when they are asked for."""
    name = f"{t('ranking.file')}-{result.ranking.material.study.slug}"
    make = {"xlsx": exports.ranking_workbook, "csv": exports.ranking_text}
    labels = {"xlsx": t("ranking.download_excel"), "csv": t("ranking.download_csv")}
    with st.container(horizontal=True):
        for ending, label in labels.items():
            content = partial(make[ending], session.visitor(), result.ranking, session.language())
            st.download_button(label, content, f"{name}.{ending}", on_click="ignore", key=f"results.{ending}")


def first_answer(study: Study) -> None:
    """The study's answer and the way to the evidence, or what is missing."""
    workshops = data.rankings(study)
    if not workshops:
        st.info(t("overview.no_ratings"))
        return
    found = data.choices(study, workshops[0].id)
    answer(data.result(study, Selection(found.workshop.id, found.standing)))
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
    return t("overview.inhabitants", count=i18n.number(session.language(), population)) if population else ""


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
        rule = t(f"rule.{key}") if method.rules else t("about.no_rule")
        values = (
            t(f"methods.{key}"),
            ", ".join(scales),
            t(f"combine.{key}"),
            rule,
            t(f"sources.{method.source or 'own'}"),
        )
        heads = (t(f"about.{head}") for head in ("method", "criteria", "combine", "rule", "source"))
        lines.append(dict(zip(heads, values, strict=True)))
    reading_table(pd.DataFrame(lines), t("about.methods_alt"))


def _scale(criterion: Criterion) -> str:
    return t("about.scale", criterion=t(f"criteria.{criterion.key}"), low=criterion.low, high=criterion.high)
