"""A distribution: one bar of 100 % per area, its steps from low to high in one colour that deepens."""

from __future__ import annotations

from collections.abc import Sequence

from plotly.graph_objects import Figure

from naravard.base.numbers import HIDDEN
from naravard.charts import Chart, _columns
from naravard.charts._frame import area_name, areas, bar, bars_height, fitted_to_wall, frame
from naravard.figures.gate import ProtectedResult
from naravard.telling import theme
from naravard.telling.tables import part_colours

_TEXT_SIZE = 13
_MOST_STEPS = 6


def _fits(result: ProtectedResult) -> bool:
    """Groups that together are the whole, and each of which is in one of them."""
    return result.indicator.kind.parts_add_up and len(result.groups) > 1


def _draw(result: ProtectedResult) -> Figure:
    """Stacked horizontal bars. A hidden part is left out of its bar, which then is short of 100 % and says so.

    The bars are stacked from the right, from the highest step: what is hidden is mostly a low step, and its gap
    then lies where it belongs, and the others can be compared.
    """
    is_ordered = result.indicator.ordnade_grupper
    parts = [
        bar(
            rows,
            [area_name(row, result) for row in rows],
            result,
            name=result.group_label(group),
            # steps that are nearly as pale as the paper have an edge that is not
            marker={"color": colour, "line": {"color": theme.HATCH if is_ordered else theme.PAPER, "width": 1}},
            textposition="inside",
            constraintext="inside",  # a number that does not fit its part is not shown
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": ink, "size": _TEXT_SIZE},
        )
        for group, (colour, ink) in reversed(list(zip(result.groups, part_colours(result), strict=True)))
        for rows in [[row for row in result.rows if row.grupp == group]]
    ]
    sign = {"x": 100, "text": HIDDEN, "xanchor": "right", "xshift": -4, "showarrow": False}
    return frame(
        parts,
        result,
        bars_height(len(areas(result.rows))),
        has_legend=True,
        annotations=[{**sign, "y": name} for name in _with_hidden(result)],
        legend={"traceorder": "reversed"},
        barmode="stack",
        uniformtext={"mode": "hide", "minsize": _TEXT_SIZE},
        xaxis={"range": [100, 0], "showticklabels": False, "showgrid": False},
        # room for the sign of what is hidden
        yaxis={"autorange": "reversed", "ticklabelstandoff": 22},
    )


def _draw_on_wall(results: Sequence[ProtectedResult]) -> Figure:
    """Where a part is hidden, each step in a column of its own: in one bar the others would not begin where they do.

    That is told by what stands below the chart on a page; on a wall it has to be seen.
    """
    (result,) = results
    is_seen_apart = result.has_kommuner and result.hidden and len(result.groups) <= _MOST_STEPS
    return _columns.draw(results) if is_seen_apart else fitted_to_wall(_draw(result))


def _with_hidden(result: ProtectedResult) -> list[str]:
    """Names of the areas in which a part is hidden, each once."""
    return list(dict.fromkeys(area_name(row, result) for row in result.rows if row.skydd == HIDDEN))


CHART = Chart(
    "Andelar",
    3,
    _fits,
    _draw,
    native="steps",
    draw_on_wall=_draw_on_wall,
    where_hidden="Där en del är dold (..) är stapeln kortare. Luckan står till vänster, vilken del det än är: jämför "
    "talen, inte var färgerna börjar.",
)
