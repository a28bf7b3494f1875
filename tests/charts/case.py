"""The thirteen areas of Indre Namdal (IN22) with made-up grades of nine groups, all means between 6 and 9."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any

import pandas as pd

from lib.charts.costs.cash_flow import FlowTexts, cash_flow
from lib.charts.costs.change import ChangeTexts, cost_change
from lib.charts.costs.curves import CurvesTexts, cost_curves
from lib.charts.costs.frames import change_frame, curves_frame, flow_frame
from lib.charts.frames import distribution_frame, matrix_frame, pairs_frame, ranking_frame, title_lines
from lib.charts.live.answers import AnswersTexts, answers
from lib.charts.live.frames import answers_frame, name_room, wall_frame
from lib.charts.live.wall import WallTexts, wall
from lib.charts.look import Spec
from lib.charts.pairs import PairsTexts, pairs
from lib.charts.plan.frames import Bar, timeline_frame
from lib.charts.plan.timeline import TimelineTexts, timeline
from lib.charts.ranking.priority_matrix import MatrixTexts, priority_matrix
from lib.charts.ranking.ranking import RankingTexts, ranking
from lib.charts.risks.frames import Moment, Moved, history_frame
from lib.charts.risks.frames import matrix_frame as risk_frame
from lib.charts.risks.history import HistoryTexts, risk_history
from lib.charts.risks.matrix import RiskTexts, risk_matrix
from lib.charts.swot.force_field import ForceTexts, force_field
from lib.charts.swot.frames import force_frame, theme_frame
from lib.charts.swot.theme_matrix import MatrixTexts as ThemeTexts
from lib.charts.swot.theme_matrix import theme_matrix
from lib.i18n import number
from lib.model.methods import Criterion
from tests.facts import DOCUMENTED_ORDER

NAMES = {f"a{index:02}": name for index, name in enumerate(DOCUMENTED_ORDER)}
GROUPS = {f"g{index}": f"Gruppe {index + 1}" for index in range(9)}
SCALES = (Criterion("potential", 1, 10), Criterion("feasibility", 1, 10))
LEVELS = (20.0, 40.0, 60.0, 80.0)
MATRIX_TEXTS = MatrixTexts("Potensial", "Gjennomførbarhet", "Score", "Område", "Plass")
RANKING_TEXTS = RankingTexts("Score av 100", "Plass", "Område", "Grupper", "Enighet")
WALL_TEXTS = WallTexts("Score av 100", "Snitt", "Plasser", "Fra runde 1", "Område", "Gruppe")
PAIRS_TEXTS = PairsTexts("Score av 100", "folkevalgte", "administrasjonen", "Forskjell", "Område")
CURVES_TEXTS = CurvesTexts("Fast del i prosent", "Tusen kroner", "Betaler som i dag", "Alle kan leve med", "Kommune")
CHANGE_TEXTS = ChangeTexts("Endring fra i dag", "betaler mindre", "betaler mer", "andre modeller", "Kommune", "Modell")
FUNCTIONS = ("Arkiv", "Personal", "Økonomi", "Lønn", "Regnskap", "Innfordring", "Telefoni")
THEMES = [
    ("Lite fagmiljø – 7 av 7", dict.fromkeys(FUNCTIONS, ("T 1", True)) | {"Innfordring": ("Sv 1", True)}),
    ("Grunnlag for samarbeid i faste former mellom kommunene – 2 av 7", {"Lønn": ("S 2 · M 1", False)}),
]
FORCES = [("Lite fagmiljø", True, 4), ("Ulike systemer", False, None), ("Ulike systemer", True, 2)]
FORCE_TEXTS = ForceTexts("fremmer", "hemmer", "Hvor sterkt, 1–5", "ikke vurdert", "Utsagn", "Side")
FLOW_TEXTS = FlowTexts("Tusen kroner", "Hvert år", "Samlet så langt", "År")
TIMELINE_TEXTS = TimelineTexts(
    "● gjort ◆ kommer ▲ forsinket", "i dag", "%m.%Y", "Leveranse", "Frist", "Status", "Ansvarlig", "Fase"
)
HISTORY_TEXTS = HistoryTexts("Antall risikoer", "Tidspunkt", "Linje", "%d.%m.%y")
PHASES = (("clarification", "Avklaring"), ("planning", "Planlegging"), ("evaluation", "Evaluering"))
BARS = (
    Bar("m1", "Mandat vedtatt", "clarification", date(2026, 5, 1), "1. mai 2026", "done", "gjort", "Ordførerne"),
    Bar("m2", "Kostnadstall bekreftet", "planning", date(2026, 10, 1), "1. oktober 2026", "overdue", "forsinket", ""),
    Bar("m3", "Likelydende saker sendt", "planning", date(2027, 2, 15), "15. februar 2027", "coming", "snart", ""),
    Bar("m4", "Evaluert", "evaluation", None, "", "undated", "uten frist", "Prosjektleder"),
)
# Indre Namdal's million at 0 and at 100 per cent split equally, and what each pays today (made up here).
AT_ENDS = {"Røyrvik": (91_869, 250_000), "Lierne": (270_028, 250_000)}
AT_ENDS |= {"Namsskogan": (167_995, 250_000), "Grong": (470_108, 250_000)}
CHANGES = {"Røyrvik": -26_504, "Lierne": 6_022, "Namsskogan": -15_604, "Grong": 6_086}
OTHER_CHANGES = {
    "30/70": {"Røyrvik": -10_692, "Lierne": 4_020, "Namsskogan": -7_403, "Grong": -15_925},
    "Som i dag": {"Røyrvik": -4_000, "Lierne": -6_000, "Namsskogan": -5_000, "Grong": -15_000},
}
RISK_TEXTS = RiskTexts("Sannsynlighet (S)", "Konsekvens (K)", "Rute", "Sum", "Mottiltak", "Risikoer")
# The cells that Saman om ein betre kommune (2013) forces, written out as (S, K).
FORCED = {(1, 5), (2, 5), (5, 2), *((s, k) for s in (3, 4, 5) for k in (3, 4, 5))}
RISKS = (
    Moved(1, "Frafall", (4, 5), (2, 5)),
    Moved(2, "Dyrt", (3, 3), (3, 3)),
    *(Moved(number, "Sent", (2, 2), (1, 2)) for number in range(3, 15)),
)
ELECTED = tuple(GROUPS)[:4]
COUNTS = {"potential": (0, 0, 0, 1, 0, 2, 1, 3, 2, 0), "feasibility": (2, 1, 0, 0, 0, 0, 0, 0, 4, 2)}
CRITERIA = {"potential": "Potensial", "feasibility": "Gjennomførbarhet"}
WRITTEN = partial(number, "nb", decimals=1)


@cache
def grades() -> pd.DataFrame:
    """One row a group and area: `potential`, `feasibility` and their product."""
    draw = random.Random(26012022)
    rows = []
    for index, item in enumerate(NAMES):
        middle = (8.8 - 0.2 * index + draw.uniform(-0.4, 0.4), 8.4 - 0.15 * index + draw.uniform(-0.4, 0.4))
        for rater in GROUPS:
            potential, feasibility = (min(10, max(1, round(draw.gauss(mean, 1.2)))) for mean in middle)
            rows.append((item, rater, potential, feasibility, float(potential * feasibility)))
    return pd.DataFrame(rows, columns=["item", "rater", "potential", "feasibility", "score"])


@cache
def summary() -> pd.DataFrame:
    pooled = grades().groupby("item")[["potential", "feasibility", "score"]].mean().reset_index()
    rank = pooled["score"].rank(ascending=False, method="min").astype(int)
    dissent = [index % 5 == 3 for index in range(len(pooled))]
    return pooled.assign(rank=rank, n=9, agreement=0.72, dissent=dissent)


def intervals() -> pd.DataFrame:
    low, high = (summary()["rank"] - 2).clip(lower=1), (summary()["rank"] + 3).clip(upper=len(NAMES))
    return pd.DataFrame({"item": summary()["item"], "low": low, "high": high})


def deviations() -> pd.DataFrame:
    return grades().groupby("item")[["potential", "feasibility"]].std().reset_index()


def parties() -> pd.DataFrame:
    """Mean score of the first four groups and of the other five, furthest apart first."""
    elected = grades()["rater"].isin(ELECTED)
    one, other = (grades()[who].groupby("item")["score"].mean() for who in (elected, ~elected))
    found = pd.DataFrame({"one": one, "other": other}).reset_index()
    return found.sort_values("one", key=lambda _: -(one - other).abs().to_numpy(), ignore_index=True)


def matrix(**more: Any) -> pd.DataFrame:
    return matrix_frame(summary(), NAMES, SCALES, WRITTEN, **more)


def drawn(kind: str, decimal: str = ",") -> tuple[Spec, pd.DataFrame]:
    """A chart of the case: its spec and its frame."""
    if kind == "ranking":
        frame = ranking_frame(summary(), intervals(), NAMES, WRITTEN, "≠ uenige grupper")
        return ranking(RANKING_TEXTS, decimal, 100.0, title_lines(frame)), frame
    if kind == "pairs":
        frame = pairs_frame(parties(), NAMES, WRITTEN)
        return pairs(PAIRS_TEXTS, decimal, 100.0, title_lines(frame)), frame
    if kind in COSTS:
        return _costs(kind, decimal)
    if kind == "risks":
        return risk_matrix(RISK_TEXTS, decimal), risk_frame(RISKS, FORCED, ("S", "K"), {True: "må", False: "må ikke"})
    if kind in PLANS:
        return _plan(kind, decimal)
    if kind == "themes":
        frame = theme_frame(THEMES, FUNCTIONS)
        return theme_matrix(ThemeTexts("Tema", "Funksjon", "Utsagn"), decimal, title_lines(frame)), frame
    if kind == "forces":
        frame = force_frame(FORCES, ("fremmer", "hemmer"), "ikke vurdert")
        return force_field(FORCE_TEXTS, decimal, title_lines(frame)), frame
    if kind == "answers":
        frame = answers_frame(COUNTS, SCALES, CRITERIA)
        return answers(AnswersTexts("Spørsmål", "Svar", "Antall"), decimal, 1, 10), frame
    if kind == "wall":
        given = distribution_frame(summary(), grades(), NAMES, GROUPS, WRITTEN)
        ranks = dict(zip(summary()["item"], summary()["rank"], strict=True))
        frame = wall_frame(given, intervals(), ranks, {"a03": "◆ delt"}, {"a02": "7 → 3"})
        return wall(WALL_TEXTS, decimal, 100.0, name_room(frame)), frame
    spread = kind == "spread"
    frame = matrix(deviations=deviations() if spread else None)
    return priority_matrix(SCALES, MATRIX_TEXTS, decimal, LEVELS, spread), frame


def _costs(kind: str, decimal: str) -> tuple[Spec, pd.DataFrame]:
    whole_kroner = partial(number, "nb")
    if kind == "curves":
        curves = {
            name: [round(low + (high - low) * p / 100) for p in range(101)] for name, (low, high) in AT_ENDS.items()
        }
        frame = curves_frame(curves, 20, (18.3, 36.7), {"Røyrvik": (36.7, 150_000)}, whole_kroner)
        return cost_curves(CURVES_TEXTS, decimal), frame
    if kind == "change":
        frame = change_frame(CHANGES, OTHER_CHANGES, "20/80", whole_kroner)
        return cost_change(CHANGE_TEXTS, decimal, title_lines(frame)), frame
    net = [-60_000, -20_000, 15_000, 40_000, 40_000, 40_000]
    years = pd.DataFrame({"year": range(2027, 2033), "net": net, "cumulative": pd.Series(net).cumsum()})
    return cash_flow(FLOW_TEXTS, decimal), flow_frame(years, whole_kroner)


def _plan(kind: str, decimal: str) -> tuple[Spec, pd.DataFrame]:
    """Made up here: a plan with every standing, and two lines that meet."""
    if kind == "timeline":
        frame = timeline_frame(BARS, PHASES, date(2026, 11, 25))
        return timeline(TIMELINE_TEXTS, decimal, title_lines(frame)), frame
    moments = [
        Moment(datetime(2026, month, 1, 12, tzinfo=UTC), f"1.{month}.2026", forced, missing)
        for month, forced, missing in ((1, 5, 5), (4, 7, 3), (9, 4, 1))
    ]
    frame = history_frame(moments, datetime(2026, 11, 25, tzinfo=UTC), ("Må ha mottiltak", "Mangler mottiltak"))
    return risk_history(HISTORY_TEXTS, decimal), frame


COSTS = ("curves", "change", "flow")
PLANS = ("timeline", "history")
CHARTS = (
    *("matrix", "spread", "ranking", "pairs", "answers", "wall", "risks", "themes", "forces"),
    *COSTS,
    *PLANS,
)


def whole(spec: Spec, frame: pd.DataFrame, width: int, ground: str = "#FFFFFF") -> Spec:
    """The spec as the browser has it: with the frame's rows, its container's width, the theme's ground."""
    rows = json.loads(frame.to_json(orient="records"))
    return {**spec, "data": {"name": "source", "values": rows}, "width": width, "background": ground}
