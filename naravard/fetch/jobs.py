"""Fetching on a thread of its own, for a page that polls it: how far it has come, what came, or what went wrong."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from enum import StrEnum

from naravard.base import lan, log
from naravard.base.errors import UserError, place_of
from naravard.fetch import Cancelled, FetchedFile, OpenSource, Wish, fetch

_UNEXPECTED = (
    "Något oväntat gick fel vid hämtningen. Inget är ändrat. Meddela den som sköter tjänsten: "
    "nummer {number} i loggen ({place})."
)
_one_at_a_time = threading.Lock()


class State(StrEnum):
    """How far a fetching has come."""

    RUNNING = "hämtar"
    READY = "klar"
    FAILED = "gick inte"
    CANCELLED = "avbruten"


@dataclass
class Job:
    """One fetching. `step` and `part` (0–1) are how far it has come, `problem` what went wrong, `files` what came."""

    source: OpenSource
    wish: Wish
    state: State = State.RUNNING
    step: str = "Väntar på sin tur"
    part: float = 0.0
    problem: str = ""
    files: list[FetchedFile] = field(default_factory=list)

    def cancel(self) -> None:
        """Stop at the next step. Nothing comes of it."""
        if self.state is State.RUNNING:
            self.state = State.CANCELLED

    def run(self) -> None:
        """Fetch; one fetching at a time on this server."""
        with _one_at_a_time:
            try:
                files = fetch(self.source, self.wish, step=self._step, is_cancelled=self._is_cancelled)
                self._end(State.READY, files=files)
            except Cancelled:
                self.state = State.CANCELLED
            except UserError as error:
                self._end(State.FAILED, problem=str(error))
            except Exception as error:  # an answer is someone else's: only the place is logged
                number = log.fault(f"Oväntat fel vid hämtning från {self.source.name}", error)
                self._end(State.FAILED, problem=_UNEXPECTED.format(place=place_of(error), number=number))

    def _end(self, state: State, *, files: list[FetchedFile] | None = None, problem: str = "") -> None:
        if self.state is State.RUNNING:
            self.files, self.problem, self.state = files or [], problem, state

    def _step(self, text: str, part: float) -> None:
        if self._is_cancelled():
            raise Cancelled
        self.step, self.part = text, part

    def _is_cancelled(self) -> bool:
        return self.state is State.CANCELLED


def start(source: OpenSource, wish: Wish) -> Job:
    """Begin to fetch."""
    job = Job(source, wish)
    threading.Thread(target=lan.bound(job.run), daemon=True, name=f"hamta {source.id}").start()
    return job
