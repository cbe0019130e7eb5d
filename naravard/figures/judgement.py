"""How sure a figure is, and whether it differs from another: only from what the gate let through.

What a figure is compared with lies in figures/comparisons, and what may be said of its numbers in figures/kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from math import inf, isnan

from naravard.figures.comparisons import Comparison
from naravard.figures.indicators import Indicator
from naravard.figures.kinds import TOO_FEW
from naravard.methods import dispersion, part
from naravard.methods.dispersion import Spread
from naravard.methods.part import Limits
from naravard.methods.standard import Standardised

OUTGROWN = 1 / 3
"""A denominator's change moves a figure too far where it is more than this part of the way to its limit."""


@dataclass(frozen=True)
class Figure:
    """What is visible of a row: counts (None where hidden, missing or not known) and value in the indicator's unit."""

    taljare: int | None
    namnare: int | None
    varde: float | None
    years_agree: bool = True
    """Whether numerator and denominator are of the same year, or of two that follow each other."""
    growth: float = 0.0
    """How much the denominator has changed from its year to the numerator's, as a part of itself."""


@dataclass(frozen=True)
class Judgement:
    """A figure against a reference. `level` is 0 inside the limits of chance, ±1 outside 95 %, ±2 outside 99.8 %.

    `reference` is the other value in the indicator's unit, and `period` its period where that is another. `detectable`
    is the least difference, in the same unit, that is seen in four cases of five; None where even the largest is not,
    or where nothing is said of it. `too_few` tells that only a large one is. `spread` is how the kommuner differ among
    themselves where that is more than chance, and the limits are widened by it.
    """

    comparison: Comparison
    level: int
    reference: float
    too_few: bool = False
    period: str = ""
    detectable: float | None = None
    spread: Spread | None = None
    level_by_chance: int = 0
    """The level that there would be with the limits of chance alone."""
    is_judged: bool = True
    """False for a value whose counts are not known: the difference is told, and not whether chance alone gives it."""


@dataclass(frozen=True)
class Adjusted:
    """A figure as it would be with the län's ages, and how many there are by how many are expected with those.

    The first is in the indicator's unit. Both have their 95 % interval: Dobson's and Byar's.
    """

    direct: Standardised
    ratio: Standardised


@dataclass(frozen=True)
class Whole:
    """What a figure is a part of: the figure of all, and how much the parts differ beyond chance where it is known."""

    figure: Figure
    spread: Spread | None = None


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


def can_be_judged(figure: Figure, indicator: Indicator) -> bool:
    """Whether chance is known for the figure: counts of persons, of about the same year."""
    if indicator.kind.needs_persons and not indicator.mangder.get("taljare"):
        return False
    return interval(figure, indicator) is not None and figure.years_agree and not outgrown(figure, indicator)


def outgrown(figure: Figure, indicator: Indicator) -> bool:
    """Whether a denominator of another year moves the figure by more than a third of the way to its nearer limit.

    So large an error makes a figure that does not differ one of those outside 95 % in one case of ten, and not of
    twenty. Nothing where no interval is known.
    """
    limits = interval(figure, indicator)
    if limits is None or figure.varde is None:
        return False
    nearer = min(figure.varde - limits[0], limits[1] - figure.varde)
    return figure.varde * abs(figure.growth) > OUTGROWN * nearer


def spread_of(figures: Iterable[Figure], whole: Figure | None, indicator: Indicator) -> Spread | None:
    """How much the kommuner that are seen differ among themselves, in fractions; None where it cannot be told."""
    if whole is None or whole.taljare is None or not whole.namnare or whole.varde is None:
        return None
    average = whole.taljare / whole.namnare
    judgeable = [each for each in figures if can_be_judged(each, indicator)]
    variance = indicator.kind.variance(average)
    shares = [(each.taljare or 0) / (each.namnare or 1) for each in judgeable]
    return dispersion.spread(shares, [variance / (each.namnare or 1) for each in judgeable], average)


def with_whole(
    figure: Figure, whole: Whole | None, comparison: Comparison, indicator: Indicator, reference: float | None = None
) -> Judgement | None:
    """A kommun against its län, of which it is a part; `reference` is what is told instead of the län's value."""
    kind = indicator.kind
    if whole is None or kind.limits_of_part is None or indicator.foljer_alder or not can_be_judged(figure, indicator):
        return None
    of = whole.figure
    if of.taljare is None or of.namnare is None or of.varde is None or _is_more_than_whole(of, indicator):
        return None
    assert figure.taljare is not None
    assert figure.namnare is not None
    if figure.namnare >= of.namnare:
        return None
    yardstick = _Yardstick(
        of.varde if reference is None else reference,
        of.taljare / of.namnare,
        float(of.namnare),
        partial(kind.limits_of_part, figure.namnare, of.taljare, of.namnare),
    )
    return _against(figure, yardstick, comparison, indicator, whole.spread)


def with_value(
    figure: Figure,
    reference: float | None,
    comparison: Comparison,
    indicator: Indicator,
    spread: Spread | None = None,
) -> Judgement | None:
    """A figure against a value that is taken as it is: riket's."""
    kind = indicator.kind
    if reference is None or kind.limits_of_value is None or indicator.foljer_alder:
        return None
    if not can_be_judged(figure, indicator):
        return None
    assert figure.taljare is not None
    assert figure.namnare is not None
    unscaled = reference / indicator.scale
    yardstick = _Yardstick(reference, unscaled, inf, partial(kind.limits_of_value, figure.namnare, unscaled))
    return _against(figure, yardstick, comparison, indicator, spread)


@dataclass(frozen=True)
class _Yardstick:
    """What a figure is held against: the value that is told, the same as a fraction, of how many, and its limits.

    `limits` gives those of chance from how much the kommuner differ beyond it.
    """

    reference: float
    average: float
    size: float
    limits: Callable[[float], Limits]


def _against(
    figure: Figure, yardstick: _Yardstick, comparison: Comparison, indicator: Indicator, spread: Spread | None
) -> Judgement:
    """A figure whose counts are known, inside or outside the limits, with and without the spread of the kommuner."""
    wider = dispersion.beyond_chance(spread)
    between = wider.between if wider else 0.0
    value = (figure.taljare or 0) / (figure.namnare or 1)
    level, by_chance = (part.level(value, yardstick.limits(width)) for width in (between, 0.0))
    detectable = _detectable(figure, yardstick.average, yardstick.size, between, indicator)
    return Judgement(
        comparison,
        level,
        yardstick.reference,
        not level and not wider and _is_large(detectable, indicator),
        detectable=None if detectable is None else detectable * indicator.scale,
        spread=wider,
        level_by_chance=by_chance,
    )


def beside_value(
    figure: Figure,
    reference: float | None,
    comparison: Comparison,
    indicator: Indicator,
    spread: Spread | None = None,
) -> Judgement | None:
    """As `with_value`; where the figure's counts are not known the difference alone. Not for what tells of size."""
    judgement = with_value(figure, reference, comparison, indicator, spread)
    if judgement is not None or reference is None or figure.varde is None or indicator.kind.is_size:
        return judgement
    counts_are_known = figure.taljare is not None or figure.namnare is not None
    return None if counts_are_known else Judgement(comparison, 0, reference, is_judged=False)


def with_others(figure: Figure, whole: Whole | None, comparison: Comparison, indicator: Indicator) -> Judgement | None:
    """A kommun against the rest of its län, which is the same test as against the län that it is a part of."""
    if whole is None or None in {whole.figure.taljare, whole.figure.namnare, figure.taljare, figure.namnare}:
        return None
    of = whole.figure
    others = (max(0, (of.taljare or 0) - (figure.taljare or 0)), max(0, (of.namnare or 0) - (figure.namnare or 0)))
    reference = indicator.kind.value(*others, indicator.scale)
    return None if reference is None else with_whole(figure, whole, comparison, indicator, reference)


def with_earlier(
    figure: Figure, other: Figure | None, comparison: Comparison, indicator: Indicator, period: str = ""
) -> Judgement | None:
    """A figure against the area's own in an earlier period, which varies by chance itself. Not for counts.

    That many of the same persons are counted in both is not taken into account: chance is then smaller than what is
    computed, and a true change is seen less often.
    """
    kind = indicator.kind
    if kind.level_against_counts is None or other is None or other.varde is None:
        return None
    if not can_be_judged(figure, indicator) or not can_be_judged(other, indicator):
        return None
    assert figure.taljare is not None
    assert figure.namnare is not None
    assert other.taljare is not None
    assert other.namnare is not None
    level = kind.level_against_counts(figure.taljare, figure.namnare, other.taljare, other.namnare)
    # two that vary are one with the variance of both
    both = 1 / (1 / figure.namnare + 1 / other.namnare)
    detectable = _detectable(
        Figure(figure.taljare, None, figure.varde), other.varde / indicator.scale, inf, 0, indicator, both
    )
    in_unit = None if detectable is None else detectable * indicator.scale
    return Judgement(comparison, level, other.varde, not level and _is_large(detectable, indicator), period, in_unit)


def _detectable(
    figure: Figure, average: float, whole: float, between: float, indicator: Indicator, size: float | None = None
) -> float | None:
    """The least difference that is seen towards the figure's own side, else towards the other; None for neither."""
    total = size if size is not None else float(figure.namnare or 0)
    own_side = 1 if (figure.varde or 0) >= average * indicator.scale else -1
    for side in (own_side, -own_side):
        distance = indicator.kind.detectable(total, average, side, whole, between)
        if not isnan(distance):
            return distance
    return None


def _is_large(detectable: float | None, indicator: Indicator) -> bool:
    """Whether only a difference too large to be of use would be seen; of rates by what they are."""
    return indicator.in_percent and (detectable is None or detectable > TOO_FEW)


def _is_more_than_whole(figure: Figure, indicator: Indicator) -> bool:
    """Whether a part is more than what it is a part of: counts that contradict each other, or are rounded."""
    return indicator.kind.part_of_whole and (figure.taljare or 0) > (figure.namnare or 0)
