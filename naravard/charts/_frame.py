"""What all charts share: type, margins, Swedish separators, the mark of example data, and text for hidden bars."""

from __future__ import annotations

from collections.abc import Sequence

from plotly.graph_objects import Figure

from naravard import theme
from naravard.disclosure import ProtectedResult, ProtectedRow
from naravard.format import HIDDEN
from naravard.wording import MISSING_WHY, why

BAR_HEIGHT = 36
_MARGIN = {"l": 8, "r": 48, "t": 12, "b": 28}
_LEGEND = 32
_EXAMPLE = 24


def frame(figure: Figure, result: ProtectedResult, height: int, *, legend: bool = False) -> Figure:
    """Give a figure the house's look."""
    figure.update_layout(
        template="none",
        height=height + (_LEGEND if legend else 0) + (_EXAMPLE if result.is_example else 0),
        margin={
            **_MARGIN,
            "t": _MARGIN["t"] + (_LEGEND if legend else 0),
            "b": _MARGIN["b"] + (_EXAMPLE if result.is_example else 0),
        },
        paper_bgcolor=theme.PAPER,
        plot_bgcolor=theme.PAPER,
        font={"family": theme.FONT, "size": theme.FONT_SIZE, "color": theme.TEXT},
        separators=",\u00a0",
        bargap=0.28,
        showlegend=legend,
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "traceorder": "normal"},
        hoverlabel={"bgcolor": theme.PAPER, "font": {"family": theme.FONT, "size": theme.FONT_SIZE}},
        dragmode=False,
    )
    figure.update_traces(selector={"type": "bar"}, constraintext="none")
    figure.update_xaxes(fixedrange=True, gridcolor=theme.GRID, zeroline=False, automargin=True)
    figure.update_yaxes(fixedrange=True, zeroline=False, automargin=True, ticklabelstandoff=8)
    if result.is_example:
        figure.add_annotation(
            text="<b>EXEMPELDATA</b> – påhittade personer",
            xref="paper", yref="paper", x=0, y=0, yshift=-_MARGIN["b"],
            xanchor="left", yanchor="top", showarrow=False, font={"color": theme.EXAMPLE, "size": theme.FONT_SIZE},
        )  # fmt: skip
    return figure


def bars_height(rows: int) -> int:
    """Pixels for a chart with so many horizontal bars."""
    return rows * BAR_HEIGHT + _MARGIN["t"] + _MARGIN["b"]


def reason(row: ProtectedRow) -> str:
    """What stands where a bar would have been."""
    return f"{HIDDEN} (dolt)" if row.skydd == HIDDEN else MISSING_WHY


def hover(row: ProtectedRow, value: str) -> str:
    """Text of the tooltip: from the protected row, so nothing hidden is in it."""
    return f"{row.kommun}: {value if row.varde is not None else why(row)}"


def bar_colour(row: ProtectedRow) -> str:
    """A kommun, the län or riket."""
    if row.is_kommun:
        return theme.FIGURE
    return theme.NATION if row.kommun_kod == "00" else theme.COMPARATOR


def areas(rows: Sequence[ProtectedRow]) -> list[str]:
    """Names of areas in the order of the rows, each once."""
    return list(dict.fromkeys(row.kommun for row in rows))
