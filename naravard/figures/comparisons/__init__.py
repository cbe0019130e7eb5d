"""What a figure can be compared with, found by looking: one module each that sets `COMPARISON`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from naravard.base.errors import NotFound
from naravard.base.kommuner import RIKET

if TYPE_CHECKING:
    from naravard.figures.indicators import Indicator
    from naravard.figures.judgement import Figure, Judgement
    from naravard.methods.dispersion import Spread


@dataclass(frozen=True)
class Case:
    """One figure that is to be compared, and those that it can be compared with.

    `lan` and `nation` are those of the län and of riket in the same period and group, `earlier` is the area's own in
    the period before, with the name of that period; None where there is none. `kommuner` are those of all kommuner by
    code, `spread` is how much those that are seen differ among themselves, and `remarkable` are the codes of those that
    have a remark of their own.
    """

    figure: Figure
    kommun_kod: str
    indicator: Indicator
    lan: Figure | None = None
    nation: Figure | None = None
    earlier: tuple[Figure, str] | None = None
    similar: float | None = None
    """The mean of the kommuner that Kolada says are like this one, in the same period."""
    median: float | None = None
    """The median of the län's kommuner that may be seen, in the same period and group."""
    spread: Spread | None = None
    kommuner: Mapping[str, Figure] = field(default_factory=dict)
    remarkable: frozenset[str] = frozenset()
    matperiod: str = ""

    @property
    def is_nation(self) -> bool:
        """Whether the figure is riket's."""
        return self.kommun_kod == RIKET

    @property
    def is_kommun(self) -> bool:
        """Whether the figure is a kommun's, and not the län's or riket's."""
        return len(self.kommun_kod) == 4


@dataclass(frozen=True)
class Comparison:
    """One comparison: its words, and `judge`, which gives a verdict or None where none can be given.

    `menu` is its name in a menu, `name` in a sentence, `genitive` before a value. `explanation` is a sentence on how it
    is made, `missing` one on why it cannot be made. It stands in the menu by `place`; the first is the one that holds
    where nothing is chosen.
    """

    id: str
    place: int
    menu: str
    name: str
    genitive: str
    explanation: str
    judge: Callable[[Case], Judgement | None]
    missing: str = ""
    areas: tuple[str, ...] = ()
    """Codes of areas beside the län that must be there when one kommun alone is asked for."""
    needs_similar: bool = False
    """Whether it is with kommuner of the whole country that are alike."""
    needs_earlier: bool = False
    """Whether it is with the period before."""
    allows_spread: bool = True
    """Whether its limits are widened where the kommuner differ more than chance."""
    is_a_line: bool = False
    """Whether one value, the län's, can be drawn as a line through the kommuner."""


@cache
def comparisons() -> dict[str, Comparison]:
    """All comparisons by id, in the order of menus."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    in_order: list[Comparison] = sorted((module.COMPARISON for module in modules), key=lambda each: each.place)
    return {each.id: each for each in in_order}


def comparison(comparison_id: str) -> Comparison:
    """One comparison. Raises NotFound with the ids that exist."""
    if comparison_id not in comparisons():
        raise NotFound(f"Jämförelsen {comparison_id!r} finns inte. Välj en av {', '.join(comparisons())}.")
    return comparisons()[comparison_id]


STANDARD = "lanet"
"""The id of the comparison that holds where nothing is chosen: the first in the menu."""
