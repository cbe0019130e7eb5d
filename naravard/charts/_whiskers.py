"""The 95 % interval of each bar, on a pale ground, so that it is seen where it lies on its bar."""

from __future__ import annotations

from collections.abc import Sequence

from naravard.charts._frame import Part
from naravard.figures.gate import ProtectedRow
from naravard.telling import theme


def whiskers(rows: Sequence[ProtectedRow], names: Sequence[str]) -> list[Part]:
    """Two traces: the ground, and the interval on it."""
    error = {
        "type": "data",
        "symmetric": False,
        "array": [_length(row.varde, row.ovre) for row in rows],
        "arrayminus": [_length(row.nedre, row.varde) for row in rows],
    }
    look = {"type": "scatter", "mode": "markers", "marker": {"opacity": 0}, "hoverinfo": "skip", "showlegend": False}
    return [
        {**look, "x": [row.varde for row in rows], "y": list(names), "error_x": {**error, **stroke}}
        for stroke in (
            {"color": theme.PAPER, "thickness": 3.4, "width": 5},
            {"color": theme.TEXT, "thickness": 1.5, "width": 4},
        )
    ]


def _length(start: float | None, end: float | None) -> float | None:
    return None if start is None or end is None else end - start
