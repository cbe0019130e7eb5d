"""What all charts share: type, margins, Swedish separators, the mark of example data, and text for hidden bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from plotly.graph_objects import Figure

from naravard.base.model import EXAMPLE, PRELIMINARY
from naravard.base.numbers import HIDDEN
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.telling import theme
from naravard.telling.amounts import MISSING_WHY, NO_FIGURES, interval, reference, value, why
from naravard.telling.provenance import mark_in_words
from naravard.telling.verdicts import comparison_name, verdict_with_shape
from naravard.telling.vocabulary import SPAN

BAR_HEIGHT = 36
BAR_GAP = 0.28
Part = dict[str, Any]
"""A trace or an annotation, as plotly describes it."""
_MARGIN = {"l": 8, "r": 48, "t": 12, "b": 28}
_LEGEND = 32
_EMPTY_HEIGHT = 120
_MARK = 28
_OUTLINE = 2.5


def frame(
    traces: Iterable[Part], result: ProtectedResult, height: int, *, has_legend: bool = False, **layout: Any
) -> Figure:
    """A figure of these traces with the house's look; `layout` is what the chart wants otherwise.

    Plotly checks what a figure has already again for each part that is added, so it is given all at once.
    """
    look = _look(result, height, has_legend=has_legend)
    wishes = {name: {**look.get(name, {}), **wish} if isinstance(wish, dict) else wish for name, wish in layout.items()}
    return Figure(list(traces), {**look, **wishes})


def _look(result: ProtectedResult, height: int, *, has_legend: bool) -> dict[str, Any]:
    look: dict[str, Any] = {
        "template": "none",
        "height": height + (_LEGEND if has_legend else 0) + (_MARK if result.mark else 0),
        "margin": {**_MARGIN, "t": _MARGIN["t"] + (_LEGEND if has_legend else 0), "b": foot(result)},
        "paper_bgcolor": theme.PAPER,
        "plot_bgcolor": theme.PAPER,
        "font": {"family": theme.FONT, "size": theme.FONT_SIZE, "color": theme.TEXT},
        "separators": ",\u00a0",
        "bargap": BAR_GAP,
        "showlegend": has_legend,
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "traceorder": "normal"},
        "hoverlabel": {"bgcolor": theme.PAPER, "font": {"family": theme.FONT, "size": theme.FONT_SIZE}},
        "dragmode": False,
        "xaxis": {"fixedrange": True, "gridcolor": theme.GRID, "zeroline": False, "automargin": True},
        "yaxis": {"fixedrange": True, "zeroline": False, "automargin": True, "ticklabelstandoff": 8},
    }
    return look | {"title": _mark_title(result)} if result.mark else look


def fitted_to_wall(figure: Figure) -> Figure:
    """Without the room above for a legend and below for the mark: on a wall these stand elsewhere."""
    has_axis = figure.layout.xaxis.showticklabels is not False
    figure.update_layout(margin={"t": 4, "b": 24 if has_axis else 4, "r": 14})
    return figure


def foot(result: ProtectedResult) -> int:
    """Pixels below the axis."""
    return _MARGIN["b"] + (_MARK if result.mark else 0)


def without_points(result: ProtectedResult) -> Figure:
    """A figure that says in words why it is empty."""
    has_figures = any(row.varde is not None for row in result.rows)
    text = "Siffrorna går inte att rita så." if has_figures else f"{NO_FIGURES}."
    note = {"text": text, "x": 0, "xref": "paper", "y": 0.5, "yref": "paper", "showarrow": False}
    hidden_axis = {"visible": False}
    return frame([], result, _EMPTY_HEIGHT, annotations=[note], xaxis=hidden_axis, yaxis=hidden_axis)


def _mark_title(result: ProtectedResult) -> dict[str, object]:
    """The mark of example data or of preliminary figures, at the foot of the chart."""
    text = mark_in_words(result)
    for word in (EXAMPLE, PRELIMINARY):
        text = text.replace(word, f"<b>{word}</b>")
    place = {"x": 0, "xref": "container", "xanchor": "left", "y": 0, "yref": "container", "yanchor": "bottom"}
    return {
        "text": text,
        "font": {"color": theme.EXAMPLE, "size": theme.FONT_SIZE},
        "pad": {"b": 6, "l": 8},
        **place,
    }


def bars_height(rows: int) -> int:
    """Pixels for a chart with so many horizontal bars."""
    return rows * BAR_HEIGHT + _MARGIN["t"] + _MARGIN["b"]


def bar(rows: Sequence[ProtectedRow], names: Sequence[str], result: ProtectedResult, **options: object) -> Part:
    """Horizontal bars with their values. One that is hidden or missing is null: nothing can be read from it."""
    texts = [value(row, result.indicator) if row.varde is not None else "" for row in rows]
    label = f"{options['name']}. " if options.get("name") else ""
    hovers = [
        f"{label}{row.kommun}: {text or why(row)}{how_sure(row, result)}" for row, text in zip(rows, texts, strict=True)
    ]
    return {
        "type": "bar",
        "x": [row.varde for row in rows],
        "y": list(names),
        "orientation": "h",
        "text": texts,
        "textposition": "outside",
        "constraintext": "none",
        "cliponaxis": False,
        "hovertext": hovers,
        "hoverinfo": "text",
        "customdata": [row.kommun_kod for row in rows],  # by which a kommun is pointed out before a room
        **options,
    }


def how_sure(row: ProtectedRow, result: ProtectedResult) -> str:
    """Interval and comparison, for the tooltip of a figure that has them."""
    limits = f"<br>{SPAN}: {interval(row, result.indicator)}" if row.nedre is not None else ""
    if row.jamforelse is None:
        return limits
    verdict = verdict_with_shape(row, result.indicator)
    return f"{limits}<br>Mot {comparison_name(result)} ({reference(row, result.indicator)}): {verdict}"


def notes_on_absent(
    rows: Sequence[ProtectedRow], names: Sequence[str], *, shift: float = 0, size: int = theme.FONT_SIZE
) -> list[Part]:
    """Where a row has no bar, why, in its place."""
    look = {"xanchor": "left", "showarrow": False, "xshift": 2, "yshift": shift, "font": {"size": size}}
    return [
        {"x": 0, "y": name, "text": f"{HIDDEN} (dolt)" if row.skydd == HIDDEN else MISSING_WHY, **look}
        for row, name in zip(rows, names, strict=True)
        if row.varde is None
    ]


def area_name(row: ProtectedRow, result: ProtectedResult) -> str:
    """The name of an area at its axis; that of the reader's own kommun is bold."""
    return f"<b>{row.kommun}</b>" if row.kommun_kod == result.own_kommun else row.kommun


def outline(rows: Sequence[ProtectedRow], result: ProtectedResult) -> Part:
    """A line around what is drawn of the reader's own kommun, and of no other."""
    return {"color": theme.TEXT, "width": [_OUTLINE if row.kommun_kod == result.own_kommun else 0 for row in rows]}


def longest(rows: Sequence[ProtectedRow]) -> float:
    """The largest value, for the length of the axis; 1 where there is none."""
    return max((row.varde for row in rows if row.varde is not None), default=1) or 1


def areas(rows: Sequence[ProtectedRow]) -> list[str]:
    """Names of areas in the order of the rows, each once."""
    return list(dict.fromkeys(row.kommun for row in rows))
