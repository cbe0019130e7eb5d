"""Kinds of indicator, found by looking: one module each that sets `KIND`.

A kind says what an indicator's numbers are, and all that follows from it: how a value is worked out of counts, its
confidence interval, whether two values differ, and what may be drawn and compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from pkgutil import iter_modules

from naravard.methods import Array

Limits = tuple[float, float]
TOO_FEW = 0.10
"""Where a share has to differ by more than this to be told from chance, the persons are too few to judge by."""
remembered = lru_cache(maxsize=1 << 16)
"""For a kind's own functions: the same figures come back in each version and beside each period, judged alike."""


@dataclass(frozen=True)
class Kind:
    """One kind, listed by its `place`. Its functions take counts: numerator and denominator of one figure or of two.

    `value` gives the value in the indicator's unit, from the counts and the scale. `differs` tells whether a later
    figure differs from an earlier one by more than chance. The others are None where nothing of the sort can be told:
    `interval` gives the 95 % limits and `funnel_limits` those of chance around an average, both for a scale of 1.
    `level_against_value` compares with a value taken as it is (scale 1), `level_against_counts` with another figure
    that is uncertain itself: 0 no certain difference, ±1 outside 95 %, ±2 outside 99.8 %.
    """

    id: str
    place: int
    value: Callable[[int, int | None, float], float | None]
    differs: Callable[[tuple[int, int | None], tuple[int, int | None]], bool]
    interval: Callable[[int, int], Limits] | None = None
    level_against_value: Callable[[int, int, float], int] | None = None
    level_against_counts: Callable[[int, int, int, int], int] | None = None
    funnel_limits: Callable[[Array, Array, float], tuple[Array, Array]] | None = None
    is_too_few: Callable[[int, float], bool] = lambda total, average: False
    """Whether only a large difference from an average would show among so many persons."""
    has_denominator: bool = True
    in_percent: bool = False
    part_of_whole: bool = False
    """The numerator's persons are some of the denominator's, so that what is left of it is persons too."""
    parts_add_up: bool = False
    """The groups are together the whole, and each person is in one of them."""
    is_size: bool = False
    """It only tells how large an area is: no län among the bars of kommuner, no map, nothing compared."""
    scaled_by_per: bool = False
    """The value is per so many as the indicator's head says, and not per hundred."""
    diagram: Callable[[int], str] = lambda groups: "grouped_bar" if groups > 1 else "ranked_bar"
    """The chart for so many groups, where an indicator asks for none."""
    caution: str = ""
    """What a reader must know of the comparisons of this kind, as a sentence."""


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by id, in the order of `place`."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    in_order = sorted((m.KIND for m in modules if hasattr(m, "KIND")), key=lambda kind: kind.place)
    return {kind.id: kind for kind in in_order}
