"""Breaks in series, in Swedish: from when, where and why."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from naravard.base import kommuner, periods
from naravard.base.breaks import Break
from naravard.base.numbers import LOCALE
from naravard.figures.gate import ProtectedResult

_FIRST_DAY = (1, 1)


def since(day: date) -> str:
    """`1 maj 2025`; of the first day of a year the year alone."""
    return str(day.year) if (day.month, day.day) == _FIRST_DAY else str(format_date(day, "long", locale=LOCALE))


def sentence(each: Break) -> str:
    """`Brytpunkt 1 maj 2025, Borgholm: nytt journalsystem.`"""
    where = f", {kommuner.area_name(each.kommun_kod)}" if each.kommun_kod else ""
    return f"Brytpunkt {since(each.datum)}{where}: {each.text.rstrip('.')}."


def label(each: Break) -> str:
    """What stands at the line of a break in a chart; of one kommun with its name."""
    where = f"{kommuner.area_name(each.kommun_kod)}: " if each.kommun_kod else ""
    return f"{where}{each.text.rstrip('.')}"


def within(result: ProtectedResult, kommun_kod: str | None = None) -> list[Break]:
    """The breaks between the periods of a result, in the order of time; those of one area where it is named."""
    rows = [row for row in result.rows if kommun_kod in {None, row.kommun_kod}]
    names = sorted({row.matperiod for row in rows if periods.span(row.matperiod)}, key=periods.sort_key)
    some = [each for each in result.breaks if kommun_kod is None or each.is_about(kommun_kod)]
    passed = [each for each in some if names and each.lies_between(names[0], names[-1])]
    return sorted(passed, key=lambda each: (each.datum, each.kommun_kod or ""))


def notes(result: ProtectedResult) -> list[str]:
    """What is to be known of the breaks in a result of all periods, or of those since the period before its own."""
    if result.matperiod == periods.EVERY:
        return [f"{sentence(each)} Talen före och efter jämförs inte." for each in within(result)]
    before = periods.before(result.matperiod, result.matperioder)
    passed = [each for each in result.breaks if before and each.lies_between(before, result.matperiod)]
    return [f"{sentence(each)} Talen jämförs inte med {periods.when(before or '')}." for each in passed]
