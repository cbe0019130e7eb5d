"""The one clock: Stockholm's, wherever the server stands, for the log, the store's log and what is written in files."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """The time, with how far it is from UTC."""
    return datetime.now(HERE)


def today() -> date:
    """The day."""
    return now().date()
