"""Whether a figure has changed more than chance alone would make it."""

from __future__ import annotations

from naravard.methods import wilson


def counts_differ(old: float, new: float, old_total: float = 1, new_total: float = 1, z: float = wilson.Z95) -> bool:
    """Whether two counts, of as many persons or per `total`, differ at 95 %.

    Given their sum, the new count is binomial. Source: J. Przyborowski and H. Wilenski, Homogeneity of results in
    testing samples from Poisson series, Biometrika 31 (1940) 313–323, in the normal approximation.
    """
    both = old + new
    if not both or old_total <= 0 or new_total <= 0:
        return False
    share = new_total / (old_total + new_total)
    return bool(abs(new - both * share) > z * (both * share * (1 - share)) ** 0.5)


def shares_differ(old: float, old_total: float, new: float, new_total: float, z: float = wilson.Z95) -> bool:
    """Whether two shares differ at 95 %: the interval of their difference leaves out 0.

    Source: R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in
    Medicine 17 (1998) 873–890, method 10.
    """
    if not old_total or not new_total:
        return False
    before, after = old / old_total, new / new_total
    old_low, old_high = wilson.interval(old, old_total, z)
    new_low, new_high = wilson.interval(new, new_total, z)
    difference = after - before
    low = difference - ((after - new_low) ** 2 + (old_high - before) ** 2) ** 0.5
    high = difference + ((new_high - after) ** 2 + (before - old_low) ** 2) ** 0.5
    return bool(low > 0 or high < 0)
