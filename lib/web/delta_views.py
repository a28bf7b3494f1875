"""What stands on a rater's screen, in the visitor's language: questions, scales, facts, own answers, the result."""

from __future__ import annotations

from dataclasses import dataclass

from lib.actions.live.rooms import Room
from lib.actions.live.taking_part import Answers, Line
from lib.actions.subjects import Subject, named, spoken, step_words
from lib.actions.subjects import facts as facts_of
from lib.i18n import alphabetical, number, t
from lib.model.live import IDEA_ROUND
from lib.model.methods import Criterion, Method
from lib.model.records import Area, RaterRole
from lib.model.sheet_kinds import FACT_SHEET

_YES_NO = (0, 1)
NEITHER = "ingen"
_ONE_ROW = 6
"""So many targets of 44 pixels stand beside each other on the narrowest phone."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A target on the scale: `word` is what stands on it, `means` what a screen reader adds at the ends."""

    value: int
    word: str
    means: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One criterion as it is asked; `columns` is how many targets stand beside each other, `steps` what each means."""

    key: str
    name: str
    choices: tuple[Choice, ...]
    columns: int
    steps: tuple[tuple[int, str], ...] = ()

    @property
    def ends(self) -> tuple[Choice, ...]:
        """The ends of the scale, where they need words."""
        return tuple(choice for choice in (self.choices[0], self.choices[-1]) if choice.means)


@dataclass(frozen=True, slots=True)
class Left:
    """A subject in the overview, with its address and what is left of it, as a key and in words."""

    number: int
    id: str
    name: str
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class Result:
    """A place in the result, with one's own answer beside it."""

    place: str
    name: str
    score: str
    own: str


def questions(room: Room, language: str) -> tuple[Question, ...]:
    means = step_words(language, room.method, room.steps)
    return tuple(_question(each, room.method, language, means.get(each.key, [])) for each in room.method.criteria)


def _question(criterion: Criterion, method: Method, language: str, means: list[tuple[int, str]]) -> Question:
    choices = tuple(_choice(criterion, value, method, language) for value in criterion.steps)
    columns = len(choices) if len(choices) <= _ONE_ROW else -(-len(choices) // 2)
    return Question(criterion.key, t(language, f"criteria.{criterion.key}"), choices, columns, tuple(means))


def _choice(criterion: Criterion, value: int, method: Method, language: str) -> Choice:
    if _is_yes_no(criterion):
        return Choice(value, word_of(criterion, value, language))
    if method.budget is not None or value not in (criterion.low, criterion.high):
        return Choice(value, str(value))
    end = "low" if value == criterion.low else "high"
    return Choice(value, str(value), t(language, f"anchors.{criterion.key}.{end}"))


def _is_yes_no(criterion: Criterion) -> bool:
    return (criterion.low, criterion.high) == _YES_NO


def word_of(criterion: Criterion, value: int | None, language: str) -> str:
    """An answer as it is read."""
    if value is None:
        return t(language, "choices.unknown")
    if _is_yes_no(criterion):
        return t(language, "choices.yes" if value else "choices.no").capitalize()
    return str(value)


def subjects(room: Room, language: str) -> list[Subject]:
    """What the round asks about, under the names that the visitor reads."""
    return [spoken(language, subject) for subject in room.subjects]


def facts(subject: Subject | None, language: str) -> list[tuple[str, str]]:
    """What to know of it: an area's fact sheet, a risk's cause and area, a factor's questions."""
    if subject is None:
        return []
    if subject.area and subject.is_area:
        return _fact_sheet(subject.area, language)
    return facts_of(language, subject)


def _fact_sheet(area: Area, language: str) -> list[tuple[str, str]]:
    """What an area is under no heading, then each thing there is under its own."""
    found = [("", area.description or "")]
    found += [(t(language, f"facts.{name}"), getattr(area, name) or "") for name in FACT_SHEET]
    if area.individual_decisions is not None:
        answer = t(language, "choices.yes" if area.individual_decisions else "choices.no")
        found.append((t(language, "facts.individual_decisions"), answer.capitalize()))
    return [(heading, text) for heading, text in found if text]


def overview(room: Room, said: Answers, language: str) -> list[Left]:
    """Every subject of the round, and what is left of it."""
    return [
        _left(place, subject, room.method, said, language) for place, subject in enumerate(subjects(room, language), 1)
    ]


def _left(place: int, subject: Subject, method: Method, said: Answers, language: str) -> Left:
    answered = sum((subject.id, key) in said.values for key in method.criterion_keys)
    state = "done" if answered == len(method.criteria) else "partly" if answered else "open"
    return Left(place, subject.id, subject.name, state, t(language, f"delta.state.{state}"))


def own_answer(room: Room, said: Answers, item: str, language: str) -> str:
    """«Potensial: 8 · Gjennomførbarhet: vet ikke»; empty where nothing was answered."""
    if room.method.budget is not None:
        return _points(said.values.get((item, room.method.criterion_keys[0])), language)
    given = [(each, said.values[item, each.key]) for each in room.method.criteria if (item, each.key) in said.values]
    words = (f"{t(language, f'criteria.{each.key}')}: {word_of(each, value, language)}" for each, value in given)
    return " · ".join(words)


def _points(given: float | None, language: str) -> str:
    if given is None:
        return ""
    return t(language, "delta.points", count=int(given))


def own_list(room: Room, said: Answers, language: str) -> list[tuple[str, str]]:
    """Each subject and one's own answer to it."""
    nothing = t(language, "delta.no_answer")
    asked = subjects(room, language)
    return [(each.name, own_answer(room, said, each.id, language) or nothing) for each in asked]


def results(room: Room, lines: tuple[Line, ...], said: Answers, language: str) -> list[Result]:
    """The result with scale and denominator, and one's own answers beside it."""
    return [
        Result(
            place="" if line.place is None else str(line.place),
            name=named(language, line.item, line.name),
            score=_score(room, line, language),
            own=_own_line(room, own_answer(room, said, line.item, language), language),
        )
        for line in lines
    ]


def _own_line(room: Room, answer: str, language: str) -> str:
    kind = "own_line" if room.method.budget is None else "own_points"
    return own_words(room, language, f"{kind}_group", f"{kind}_person", answer=answer) if answer else ""


def _score(room: Room, line: Line, language: str) -> str:
    raters = own_words(room, language, "groups", "people", count=line.raters)
    if line.score is None:
        return raters if line.raters else t(language, "delta.incomplete")
    highest = room.method.highest_score
    if highest is None:
        return f"{_points(line.score, language)}, {raters}"
    score = t(language, "delta.of", score=number(language, line.score, 1), highest=number(language, highest))
    return ", ".join([score, raters, *([t(language, "verdicts.demanded").lower()] if line.forced else [])])


def own_words_key(room: Room, group: str, person: str) -> str:
    return group if room.workshop.group_mode else person


def own_words(room: Room, language: str, group: str, person: str, **params: object) -> str:
    """What is said to a group or to one person."""
    return t(language, f"delta.{own_words_key(room, group, person)}", **params)


def round_of(room: Room, language: str) -> str:
    """«Prioritering, runde 2»; empty where points were given to ideas."""
    stage = room.stage
    if stage.round == IDEA_ROUND:
        return ""
    return t(language, "delta.of_round", method=t(language, f"methods.{stage.method}"), n=stage.round)


def roles(room: Room, language: str) -> dict[str, str]:
    """What a rater may speak for, none of them last."""
    them = them_of(room)
    named = {role.value: t(language, f"delta.roles.{them}.{role}") for role in RaterRole}
    return named | {NEITHER: t(language, f"delta.no_role.{them}")}


def places(room: Room, language: str) -> dict[str, str]:
    """The municipalities in the order of their names, none of them last."""
    named = dict(sorted(room.municipalities.items(), key=lambda place: alphabetical(place[1])))
    return named | {NEITHER: t(language, f"delta.no_municipality.{them_of(room)}")} if named else {}


def them_of(room: Room) -> str:
    return own_words_key(room, "group", "person")
