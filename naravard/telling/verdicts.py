"""Whether a figure differs, in Swedish: words, triangles, tones, and what chance alone would give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from naravard.base import periods
from naravard.base.numbers import (
    enumeration,
    number,
)
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Direction, Indicator
from naravard.figures.kinds import TOO_FEW
from naravard.methods import chance, trend, xmr
from naravard.telling import series

VERDICTS = {0: "ingen säker skillnad", 1: "avviker", 2: "avviker tydligt"}
"""By how far out the figure lies: inside 95 %, outside 95 %, outside 99.8 %."""


_SIDES: Mapping[Direction, tuple[str, str]] = {
    "neutral": ("högre", "lägre"),
    "higher_is_better": ("bättre", "sämre"),
    "lower_is_better": ("sämre", "bättre"),
}


def verdict(row: ProtectedRow) -> str | None:
    """Whether the row differs from what it is compared with; None where that cannot be told."""
    return None if row.jamforelse is None else VERDICTS[abs(row.jamforelse.level)]


def side(row: ProtectedRow, indicator: Indicator) -> str:
    """Which way it differs: better or worse where the indicator has a direction, else higher or lower."""
    return _SIDES[indicator.riktning][row.level < 0] if row.level else ""


def sides(indicator: Indicator) -> tuple[str, str]:
    """What more and less are called for an indicator."""
    return _SIDES[indicator.riktning]


def tone(level: int, indicator: Indicator) -> Literal["over", "under", ""]:
    """Which of the two colours a level has: `over` for higher, or better where the indicator has a direction."""
    if not level:
        return ""
    return "over" if (level > 0) != (indicator.riktning == "lower_is_better") else "under"


def shape(row: ProtectedRow) -> str:
    """The difference as triangles: one outside 95 %, two outside 99.8 %, up where it is higher."""
    return ("▲" if row.level > 0 else "▼") * abs(row.level)


def verdict_with_shape(row: ProtectedRow | None, indicator: Indicator) -> str:
    """The comparison in a cell: `▼▼ avviker tydligt, lägre`; a dash where there is none."""
    if row is None or row.jamforelse is None:
        return "–"
    if row.jamforelse.too_few:
        return f"{VERDICTS[0]} (för få)"
    parts = [verdict(row) or "", side(row, indicator)]
    return f"{shape(row)} {', '.join(part for part in parts if part)}".strip()


def verdict_in_words(row: ProtectedRow, indicator: Indicator) -> str:
    """The comparison in words alone, where the triangles stand by themselves."""
    return verdict_with_shape(row, indicator).removeprefix(shape(row)).strip()


def comparison_name(result: ProtectedResult) -> str:
    """What the result's figures are compared with."""
    return result.comparison.menu


def about_comparison(result: ProtectedResult) -> list[str]:
    """What the comparison is, how many differ, and how many would by chance alone; empty where nothing is compared."""
    compared_rows = [row for row in result.kommuner if row.jamforelse]
    other = result.comparison
    if not compared_rows:
        return [other.missing] if result.has_kommuner and other.missing else []
    if len(compared_rows) == 1:
        return [other.explanation]
    differ = sum(bool(row.level) for row in compared_rows)
    what = "jämförelser" if len(result.groups) > 1 else "kommuner"
    sentences = [
        other.explanation,
        f"{number(differ)} av {number(len(compared_rows))} {what} avviker.",
        by_chance(len(compared_rows)),
    ]
    if any(row.jamforelse and row.jamforelse.too_few for row in compared_rows):
        least_share = number(100 * TOO_FEW)
        sentences.append(f"För få: bara en skillnad på mer än {least_share} procentenheter skulle synas.")
    if result.indicator.kind.caution:
        sentences.append(result.indicator.kind.caution)
    return sentences


def by_chance(comparisons: int) -> str:
    """How many of so many that chance alone puts outside, at most in all cases but one of eight."""
    many = chance.rarely_more(comparisons)
    more = {0: "någon", 1: "fler än en"}.get(many, f"fler än {number(many)}")
    return f"Slumpen ger sällan {more} av {number(comparisons)}."


def about_chance(comparisons: int) -> str:
    """How many of so many comparisons would come out as different by chance alone."""
    expected_number = number(chance.outside(comparisons), 1)
    return f"Med {number(comparisons)} jämförelser skulle omkring {expected_number} avvika av ren slump."


_MOST_NAMES = 8


def about_time(rows: Sequence[ProtectedRow]) -> list[str]:
    """What the points of one area say over time: a trend, which of them stand out, or why neither is told.

    Periods of the commonest length are seen together, and no others.
    """
    comparable_rows = series.comparable(rows)
    values = [row.varde for row in comparable_rows if row.varde is not None]
    points = len(values)
    if points < trend.MIN_POINTS:
        return [
            f"{_points(points)} är för få för att avgöra om det finns en trend. Det behövs minst {trend.MIN_POINTS}."
        ]
    words = {0: "Ingen säker trend", 1: "Talen ökar över tid", -1: "Talen minskar över tid"}
    sentences = [f"{words[trend.direction(values)]} ({_points(points)}, Mann–Kendalls test, 95 %)."]
    if points < xmr.MIN_POINTS:
        sentences.append(f"Styrdiagram kräver minst {xmr.MIN_POINTS} mätperioder, så enstaka tal bedöms inte.")
        return sentences
    names = [periods.when(row.matperiod) for row in series.signals(comparable_rows)]
    more = len(names) - _MOST_NAMES
    sentences.append(
        f"Styrdiagram (XmR): {number(len(names))} av {_points(points)} avviker från den vanliga variationen: "
        f"{enumeration(names[:_MOST_NAMES] + ([f'{number(more)} till'] if more > 0 else []))}."
        if names
        else "Styrdiagram (XmR): inga tal avviker från den vanliga variationen."
    )
    return sentences


def _points(count: int) -> str:
    return "1 mätperiod" if count == 1 else f"{number(count)} mätperioder"
