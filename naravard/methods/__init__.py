"""Statistical methods: one file each, pure functions with the source of the method.

They take numbers or numpy arrays, which are broadcast: Python floats come out of numbers, arrays out of arrays. What
cannot be computed, as a share of nobody, is nan.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Z95 = 1.959963984540054
"""Quantile of the normal distribution for a two-sided 95 %."""
Z998 = 3.090232306167813
"""Quantile of the normal distribution for a two-sided 99.8 %."""

Array = NDArray[Any]
Numbers = float | Array
Like = TypeVar("Like", float, Array)
"""Floats come out where floats go in, arrays where arrays do."""


def plain(values: Array) -> Any:
    """A Python number for an array without dimensions, else the array itself."""
    return values if values.ndim else values.item()


def arrays(*values: Numbers) -> tuple[NDArray[np.float64], ...]:
    """All as arrays of floats in one shape; None becomes nan."""
    return tuple(np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in values)))
