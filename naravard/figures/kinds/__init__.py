"""Kinds of indicator, found by looking: one module each that sets `KIND`.

A kind says what an indicator's numbers are, and all that follows from it: how a value is worked out of counts, its
confidence interval, whether two values differ, and what may be drawn and compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from math import nan
from pkgutil import iter_modules

from naravard.methods.part import Limits

Interval = tuple[float, float]
TOO_FEW = 0.10
"""Where only a difference of more than this is seen in four cases of five, the persons are too few to judge by."""
remembered = lru_cache(maxsize=1 << 16)
"""For a kind's own functions: the same figures come back in each version and beside each period, judged alike."""


@dataclass(frozen=True)
class Kind:
    """One kind, listed by its `place`. Its functions take counts: numerator and denominator of one figure or of two.

    `value` gives the value in the indicator's unit, from the counts and the scale. `differs` tells whether a later
    figure differs from an earlier one by more than chance. The others are None where nothing of the sort can be told:
    `interval` gives the 95 % limits of a figure itself, for a scale of 1. The limits of chance around what it is
    compared with are `limits_of_part` (size, count and size of the whole, standard deviation between) where it is a
    part of that, and `limits_of_value` (size, value, standard deviation between) where the value is taken as it is.
    `detectable` is the least difference that is seen in four cases of five: of size, average, side, size of the whole
    and standard deviation between (methods/power). `variance` is that of one person's figure at an average.
    `level_against_counts` compares with another figure that varies by chance itself: 0 inside 95 %, ±1 outside 95 %,
    ±2 outside 99.8 %.
    """

    id: str
    place: int
    value: Callable[[int, int | None, float], float | None]
    differs: Callable[[tuple[int, int | None], tuple[int, int | None]], bool]
    interval: Callable[[int, int], Interval] | None = None
    limits_of_part: Callable[[int, int, int, float], Limits] | None = None
    limits_of_value: Callable[[int, float, float], Limits] | None = None
    level_against_counts: Callable[[int, int, int, int], int] | None = None
    detectable: Callable[[float, float, int, float, float], float] = lambda *case: nan
    variance: Callable[[float], float] = lambda average: nan
    needs_persons: bool = False
    """It is only compared where its numerator is persons, by sets: chance is known for nothing else."""
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
