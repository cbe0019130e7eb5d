"""How often one phone may send, and how long what it sends has waited in it."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from threading import Lock
from typing import Any

from naravard.base.errors import TooSoon
from naravard.room.told import whole

_WITHIN = 60.0
"""Seconds."""
_OLDEST = 24 * 3_600_000
"""Milliseconds that an answer can have waited in a phone."""


class Rate:
    """How often each phone has sent, by a number that its page makes. In memory alone: it tells nothing of anybody.

    It holds back an eager finger, not somebody who makes new numbers: the workshop's own limits do that.
    """

    def __init__(self, most: int, what: str) -> None:
        """So many in a minute from one phone; `what` is what it has done, in the words of the refusal."""
        self._most, self._what = most, what
        self._times_by_phone: dict[str, deque[float]] = {}
        self._lock = Lock()
        self._swept = 0.0

    def take(self, phone: str, now: float) -> None:
        """Count one. Raises TooSoon where a phone sends too many."""
        with self._lock:
            if now - self._swept > _WITHIN:
                self._times_by_phone = {p: s for p, s in self._times_by_phone.items() if s and now - s[-1] < _WITHIN}
                self._swept = now
            times = self._times_by_phone.setdefault(phone[:120], deque())
            while times and now - times[0] > _WITHIN:
                times.popleft()
            if len(times) >= self._most:
                raise TooSoon(f"Du har {self._what} {self._most} gånger på en minut. Vänta lite, så skickas det igen.")
            times.append(now)


def waiting_time(body: dict[str, Any]) -> timedelta:
    """How long what is sent has waited in the phone."""
    return timedelta(milliseconds=min(max(whole(body.get("alder")), 0), _OLDEST))
