"""What is shown of a study, one shape for all: a sentence that answers, a picture, a table, and what they rest on.

A page, a file, a plain route and a list of findings show the same exhibit, each as it can. Finding, picture and table
are made when they are first asked for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property, partial
from typing import Any, Generic, NamedTuple, TypeVar

import pandas as pd
import pyarrow as pa

from lib.access import Action
from lib.actions.reads import Read
from lib.charts.look import Spec
from lib.i18n import day, number, percent, t
from lib.model.access import Actor
from lib.model.records import Study

T = TypeVar("T")
Address = tuple[tuple[str, str], ...]
"""Choices as they stand in an address: parameter and slug, those that differ from the default, by parameter."""
UNKNOWN = "–"


def address_of(choices: Mapping[str, str]) -> Address:
    return tuple(sorted((key, value) for key, value in choices.items() if value))


class MarkKind(StrEnum):
    CONSTRUCTED = "constructed"
    UNCONFIRMED = "unconfirmed"
    SUPPRESSED = "suppressed"


class Mark(NamedTuple):
    """What must follow the figures wherever they go, and why."""

    kind: MarkKind
    why: str


def constructed(language: str, is_so: bool, why: str) -> tuple[Mark, ...]:
    """The mark of made-up figures, where they are; `why` is a key of the catalogue."""
    return (Mark(MarkKind.CONSTRUCTED, t(language, why)),) if is_so else ()


def noted(kind: MarkKind, *said: str) -> tuple[Mark, ...]:
    """A mark for each sentence that is not empty."""
    return tuple(Mark(kind, each) for each in said if each)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: its rows, its spec without data, and what it shows in words for who does not see it."""

    rows: pa.Table
    spec: Spec
    alt: str
    title: str = ""


def drawn(frame: pd.DataFrame, spec: Spec, alt: str, title: str = "") -> Picture:
    """A picture of a frame, as it is sent to the browser: without what only pandas reads."""
    return Picture(pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(), spec, alt, title)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, how a value is written on the screen, and how it stands in a file.

    `numeric` stands to the right. `place` says where it is seen: on the screen, in files, or both where it is empty.
    """

    heading: str
    write: Callable[[Any], str]
    store: Callable[[Any], Any] = lambda value: value
    numeric: bool = False
    place: str = ""


SCREEN, FILES = "screen", "files"


def text(heading: str, place: str = "") -> Column:
    return Column(heading, lambda value: value or "", place=place)


def numeric(language: str, heading: str, decimals: int = 0, files: int | None = None, unknown: str = UNKNOWN) -> Column:
    """A number with so many decimals on the screen, and so many in files; None where nobody knows it."""
    write = partial(_number, language, decimals, unknown)
    return Column(heading, write, partial(_rounded, decimals if files is None else files), numeric=True)


def signed(language: str, heading: str) -> Column:
    """A whole change, with its sign."""
    write = partial(_signed, language)
    return Column(heading, write, partial(_rounded, 0), numeric=True)


def share(language: str, heading: str) -> Column:
    """A share from 0 to 1, in per cent on the screen."""
    return Column(heading, lambda value: UNKNOWN if _is_missing(value) else percent(language, value), _fraction, True)


def dated(language: str, heading: str) -> Column:
    return Column(heading, lambda value: day(language, value) if isinstance(value, date) else "")


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NA or value == "" or value != value


def _absent(value: Any, unknown: str) -> str:
    """What stands where there is no number: nothing where none is meant to be, else that it is not known."""
    return "" if value == "" else unknown


def _number(language: str, decimals: int, unknown: str, value: Any) -> str:
    return _absent(value, unknown) if _is_missing(value) else number(language, value, decimals)


def _signed(language: str, value: Any) -> str:
    return _absent(value, UNKNOWN) if _is_missing(value) else ("+" if value > 0 else "") + number(language, value)


def _rounded(decimals: int, value: Any) -> float | int | None:
    if _is_missing(value):
        return None
    return round(float(value), decimals) if decimals else round(value)


def _fraction(value: Any) -> float | None:
    return _rounded(4, value)


@dataclass(frozen=True)
class Table:
    """Typed columns and rows of values; the screen and every file are written from the same."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]
    alt: str = ""

    @cached_property
    def shown(self) -> pa.Table:
        """As it stands on the screen: texts under their headings."""
        places = self._places(SCREEN)
        texts = {self.columns[at].heading: [self.columns[at].write(row[at]) for row in self.rows] for at in places}
        return pa.table({heading: pa.array(column, pa.string()) for heading, column in texts.items()})

    @property
    def numeric_headings(self) -> tuple[str, ...]:
        """The headings of columns that stand to the right on the screen."""
        return tuple(self.columns[at].heading for at in self._places(SCREEN) if self.columns[at].numeric)

    @property
    def frame(self) -> pd.DataFrame:
        """As it stands in files: numbers as numbers, days as days."""
        places = self._places(FILES)
        values = {
            self.columns[at].heading: pd.Series([self.columns[at].store(row[at]) for row in self.rows], dtype=object)
            for at in places
        }
        return pd.DataFrame(values, columns=[self.columns[at].heading for at in places]).convert_dtypes()

    def _places(self, place: str) -> list[int]:
        return [at for at, column in enumerate(self.columns) if column.place in ("", place)]


EMPTY = Table((), ())


class Once(Generic[T]):
    """Made when it is first asked for, by one of those who ask."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make, self._lock, self._made = make, threading.Lock(), list[T]()

    def __call__(self) -> T:
        if not self._made:
            with self._lock:
                if not self._made:
                    self._made.append(self._make())
        return self._made[0]


@dataclass(frozen=True)
class Exhibit:
    """`found` is what the actions know, for a page whose interplay needs more than what is shown.

    `basis` says what it rests on; `notes` are reservations that follow it into files.
    """

    key: str
    address: Address
    say: Callable[[], str]
    table_of: Callable[[], Table] = lambda: EMPTY
    picture_of: Callable[[], Picture | None] = lambda: None
    basis: str = ""
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    found: Any = None

    def __post_init__(self) -> None:
        for name in ("say", "table_of", "picture_of"):
            object.__setattr__(self, name, Once(getattr(self, name)))

    @property
    def subject(self) -> str:
        return self.key.partition(".")[0]

    @property
    def headline(self) -> str:
        """The answer as it stands in large type."""
        return self.say()

    @property
    def finding(self) -> str:
        """The answer, in one sentence or a few."""
        return f"{self.headline}." if self.headline[-1:].isalnum() else self.headline

    @property
    def table(self) -> Table:
        return self.table_of()

    @property
    def picture(self) -> Picture | None:
        return self.picture_of()


Build = Read[Study, [Address, str], Exhibit]
Make = Callable[[Actor, Study, Address, str], bytes]


def nowhere(study: Study) -> Iterable[Address]:
    """The plain one, without choices."""
    return [()]


@dataclass(frozen=True, slots=True)
class Declared:
    """An exhibit that there is: how it is built, who may take it away, where it is opened and what files it has.

    `slug` names it in addresses and files. `build` takes (actor, study, choices, language) and asks its own gate.
    `instances` are the choices under which a study has something to say. `files` are more formats, by ending.
    """

    key: str
    slug: str
    build: Build
    export: Action
    page: str
    instances: Callable[[Study], Iterable[Address]] = nowhere
    files: Mapping[str, Make] = field(default_factory=dict)
