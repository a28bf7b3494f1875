"""Every sentence a person reads, one catalogue file a language; numbers, dates and order the Norwegian way.

A catalogue is a TOML file beside this one. Keys are dotted («ranking.title»); `{name}` in a sentence is filled by a
keyword. `problem(…)` makes the sentence of one intake problem, its place first.
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lib.model.problems import AppError, Mistyped, Problem

LANGUAGES = {"nb": "Norsk bokmål", "en": "English"}
DEFAULT = "nb"
THIN = "\u202f"
OSLO = ZoneInfo("Europe/Oslo")
DECIMAL_MARK = {"nb": ",", "en": "."}
_ALPHABET = {letter: index for index, letter in enumerate("abcdefghijklmnopqrstuvwxyzæøå")}


@cache
def catalogue(language: str) -> dict[str, str]:
    """All sentences of a language, under dotted keys."""
    tree = tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))
    return dict(_flatten(tree, ""))


def _flatten(tree: dict[str, Any], prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        pairs += _flatten(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]
    return pairs


def t(language: str, key: str, /, **params: object) -> str:
    """The sentence under a key, filled. KeyError for a key that no catalogue has: a missing text is a fault of ours."""
    sentence = catalogue(language)[key]
    return sentence.format(**params) if params else sentence


def problem(language: str, found: Problem) -> str:
    """«Vurderinger!C7: «11» er utenfor skalaen. …»: place, what stood there, what is expected, what to do."""
    place = "!".join(filter(None, (found.sheet, found.cell)))
    return f"{place}: {sentence(language, found)}" if place else sentence(language, found)


def sentence(language: str, found: Problem) -> str:
    """`problem` without its place, for lists that have columns for that."""
    params = {name: _word(language, value) for name, value in found.params.items()}
    return t(language, f"problems.{found.code}", found=found.found, sheet=found.sheet, **params)


def error(language: str, raised: AppError) -> str:
    """The sentence for an error of the project's own family, the row of a table first."""
    params = {name: _word(language, value) for name, value in raised.params.items()}
    said = t(language, f"errors.{raised.code}", **params)
    return (
        f"{t(language, 'errors.row', row=raised.row)} {said}" if isinstance(raised, Mistyped) and raised.row else said
    )


def _word(language: str, value: str | int | float) -> str:
    """A parameter that is itself a key («@columns.population») is translated; a number is written our way.

    What people call their own things may begin with «@» too, and is then no key.
    """
    if isinstance(value, str):
        return catalogue(language).get(value[1:], value) if value.startswith("@") else value
    return number(language, value, 0 if isinstance(value, int) else 1)


def number(language: str, value: float | None, decimals: int = 0) -> str:
    """«1 355,5»: thin space in thousands, decimal comma, a real minus sign; a dash where there is no number.

    Halves go up, as people round.
    """
    if value is None or value != value:
        return "–"
    rounded = Decimal(str(float(value))).quantize(_STEPS[decimals], ROUND_HALF_UP)
    written = f"{rounded or abs(rounded):,.{decimals}f}"
    return written.translate(_MARKS[language])


_STEPS = [Decimal(1).scaleb(-decimals) for decimals in range(10)]
_MARKS = {language: str.maketrans({",": THIN, ".": mark, "-": "−"}) for language, mark in DECIMAL_MARK.items()}


def percent(language: str, share: float | None, decimals: int = 0) -> str:
    return "–" if share is None else f"{number(language, share * 100, decimals)}{THIN}%"


_MONTHS = {
    "nb": "januar,februar,mars,april,mai,juni,juli,august,september,oktober,november,desember",
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
}


def day(language: str, moment: date | datetime) -> str:
    """«22. november 2026», in Norwegian time."""
    local = moment.astimezone(OSLO) if isinstance(moment, datetime) else moment
    point = "." if language == "nb" else ""
    return f"{local.day}{point} {_MONTHS[language].split(',')[local.month - 1]} {local.year}"


def today() -> date:
    """The day it is in Norway."""
    return datetime.now(OSLO).date()


def clock(language: str, moment: datetime) -> str:
    """«22. november 2026 kl. 09.05», in Norwegian time."""
    between = " kl. " if language == "nb" else ", "
    return f"{day(language, moment)}{between}{hour(language, moment)}"


def hour(language: str, moment: datetime) -> str:
    """«09.05», in Norwegian time."""
    local = moment.astimezone(OSLO)
    return f"{local:%H.%M}" if language == "nb" else f"{local:%H:%M}"


def alphabetical(text: str) -> tuple[list[tuple[int, str]], str]:
    """A sort key: æ, ø, å last, «aa» as å, ä and ö beside æ and ø, capitals as small letters, digits by value."""
    folded = text.casefold().replace("aa", "å").replace("ä", "æ").replace("ö", "ø")
    keys: list[tuple[int, str]] = []
    digits = ""
    for letter in folded + "\0":
        if letter.isdigit():
            digits += letter
            continue
        if digits:
            keys.append((0, digits.zfill(12)))
            digits = ""
        if letter in _ALPHABET:
            keys.append((100 + _ALPHABET[letter], ""))
        elif letter.isalpha():
            keys.append((100, letter))
        elif letter != "\0":
            keys.append((1, letter))
    return keys, text


def listing(language: str, words: list[str], either: bool = False) -> str:
    """«a, b og c», or «a, b eller c»."""
    if len(words) < 2:
        return "".join(words)
    last = {"nb": ("og", "eller"), "en": ("and", "or")}[language][either]
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


_SMALL = {
    "nb": ("to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti"),
    "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}


def counted(language: str, count: int) -> str:
    """«tre», «13»: small numbers in words."""
    return _SMALL[language][count - 2] if 2 <= count <= 10 else number(language, count)
