"""Which areas have a line over time on paper and slides, in which colour, and which of them stand out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from naravard.base.kommuner import RIKET
from naravard.figures.gate import ProtectedResult
from naravard.telling import theme

TOLD_APART = 4
"""So many kommuner can be told apart by the colour of their lines."""


class AreaLine(NamedTuple):
    """An area that has a line. One of many kommuner is `faint`, and has no name of its own."""

    kod: str
    colour: str
    faint: bool


def area_lines(koder: Iterable[str], result: ProtectedResult) -> list[AreaLine]:
    """The lines of some areas, kommuner first. Of counts with kommuner the län has none: it would flatten theirs."""
    unique_koder = list(dict.fromkeys(koder))
    of_kommuner = [kod for kod in unique_koder if len(kod) == 4]
    is_flattening = result.indicator.kind.is_size and bool(of_kommuner)
    others = [] if is_flattening else [kod for kod in unique_koder if len(kod) == 2]
    is_faint = len(of_kommuner) > TOLD_APART
    return [
        *(_of_kommun(kod, place, result, is_faint=is_faint) for place, kod in enumerate(of_kommuner)),
        *(AreaLine(kod, _of_whole(kod, result), False) for kod in others),
    ]


def with_limits(koder: Iterable[str], result: ProtectedResult) -> list[str]:
    """The area whose control limits are drawn: the one kommun that is chosen, else the län where there is none."""
    of_kommuner = [kod for kod in dict.fromkeys(koder) if len(kod) == 4]
    return of_kommuner if len(of_kommuner) == 1 else [] if of_kommuner else [result.lan_kod]


def _of_kommun(kod: str, place: int, result: ProtectedResult, *, is_faint: bool) -> AreaLine:
    if kod == result.own_kommun:
        return AreaLine(kod, theme.FIGURE, False)
    return AreaLine(kod, theme.UNSURE if is_faint else theme.GROUPS[place % len(theme.GROUPS)], is_faint)


def _of_whole(kod: str, result: ProtectedResult) -> str:
    if kod == RIKET:
        return theme.NATION
    return theme.COMPARATOR if result.has_kommuner else theme.FIGURE
