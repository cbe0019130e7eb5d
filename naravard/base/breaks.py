"""Breaks in series: days from which something is measured in another way, and is not like what was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from naravard.base import periods

MEASURED_ANEW = "Nytt mätsätt"
"""What a break is called that an indicator has itself."""


@dataclass(frozen=True)
class Break:
    """A day from which something is measured in another way, and why in a few words.

    It is about all that comes from a source (`kalla`) or about one indicator, and about one kommun or, where none is
    named, all areas. `nummer` is what it is taken away by; 0 for one that stands in an indicator's own head, which
    nobody has set (`vem`, `nar`).
    """

    datum: date
    text: str
    kalla: str = ""
    indikator: str = ""
    kommun_kod: str | None = None
    vem: str = ""
    nar: str = ""
    nummer: int = 0

    def is_about(self, kommun_kod: str) -> bool:
        """Whether it breaks the series of an area. One kommun's does not break that of the whole län."""
        return self.kommun_kod in {None, kommun_kod}

    def lies_between(self, earlier: str, later: str) -> bool:
        """Whether one period is measured in the old way and a later one in the new.

        A period that has the day in it belongs where its middle is. One without any date belongs nowhere.
        """
        first, last = _middle(earlier), _middle(later)
        return first is not None and last is not None and first < self.datum <= last


def between(breaks: Sequence[Break], earlier: str, later: str, kommun_kod: str) -> list[Break]:
    """The breaks of an area's series that lie between two periods, the newest last."""
    passed = [each for each in breaks if each.is_about(kommun_kod) and each.lies_between(earlier, later)]
    return sorted(passed, key=lambda each: each.datum)


def _middle(matperiod: str) -> date | None:
    days = periods.span(matperiod)
    if days is not None:
        return days.first + (days.last - days.first) / 2
    year = periods.year_of(matperiod)
    return None if year is None else date(year, 7, 1)
