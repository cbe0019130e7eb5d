"""Where an area lies among the kommuner, on one line: places, ends and the same in words, for screen and paper.

All of it is made of what has passed the gate, and of nothing that is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass

from naravard.base.numbers import quantity
from naravard.figures import targets
from naravard.figures.gate import ProtectedRow
from naravard.figures.overview import Measure
from naravard.telling import amounts


@dataclass(frozen=True)
class Strip:
    """The other kommuner, the area's own figure, länet, riket and a target; None where there is none.

    Places are parts of the line, from the lowest of all figures (0) to the highest (1), which stand at its ends.
    """

    points: tuple[float, ...]
    own: float | None
    lan: float | None
    nation: float | None
    target: float | None
    low: str
    high: str
    alt: str
    is_flat: bool
    """Whether all figures are the same, so that there is no line."""


def strip_of(measure: Measure, area: str, name: str, row: ProtectedRow | None) -> Strip | None:
    """The line of a measure with an area's own row on it; None where no kommun has a figure that is seen."""
    spec = measure.indicator
    kommuner = [each for each in measure.kommuner if each.varde is not None]
    if not kommuner:
        return None
    target = targets.target_of(spec.id, measure.result.matperiod)
    figures = (*kommuner, measure.lan, measure.nation)
    values = [each.varde for each in figures if each is not None and each.varde is not None]
    values += [target.varde] if target else []
    low, high = min(values), max(values)

    def place(value: float | None) -> float | None:
        return None if value is None else (value - low) / (high - low) if high > low else 0.5

    def place_of(figure: ProtectedRow | None) -> float | None:
        return place(figure.varde) if figure is not None else None

    others = (place_of(each) for each in kommuner if each.kommun_kod != area)
    return Strip(
        points=tuple(at for at in others if at is not None),
        own=place_of(row),
        lan=place_of(measure.lan),
        nation=place_of(measure.nation),
        target=place(target.varde) if target else None,
        low=amounts.written_value(low, spec),
        high=amounts.written_value(high, spec),
        alt=_in_words(measure, area, name, row),
        is_flat=low == high,
    )


def own_in_words(measure: Measure, row: ProtectedRow | None) -> str:
    """The area's own value, or why it has none."""
    has_value = row is not None and row.varde is not None
    return amounts.value(row, measure.indicator) if has_value else amounts.why(row)


def _in_words(measure: Measure, area: str, name: str, row: ProtectedRow | None) -> str:
    """`Mönsterås 97 %. Riket 86 %. Kommunerna från 80 % till 97 %.`: all that the strip shows."""
    spec = measure.indicator
    values = [each.varde for each in measure.kommuner if each.varde is not None]
    beside = [
        f"{label} {amounts.value(figure, spec)}."
        for label, figure in (("Länet", measure.lan), ("Riket", measure.nation))
        if figure is not None and figure.varde is not None and figure.kommun_kod != area
    ]
    target = targets.target_of(spec.id, measure.result.matperiod)
    beside += [f"Målet {amounts.written_value(target.varde, spec)}."] if target else []
    ends = (
        f"Kommunerna från {amounts.written_value(min(values), spec)} till {amounts.written_value(max(values), spec)}."
    )
    hidden = len(measure.kommuner) - len(values)
    without = f" {quantity(hidden, 'kommun', 'kommuner')} har inget tal som visas." if hidden else ""
    return f"{spec.short}: {name} {own_in_words(measure, row)}. {' '.join([*beside, ends])}{without}"
