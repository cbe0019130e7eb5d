"""How many examples a property is tried with: all in `make test`, a fifth in `make quick`."""

from typing import Any

from hypothesis import settings

ALL, FEW = 100, 20
settings.register_profile("all", max_examples=ALL, deadline=None)  # a deadline would assert a time
settings.register_profile("quick", max_examples=FEW, deadline=None)
settings.load_profile("all")


def examples(number: int, **options: Any) -> settings:
    """So many examples; in the profile `quick` the same part of them as of those that a test does not count."""
    return settings(max_examples=number * settings().max_examples // ALL, deadline=None, **options)
