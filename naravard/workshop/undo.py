"""What a leader can take back. In memory alone: what has been deleted is in no file."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import Any

MOST_STEPS = 20
MINUTES = 10
"""For how long a step can be taken back, and what it deleted is remembered."""


@dataclass(frozen=True)
class Step:
    """Something that was done, in words, its number, and the answers as they were before."""

    number: int
    text: str
    answers: tuple[dict[str, Any], ...]
    at: float


class Undo:
    """The latest steps of each workshop, the newest last."""

    def __init__(self) -> None:
        self._steps: defaultdict[str, deque[Step]] = defaultdict(lambda: deque(maxlen=MOST_STEPS))
        self._numbers = count(1)
        self._lock = Lock()

    def remember(self, kod: str, text: str, answers: Sequence[dict[str, Any]], now: float) -> None:
        """Keep how some answers were before a step."""
        with self._lock:
            self._drop_old(now)
            self._steps[kod].append(Step(next(self._numbers), text, tuple(answers), now))

    def last(self, kod: str, now: float) -> Step | None:
        """The step that would be taken back."""
        with self._lock:
            self._drop_old(now)
            return self._steps[kod][-1] if self._steps.get(kod) else None

    def take(self, kod: str, number: int, now: float) -> Step | None:
        """The step that is taken back now; None where another is the latest, so that a second click takes no other."""
        with self._lock:
            self._drop_old(now)
            steps = self._steps.get(kod)
            return steps.pop() if steps and steps[-1].number == number else None

    def forget(self, kod: str) -> None:
        """Forget all steps of a workshop."""
        with self._lock:
            self._steps.pop(kod, None)

    def _drop_old(self, now: float) -> None:
        for kod, steps in list(self._steps.items()):
            while steps and now - steps[0].at > 60 * MINUTES:
                steps.popleft()
            if not steps:
                del self._steps[kod]
