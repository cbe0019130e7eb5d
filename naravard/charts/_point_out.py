"""A chart of lines in which one kommun is pointed out: a thicker line, and a ground behind its small chart."""

from __future__ import annotations

from plotly.graph_objects import Figure

from naravard.telling import theme

_THICKER = 3.5


def point_out(figure: Figure, kommun_kod: str) -> Figure:
    """The figure with the lines, marks and title of one kommun brought forward; as it is where it has none."""
    own_lines = [trace for trace in figure.data if trace.type == "scatter" and trace.meta == kommun_kod]
    for trace in own_lines:
        trace.visible = True
        if trace.mode and "lines" in trace.mode:
            trace.line.width = _THICKER
    own_titles = [note for note in figure.layout.annotations if note.name == kommun_kod]
    for note in own_titles:
        note.text = f"▸ {note.text}"
    if own_lines and own_titles:  # it has a chart of its own
        figure.add_shape(_ground(own_lines[0].xaxis, own_lines[0].yaxis))
    return figure


def _ground(x: str, y: str) -> dict[str, object]:
    """What lies behind a small chart."""
    place = {"type": "rect", "xref": f"{x} domain", "yref": f"{y} domain", "x0": 0, "x1": 1, "y0": 0, "y1": 1}
    return {**place, "fillcolor": theme.POINTED_OUT, "line": {"width": 0}, "layer": "below"}
