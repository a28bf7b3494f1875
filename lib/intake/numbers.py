"""Numbers as people write them in Norwegian sheets: «1 355», «1.355», «1 355,5»."""

from __future__ import annotations

import math
import re

_SPACES = str.maketrans(dict.fromkeys("\xa0\u2007\u2008\u2009\u200a\u202f", " ") | {"\u2212": "-"})
_PLAIN = re.compile(r"-?[0-9]+")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:( |\.|,)[0-9]{3})(?:\1[0-9]{3})*")
_DECIMAL = re.compile(r"(-?(?:[0-9]+|[0-9]{1,3}(?:(?: [0-9]{3})+|(?:\.[0-9]{3})+))),([0-9]+)|(-?[0-9]+)\.([0-9]+)")
_KRONER = re.compile(r"^(?:kr\.?|nok) ?|(?: ?(?:kr\.?|kroner|nok)|,-|,–)$", re.IGNORECASE)
_IN_WORDS = re.compile(
    r"(?:(?:ca|cirka|circa|omtrent|rundt|om lag|about|approx|under|over)\.? ?|[~≈<>] ?)?"
    r"(?:(?:kr\.?|nok) ?)?(-?[0-9][0-9 .,]*?),?-? ?"
    r"(tusen|thousand|mill(?:\.|ion(?:er|ar|s)?)?|mrd\.?|milliard(?:er|ar)?|%|prosent|per ?cent)?"
    r" ?(?:kr\.?|kroner|nok|stk\.?|innb(?:\.|yggere|yggjarar)?|årsverk|person[ea]r|ansatte|tilsette|elev[ea]r)?"
)
# What people and Statistics Norway put where there is no number.
NOTHING = frozenset(
    {"-", "–", "—", ".", "..", "...", "…", ":", "?", "n/a", "i/a", "ukjent", "ukjend", "mangler", "manglar"}
)
_SIZES = {"tusen": 1e3, "thousand": 1e3, "milliard": 1e9, "mill": 1e6, "mrd": 1e9}


def readings(text: str) -> tuple[float, ...]:
    """Every number that a text can mean, thousands before decimals: «1.355» may be 1355 or 1.355; «høy» is none."""
    written = text.translate(_SPACES).strip()
    if _PLAIN.fullmatch(written):
        return (_finite(written),)
    found = []
    if _GROUPED.fullmatch(written):
        found.append(_finite(re.sub("[ .,]", "", written)))
    if match := _DECIMAL.fullmatch(written):
        whole, decimals = (match[1], match[2]) if match[1] else (match[3], match[4])
        found.append(_finite(f"{re.sub('[ .]', '', whole)}.{decimals}"))
    return tuple(found)


def without_kroner(text: str) -> str:
    """«kr 450 000», «450 000 kr» and «450 000,-» without what only says that it is kroner."""
    return _KRONER.sub("", text.translate(_SPACES).strip())


def meant(text: str) -> float | None:
    """The number in «kr 1,2 mill», «25 %» or «ca. 40», to ask about; None where there is none, or there are two."""
    match = _IN_WORDS.fullmatch(text.translate(_SPACES).strip().casefold())
    found = readings(match[1]) if match else ()
    if match is None or len(found) != 1:
        return None
    value = found[0] * next((size for word, size in _SIZES.items() if (match[2] or "").startswith(word)), 1)
    return _finite(f"{value:.15g}")


def _finite(written: str) -> float:
    value = float(written)
    return int(value) if math.isfinite(value) and value.is_integer() else value
