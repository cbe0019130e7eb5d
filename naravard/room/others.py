"""What other servers change in a workshop, told to those who wait for it here: looked for once a second.

One look is for all who wait, and none is made where the tables are this server's own.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from anyio import to_thread

from naravard.base import lan, settings
from naravard.base.errors import UserError
from naravard.room.live import Presence, pulse
from naravard.workshop.servers import Elsewhere, Servers

_EVERY = 1.0
_TELL_EVERY = 10.0
"""Seconds for which a count of phones that is the same is not written again."""


class Others:
    """The other servers. Used on the event loop alone."""

    def __init__(self, presence: Presence) -> None:
        self._presence = presence
        self._waiting: Counter[str] = Counter()
        self._lan: dict[str, str] = {}
        self._last: dict[str, Elsewhere] = {}
        self._own_counts: dict[str, tuple[int, float]] = {}
        self._looked_at = 0.0
        self._is_looking = False

    @contextmanager
    def waited_for(self, kod: str) -> Iterator[None]:
        """While somebody waits for a workshop of the län that what runs now is about."""
        self._waiting[kod] += 1
        self._lan[kod] = settings.lan_kod()
        try:
            yield
        finally:
            self._waiting[kod] -= 1
            self._waiting += Counter()  # without those that nobody waits for
            self._lan = {each: self._lan[each] for each in self._waiting}

    def phones(self, kod: str) -> int:
        """How many phones other servers have in a workshop."""
        return self._last[kod].phones if kod in self._last else 0

    async def look(self) -> None:
        """Wake those who wait for what another server has changed. Nothing where it is not time yet."""
        now = time.monotonic()
        if settings.shared_url() is None or self._is_looking or now - self._looked_at < _EVERY:
            return
        self._looked_at, self._is_looking = now, True
        counts = {kod: self._presence.count(kod, now) for kod in self._waiting}
        due = {kod: count for kod, count in counts.items() if self._is_due(kod, count, now)}
        try:
            elsewhere_by_kod = await to_thread.run_sync(_look, dict(self._lan), due)
        except UserError:  # the database is down: who waits goes on with what it has
            return
        finally:
            self._is_looking = False
        self._own_counts = {kod: self._own_counts[kod] for kod in counts if kod in self._own_counts}
        self._own_counts.update({kod: (count, now) for kod, count in due.items()})
        for kod, elsewhere in elsewhere_by_kod.items():
            if self._last.get(kod) != elsewhere:  # also at the first look: it may have changed since the wait began
                pulse.tell(kod)
        self._last = elsewhere_by_kod

    def _is_due(self, kod: str, count: int, now: float) -> bool:
        last_count, at = self._own_counts.get(kod, (-1, 0.0))
        return count != last_count or now - at > _TELL_EVERY


def _look(lan_by_kod: dict[str, str], phones: dict[str, int]) -> dict[str, Elsewhere]:
    """How all workshops that are waited for are now: whoever waits looks for all, and each län has its own tables."""
    elsewhere_by_kod: dict[str, Elsewhere] = {}
    for lan_kod in set(lan_by_kod.values()):
        kods = [kod for kod, own_lan in lan_by_kod.items() if own_lan == lan_kod]
        with lan.within(lan_kod):
            servers = Servers(lan.folder())
            servers.tell({kod: phones[kod] for kod in kods if kod in phones})
            elsewhere_by_kod.update(servers.look(kods))
    return elsewhere_by_kod
