"""Wilson's score interval for a share.

Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209–212.
"""

from __future__ import annotations

Z95 = 1.959963984540054
"""Quantile of the normal distribution for 95 %."""


def interval(count: float, total: float, z: float = Z95) -> tuple[float, float]:
    """Lower and upper limit of the share count/total, as fractions. `total` is more than 0."""
    share = count / total
    middle = share + z**2 / (2 * total)
    half = z * (share * (1 - share) / total + z**2 / (4 * total**2)) ** 0.5
    scale = 1 + z**2 / total
    return (middle - half) / scale, (middle + half) / scale
