"""News of a workshop, told at once: a question waits at the server until there is something new to answer.

A change comes as fast as from an open connection, an hour without any costs a few hundred bytes a minute, and a
question that is lost on a bad net is asked anew, as any other. `python -m tests.bench_room` measures it beside polling.
"""

from __future__ import annotations

import signal
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
from anyio import to_thread

LONGEST_WAIT = 25.0
"""Seconds that a question may wait."""
_SLICE = 1.0
"""Seconds between two looks at whether the server is to stop."""
_PRESENT = 60.0
"""Seconds for which a phone that has asked counts as being there."""


class Pulse:
    """Wakes the questions that wait for a workshop. Used on the event loop alone."""

    def __init__(self) -> None:
        self._next_events: dict[str, anyio.Event] = {}
        self._beats: defaultdict[str, int] = defaultdict(int)
        self._strong_beats: defaultdict[str, int] = defaultdict(int)

    def next_event(self, kod: str) -> anyio.Event:
        """What is set at the next change: to be had before one looks, so that no change falls between."""
        return self._next_events.setdefault(kod, anyio.Event())

    def beat(self, kod: str) -> int:
        """A number that grows with each change that this process has made."""
        return self._beats[kod]

    def strong_beat(self, kod: str) -> int:
        """A number that grows with each change that is not a calm one: what a leader has done."""
        return self._strong_beats[kod]

    def tell(self, kod: str, *, is_calm: bool = False) -> None:
        """Wake all that wait for a workshop."""
        self._beats[kod] += 1
        self._strong_beats[kod] += not is_calm
        if event := self._next_events.pop(kod, None):
            event.set()


pulse = Pulse()


async def wait_for_news(
    kod: str, seconds: float, look: Callable[[], dict[str, Any]], meanwhile: Callable[[], Awaitable[None]]
) -> dict[str, Any]:
    """What `look` gives, as soon as it gives anything; empty when the time is out, or the server is to stop.

    `meanwhile` is done now and then while it waits.
    """
    end = time.monotonic() + min(seconds, LONGEST_WAIT)
    while True:
        event = pulse.next_event(kod)
        news = await to_thread.run_sync(look)
        if news or not await _is_set(event, end, meanwhile):
            return news


async def _is_set(event: anyio.Event, end: float, meanwhile: Callable[[], Awaitable[None]]) -> bool:
    while not event.is_set():
        left = end - time.monotonic()
        if left <= 0 or _is_stopping():
            return False
        with anyio.move_on_after(min(left, _SLICE)):
            await event.wait()
        await meanwhile()
    return True


def _is_stopping() -> bool:
    """Whether the server has been told to stop: it waits for all that are asking. Its handler is the server's own."""
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return bool(getattr(server, "should_exit", False))


class Presence:
    """Which phones have asked lately, by the numbers that their pages make. In memory alone."""

    def __init__(self) -> None:
        self._times: defaultdict[str, dict[str, float]] = defaultdict(dict)

    def note(self, kod: str, phone: str, now: float) -> None:
        """A phone that is there."""
        if phone:
            self._times[kod][phone[:64]] = now

    def count(self, kod: str, now: float) -> int:
        """How many phones are there."""
        times = {phone: at for phone, at in self._times.pop(kod, {}).items() if now - at < _PRESENT}
        if times:
            self._times[kod] = times
        return len(times)
