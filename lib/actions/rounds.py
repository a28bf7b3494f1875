"""The rounds of a workshop: which may be seen, by which method each was rated, and which answers stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from lib.actions import open_store
from lib.domain.methods import METHODS
from lib.model.columns import CRITERION, ITEM, RATER, VALUE
from lib.model.live import IDEA_ROUND, Stage
from lib.model.problems import Denied
from lib.model.records import Workshop
from lib.store import live, ratings


@dataclass(frozen=True, slots=True)
class Rounds:
    """`shown` are the rounds with answers whose result is out, `hidden` those whose result is not, both in order.

    `last` is the last stage of each round that was led; a round that came by workbook has none.
    """

    workshop: Workshop
    shown: tuple[int, ...]
    hidden: tuple[int, ...]
    last: Mapping[int, Stage]

    def method(self, number: int) -> str:
        return self.last[number].method if number in self.last else self.workshop.method

    @property
    def main(self) -> tuple[int, ...]:
        """The shown rounds by the workshop's own method; votes with points stand beside these."""
        return tuple(number for number in self.shown if self.method(number) == self.workshop.method)

    def answers(self, number: int) -> pd.DataFrame:
        """The ratings that stand in a round, as `ratings.current`.

        A round that asked for some items again leaves the others as the newest round before it has them. Uploaded
        rounds stand by themselves.
        """
        newest = self.given(number)
        if number not in self.last:
            return newest
        if METHODS[self.method(number)].budget is not None:
            return _with_zeros(newest, self.last[number])
        parts = [newest]
        for earlier in self._before(number):
            taken = {item for part in parts for item in part[ITEM]}
            older = self.given(earlier)
            parts.append(older[~older[ITEM].isin(taken)])
        return pd.concat(parts, ignore_index=True)

    def given(self, number: int) -> pd.DataFrame:
        """What was answered in a round itself; where it was led, of the items and by the method that it ended with."""
        frame = ratings.current(open_store.store(), self.workshop.id, number)
        if number not in self.last:
            return frame
        stage = self.last[number]
        return frame[frame[ITEM].isin(stage.items) & frame[CRITERION].isin(METHODS[stage.method].criterion_keys)]

    def _before(self, number: int) -> list[int]:
        led = [each for each in self.shown if each < number and each in self.last]
        return sorted((each for each in led if self.method(each) == self.method(number)), reverse=True)

    def refuse_hidden(self, number: int) -> None:
        """Denied `not_shown_yet` for a round whose result is not out."""
        if number not in self.shown:
            raise Denied("not_shown_yet")


def _with_zeros(given: pd.DataFrame, stage: Stage) -> pd.DataFrame:
    """Whoever has given points to something has given none to the rest."""
    (criterion,) = METHODS[stage.method].criterion_keys
    places = pd.MultiIndex.from_product(
        [given[RATER].unique(), stage.items, [criterion]], names=[RATER, ITEM, CRITERION]
    )
    return given.set_index([RATER, ITEM, CRITERION])[VALUE].reindex(places, fill_value=0.0).reset_index()


def of(workshop: Workshop) -> Rounds:
    store = open_store.store()
    last = live.last_of_rounds(store, workshop.id)
    rated = [number for number in ratings.rounds(store, workshop.id) if number != IDEA_ROUND]
    shown = tuple(number for number in rated if number not in last or last[number].is_open)
    return Rounds(workshop, shown, tuple(number for number in rated if number not in shown), last)
