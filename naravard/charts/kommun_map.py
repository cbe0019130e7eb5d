"""The kommuner on a map, each in the colour of its figure. Boundaries lie in data/karta: nothing comes from the net."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from math import cos, radians

from plotly.graph_objects import Figure

from naravard.base import settings
from naravard.base.numbers import HIDDEN
from naravard.charts import Chart
from naravard.charts._frame import Part, area_name, frame, how_sure
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.telling import theme
from naravard.telling.amounts import MISSING_WHY, value, why
from naravard.telling.tables import bar_colour
from naravard.telling.verdicts import shape

_HEIGHT = 640
_TEXT_SIZE = 13
_LIST = 0.5
"""Where the list beside the map begins on a wall, as a part of the width."""
_HATCHING = {"shape": "/", "fgcolor": theme.HATCH, "bgcolor": theme.PAPER, "size": 7}

Ring = tuple[tuple[float, float], ...]


@cache
def _boundaries(lan_kod: str) -> dict[str, tuple[Ring, ...]]:
    """Rings of (longitude, latitude) by kommunkod; empty for a län that has no file."""
    path = settings.ROOT / "data" / "karta" / f"kommuner_{lan_kod}.geojson"
    if not path.exists():
        return {}
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {f["properties"]["kommun_kod"]: tuple(_rings(f["geometry"])) for f in features}


def _rings(geometry: dict[str, object]) -> list[Ring]:
    parts = geometry["coordinates"]
    assert isinstance(parts, list)
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    return [tuple((x, y) for x, y, *_ in ring) for polygon in polygons for ring in polygon]


def _fits(result: ProtectedResult) -> bool:
    """One figure per kommun, in a län whose boundaries are known. Not counts, which only tell its size."""
    boundaries = _boundaries(result.lan_kod)
    return (
        not result.indicator.kind.is_size
        and len(result.groups) == 1
        and result.has_kommuner
        and all(row.kommun_kod in boundaries for row in result.kommuner)
    )


def _draw(result: ProtectedResult) -> Figure:
    """Areas in the colours of the bars, with name and value. Where a figure is hidden or missing, a pattern and why."""
    boundaries = _boundaries(result.lan_kod)
    latitudes = [y for rings in boundaries.values() for ring in rings for _, y in ring]
    stretch = 1 / cos(radians((min(latitudes) + max(latitudes)) / 2))
    return frame(
        # the reader's own comes last, so that its line lies on those of its neighbours
        [
            _area(row, boundaries[row.kommun_kod], result)
            for row in sorted(result.kommuner, key=lambda row: row.kommun_kod == result.own_kommun)
        ],
        result,
        _HEIGHT,
        annotations=[_label(row, boundaries[row.kommun_kod], result) for row in result.kommuner],
        xaxis={"visible": False},
        yaxis={"visible": False, "scaleanchor": "x", "scaleratio": stretch},
    )


def _draw_on_wall(results: Sequence[ProtectedResult]) -> Figure:
    """The map beside a list: on the map itself there is room for a number, not for names that are read from afar."""
    result = results[0]
    figure = _draw(result)
    rows = result.kommuner
    boundaries = _boundaries(result.lan_kod)
    look = {"xref": "paper", "x": _LIST, "yref": "paper", "xanchor": "left", "yanchor": "top", "showarrow": False}
    lines = [
        {**look, "y": 1 - i / len(rows), "name": row.kommun_kod,
         "text": f"<b>{i + 1}</b>  {area_name(row, result)}  {_amount(row, result)}"}
        for i, row in enumerate(rows)
    ]  # fmt: skip
    numbers = [
        {
            **_label(row, boundaries[row.kommun_kod], result),
            "name": row.kommun_kod,
            "text": f"<b>{i + 1}</b>",
            "borderpad": 0,
        }
        for i, row in enumerate(rows)
    ]
    figure.layout.annotations = [*numbers, *lines]
    figure.update_layout(margin={"l": 4, "r": 4, "t": 4, "b": 4}, xaxis={"domain": [0, _LIST - 0.05]})
    return figure


def _label(row: ProtectedRow, rings: Sequence[Ring], result: ProtectedResult) -> Part:
    """Name and value, in the middle of the largest part."""
    x, y = _middle(max(rings, key=_size))
    is_marked = row.kommun_kod == result.own_kommun
    look = {"font": {"size": _TEXT_SIZE}, "bgcolor": theme.PAPER, "opacity": 1 if is_marked else 0.88, "borderpad": 2}
    look |= {"bordercolor": theme.TEXT, "borderwidth": 1.5} if is_marked else {}
    text = f"<b>{row.kommun}</b><br>{_amount(row, result)}"
    return {"x": x, "y": y, "text": text, "showarrow": False, **look}


def _amount(row: ProtectedRow, result: ProtectedResult) -> str:
    if row.varde is None:
        return f"{HIDDEN} (dolt)" if row.skydd == HIDDEN else MISSING_WHY
    return f"{value(row, result.indicator)} {shape(row)}".strip()


def _area(row: ProtectedRow, rings: Sequence[Ring], result: ProtectedResult) -> Part:
    """One kommun: all its islands in one trace, a gap between each."""
    x = [point for ring in rings for point in [*(x for x, _ in ring), None]]
    y = [point for ring in rings for point in [*(y for _, y in ring), None]]
    text = value(row, result.indicator) if row.varde is not None else why(row)
    has_value = row.varde is not None
    line = {"color": theme.PAPER if has_value else theme.HATCH, "width": 1}
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines",
        "fill": "toself",
        "fillcolor": bar_colour(row, result.indicator) if has_value else theme.PAPER,
        "fillpattern": None if has_value else _HATCHING,
        "line": {"color": theme.TEXT, "width": 3} if row.kommun_kod == result.own_kommun else line,
        "name": row.kommun,
        "meta": row.kommun_kod,
        "text": f"{row.kommun}: {text}{how_sure(row, result)}",
        "hoverinfo": "text",
        "hoveron": "fills",
    }


def _size(ring: Ring) -> float:
    """Twice the area of a ring, by the shoelace formula."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True)))


def _middle(ring: Ring) -> tuple[float, float]:
    """The centre of a ring's area."""
    pairs = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    crossed = [x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs]
    whole = 3 * sum(crossed)
    x = sum((x1 + x2) * c for ((x1, _), (x2, _)), c in zip(pairs, crossed, strict=True)) / whole
    y = sum((y1 + y2) * c for ((_, y1), (_, y2)), c in zip(pairs, crossed, strict=True)) / whole
    return x, y


CHART = Chart("Karta", 4, _fits, _draw, draw_on_wall=_draw_on_wall)
