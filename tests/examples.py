"""How many examples something is tried with: all of a property in `make test`, a fifth in `make quick`."""

from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import settings

ALL, FEW = 100, 20
settings.register_profile("all", max_examples=ALL, deadline=None)  # a deadline would assert a time
settings.register_profile("quick", max_examples=FEW, deadline=None)
settings.load_profile("all")


def examples(number: int, **options: Any) -> settings:
    """So many examples; in the profile `quick` the same part of them as of those that a test does not count."""
    return settings(max_examples=number * settings().max_examples // ALL, deadline=None, **options)


def more(*cases: Any) -> list[ParameterSet]:
    """Cases of the same kind as those beside them, which are tried in `make soak`."""
    each = [case if isinstance(case, tuple) else (case,) for case in cases]
    return [pytest.param(*case, marks=pytest.mark.slow) for case in each]
