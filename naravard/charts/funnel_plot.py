"""A funnel: each kommun by its size and its figure, and how far from the län chance alone would take it."""

from __future__ import annotations

from itertools import cycle, islice

import numpy as np
from plotly.graph_objects import Figure

from naravard.base.numbers import capital, number
from naravard.charts import Chart
from naravard.charts._frame import Part, foot, frame, how_sure
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.methods import Z95, Z998, Array
from naravard.telling import theme
from naravard.telling.amounts import value
from naravard.telling.tables import bar_colour
from naravard.telling.verdicts import shape

_HEIGHT = 460
_STEPS = 80
_SIDES = ("top center", "bottom center", "middle right")
_NAMED = 5
"""So few are all named, whether they differ or not."""
_LEAST = 1


def _fits(result: ProtectedResult) -> bool:
    """Shares or rates with counts, against the län as it is."""
    lan = result.lan(result.groups[0]) if result.groups else None
    return (
        len(result.groups) == 1
        and result.indicator.kind.funnel_limits is not None
        and not result.indicator.kind.parts_add_up
        and lan is not None
        and lan.varde is not None
        and len(_points(result)) >= _LEAST
    )


def _points(result: ProtectedResult) -> list[ProtectedRow]:
    """From the smallest to the largest, so that the names of neighbours can be put on different sides."""
    points = [row for row in result.kommuner if row.varde is not None and row.namnare]
    return sorted(points, key=lambda row: row.namnare or 0)


def _draw(result: ProtectedResult) -> Figure:
    """Points with names where they differ; lines at 95 % and 99.8 % around the län. Hidden kommuner have no point."""
    lan, rows, indicator = result.lan(result.groups[0]), _points(result), result.indicator
    if not rows:
        return Figure()
    average = lan.varde if lan is not None and lan.varde is not None else 0
    sizes = [row.namnare or 0 for row in rows]
    x = np.unique(np.linspace(max(1, min(sizes) * 0.6), max(sizes) * 1.06, _STEPS).astype(int))
    lines = [
        _line(x, limit, dash, name, legend=in_legend)
        for z, dash, name in ((Z998, "dot", "99,8 %"), (Z95, "dash", "95 %"))
        for limit, in_legend in zip(_limits(x, average, z, indicator), (True, False), strict=True)
    ]
    unit = indicator.rubriker.get("namnare") or indicator.namnare
    title = {"text": f"{capital(unit)}, antal", "font": {"size": 13}}
    return frame(
        [*lines, _average(x, average, f"Länet, {value(lan, indicator)}"), _kommuner(rows, result)],
        result,
        _HEIGHT,
        has_legend=True,
        margin={"b": foot(result) + 28},
        xaxis={"title": title, "tickformat": ",d", "showgrid": False},
        yaxis={"ticksuffix": " %" if indicator.in_percent else "", "gridcolor": theme.GRID, "rangemode": "tozero"},
    )


def _limits(sizes: Array, average: float, z: float, indicator: Indicator) -> tuple[Array, Array]:
    """Lower and upper limit in the indicator's unit."""
    assert indicator.kind.funnel_limits is not None
    low, high = indicator.kind.funnel_limits(sizes.astype(float), np.full(len(sizes), average / indicator.scale), z)
    return low * indicator.scale, high * indicator.scale


def _line(x: Array, y: Array, dash: str, name: str, *, legend: bool) -> Part:
    return {
        "type": "scatter",
        "x": x.tolist(),
        "y": y.tolist(),
        "mode": "lines",
        "line": {"color": theme.MUTED, "width": 1.2, "dash": dash},
        "name": f"Slumpens gräns, {name}",
        "showlegend": legend,
        "hoverinfo": "skip",
    }


def _average(x: Array, average: float, name: str) -> Part:
    return {
        "type": "scatter",
        "x": [int(x[0]), int(x[-1])],
        "y": [average, average],
        "mode": "lines",
        "line": {"color": theme.COMPARATOR, "width": 2},
        "name": name,
        "hoverinfo": "skip",
    }


def _kommuner(rows: list[ProtectedRow], result: ProtectedResult) -> Part:
    indicator = result.indicator
    return {
        "type": "scatter",
        "x": [row.namnare for row in rows],
        "y": [row.varde for row in rows],
        "customdata": [row.kommun_kod for row in rows],
        "mode": "markers+text",
        "name": "Kommun",
        "showlegend": False,
        "marker": {
            "size": 11,
            "color": [bar_colour(row, indicator) for row in rows],
            "line": {"color": theme.PAPER, "width": 1},
        },
        "text": [f"{row.kommun} {shape(row)}" if row.level or len(rows) <= _NAMED else "" for row in rows],
        "textposition": list(islice(cycle(_SIDES), len(rows))),
        "textfont": {"size": 13},
        "cliponaxis": False,
        "hovertext": [
            f"{row.kommun}: {value(row, indicator)} av {number(row.namnare or 0)}{how_sure(row, result)}"
            for row in rows
        ],
        "hoverinfo": "text",
    }


CHART = Chart("Tratt", 5, _fits, _draw, is_wide=True)
