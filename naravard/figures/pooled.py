"""Three periods in a row taken together: a small kommun's figure then moves less by chance from one to the next.

They are made of what is seen alone, and tell nothing that the single periods do not: where one of the three is hidden
or missing, so are they together. They have no interval and no verdict, since many persons are counted in all three.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from naravard.base import periods
from naravard.base.breaks import Break, between
from naravard.base.numbers import HIDDEN, MISSING
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator

TOGETHER = 3
"""So many periods are taken together."""
HOW_IT_IS_MADE = (
    "Varje punkt är tre år i rad tillsammans, så att små kommuner hoppar mindre. Den är räknad ur det som visas: "
    "antalen lagda ihop där de är kända, annars medelvärdet. Är ett av åren dolt eller saknas finns ingen punkt. Ofta "
    "är det samma personer flera år, så inget spann visas."
)


def three_years(result: ProtectedResult) -> ProtectedResult:
    """The result of all periods as one of each three that follow each other, a year apart, measured in the same way."""
    if three_years not in result.memo:
        in_order = sorted(_rows(result), key=lambda row: periods.sort_key(row.matperiod))
        result.memo[three_years] = result.derived(in_order, HOW_IT_IS_MADE)
    pooled_result: ProtectedResult = result.memo[three_years]
    return pooled_result


def threes(matperioder: Sequence[str], breaks: Sequence[Break], kommun_kod: str) -> list[tuple[str, ...]]:
    """Periods of the same season in three years that follow each other unbroken in an area, the earliest first."""
    by_season: dict[object, dict[int, str]] = {}
    for name in sorted(matperioder, key=periods.sort_key):
        period, year = periods.parse(name), periods.year_of(name)
        if period is not None and year is not None:
            by_season.setdefault(period.season, {})[year] = name
    in_a_row = [
        tuple(names[first + i] for i in range(TOGETHER))
        for names in by_season.values()
        for first in names
        if all(first + i in names for i in range(TOGETHER))
    ]
    unbroken = [names for names in in_a_row if not between(breaks, names[0], names[-1], kommun_kod)]
    return sorted(unbroken, key=lambda names: periods.sort_key(names[-1]))


def _rows(result: ProtectedResult) -> Iterator[ProtectedRow]:
    by_place = {(row.matperiod, row.kommun_kod, row.grupp): row for row in result.rows}
    areas = dict.fromkeys((row.kommun_kod, row.grupp) for row in result.rows)
    matperioder = list(dict.fromkeys(row.matperiod for row in result.rows))
    for kommun_kod, grupp in areas:
        for names in threes(matperioder, result.breaks, kommun_kod):
            rows = [by_place.get((name, kommun_kod, grupp)) for name in names]
            first = next((row for row in rows if row is not None), None)
            if first is not None:
                yield _together(first, rows, f"{names[0]}–{names[-1]}", result.indicator)


def _together(
    first: ProtectedRow, rows: Sequence[ProtectedRow | None], matperiod: str, indicator: Indicator
) -> ProtectedRow:
    """One row of three, or why there is none."""
    rows_with_value = [row for row in rows if row is not None and row.varde is not None]
    is_whole = len(rows_with_value) == TOGETHER
    skydd = None if is_whole else HIDDEN if any(row and row.skydd == HIDDEN for row in rows) else MISSING
    without_value = next((row for row in rows if row is not None and row.skydd == skydd), None)
    return replace(
        first,
        matperiod=matperiod,
        taljare=None,
        namnare=None,
        varde=_value(rows_with_value, indicator) if is_whole else None,
        nedre=None,
        ovre=None,
        skydd=skydd,
        skal=None if is_whole else without_value.skal if without_value else "saknas",
        jamforelse=None,
        utjamnad=None,
        taljare_ar=None,
        namnare_ar=None,
        namnare_andring=None,
    )


def _value(rows: Sequence[ProtectedRow], indicator: Indicator) -> float | None:
    """Of the counts together where they are known, else the mean of the values."""
    counts = [(row.taljare, row.namnare) for row in rows if row.taljare is not None and row.namnare is not None]
    if indicator.kind.has_denominator and len(counts) == len(rows):
        numerator, denominator = (sum(each) for each in zip(*counts, strict=True))
        return indicator.kind.value(numerator, denominator, indicator.scale)
    return sum(row.varde or 0 for row in rows) / len(rows)
