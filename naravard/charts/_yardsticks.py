"""Dotted lines through bars, with their names below: the län, the middle kommun, riket and a target."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from naravard.base.kommuner import RIKET
from naravard.charts._frame import Part
from naravard.figures import targets
from naravard.figures.gate import ProtectedResult
from naravard.telling import theme
from naravard.telling.verdicts import spread_judgement

Place = tuple[float, str, str]
"""A value, what it is called and its colour."""


def yardsticks(result: ProtectedResult) -> list[Place]:
    """The län's value, for shares and rates of kommuner, and a target where there is one.

    Where the kommuner differ more than chance, the middle one and riket are there too.
    """
    if result.indicator.kind.is_size or not result.has_kommuner:
        return []
    return [*_of_others(result), *target(result)]


def target(result: ProtectedResult) -> list[Place]:
    """The target that has been set; none where there is none."""
    goal = targets.target_of(result.indicator.id, result.matperiod)
    return [(goal.varde, "Målet", theme.FIGURE)] if goal else []


def _of_others(result: ProtectedResult) -> list[Place]:
    lan = result.lan(result.groups[0])
    if not result.comparison.is_a_line or lan is None or lan.varde is None:
        return []
    places = [(lan.varde, "Länet", theme.COMPARATOR)]
    if spread_judgement(result):
        values = [row.varde for row in result.kommuner if row.grupp == result.groups[0] and row.varde is not None]
        places.append((median(values), "Mitt", theme.MUTED))
        nation = result.row(RIKET, result.groups[0])
        places += [(nation.varde, "Riket", theme.NATION)] if nation and nation.varde is not None else []
    return places


def dotted(at: float, colour: str, xref: str = "x") -> Part:
    """A line at a value, behind the bars."""
    whole_height = {"xref": xref, "x0": at, "x1": at, "yref": "y domain", "y0": 0, "y1": 1}
    return {"type": "line", **whole_height, "line": {"color": colour, "width": 1.5, "dash": "dot"}, "layer": "below"}


def names(places: Sequence[Place], xref: str = "x") -> list[Part]:
    """Names below the lines, the outer ones turned away from those between."""
    ends = sorted(at for at, _, _ in places)
    return [
        {
            "x": at, "xref": xref, "y": 0, "yref": "paper", "text": name, "yanchor": "top", "showarrow": False,
            "xanchor": _anchor(at, ends),
            "font": {"color": colour, "size": 13},
        }
        for at, name, colour in places
    ]  # fmt: skip


def _anchor(at: float, ends: Sequence[float]) -> str:
    if ends[0] == ends[-1] or ends[0] < at < ends[-1]:
        return "center"
    return "right" if at == ends[0] else "left"
