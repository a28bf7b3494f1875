"""Numbers as people write them in Norwegian sheets: «1 355», «1.355», «1 355,5»."""

from __future__ import annotations

import math
import re

_SPACES = str.maketrans(dict.fromkeys("\xa0\u2007\u2009\u202f", " ") | {"\u2212": "-"})
_PLAIN = re.compile(r"-?[0-9]+")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:( |\.|,)[0-9]{3})(?:\1[0-9]{3})*")
_DECIMAL = re.compile(r"(-?(?:[0-9]+|[0-9]{1,3}(?:(?: [0-9]{3})+|(?:\.[0-9]{3})+))),([0-9]+)|(-?[0-9]+)\.([0-9]+)")


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


def _finite(written: str) -> float:
    value = float(written)
    return int(value) if math.isfinite(value) and value.is_integer() else value
