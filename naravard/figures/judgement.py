"""How sure a figure is, and whether it differs from another: only from what the gate let through.

What a figure is compared with lies in figures/comparisons, and what may be said of its numbers in figures/kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from naravard.figures.comparisons import Comparison
from naravard.figures.indicators import Indicator


@dataclass(frozen=True)
class Figure:
    """What is visible of a row: counts (None where hidden, missing or not known) and value in the indicator's unit."""

    taljare: int | None
    namnare: int | None
    varde: float | None


@dataclass(frozen=True)
class Judgement:
    """A figure against a reference. `level` is 0 for no certain difference, ±1 outside 95 %, ±2 outside 99.8 %.

    `reference` is the other value in the indicator's unit, and `period` its period where that is another. `too_few`
    tells that only a large difference would show.
    """

    comparison: Comparison
    level: int
    reference: float
    too_few: bool = False
    period: str = ""
    is_judged: bool = True
    """False for a value whose counts are not known: the difference is told, and not whether chance alone gives it."""


def interval(figure: Figure, indicator: Indicator) -> tuple[float, float] | None:
    """The 95 % confidence interval in the indicator's unit; None where its kind or its counts give none."""
    if indicator.kind.interval is None or figure.varde is None or figure.taljare is None or not figure.namnare:
        return None
    if _is_more_than_whole(figure, indicator):
        return None
    low, high = indicator.kind.interval(figure.taljare, figure.namnare)
    if isnan(low) or isnan(high):  # more than all of them: there is no such share
        return None
    return low * indicator.scale, high * indicator.scale


def with_value(
    figure: Figure, reference: float | None, comparison: Comparison, indicator: Indicator
) -> Judgement | None:
    """The figure's own interval against a value that is taken as it is: the län's or riket's."""
    kind = indicator.kind
    if reference is None or kind.level_against_value is None or interval(figure, indicator) is None:
        return None
    assert figure.taljare is not None
    assert figure.namnare is not None
    unscaled = reference / indicator.scale
    level = kind.level_against_value(figure.taljare, figure.namnare, unscaled)
    return Judgement(comparison, level, reference, not level and kind.is_too_few(figure.namnare, unscaled))


def beside_value(
    figure: Figure, reference: float | None, comparison: Comparison, indicator: Indicator
) -> Judgement | None:
    """As `with_value`; where the figure's counts are not known the difference alone. Not for what tells of size."""
    judgement = with_value(figure, reference, comparison, indicator)
    if judgement is not None or reference is None or figure.varde is None or indicator.kind.is_size:
        return judgement
    counts_are_known = figure.taljare is not None or figure.namnare is not None
    return None if counts_are_known else Judgement(comparison, 0, reference, is_judged=False)


def with_others(figure: Figure, whole: Figure | None, comparison: Comparison, indicator: Indicator) -> Judgement | None:
    """A kommun against the rest of its län: the län's counts less its own."""
    if whole is None or None in {whole.taljare, whole.namnare, figure.taljare, figure.namnare}:
        return None
    assert whole.taljare is not None
    assert whole.namnare is not None
    assert figure.taljare is not None
    assert figure.namnare is not None
    others = _figure(max(0, whole.taljare - figure.taljare), max(0, whole.namnare - figure.namnare), indicator)
    return with_figure(figure, others, comparison, indicator)


def with_figure(
    figure: Figure, other: Figure | None, comparison: Comparison, indicator: Indicator, period: str = ""
) -> Judgement | None:
    """A figure against another that is uncertain itself: the other kommuner, or an earlier period. Not for counts.

    That many of the same persons are counted in two periods is not taken into account.
    """
    kind = indicator.kind
    if kind.level_against_counts is None or other is None:
        return None
    if other.varde is None or other.taljare is None or figure.taljare is None:
        return None
    if not figure.namnare or not other.namnare:
        return None
    if _is_more_than_whole(figure, indicator) or _is_more_than_whole(other, indicator):
        return None
    level = kind.level_against_counts(figure.taljare, figure.namnare, other.taljare, other.namnare)
    fewest = min(figure.namnare, other.namnare)
    too_few = not level and kind.is_too_few(fewest, other.varde / indicator.scale)
    return Judgement(comparison, level, other.varde, too_few, period)


def _is_more_than_whole(figure: Figure, indicator: Indicator) -> bool:
    """Whether a part is more than what it is a part of: counts that contradict each other, or are rounded."""
    return indicator.kind.part_of_whole and (figure.taljare or 0) > (figure.namnare or 0)


def _figure(taljare: int, namnare: int, indicator: Indicator) -> Figure:
    return Figure(taljare, namnare, indicator.kind.value(taljare, namnare, indicator.scale))
