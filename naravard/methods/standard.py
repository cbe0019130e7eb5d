"""Figures as they would be with the same ages everywhere: directly standardised rates, and observed by expected.

Sources: A. J. Dobson, K. Kuulasmaa, E. Eberle and J. Scherer, Confidence intervals for weighted sums of Poisson
parameters, Statistics in Medicine 10 (1991) 457–462; N. E. Breslow and N. E. Day, Statistical methods in cancer
research, volume II, IARC Scientific Publications 82, Lyon (1987), pages 64–75; Public Health England, Technical guide:
confidence intervals (2018).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from naravard.methods import Z95, poisson


class Standardised(NamedTuple):
    """A value and its interval; of a direct rate per one of the population, of a ratio 1 where it is as expected."""

    value: float
    low: float
    high: float


def direct(
    counts: Sequence[float], totals: Sequence[float], standard: Sequence[float], z: float = Z95
) -> Standardised | None:
    """The rate that there would be with the ages of the standard population, with Dobson's interval.

    All three are by age. None where an age that the standard has is empty here.
    """
    count, total, weight = (np.asarray(each, dtype=float) for each in (counts, totals, standard))
    if not (total > 0).all() or not weight.sum():
        return None
    weight = weight / weight.sum()
    value, variance = float((weight * count / total).sum()), float((weight**2 * count / total**2).sum())
    events = float(count.sum())
    low, high = poisson.interval(events, z)
    scale = math.sqrt(variance / events) if events else float((weight / total).max())
    return Standardised(value, max(value + scale * (low - events), 0.0), value + scale * (high - events))


def ratio(count: float, expected_count: float, z: float = Z95) -> Standardised | None:
    """Observed by expected, with Byar's interval (exact below 10 events); None where nothing is expected."""
    if expected_count <= 0:
        return None
    low, high = poisson.interval(count, z)
    return Standardised(count / expected_count, low / expected_count, high / expected_count)


def expected_count(
    totals: Sequence[float], standard_counts: Sequence[float], standard_totals: Sequence[float]
) -> float:
    """How many there would be with the standard population's rate at each age."""
    total, count, whole = (np.asarray(each, dtype=float) for each in (totals, standard_counts, standard_totals))
    return float((total * count / whole).sum())


class Excess(NamedTuple):
    """How many are observed beyond what is expected, and the standard deviation of that by chance alone."""

    persons: float
    deviation: float

    @property
    def z(self) -> float:
        """The excess in standard deviations; 0 where there is nothing to vary."""
        return self.persons / self.deviation if self.deviation else 0.0


def excess(
    counts: Sequence[float], totals: Sequence[float], whole_counts: Sequence[float], whole_totals: Sequence[float]
) -> Excess:
    """A part against the whole, age by age: with equal shares at each age the part's excess has a mean of 0.

    Source: N. Mantel and W. Haenszel, Statistical aspects of the analysis of data from retrospective studies of
    disease, Journal of the National Cancer Institute 22 (1959) 719–748.
    """
    count, total, whole_count, whole = (
        np.asarray(each, dtype=float) for each in (counts, totals, whole_counts, whole_totals)
    )
    share = whole_count / whole
    variance = (total * share * (1 - share) * (whole - total) / np.maximum(whole - 1, 1)).sum()
    return Excess(float(count.sum() - (total * share).sum()), math.sqrt(float(variance)))
