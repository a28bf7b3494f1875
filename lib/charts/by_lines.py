"""A chart with one row a title, made once for its words: only the rows' height goes by how long the titles are."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from typing import Protocol, TypeVar

from lib.charts.look import Spec
from lib.charts.rows import step

T = TypeVar("T", bound=Hashable)
T_contra = TypeVar("T_contra", contravariant=True)


class ByLines(Protocol[T_contra]):
    """A spec in the words of a language, for titles of so many lines."""

    def __call__(self, texts: T_contra, decimal: str, lines: int = 1) -> Spec: ...


def by_lines(make: Callable[[T, str], Spec]) -> ByLines[T]:
    """A spec for one line, as it stands for any number of them."""
    made = cache(make)

    @cache
    def tall(texts: T, decimal: str, lines: int = 1) -> Spec:
        return {**made(texts, decimal), "height": step(lines).to_dict()}

    return tall
