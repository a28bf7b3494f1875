"""A language that no person speaks: every text of the first language in brackets, so that what has none shows itself.

What people wrote themselves stands in no catalogue; `left` takes that away, and numbers, units and signs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lib import i18n
from lib.model.live import Plan
from lib.model.records import Comment, Study, Workshop
from lib.store import Session, ratings, rows

CODE = "qaa"  # set apart for private use
# How the language writes numbers and moments, which is no text.
_WAYS = ("plural", "decimal", "hour", "short_day", "short_month")
_LISTS = ("months", "from_two")
# The product, kroner, and what is called so in every language.
SAME_EVERYWHERE = ("Mulighetsrom", "kr", "demo")
_CUT = re.compile(r"⟦[^⟦⟧]*⟧")
_BEGUN, _ENDED = re.compile(r"⟦[^⟦⟧]*$"), re.compile(r"^[^⟦⟧]*⟧")
_MARKUP = re.compile(r":[a-z]+-badge|\\|\*|<[^<>]*>|https?://\S+|&nbsp;")
_UNFILLED = re.compile(r"\{(?!left\})[a-z_]+\}")  # the clock of a step is filled in the browser
_WORD = re.compile(r"[^\W\d_]{2,}")


def write(folder: Path) -> Path:
    """The language's own file."""
    entries = [(key, bracketed(key, text)) for key, text in i18n.catalogue(i18n.DEFAULT).items()]
    entries += [(key, [f"⟦{form}⟧" for form in forms]) for key, forms in i18n.plurals(i18n.DEFAULT).items()]
    path = folder / f"{CODE}.toml"
    path.write_text("\n".join(f"{_dotted(key)} = {json.dumps(said)}" for key, said in entries), encoding="utf-8")
    return path


def _dotted(key: str) -> str:
    return ".".join(json.dumps(part) for part in key.split("."))


def bracketed(key: str, text: str) -> Any:
    section, _, name = key.partition(".")
    if section == "language" and name in _WAYS:
        return text
    if section == "language" and name in _LISTS:
        return "; ".join(f"⟦{word}⟧" for word in text.split("; "))
    return f"⟦{text}⟧" if re.search(r"[^\W\d_]", text) else text  # an example that is a number is no text


def own_words(session: Session, study: Study) -> set[str]:
    """All that people have written in a study, and its name."""
    found = {study.name, study.slug}
    for kind in rows.TABLES:
        for record in rows.current(session, kind, study.id):
            found |= set(_texts(record.model_dump()))
            if isinstance(record, Plan):
                found.add(f"{record.code[:3]} {record.code[3:]}")
    for workshop in rows.current(session, Workshop, study.id):
        found |= {comment.text for comment in _comments(session, workshop)}
    return {" ".join(text.split()) for text in found} - {""}


def _comments(session: Session, workshop: Workshop) -> Iterator[Comment]:
    for number in ratings.rounds(session, workshop.id):
        yield from ratings.comments(session, workshop.id, number)


def _texts(held: Any) -> Iterator[str]:
    match held:
        case str():
            yield str(held)
        case dict():
            for each in (*held, *held.values()):
                yield from _texts(each)
        case list() | tuple():
            for each in held:
                yield from _texts(each)


@cache
def left(text: str, known: re.Pattern[str]) -> str:
    """What of a text comes from no catalogue and from nobody's hand; empty where nothing does."""
    rest = " ".join(_MARKUP.sub("", text).split())
    while rest != (rest := _CUT.sub(" ", rest)):
        pass
    rest = _ENDED.sub(" ", _BEGUN.sub(" ", rest))
    return " ".join(rest.split()) if _WORD.search(known.sub(" ", rest)) else ""


def left_or_unfilled(text: str, known: re.Pattern[str]) -> str:
    """As `left`, and a text whose place for a value was not filled."""
    return text if _UNFILLED.search(text) else left(text, known)


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Whole words only, the longest first, whatever their capitals."""
    listed = sorted({*words, *SAME_EVERYWHERE}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, listed)) + r")(?!\w)", re.IGNORECASE)
