"""Whether a series of single values varies more than it does from one value to the next (XmR chart).

Sources: D. J. Wheeler, Understanding variation: the key to managing chaos, 2nd edition, SPC Press, Knoxville (2000);
D. J. Wheeler and D. S. Chambers, Understanding statistical process control, 2nd edition, SPC Press, Knoxville (1992).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from naravard.methods import Array

MIN_POINTS = 12
"""Fewer points make limits that the next few would move."""
SCALE = 3 / 1.128
"""Three standard deviations in mean moving ranges, 2.66: two normal values differ by 1.128 of them on average."""
RUN = 8
NEAR, WINDOW = 3, 4
ROUNDING = 1e-9
"""Nearer to a line than this, as a part of the largest value, is on the line."""

Rule = Literal["outside", "run", "near"]


@dataclass(frozen=True)
class Limits:
    """Centre and natural process limits, in the unit of the series."""

    centre: float
    lower: float
    upper: float


def limits(values: Sequence[float] | Array, floor: float | None = None, least: int = MIN_POINTS) -> Limits:
    """The mean, and the limits that are 2.66 mean moving ranges from it.

    `values` is one series in the order of time. The lower limit is not below `floor`: 0 for counts. ValueError for
    fewer than `least` points (2 at least), or for nan. Sources: as above.
    """
    series = np.asarray(values, dtype=float)
    if len(series) < max(least, 2):
        raise ValueError(f"Limits need at least {max(least, 2)} points, and there are {len(series)}.")
    if np.isnan(series).any():
        raise ValueError("Limits cannot be told from a series in which a point is missing.")
    centre = float(series.mean())
    half = SCALE * float(np.abs(np.diff(series)).mean())
    lower = centre - half if floor is None else max(centre - half, floor)
    return Limits(centre, lower, centre + half)


def signals(values: Sequence[float] | Array) -> tuple[tuple[int, Rule], ...]:
    """The points that tell of a change, as (index, rule) in the order of time.

    outside: a point outside the limits. run: all points of eight or more in a row on one side of the centre. near:
    three or more of four in a row that are nearer to the same limit than to the centre. A point on a line is on neither
    side of it. The limits are those without a floor, since a floor would move the middle between limit and centre.
    Same series, errors and sources as limits.
    """
    series = np.asarray(values, dtype=float)
    natural = limits(series)
    line = ROUNDING * float(np.abs(series).max())
    return outside_usual(series - natural.centre, natural.upper - natural.centre, line)


def outside_usual(away: Array, half: float, line: float | None = None) -> tuple[tuple[int, Rule], ...]:
    """The same of distances from the centre, with the limit of those; nearer to a line than `line` is on it."""
    line = ROUNDING * float(np.abs(away).max()) if line is None else line
    rules: dict[Rule, set[int]] = {
        "outside": {int(i) for i in np.flatnonzero(np.abs(away) > half + line)},
        "run": _crowded(_sides(away, line), RUN, RUN),
        "near": _crowded(_sides(away, half / 2 + line), WINDOW, NEAR),
    }
    order: tuple[Rule, ...] = ("outside", "run", "near")
    return tuple((i, rule) for i in range(len(away)) for rule in order if i in rules[rule])


def _sides(away: Array, line: float) -> Array:
    """1 for what is more than `line` above, −1 for what is more than `line` below, 0 else."""
    return np.sign(np.where(np.abs(away) > line, away, 0)).astype(int)


def _crowded(sides: Array, window: int, least: int) -> set[int]:
    """Points on one side in any window in a row where at least so many are on that side."""
    points: set[int] = set()
    for start in range(len(sides) - window + 1):
        for side in (-1, 1):
            there = np.flatnonzero(sides[start : start + window] == side)
            if len(there) >= least:
                points |= {start + int(i) for i in there}
    return points
