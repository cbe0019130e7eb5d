"""Charts, found by looking: one module each that sets `CHART`. Its name is that of its module.

An indicator names the chart that it asks for in `diagram`; which others its figures can be drawn as, each chart says
itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Literal

from plotly.graph_objects import Figure

from naravard.charts import _forecast
from naravard.charts._frame import without_points
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
    former_labels: tuple[str, ...] = ()
    """What it has been called in menus before, and so in links that people have kept."""
    is_legible: Callable[[ProtectedResult], bool] = lambda result: True
    """Whether its numbers can be read on a wall; else the result is shown as a table there."""
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


def for_wall(figure: Figure) -> dict[str, Any]:
    """The same chart for a projector, as plotly's own JSON: stronger colours, and no size, which the screen decides."""
    description: dict[str, Any] = json.loads(figure.to_json(engine="json"))
    for name in ("height", "title"):  # the mark of example data stands on the slide
        description["layout"].pop(name, None)
    description["layout"].pop("uniformtext", None)
    for part in (trace for trace in description["data"] if trace.get("constraintext") == "inside"):
        # low bars: a number stands where its part is wide enough, whatever its height
        texts = [text if (x or 0) >= _ROOM_FOR_NUMBER else "" for text, x in zip(part["text"], part["x"], strict=True)]
        part |= {"constraintext": "none", "text": texts}
    description = json.loads(re.sub(_RAISED, r" (\1)", json.dumps(description)))  # raised numbers would be too small
    for_projector: dict[str, Any] = theme.with_colours(description, theme.WALL)
    return for_projector


@cache
def _charts() -> dict[str, Chart]:
    names = [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]
    by_name: dict[str, Chart] = {name: import_module(f"{__name__}.{name}").CHART for name in names}
    return dict(sorted(by_name.items(), key=lambda item: (item[1].place, item[0])))
