"""What a study holds before an import, as the actions hand it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lib.model.records import Area, Comment, Municipality, Rater, Rating, Record, Workshop


class RatingKey(NamedTuple):
    workshop: str
    round: int
    rater: str
    item: str
    criterion: str


class CommentKey(NamedTuple):
    workshop: str
    round: int
    rater: str
    item: str


def rating_key(rating: Rating) -> RatingKey:
    return RatingKey(rating.workshop, rating.round, rating.rater, rating.item, rating.criterion)


def comment_key(comment: Comment) -> CommentKey:
    return CommentKey(comment.workshop, comment.round, comment.rater, comment.item)


@dataclass(frozen=True, slots=True)
class Existing:
    """The current rows of a study; `ratings` and `comments` map a key of ids to the value that counts now."""

    municipalities: tuple[Municipality, ...] = ()
    areas: tuple[Area, ...] = ()
    workshops: tuple[Workshop, ...] = ()
    raters: tuple[Rater, ...] = ()
    ratings: Mapping[RatingKey, int | None] = field(default_factory=dict)
    comments: Mapping[CommentKey, str] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
