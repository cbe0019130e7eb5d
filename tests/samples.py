"""Which of many that are alike are tried each time; the others are tried where there is time (`-m slow`)."""

from typing import Any

import pytest

from naravard.figures import indicators
from naravard.figures.indicators import Indicator


def by_kind() -> tuple[list[str], list[str]]:
    """The ids of all indicators: the first of each kind, and those that are drawn and written as one of these is."""
    kinds = set()
    first: list[str] = []
    others: list[str] = []
    for indicator in indicators.registry().values():
        kind = _kind(indicator)
        (others if kind in kinds else first).append(indicator.id)
        kinds.add(kind)
    return first, others


def _kind(indicator: Indicator) -> tuple[object, ...]:
    return (
        indicator.kind,
        indicator.diagram,
        len(indicator.grupper) > 1,
        bool(indicator.brott),
        bool(indicator.per_alder),
        indicator.behover == "nyckeltal",
        indicator.riktning == "neutral",
    )


def indicators_by_kind() -> list[Any]:
    """The ids of all indicators as parameters: the first of each kind each time."""
    first, others = by_kind()
    return [*first, *(pytest.param(other, marks=pytest.mark.slow) for other in others)]
