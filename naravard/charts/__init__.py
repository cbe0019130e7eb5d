"""Kinds of chart, found by looking: one module each, with LABEL, `fits(result)` and `draw(result)`.

`draw` gives a plotly figure of what may be shown. An indicator names the chart it asks for in `diagram`; which others
its figures can be drawn as, each chart says itself.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from plotly.graph_objects import Figure

from naravard import theme
from naravard.charts import _forecast
from naravard.charts._frame import without_points
from naravard.disclosure import ProtectedResult

_ROOM_FOR_NUMBER = 6
"""Percent of a bar that is wide enough for its number on a wall."""
_RAISED = r"<sup> ?(\d+)</sup>"


def kinds(result: ProtectedResult) -> dict[str, str]:
    """Names and labels of the charts that a result can be drawn as, the one that its indicator asks for first."""
    asked = result.indicator.diagram
    fitting = [name for name, module in _modules().items() if module.fits(result)] or [asked]
    return {name: _modules()[name].LABEL for name in sorted(fitting, key=lambda name: name != asked)}


def draw(result: ProtectedResult, kind: str | None = None) -> Figure:
    """The result as a chart of a kind; as the one that its indicator asks for where none is given.

    Where there is nothing to draw the figure says so in words: empty axes would read as zero.
    """
    chart = _modules()[kind or result.indicator.diagram]
    figure: Figure = chart.draw(result) if result.rows else Figure()
    return figure if figure.data else without_points(result)


def forecast(known: ProtectedResult, expected: ProtectedResult, base_year: int) -> Figure:
    """What has been counted and what is expected after it, in one chart."""
    if not known.rows or not expected.rows:
        return without_points(expected)
    return _forecast.draw(known, expected, base_year)


def dark(figure: Figure) -> Figure:
    """The same chart in the colours of the dark theme."""
    return Figure(theme.recoloured(figure.to_dict(), theme.DARK), skip_invalid=True)


def for_wall(figure: Figure) -> dict[str, Any]:
    """The same chart for a projector, as plotly's own JSON: stronger colours, and no size, which the screen decides."""
    drawn: dict[str, Any] = json.loads(figure.to_json(engine="json"))
    for name in ("height", "title"):  # the mark of example data stands on the slide
        drawn["layout"].pop(name, None)
    drawn["layout"].pop("uniformtext", None)
    for part in (trace for trace in drawn["data"] if trace.get("constraintext") == "inside"):
        # low bars: a number stands where its part is wide enough, whatever its height
        texts = [text if (x or 0) >= _ROOM_FOR_NUMBER else "" for text, x in zip(part["text"], part["x"], strict=True)]
        part |= {"constraintext": "none", "text": texts}
    drawn = json.loads(re.sub(_RAISED, r" (\1)", json.dumps(drawn)))  # raised numbers would be too small
    shown: dict[str, Any] = theme.recoloured(drawn, theme.WALL)
    return shown


@cache
def _modules() -> dict[str, Any]:
    """All charts by name, in the order in which a reader meets them."""
    names = [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]
    found = {name: import_module(f"{__name__}.{name}") for name in names}
    return dict(sorted(found.items(), key=lambda item: (item[1].PLACE, item[0])))
