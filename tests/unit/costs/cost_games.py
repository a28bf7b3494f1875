"""Cost games that several tests play: published ones, and random ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import combinations

from hypothesis import strategies as st

from lib.domain.costs.coalitions import CostGame
from lib.model.costs import Number

Cost = dict[frozenset[str], Number]

# H. P. Young, N. Okada and T. Hashimoto, «Cost Allocation in Water Resources Development», Water Resources Research
# 18(3), 1982, 463–475: what groups of Swedish municipalities would pay for water, in million kronor.
SKANE = """
A 21.95 H 17.08 K 10.91 L 15.88 M 20.81 T 21.98
AH 34.69 AK 32.86 AL 37.83 AM 42.76 AT 43.93 HK 22.96 HL 25.00 HM 37.89 HT 39.06 KL 26.79 KM 31.45 KT 32.89
LM 31.10 LT 37.86 MT 39.41
AHK 40.74 AHL 43.22 AHM 55.50 AHT 56.67 AKL 48.74 AKM 53.40 AKT 54.84 ALM 53.05 ALT 59.81 AMT 61.36
HKL 27.26 HKM 42.55 HKT 44.94 HLM 45.81 HLT 46.98 HMT 56.49 KLM 42.01 KLT 48.77 KMT 50.32 LMT 51.46
AHKL 48.95 AHKM 60.25 AHKT 62.72 AHLM 64.03 AHLT 65.20 AHMT 74.10 AKLM 63.96 AKLT 70.72 AKMT 72.27 ALMT 73.41
HKLM 48.07 HKLT 49.24 HKMT 59.35 HLMT 64.41 KLMT 56.61
AHKLM 69.76 AHKLT 70.93 AHKMT 77.42 AHLMT 83.00 AKLMT 73.97 HKLMT 66.46
AHKLMT 83.82
"""
# P. D. Straffin and J. P. Heaney, «Game Theory and the Tennessee Valley Authority», Int. J. Game Theory 10, 1981,
# 35–43, on J. S. Ransmeier's figures of 1942: navigation, flood control and power, in thousand dollars.
TENNESSEE = "N 163520 F 140826 P 250096 NF 301607 NP 378821 FP 367370 NFP 412584"


def written(text: str) -> Cost:
    words = text.split()
    return {frozenset(group): Decimal(kroner) for group, kroner in zip(words[::2], words[1::2], strict=True)}


def groups(names: Sequence[str]) -> list[frozenset[str]]:
    """Singles first, then pairs …, each in order: the order in which the R packages list a game."""
    return [frozenset(group) for size in range(1, len(names) + 1) for group in combinations(names, size)]


def gains(*values: float) -> Cost:
    """A gains game of players 1, 2, …, negated."""
    names = "123456789"[: (len(values) + 1).bit_length() - 1]
    return {group: -value for group, value in zip(groups(names), values, strict=True)}


def game_of(names: Sequence[str], cost: Callable[[frozenset[str]], float]) -> Cost:
    return {group: cost(group) for group in groups(names)}


def everyone(cost: CostGame) -> frozenset[str]:
    return frozenset[str]().union(*cost)


def total(cost: CostGame) -> float:
    return float(cost[everyone(cost)])


KRONER = st.one_of(st.integers(-5, 5), st.integers(0, 10**7))


@st.composite
def games(draw: st.DrawFn, most: int = 5, kroner: st.SearchStrategy[int] = KRONER) -> Cost:
    names = [f"m{place}" for place in range(draw(st.integers(2, most)))]
    return {group: draw(kroner) for group in groups(names)}
