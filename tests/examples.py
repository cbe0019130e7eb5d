"""How many examples something is tried with: all of a property in `make test`, a fifth in `make quick`.

They are the same ones each time, so that a change is judged by itself; `make attack` tries others each time.
"""

from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import settings

ALL, FEW = 100, 20
settings.register_profile("all", max_examples=ALL, deadline=None, derandomize=True)  # a deadline would assert a time
settings.register_profile("quick", parent=settings.get_profile("all"), max_examples=FEW)
settings.register_profile("others", parent=settings.get_profile("all"), derandomize=False)
settings.load_profile("all")


def examples(number: int, **options: Any) -> settings:
    """So many examples; in the profile `quick` the same part of them as of those that a test does not count."""
    return settings(max_examples=number * settings().max_examples // ALL, deadline=None, **options)


def more(*cases: Any) -> list[ParameterSet]:
    """Cases of the same kind as those beside them, which are tried in `make soak`."""
    each = [case if isinstance(case, tuple) else (case,) for case in cases]
    return [pytest.param(*case, marks=pytest.mark.slow) for case in each]
