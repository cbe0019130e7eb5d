"""What follows from a text, remembered while a file is read: the same cell stands on many rows, and is looked at often.

A cell can be a person's. So what is remembered is the reading's own, and goes with it however it ends; outside one,
nothing is remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_MOST = 20_000
"""Answers: a file can have a text of its own on each of a million rows."""
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def within() -> Iterator[None]:
    """Remember until the end of this."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """A function whose answer follows from what it is given, which is hashable, and from nothing that changes."""

    @wraps(function)
    def remembering(*args: P.args, **kwargs: P.kwargs) -> T:
        answers = _answers.get()
        if answers is None or kwargs:
            return function(*args, **kwargs)
        key = function, args
        if key in answers:
            answer: T = answers[key]
            return answer
        answer = function(*args, **kwargs)
        if len(answers) < _MOST:
            answers[key] = answer
        return answer

    return remembering
