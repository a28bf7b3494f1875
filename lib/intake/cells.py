"""From one cell to one value of a column's type, or what is wrong with it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from lib.intake.dates import reading as date_reading
from lib.intake.numbers import NOTHING, meant, readings, without_kroner
from lib.intake.texts import Texts, fold
from lib.model.kinds import CHOICES, UNKNOWN, Column, Type, line


@dataclass(frozen=True, slots=True)
class Faulty:
    """A cell whose value Excel could not compute («#REF!»), or has not computed yet; `code` is the problem's."""

    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class DontKnow:
    """«Vet ikke»: an answer, but no number."""


DONT_KNOW: Final = DontKnow()

Cell = str | float | int | bool | Faulty | None
_FIGURES = (Type.WHOLE, Type.KRONER, Type.DECIMAL, Type.SCORE, Type.DATE)
Value = str | float | int | bool | date | DontKnow | None

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_FOUR_DIGITS = re.compile("[0-9]{4}")
_FEW_DIGITS = re.compile("[0-9]{1,3}")


class Wrong(Exception):
    """A cell that cannot be taken; `code` and `params` become a problem at its place."""

    def __init__(self, code: str, **params: str | int | float) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell: Cell, texts: Texts) -> str:
    """A cell as a person saw it, cut to what fits in a sentence."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        written = written_number(cell).replace(".", texts("language.decimal"))
    else:
        written = line(as_text(cell))
    return written if len(written) <= 80 else f"{written[:79]}…"


def written_number(value: float) -> str:
    return str(int(value)) if math.isfinite(value) and float(value).is_integer() else str(value)


def as_text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Faulty():
            return cell.text
        case bool():
            return str(cell).upper()
        case str():
            return cell
        case _:
            return written_number(cell)


def convert(column: Column, cell: Cell, texts: Texts) -> Value:
    """The value of a cell, None where it is blank; raises Wrong."""
    if isinstance(cell, Faulty):
        raise Wrong(cell.code)
    if is_blank(cell):
        return None
    if isinstance(cell, str) and cell.strip().casefold() in NOTHING and column.type in _FIGURES and not column.required:
        raise Wrong("mark_for_nothing")
    match column.type:
        case Type.LINE | Type.TEXT | Type.LIST:
            return _text(column, cell)
        case Type.MUNICIPALITY_NUMBER:
            return _municipality_number(as_text(cell).strip())
        case Type.CHOICE:
            return _choice(column, cell, texts)
        case Type.SCORE:
            return _score(column, cell, texts)
        case Type.WHOLE:
            return _within(column, _whole(cell), "out_of_range")
        case Type.KRONER:
            plain = without_kroner(cell) if isinstance(cell, str) else cell
            return _within(column, _not_negative(_whole(plain)), "out_of_range")
        case Type.DECIMAL:
            return _limited(column, _number(cell))
        case Type.DATE:
            return _date(cell, texts)


def _text(column: Column, cell: Cell) -> str | None:
    text = as_text(cell)
    if _CONTROL.search(text):
        raise Wrong("control_characters")
    kept = text if column.type is Type.TEXT else line(text)
    if len(kept) > column.max_length:
        raise Wrong("text_too_long", length=len(kept), limit=column.max_length)
    return kept or None


def _municipality_number(text: str) -> str:
    if _FOUR_DIGITS.fullmatch(text):
        return text
    suggestion = text.zfill(4) if _FEW_DIGITS.fullmatch(text) else "0301"
    raise Wrong("municipality_number", suggestion=suggestion)


def _choice(column: Column, cell: Cell, texts: Texts) -> str:
    if isinstance(cell, bool) and column.choices == "yes_no":
        return "yes" if cell else "no"
    folded = fold(as_text(cell))
    for choice in CHOICES[column.choices]:
        if folded in map(fold, texts.names(f"choices.{choice}")):
            return choice
    raise Wrong("not_a_choice", choices=f"@choices.list.{column.choices}")


def _score(column: Column, cell: Cell, texts: Texts) -> int | DontKnow:
    if isinstance(cell, str) and fold(cell) in map(fold, texts.names(f"choices.{UNKNOWN}")):
        return DONT_KNOW
    if (column.low, column.high) == (0, 1) and fold(as_text(cell)) in _yes_and_no(texts):
        return _yes_and_no(texts)[fold(as_text(cell))]
    return _within(column, _whole(cell), "out_of_scale")


def _yes_and_no(texts: Texts) -> dict[str, int]:
    """A question with two answers may be answered in words."""
    return {fold(name): value for value, key in enumerate(("no", "yes")) for name in texts.names(f"choices.{key}")}


def _within(column: Column, value: int, code: str) -> int:
    low, high = column.low, column.high
    if (low is not None and value < low) or (high is not None and value > high):
        raise Wrong(code, low=_limit(low), high=_limit(high))
    return value


def _limit(value: float | None) -> str | int:
    """A large number goes with spaces into the sentence, a year and a step as they are."""
    return int(value) if value is not None and value >= 10_000 else str(value)


def _not_negative(kroner: int) -> int:
    if kroner < 0:
        raise Wrong("negative_kroner")
    return kroner


def _limited(column: Column, value: float) -> float:
    if (column.low is not None and value < column.low) or (column.high is not None and value > column.high):
        raise Wrong("out_of_limits", low=_limit(column.low), high=_limit(column.high))
    return value


def _numbers(cell: Cell) -> tuple[float, ...]:
    if isinstance(cell, bool) or not isinstance(cell, str | float | int):
        raise Wrong("not_a_number")
    found = readings(cell) if isinstance(cell, str) else (cell,)
    if isinstance(cell, str) and not found and (number := meant(cell)) is not None:
        whole = float(number).is_integer()
        raise Wrong("number_in_words", suggestion=_limit(number) if whole else str(number).replace(".", ","))
    if not found or not all(map(math.isfinite, found)):
        raise Wrong("not_a_number")
    return found


def _whole(cell: Cell) -> int:
    whole = [value for value in _numbers(cell) if float(value).is_integer()]
    if not whole:
        raise Wrong("not_whole")
    return int(whole[0])


def _date(cell: Cell, texts: Texts) -> date:
    found = date_reading(cell, texts.months()) if isinstance(cell, str) else None
    if found is None:
        raise Wrong("not_a_date")
    return found


def _number(cell: Cell) -> float:
    """Excel's own 15 digits, so that a figure is the same however often it is written and read."""
    found = _numbers(cell)
    if len(found) > 1:
        raise Wrong("ambiguous_number")
    return float(f"{found[0]:.15g}")
