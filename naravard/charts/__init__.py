"""Charts, found by looking: one module each that sets `CHART`. Its name is that of its module.

An indicator names the chart that it asks for in `diagram`; which others its figures can be drawn as, each chart says
itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Literal

from plotly.graph_objects import Figure

from naravard.charts import _columns, _forecast
from naravard.charts._frame import fitted_to_wall, without_points
from naravard.figures.gate import ProtectedResult
from naravard.telling import theme

Native = Literal["bars", "groups", "steps", "line"]
_ROOM_FOR_NUMBER = 6
"""Percent of a bar that is wide enough for its number on a wall."""
_RAISED = r"<sup> ?(\d+)</sup>"


@dataclass(frozen=True)
class Chart:
    """One chart: its name in a menu and its place there, which results it `fits`, and how it is drawn.

    `draw` gives a plotly figure of what may be shown. `native` is the kind of chart that it becomes in PowerPoint.
    """

    label: str
    place: int
    fits: Callable[[ProtectedResult], bool]
    draw: Callable[[ProtectedResult], Figure]
    native: Native = "bars"
    is_wide: bool = False
    """Whether it needs the whole width, so that the table stands below it."""
    has_whiskers: bool = False
    """Whether confidence intervals are drawn."""
    every_period: bool = False
    """Whether it is drawn from the result of all periods."""
    of_every: Callable[[ProtectedResult], ProtectedResult] = lambda result: result
    """What is made of the result of all periods, for the chart and the table beside it."""
    how_to_read: str = ""
    """A sentence for who has not met such a chart; said below its menu."""
    where_hidden: str = ""
    """A sentence for the chart of a result of which something is hidden; said below it."""
    former_labels: tuple[str, ...] = ()
    """What it has been called in menus before, and so in links that people have kept."""
    draw_on_wall: Callable[[Sequence[ProtectedResult]], Figure] | None = None
    """As `draw`, for a projected wall, where that is to be drawn otherwise; of more than one result only as columns."""
    most_on_wall: int = 12
    """So many kommuner have room on a wall; more of them are shown on several."""
    draw_narrow: Callable[[ProtectedResult], Figure] | None = None
    """As `draw`, for a screen as narrow as a phone's, where that is to be drawn otherwise."""


def charts() -> dict[str, Chart]:
    """All charts by name, in the order of menus."""
    return _charts()


def chart_of(result: ProtectedResult, name: str | None = None) -> Chart:
    """The chart of that name; the one that the result's indicator asks for where none is given."""
    return _charts()[name or result.indicator.diagram]


def fitting(result: ProtectedResult) -> dict[str, str]:
    """Names and labels of the charts that a result can be drawn as, the one that its indicator asks for first."""
    first = result.indicator.diagram
    names = [name for name, chart in _charts().items() if chart.fits(result)] or [first]
    return {name: _charts()[name].label for name in sorted(names, key=lambda name: name != first)}


def by_former_label(label: str) -> str | None:
    """The chart that once had a label; None where none had."""
    return next((name for name, chart in _charts().items() if label in chart.former_labels), None)


def draw(result: ProtectedResult, name: str | None = None, *, is_narrow: bool = False) -> Figure:
    """The result as a chart; as the one that its indicator asks for where none is given.

    Where there is nothing to draw the figure says so in words: empty axes would read as zero.
    """
    chart = chart_of(result, name)
    draw_it = (chart.draw_narrow if is_narrow else None) or chart.draw
    figure = draw_it(result) if result.rows else Figure()
    return figure if figure.data else without_points(result)


def forecast(
    counted_result: ProtectedResult,
    forecast_result: ProtectedResult,
    base_year: int,
    area: str = "",
    *,
    is_narrow: bool = False,
) -> Figure:
    """What has been counted and what is expected after it, in one chart; of a kommun, or of the län where empty."""
    if not counted_result.rows or not forecast_result.rows:
        return without_points(forecast_result)
    return _forecast.draw(counted_result, forecast_result, base_year, area, is_narrow=is_narrow)


def dark(figure: Figure) -> Figure:
    """The same chart in the colours of the dark theme."""
    return Figure(theme.with_colours(figure.to_dict(), theme.DARK), skip_invalid=True)


def on_wall(results: Sequence[ProtectedResult], name: str | None = None) -> dict[str, Any]:
    """One result as a chart for a projector, or several beside each other; as plotly's own JSON (`for_wall`)."""
    chart = chart_of(results[0], name)
    draw_it = chart.draw_on_wall or (lambda several: fitted_to_wall(chart.draw(several[0])))
    figure = draw_it(results) if results[0].rows else Figure()
    return for_wall(figure if figure.data else without_points(results[0]))


def can_stand_beside(results: Sequence[ProtectedResult]) -> bool:
    """Whether results have room beside each other on one wall: bars of kommuner, and not too many of them."""
    are_bars = all(result.has_kommuner and chart_of(result).native in {"bars", "groups"} for result in results)
    return are_bars and _columns.count_of(results) <= _columns.MOST


def for_wall(figure: Figure) -> dict[str, Any]:
    """The same chart for a projector, as plotly's own JSON: stronger colours, no small letters, and no size.

    The screen decides how large it is, and enlarges it so that its letters can be read from the back of a room.
    """
    description: dict[str, Any] = json.loads(figure.to_json(engine="json"))
    layout = description["layout"]
    for name in ("height", "title", "uniformtext"):  # the mark of example data stands on the slide
        layout.pop(name, None)
    for part in (trace for trace in description["data"] if trace.get("constraintext") == "inside"):
        # low bars: a number stands where its part is wide enough, whatever its height
        texts = [text if (x or 0) >= _ROOM_FOR_NUMBER else "" for text, x in zip(part["text"], part["x"], strict=True)]
        part |= {"constraintext": "none", "text": texts}
    description = json.loads(re.sub(_RAISED, r" (\1)", json.dumps(description)))  # raised numbers would be too small
    for_projector: dict[str, Any] = theme.with_colours(_with_one_size(description), theme.WALL)
    return for_projector


def _with_one_size(part: Any) -> Any:
    """A chart's description without letters that are smaller than the others."""
    if isinstance(part, dict):
        return {
            name: {**_with_one_size(inner), "size": theme.FONT_SIZE} if name.endswith("font") else _with_one_size(inner)
            for name, inner in part.items()
        }
    return [_with_one_size(inner) for inner in part] if isinstance(part, list) else part


@cache
def _charts() -> dict[str, Chart]:
    names = [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]
    by_name: dict[str, Chart] = {name: import_module(f"{__name__}.{name}").CHART for name in names}
    return dict(sorted(by_name.items(), key=lambda item: (item[1].place, item[0])))
