"""How often one may ask: a phone by the number that its page makes, and the address that it asks from.

A number is invented in a moment, so an address has few new ones in a while; forty phones behind one address have room.
A phone that is known goes on while somebody invents others. In memory alone: it tells nothing of anybody.
"""

from __future__ import annotations

from threading import Lock

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from naravard.base.errors import TooSoon

_MOST_FROM_ONE = 10
_PHONE_A_MINUTE, _PHONE_AN_HOUR = RateLimitItemPerMinute(_MOST_FROM_ONE), RateLimitItemPerHour(60)
_MOST_CHANGES = 40
_DOTS_A_MINUTE = RateLimitItemPerMinute(_MOST_CHANGES)
_NEW_PHONES = RateLimitItemPerMinute(150, multiples=10)
"""New phones of a workshop from one address: a room that joins at once, and as many once more."""
_ADDRESS_A_MINUTE, _ADDRESS_A_DAY = RateLimitItemPerMinute(600), RateLimitItemPerHour(1_500, multiples=24)
"""Answers to a workshop from one address: less than the workshop takes, so that others are heard."""
_NEW_LINKS = RateLimitItemPerHour(100)
_LONGEST_NAME = 64
_AN_HOUR = 3_600.0
_WAIT = "Vänta lite och skicka sedan igen."


class Limits:
    """What has been asked lately. Used by many threads at once."""

    def __init__(self) -> None:
        self._windows = MovingWindowRateLimiter(MemoryStorage())
        self._last_times: dict[tuple[str, str, str], float] = {}
        self._swept = 0.0
        self._lock = Lock()

    def is_welcome(self, kod: str, address: str, phone: str, now: float) -> bool:
        """Whether a phone is known to a workshop, or one more new one from its address may be."""
        key = (kod, address, phone[:_LONGEST_NAME])
        with self._lock:
            self._sweep(now)
            if key not in self._last_times and not self._windows.hit(_NEW_PHONES, kod, address):
                return False
            self._last_times[key] = now
            return True

    def take_answer(self, kod: str, address: str, phone: str, now: float) -> None:
        """Count one answer. Raises TooSoon where a phone or its address sends too many."""
        name = self._welcome(kod, address, phone, now)
        if not self._has_room(_PHONE_A_MINUTE, kod, address, name):
            raise TooSoon(f"Du har skickat {_MOST_FROM_ONE} svar på en minut. {_WAIT}")
        if not self._has_room(_PHONE_AN_HOUR, kod, address, name):
            raise TooSoon("Du har skickat väldigt många svar den senaste timmen. Vänta en stund.")
        if not (self._has_room(_ADDRESS_A_MINUTE, kod, address) and self._has_room(_ADDRESS_A_DAY, kod, address)):
            raise TooSoon(f"Det kommer väldigt många svar från samma nät just nu. {_WAIT}")

    def take_dots(self, kod: str, address: str, phone: str, now: float) -> None:
        """Count one change of a phone's dots. Raises TooSoon where a phone or its address sends too many."""
        name = self._welcome(kod, address, phone, now)
        if not self._has_room(_DOTS_A_MINUTE, kod, address, name):
            raise TooSoon(f"Du har ändrat dina prickar {_MOST_CHANGES} gånger på en minut. {_WAIT}")
        if not self._has_room(_ADDRESS_A_MINUTE, kod, address, "prickar"):
            raise TooSoon(f"Det kommer väldigt många prickar från samma nät just nu. {_WAIT}")

    def take_link(self, address: str) -> None:
        """Count one new short link. Raises TooSoon where an address makes too many."""
        if not self._has_room(_NEW_LINKS, address):
            raise TooSoon("Det har gjorts väldigt många korta länkar härifrån den senaste timmen. Vänta en stund.")

    def _welcome(self, kod: str, address: str, phone: str, now: float) -> str:
        """The phone's name, cut to what is kept of it. Raises TooSoon for one new phone too many."""
        if not self.is_welcome(kod, address, phone, now):
            raise TooSoon(f"Det kommer väldigt många nya telefoner från samma nät just nu. {_WAIT}")
        return phone[:_LONGEST_NAME]

    def _has_room(self, limit: RateLimitItem, *who: str) -> bool:
        return self._windows.hit(limit, *who)

    def _sweep(self, now: float) -> None:
        """Forget phones that have not asked for an hour."""
        if now - self._swept > _AN_HOUR / 60:
            self._last_times = {key: at for key, at in self._last_times.items() if now - at < _AN_HOUR}
            self._swept = now


limits = Limits()
