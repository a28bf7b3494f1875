"""Which statements say the same, by plain means: words without endings, compounds taken apart, a table of synonyms.

Statements are alike as far as their words are, where a word that many use weighs less. Groups are made by average
linkage (Sokal & Michener 1958) over the texts in alphabetical order, so that neither order nor ids decide anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple

from lib.domain.swot.theme_words import (
    ENDINGS,
    LITTLE,
    PLENTY,
    STEM_LENGTH,
    STOP_WORDS,
    SYNONYMS,
    WEAK_WORDS,
    WHOLE_WORDS,
)

if TYPE_CHECKING:
    import numpy as np

WORD = re.compile(r"[^\W\d_]+")
BREAK = re.compile(r"[,;:(–]")
ALIKE = 0.4  # from this likeness on, two statements stand for one theme
WEAK = 0.25
LEAD = 0.8  # what the likeness of two leading clauses counts
OPPOSED = 0.5  # what is left of the likeness of «lite fagmiljø» and «større fagmiljø»
PART, HEAD = 3, 4  # letters that the two parts of a compound have at least
NAME_LENGTH = 60
CENTRAL = 0.85  # of the most central statement's likeness: what is central enough to name a group


class Statement(NamedTuple):
    """What somebody has said; `theme` is what a person calls it, None where nobody has."""

    id: str
    text: str
    theme: str | None = None


class Suggestion(NamedTuple):
    """Statements that seem to say the same; `joins`: they seem to belong to the theme of that name, which exists."""

    name: str
    ids: tuple[str, ...]
    joins: bool = False


def suggest(statements: Sequence[Statement]) -> list[Suggestion]:
    """Groups of at least two statements without a theme, and those that fit a theme there is; the largest first."""
    texts = sorted({plain(each.text) for each in statements if each.text.strip()})
    if not texts:
        return []
    place = {text: index for index, text in enumerate(texts)}
    alike = likeness(texts)
    joined = _joined(statements, place, alike)
    free = [each for each in statements if not each.theme and each.text.strip() and each.id not in joined]
    found = [
        Suggestion(name, tuple(sorted(id for id, theme in joined.items() if theme == name)), True)
        for name in sorted(set(joined.values()))
    ]
    found += _grouped(free, place, alike)
    return sorted(found, key=lambda each: (-len(each.ids), each.name.casefold(), each.ids))


def plain(text: str) -> str:
    """A statement without capitals, outer signs and double spaces: what makes two of them the same."""
    return " ".join(text.split()).casefold().strip(" .,;:!–-•*")


def _joined(statements: Sequence[Statement], place: Mapping[str, int], alike: Any) -> dict[str, str]:
    """Of statements without a theme, which existing theme they are near enough to, by their id."""
    themes: dict[str, set[int]] = {}
    for each in statements:
        if each.theme and each.text.strip():
            themes.setdefault(each.theme, set()).add(place[plain(each.text)])
    found = {}
    for each in statements:
        if each.theme or not each.text.strip() or not themes:
            continue
        row = alike[place[plain(each.text)]]
        near = {name: float(row[sorted(members)].mean()) for name, members in themes.items()}
        best = min(near, key=lambda name: (-near[name], name))
        if near[best] >= ALIKE:
            found[each.id] = best
    return found


def _grouped(free: Sequence[Statement], place: Mapping[str, int], alike: Any) -> list[Suggestion]:
    holders: dict[int, list[Statement]] = {}
    for each in free:
        holders.setdefault(place[plain(each.text)], []).append(each)
    found = []
    for group in clusters(alike, sorted(holders)):
        members = [each for index in group for each in holders[index]]
        if len(members) > 1:
            found.append(Suggestion(_name(group, holders, alike), tuple(sorted(each.id for each in members))))
    return found


def clusters(alike: Any, indices: Sequence[int]) -> list[list[int]]:
    """The indices in groups by average linkage, each in rising order."""
    if len(indices) < 2:
        return [list(indices)] if indices else []
    from scipy.cluster.hierarchy import fcluster, linkage  # slow to import, and only needed here
    from scipy.spatial.distance import squareform

    part = 1.0 - alike[indices][:, indices]
    tree = linkage(squareform(part, checks=False), method="average")
    labels = fcluster(tree, 1.0 - ALIKE, criterion="distance")
    order = sorted(range(len(indices)), key=lambda nth: (labels[nth], nth))
    return [[indices[nth] for nth in group] for _, group in groupby(order, key=lambda nth: labels[nth])]


def _name(group: Sequence[int], holders: Mapping[int, Sequence[Statement]], alike: Any) -> str:
    """What several of the statements begin with, else the shortest of the most central ones; as somebody wrote it."""
    written = {index: min(" ".join(each.text.split()) for each in holders[index]) for index in group}
    leads = Counter(plain(_lead(text)) for text in written.values())
    if (often := max(leads.values())) > 1:
        names = [_lead(text) for text in written.values() if leads[plain(_lead(text))] == often]
    else:
        names = _central(group, holders, alike, written)
    name = min(names, key=lambda each: (len(each), each)).strip(" .,;:")
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1].rsplit(' ', 1)[0]} …"


def _central(
    group: Sequence[int], holders: Mapping[int, Sequence[Statement]], alike: Any, written: Mapping[int, str]
) -> list[str]:
    """The statements that are most like the others."""
    total = {index: sum(float(alike[index, other]) * len(holders[other]) for other in group) for index in group}
    return [written[index] for index in group if total[index] >= CENTRAL * max(total.values())]


def likeness(texts: Sequence[str]) -> np.ndarray:
    """Each text against each, 0 to 1. What stands before the first comma may be alike alone, but counts less."""
    import numpy as np

    leads = [_lead(text) for text in texts]
    found = _shared(texts)
    if leads != list(texts):
        found = np.maximum(found, LEAD * _shared(leads))
    np.fill_diagonal(found, 1.0)
    return np.asarray(np.round(found, 9))


def _lead(text: str) -> str:
    """What a statement says first, where something follows it: «Lite fagmiljø, sårbar kapasitet»."""
    first = BREAK.split(text, maxsplit=1)[0]
    return first if any(word not in STOP_WORDS for word in WORD.findall(first.casefold())) else text


def _shared(texts: Sequence[str]) -> np.ndarray:
    """The mean of how much two texts share of both (Dice) and of the shorter one, less where they are opposed."""
    import numpy as np
    from scipy.sparse import csr_array

    sets = concepts(texts)
    number = {word: nth for nth, word in enumerate(sorted({word for words in sets for word in words}))}
    weights = _weights(sets, number)
    rows = [nth for nth, words in enumerate(sets) for _ in words]
    columns = [number[word] for words in sets for word in sorted(words)]
    values = np.sqrt(weights[columns]) if columns else np.zeros(0)
    table = csr_array((values, (rows, columns)), shape=(len(texts), max(len(number), 1)))
    shared = (table @ table.T).toarray()
    own = shared.diagonal()
    with np.errstate(divide="ignore", invalid="ignore"):
        dice = 2 * shared / (own[:, None] + own[None, :])
        shorter = shared / np.minimum(own[:, None], own[None, :])
    found = np.clip(np.nan_to_num((dice + shorter) / 2), 0, 1)
    leaning = np.array([_leaning(text) for text in texts])
    found = np.where(np.outer(leaning, leaning) < 0, OPPOSED * found, found)
    return np.asarray((found + found.T) / 2)


def _leaning(text: str) -> int:
    """−1 for a statement that speaks of too little of something, 1 for plenty, 0 for neither or both."""
    stems = {stem(word) for word in WORD.findall(text.casefold())}
    little, plenty = _leanings()
    return bool(stems & plenty) - bool(stems & little)


@cache
def _leanings() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(map(stem, LITTLE)), frozenset(map(stem, PLENTY))


def _weights(sets: Sequence[frozenset[str]], number: Mapping[str, int]) -> np.ndarray:
    import numpy as np

    count = Counter(word for words in sets for word in words)
    weak = _weak()
    return np.array([(WEAK if word in weak else 1.0) * (1 + log(len(sets) / count[word]) / 4) for word in number])


def concepts(texts: Iterable[str]) -> list[frozenset[str]]:
    """The matters that each text speaks of, as stems; compounds are taken apart where the texts' own words allow it."""
    spoken = [[word for word in WORD.findall(text.casefold()) if word not in STOP_WORDS] for text in texts]
    vocabulary = {stem(word) for words in spoken for word in words if len(word) >= HEAD} | _known()
    listed = [_joined_up(words, vocabulary) for words in spoken]
    parts = {word: _parts(word, vocabulary) for word in {word for words in listed for word in words}}
    same = _same()
    return [frozenset(same.get(part, part) for word in words for part in parts[word]) for words in listed]


def _joined_up(words: Sequence[str], vocabulary: set[str] | frozenset[str]) -> list[str]:
    """A compound that is written apart («fag system») as one word, where others write it so."""
    found: list[str] = []
    for word in words:
        both = found[-1] + word if found else ""
        if both and stem(both) in vocabulary:
            found[-1] = both
        else:
            found.append(word)
    return found


def _parts(word: str, vocabulary: set[str] | frozenset[str]) -> tuple[str, ...]:
    """The stems of a word: its own, or those of the parts that a compound is made of."""
    whole = stem(word)
    if whole in _same() or word in WHOLE_WORDS:
        return (whole,)
    best: tuple[int, tuple[str, ...]] = (0, (whole,))
    for cut in range(PART, len(word) - HEAD + 1):
        first, head = stem(_unlinked(word[:cut], vocabulary)), stem(word[cut:])
        known = sum(len(part) for part in (first, head) if part in vocabulary and part != whole)
        is_compound = (head in vocabulary and len(head) >= HEAD) or (first in vocabulary and len(first) > HEAD)
        if is_compound and known > best[0]:
            best = known, (first, head)
    return best[1]


def _unlinked(first: str, vocabulary: set[str] | frozenset[str]) -> str:
    """The first part of a compound without the «s» or «e» that binds it."""
    return first[:-1] if first[-1] in "se" and stem(first[:-1]) in vocabulary else first


@cache
def stem(word: str) -> str:
    """A word without its ending, as far as a list of endings knows it."""
    for ending in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= STEM_LENGTH:
            return _single(word[: -len(ending)])
    return _single(word)


def _single(word: str) -> str:
    """A double consonant at the end is a matter of spelling: «vann», «vannet», «endr», «endring»."""
    return word[:-1] if len(word) > STEM_LENGTH and word[-1] == word[-2] else word


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted(ENDINGS, key=lambda ending: (-len(ending), ending)))


@cache
def _same() -> dict[str, str]:
    """Stem → the stem that stands for its matter."""
    found: dict[str, str] = {}
    for words in SYNONYMS:
        for word in words:
            found.setdefault(stem(word), stem(words[0]))
    return found


@cache
def _weak() -> frozenset[str]:
    same = _same()
    return frozenset(same.get(stem(word), stem(word)) for word in WEAK_WORDS)


@cache
def _known() -> frozenset[str]:
    return frozenset(stem(word) for words in SYNONYMS for word in words)
