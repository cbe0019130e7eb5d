"""A funnel: each kommun by its size and its figure, and how far from the län chance alone would take it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from plotly.graph_objects import Figure

from naravard.base.kommuner import RIKET
from naravard.base.numbers import capital, number, quantity
from naravard.charts import Chart
from naravard.charts._frame import Part, foot, frame, how_sure
from naravard.charts._labels import Point, sides
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.methods import Array
from naravard.telling import theme
from naravard.telling.amounts import value, written_value
from naravard.telling.tables import bar_colour
from naravard.telling.verdicts import shape, spread_judgement

_HEIGHT = 460
_STEPS = 80
_PLOT_HEIGHT = 340.0
_WIDE, _NARROW, _WALL = (780.0, _PLOT_HEIGHT), (230.0, _PLOT_HEIGHT), (400.0, 110.0)
"""Pixels of the plot itself on a screen, a phone and a wall: less than there is, so that names have room."""
_NAMED = 5
"""So few are all named, whether they differ or not."""
_LEAST = 1


def _fits(result: ProtectedResult) -> bool:
    """Shares or rates with counts, against the län as it is."""
    lan = result.lan(result.groups[0]) if result.groups else None
    return (
        len(result.groups) == 1
        and not result.indicator.foljer_alder  # its comparison, where there is one, is not of the shares as they are
        and result.indicator.kind.limits_of_part is not None
        and not result.indicator.kind.parts_add_up
        and lan is not None
        and lan.varde is not None
        and lan.taljare is not None
        and (lan.namnare or 0) > _LEAST
        and len(_points(result)) >= _LEAST
    )


def _points(result: ProtectedResult) -> list[ProtectedRow]:
    """From the smallest to the largest, so that the names of neighbours can be put on different sides."""
    points = [row for row in result.kommuner if row.varde is not None and row.namnare]
    return sorted(points, key=lambda row: row.namnare or 0)


def _draw(result: ProtectedResult) -> Figure:
    return _funnel(result, _WIDE)


def _draw_narrow(result: ProtectedResult) -> Figure:
    return _funnel(result, _NARROW)


def _draw_on_wall(results: Sequence[ProtectedResult]) -> Figure:
    figure = _funnel(results[0], _WALL)
    figure.update_layout(margin={"t": 4, "b": 44, "r": 16})
    return figure


def _funnel(result: ProtectedResult, size: tuple[float, float]) -> Figure:
    """Points with names where they differ; lines at 95 % and 99.8 % around the län. Hidden kommuner have no point.

    The limits are those of the comparison: widened where the kommuner differ more than chance. Then the middle kommun
    and riket are lines too.
    """
    lan, rows, indicator = result.lan(result.groups[0]), _points(result), result.indicator
    if not rows or lan is None or lan.taljare is None or lan.namnare is None:
        return Figure()
    average = lan.varde or 0
    most = max(min(round(max(row.namnare or 0 for row in rows) * 1.06), lan.namnare - 1), 2)
    least = max(1, round(min(row.namnare or 0 for row in rows) * 0.6))
    x = np.unique(np.linspace(min(least, most - 1), most, _STEPS).astype(int))
    unit = indicator.rubriker.get("namnare") or indicator.namnare
    title = {"text": f"{capital(unit)}, antal", "font": {"size": 13}}
    lines = [
        *_limits(x, lan, result),
        _level(x, average, f"Länet, {value(lan, indicator)}", theme.COMPARATOR),
        *_others(x, result),
    ]
    # an axis has a length also where nobody has anything
    largest = max([*(y for each in lines for y in each["y"]), *(row.varde or 0 for row in rows)]) or 1
    # a share is never more than the whole
    top = min(100, 1.08 * largest) if indicator.kind.part_of_whole else 1.08 * largest
    least_shown, most_shown = int(x[0]), max(int(x[-1]), round(1.04 * max(row.namnare or 0 for row in rows)))
    names = _placed_names(rows, result, least_shown, most_shown, top, size)
    unnamed = sum(bool(_name(row, result, is_few=len(rows) <= _NAMED)) for row in rows) - len(names)
    return frame(
        [*lines, _kommuner(rows, result, names)],
        result,
        _HEIGHT,
        has_legend=True,
        margin={"b": foot(result) + 28},
        annotations=[_of_unnamed(unnamed)] if unnamed else [],
        xaxis={
            "title": title,
            "tickformat": ",d",
            "showgrid": False,
            "nticks": 10 if size == _WIDE else 4,
            "range": [least_shown, most_shown],
        },
        yaxis={"ticksuffix": " %" if indicator.in_percent else "", "gridcolor": theme.GRID, "range": [0, top]},
    )


def _of_unnamed(count: int) -> Part:
    """That some names have no room: nothing is left out in silence."""
    text = f"{quantity(count, 'namn', 'namn')} till står i tabellen"
    place = {"x": 1, "xref": "paper", "xanchor": "right", "y": 0, "yref": "paper", "yanchor": "bottom"}
    return {"text": text, **place, "showarrow": False, "font": {"size": 12}}


def _placed_names(
    rows: list[ProtectedRow], result: ProtectedResult, least: int, most: int, top: float, size: tuple[float, float]
) -> dict[str, tuple[str, str]]:
    """Kommunkod → name and side, of those that have room: the reader's own first, then those that differ most."""
    names = {row.kommun_kod: _name(row, result, is_few=len(rows) <= _NAMED) for row in rows}
    in_order = sorted(
        (row for row in rows if names[row.kommun_kod]),
        key=lambda row: (row.kommun_kod != result.own_kommun, -abs(row.level), row.namnare or 0),
    )
    points = [
        Point(
            size[0] * ((row.namnare or 0) - least) / max(most - least, 1),
            size[1] * (row.varde or 0) / top,
            row.kommun + "  " * bool(row.level),
        )
        for row in in_order
    ]
    pairs = zip(in_order, sides(points, *size), strict=True)
    return {row.kommun_kod: (names[row.kommun_kod], side) for row, side in pairs if side}


def _limits(sizes: Array, lan: ProtectedRow, result: ProtectedResult) -> list[Part]:
    """The lines of both limits, in the indicator's unit."""
    kind, scale = result.indicator.kind, result.indicator.scale
    judgement = spread_judgement(result)
    between = judgement.spread.between if judgement and judgement.spread else 0.0
    name = "Gräns, vidgad" if between else "Slumpens gräns"
    assert kind.limits_of_part is not None
    by_size = [kind.limits_of_part(int(size), lan.taljare or 0, lan.namnare or 0, between) for size in sizes]
    low95, high95, low998, high998 = (scale * np.array(each) for each in zip(*by_size, strict=True))
    return [
        _line(sizes, low998, "dot", f"{name}, 99,8 %", legend=True),
        _line(sizes, high998, "dot", f"{name}, 99,8 %", legend=False),
        _line(sizes, low95, "dash", f"{name}, 95 %", legend=True),
        _line(sizes, high95, "dash", f"{name}, 95 %", legend=False),
    ]


def _others(x: Array, result: ProtectedResult) -> list[Part]:
    """The middle kommun and riket, where the kommuner differ more than chance: the län alone is no yardstick then."""
    if spread_judgement(result) is None:
        return []
    indicator = result.indicator
    middle = median(row.varde or 0 for row in _points(result))
    lines = [_level(x, middle, f"Mitt bland kommunerna, {written_value(middle, indicator)}", theme.MUTED)]
    nation = result.row(RIKET, result.groups[0])
    if nation is not None and nation.varde is not None:
        lines.append(_level(x, nation.varde, f"Riket, {value(nation, indicator)}", theme.NATION))
    return lines


def _line(x: Array, y: Array, dash: str, name: str, *, legend: bool) -> Part:
    return {
        "type": "scatter",
        "x": x.tolist(),
        "y": y.tolist(),
        "mode": "lines",
        "line": {"color": theme.MUTED, "width": 1.2, "dash": dash},
        "name": name,
        "showlegend": legend,
        "hoverinfo": "skip",
    }


def _level(x: Array, height: float, name: str, colour: str) -> Part:
    return {
        "type": "scatter",
        "x": [int(x[0]), int(x[-1])],
        "y": [height, height],
        "mode": "lines",
        "line": {"color": colour, "width": 2},
        "name": name,
        "hoverinfo": "skip",
    }


def _kommuner(rows: list[ProtectedRow], result: ProtectedResult, names: dict[str, tuple[str, str]]) -> Part:
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
            "size": [15 if row.kommun_kod == result.own_kommun else 11 for row in rows],
            "color": [bar_colour(row, indicator) for row in rows],
            "line": {
                "color": [theme.TEXT if row.kommun_kod == result.own_kommun else theme.PAPER for row in rows],
                "width": [2.5 if row.kommun_kod == result.own_kommun else 1 for row in rows],
            },
        },
        "text": [names.get(row.kommun_kod, ("", ""))[0] for row in rows],
        "textposition": [names.get(row.kommun_kod, ("", "top center"))[1] for row in rows],
        "textfont": {"size": 13},
        "cliponaxis": False,
        "hovertext": [
            f"{row.kommun}: {value(row, indicator)} av {number(row.namnare or 0)}{how_sure(row, result)}"
            for row in rows
        ],
        "hoverinfo": "text",
    }


def _name(row: ProtectedRow, result: ProtectedResult, *, is_few: bool) -> str:
    """The name of a kommun that differs, or is the reader's own; of all where they are few."""
    if row.kommun_kod == result.own_kommun:
        return f"<b>{row.kommun}</b> {shape(row)}"
    return f"{row.kommun} {shape(row)}" if row.level or is_few else ""


CHART = Chart(
    "Trattdiagram",
    5,
    _fits,
    _draw,
    is_wide=True,
    draw_narrow=_draw_narrow,
    draw_on_wall=_draw_on_wall,
    former_labels=("Tratt",),
    how_to_read="Varje punkt är en kommun: längre åt höger finns fler personer bakom talet. Mellan "
    "linjerna ryms skillnaden mot länet inom det som slumpen brukar ge.",
)
