"""What is known, behind its gate: asked at each call, made once for each revision of the study, shared by all who ask.

What is kept never knows who asked: it is made of the study and the choices alone, so what depends on the visitor is a
choice. Pages, plain routes and files share it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextvars import ContextVar
from functools import update_wrapper
from typing import Concatenate, Generic, ParamSpec, Protocol, TypeVar

from lib.access import Action
from lib.actions import gate, open_store
from lib.model.access import Actor
from lib.model.records import Revision, Study


class OfStudy(Protocol):
    """Something that is known of one study."""

    @property
    def study(self) -> Study: ...


S = TypeVar("S", bound="Study | OfStudy")
P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_held_revisions: ContextVar[dict[str, Revision] | None] = ContextVar("revisions", default=None)


def hold_still() -> None:
    """From here on, this run or request sees each study as it was when it was first asked about."""
    _held_revisions.set({})


def let_go() -> None:
    """Studies are seen as they are again, each time anew."""
    _held_revisions.set(None)


def revision_of(study: Study) -> Revision:
    """The revision that this run or request goes by; moves whenever anything that the study shows may have changed."""
    held = _held_revisions.get()
    if held is None:
        return open_store.store().revision(study.id)
    if study.id not in held:
        held[study.id] = open_store.store().revision(study.id)
    return held[study.id]


class Kept(Generic[T]):
    """The newest `size` answers; several who ask for the same at once wait for the one who makes it."""

    def __init__(self, size: int) -> None:
        self._size, self._lock = size, threading.Lock()
        self._answers: OrderedDict[Hashable, Future[T]] = OrderedDict()
        open_store.when_closed(self._answers.clear)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer under a key; an error is told to all who wait, and not kept."""
        with self._lock:
            answer = self._answers.get(key)
            mine = answer is None
            if answer is None:
                answer = self._answers[key] = Future()
            self._answers.move_to_end(key)
            while len(self._answers) > self._size:
                self._answers.popitem(last=False)
        if mine:
            self._make(key, answer, make)
        return answer.result()

    def _make(self, key: Hashable, answer: Future[T], make: Callable[[], T]) -> None:
        try:
            answer.set_result(make())
        except BaseException as raised:
            with self._lock:
                if self._answers.get(key) is answer:
                    del self._answers[key]
            answer.set_exception(raised)


class Read(Generic[S, P, T_co]):
    """A read that is called with who asks, and then with what is asked for; Denied where they may not."""

    def __init__(self, make: Callable[Concatenate[S, P], T_co], action: Action) -> None:
        self.fresh, self.action = make, action
        update_wrapper(self, make)

    def __call__(self, actor: Actor, about: S, *args: P.args, **choices: P.kwargs) -> T_co:
        gate.allow(actor, self.action, about if isinstance(about, Study) else about.study)
        return self.within(about, *args, **choices)

    def anew(self, actor: Actor, about: S, *args: P.args, **choices: P.kwargs) -> T_co:
        """As a call, for a change: it may not go by what was kept."""
        gate.allow(actor, self.action, about if isinstance(about, Study) else about.study)
        return self.fresh(about, *args, **choices)

    def within(self, about: S, *args: P.args, **choices: P.kwargs) -> T_co:
        """For another read, which has let the visitor through."""
        return self.fresh(about, *args, **choices)


class KeptRead(Read[Study, P, T]):
    """A read whose answers are kept as long as the study is as it was."""

    def __init__(self, make: Callable[Concatenate[Study, P], T], action: Action, size: int) -> None:
        super().__init__(make, action)
        self._kept: Kept[T] = Kept(size)

    def within(self, about: Study, *args: P.args, **choices: P.kwargs) -> T:
        key = (about.id, revision_of(about), args, tuple(sorted(choices.items())))
        return self._kept.get(key, lambda: self.fresh(about, *args, **choices))


def reads(action: Action) -> Callable[[Callable[Concatenate[S, P], T]], Read[S, P, T]]:
    """A read that is made each time."""
    return lambda make: Read(make, action)


def per_revision(action: Action, size: int = 256) -> Callable[[Callable[Concatenate[Study, P], T]], KeptRead[P, T]]:
    """A read that is kept. Its choices are hashable, and nobody writes in what it gives."""
    return lambda make: KeptRead(make, action, size)
