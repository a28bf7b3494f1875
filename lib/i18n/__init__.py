"""Every sentence a person reads, one catalogue file a language; numbers, dates and order as the language has them.

A catalogue is a TOML file beside this one, called by the language's code; what its `[language]` says is how the
language writes what is no sentence. Keys are dotted («ranking.title»); `{name}` in a sentence is filled by a keyword.
A list under a key holds the forms of a text that is said of one or of several. `problem(…)` makes the sentence of one
intake problem, its place first.
"""

from __future__ import annotations

import gettext
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from lib.model.problems import AppError, Mistyped, Problem, Spelled

DEFAULT = "nb"
THIN = "\u202f"
OSLO = ZoneInfo("Europe/Oslo")
# The order of names is Norwegian in every language, since it is Norwegian places that are put in order.
_ALPHABET = {letter: index for index, letter in enumerate("abcdefghijklmnopqrstuvwxyzæøå")}


def files_in(folder: Path) -> dict[str, Path]:
    """The catalogues of a folder by the codes of their languages, the interface's first language first."""
    found = {path.stem: path for path in folder.glob("*.toml")}
    return dict(sorted(found.items(), key=lambda each: (each[0] != DEFAULT, each[0])))


FILES = files_in(Path(__file__).parent)


class _Held(NamedTuple):
    """A catalogue under dotted keys: sentences, and the forms of those that are said of one or of several."""

    sentences: dict[str, str]
    plurals: dict[str, tuple[str, ...]]


@cache
def _read(language: str) -> _Held:
    held = _Held({}, {})
    _flatten(tomllib.loads(FILES[language].read_text(encoding="utf-8")), "", held)
    return held


def _flatten(tree: dict[str, Any], prefix: str, held: _Held) -> None:
    for key, value in tree.items():
        match value:
            case dict():
                _flatten(value, f"{prefix}{key}.", held)
            case list():
                held.plurals[prefix + key] = tuple(value)
            case _:
                held.sentences[prefix + key] = value


@cache
def catalogue(language: str) -> dict[str, str]:
    """All sentences of a language but those of `plurals`, under dotted keys."""
    return _read(language).sentences


@cache
def plurals(language: str) -> dict[str, tuple[str, ...]]:
    """The forms of each sentence that is said of one or of several, under dotted keys."""
    return _read(language).plurals


LANGUAGES = {language: catalogue(language)["language.name"] for language in FILES}


class _Ways(NamedTuple):
    """How a language writes what is no sentence. `plural` gives the place of the form that a number takes."""

    plural: Callable[[int], int]
    marks: dict[int, str]
    months: tuple[str, ...]
    from_two: tuple[str, ...]
    day: str
    hour: str


@cache
def _ways(language: str) -> _Ways:
    own = {key: catalogue(language)[f"language.{key}"] for key in ("plural", "decimal", "months", "from_two")}
    return _Ways(
        gettext.c2py(own["plural"]),
        str.maketrans({",": THIN, ".": own["decimal"], "-": "−"}),
        tuple(own["months"].split("; ")),
        tuple(own["from_two"].split("; ")),
        catalogue(language)["language.day"],
        catalogue(language)["language.hour"],
    )


def decimal_mark(language: str) -> str:
    return catalogue(language)["language.decimal"]


def form_of(language: str, count: int) -> int:
    """The place of the form that a number takes among the forms of a text."""
    return _ways(language).plural(count)


def t(language: str, key: str, /, **params: object) -> str:
    """The sentence under a key, filled. One that has several forms is told a whole `count`, and stands in its form.

    KeyError for a key that no catalogue has: a missing text is a fault of ours.
    """
    sentence = catalogue(language).get(key)
    if sentence is None:
        return _of_several(language, plurals(language)[key], **params)
    return sentence.format(**params) if params else sentence


def _of_several(language: str, forms: tuple[str, ...], /, count: Any, **params: object) -> str:
    """A `count` that is a text stands for several that differ."""
    if isinstance(count, str):
        return forms[-1].format(count=count, **params)
    return forms[form_of(language, count)].format(count=number(language, count), **params)


def problem(language: str, found: Problem) -> str:
    """«Vurderinger!C7: «11» er utenfor skalaen. …»: place, what stood there, what is expected, what to do."""
    place = "!".join(filter(None, (found.sheet, found.cell)))
    return f"{place}: {sentence(language, found)}" if place else sentence(language, found)


def sentence(language: str, found: Problem) -> str:
    """`problem` without its place, for lists that have columns for that."""
    told = {"found": found.found, "sheet": found.sheet, **_words(language, found.params)}
    return t(language, f"problems.{found.code}", **told)


def error(language: str, raised: AppError) -> str:
    """The sentence for an error of the project's own family, the row of a table first."""
    said = t(language, f"errors.{raised.code}", **_words(language, raised.params))
    return (
        f"{t(language, 'errors.row', row=raised.row)} {said}" if isinstance(raised, Mistyped) and raised.row else said
    )


def _words(language: str, params: Mapping[str, str | int | float]) -> dict[str, Any]:
    """What fills the sentence of a problem; a `count` stays a number, since it says which form the sentence takes."""
    return {name: value if name == "count" else _word(language, value) for name, value in params.items()}


def _word(language: str, value: str | int | float) -> str:
    """A parameter that is itself a key («@columns.population») is translated; a number is written our way.

    What people call their own things may begin with «@» too, and is then no key.
    """
    if isinstance(value, str):
        return catalogue(language).get(value[1:], value) if value.startswith("@") else value
    if isinstance(value, Spelled):
        return counted(language, value)
    return number(language, value, 0 if isinstance(value, int) else 1)


def number(language: str, value: float | None, decimals: int = 0) -> str:
    """«1 355,5»: thin space in thousands, decimal comma, a real minus sign; a dash where there is no number.

    Halves go up, as people round.
    """
    if value is None or value != value:
        return "–"
    rounded = Decimal(str(float(value))).quantize(_STEPS[decimals], ROUND_HALF_UP)
    written = f"{rounded or abs(rounded):,.{decimals}f}"
    return written.translate(_ways(language).marks)


_STEPS = [Decimal(1).scaleb(-decimals) for decimals in range(10)]


def percent(language: str, share: float | None, decimals: int = 0) -> str:
    return "–" if share is None else f"{number(language, share * 100, decimals)}{THIN}%"


def day(language: str, moment: date | datetime) -> str:
    """«22. november 2026», in Norwegian time."""
    local = moment.astimezone(OSLO) if isinstance(moment, datetime) else moment
    ways = _ways(language)
    return ways.day.format(day=local.day, month=ways.months[local.month - 1], year=local.year)


def today() -> date:
    """The day it is in Norway."""
    return datetime.now(OSLO).date()


def clock(language: str, moment: datetime) -> str:
    """«22. november 2026 kl. 09.05», in Norwegian time."""
    return t(language, "language.clock", day=day(language, moment), hour=hour(language, moment))


def hour(language: str, moment: datetime) -> str:
    """«09.05», in Norwegian time."""
    return moment.astimezone(OSLO).strftime(_ways(language).hour)


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
    return t(language, "language.or" if either else "language.and", others=", ".join(words[:-1]), last=words[-1])


def counted(language: str, count: int) -> str:
    """«tre», «13»: small numbers in words."""
    small = _ways(language).from_two
    return small[count - 2] if 2 <= count < len(small) + 2 else number(language, count)
