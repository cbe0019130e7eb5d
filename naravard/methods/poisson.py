"""Interval of the count to expect, from the count seen: exact below 10 events, Byar's approximation from 10.

Sources: F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936) 437–442; Byar's approximation
in N. E. Breslow and N. E. Day, Statistical methods in cancer research, volume II: The design and analysis of cohort
studies, IARC Scientific Publications 82, Lyon (1987), page 69.
"""

from __future__ import annotations

import numpy as np

from naravard.methods import Z95, Array, Like, arrays, plain

BYAR_FROM = 10
"""From this many events on Byar's approximation is within 0.2 % of the exact limits at 95 %, 1.5 % at 99.8 %."""


def interval(count: Like, z: float = Z95) -> tuple[Like, Like]:
    """Lower and upper limit of the expected count, from 0 up.

    `count` is events, one observed number for each interval. A negative count or nan gives nan. Sources: as above.
    """
    (counts,) = arrays(count)
    few = (counts >= 0) & (counts < BYAR_FROM)
    many = counts >= BYAR_FROM
    low, high = np.full(counts.shape, np.nan), np.full(counts.shape, np.nan)
    if few.any():
        low[few], high[few] = _exact(counts[few], z)
    if many.any():
        low[many], high[many] = _byar(counts[many], z)
    return plain(low), plain(high)


def rate_interval(count: Like, exposure: Like, z: float = Z95) -> tuple[Like, Like]:
    """Lower and upper limit of the rate count/exposure, in events per unit of exposure.

    Both are broadcast; an exposure that is not above 0 gives nan. Sources: as above.
    """
    counts, exposures = arrays(count, exposure)
    known_exposures = np.where(exposures > 0, exposures, np.nan)
    low, high = interval(counts, z)
    return plain(np.asarray(low / known_exposures)), plain(np.asarray(high / known_exposures))


def _exact(counts: Array, z: float) -> tuple[Array, Array]:
    # 0.3 s to import, which the start of the command line should not wait for
    from scipy.special import gammainccinv, gammaincinv, ndtr  # type: ignore[import-untyped]  # noqa: PLC0415

    tail = ndtr(-z)
    low = np.where(counts > 0, gammaincinv(np.maximum(counts, 1), tail), 0)
    return low, gammainccinv(counts + 1, tail)


def _byar(counts: Array, z: float) -> tuple[Array, Array]:
    above = counts + 1
    low = counts * (1 - 1 / (9 * counts) - z / (3 * np.sqrt(counts))) ** 3
    high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return np.maximum(low, 0), high
