"""Charts on a page, in the colours of the theme in force."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st
from plotly.graph_objects import Figure

from naravard import charts
from naravard.figures.gate import ProtectedResult
from naravard.telling import phrases
from naravard.ui import download
from naravard.ui.streamlit_internals import ready_figure

_PLOTLY = {"displayModeBar": False, "responsive": True}


def indicator_chart(result: ProtectedResult, kind: str | None = None) -> None:
    """The chart that the indicator asks for, or of another kind, with a text that says what it shows."""
    drawing = partial(charts.draw, result, kind)
    has_narrow = charts.chart_of(result, kind).draw_narrow is not None
    chart(
        result,
        drawing,
        kind,
        alt=f"{phrases.alt(result)} Samma tal finns i tabellen.",
        key=download.chart_key(result),
        draw_narrow=partial(drawing, is_narrow=True) if has_narrow else None,
    )


def chart(
    result: ProtectedResult,
    draw: Callable[[], Figure],
    kind: object,
    *,
    alt: str,
    key: str,
    draw_narrow: Callable[[], Figure] | None = None,
) -> None:
    """A chart in the colours of the theme in force. It is drawn once for each result, `kind` and theme.

    With `draw_narrow` there are two, of which style.css shows the one for the width that there is.
    """
    if draw_narrow is None:
        _one_chart(result, draw, kind, alt=alt, key=key)
        return
    with st.container(key=f"bredder_{key}"):
        _one_chart(result, draw, kind, alt=alt, key=key)
        _one_chart(result, draw_narrow, (kind, "narrow"), alt=alt, key=f"{key}_smal")


def _one_chart(result: ProtectedResult, draw: Callable[[], Figure], kind: object, *, alt: str, key: str) -> None:
    dark = st.context.theme.type == "dark"
    if ("chart", kind, dark) not in result.memo:
        light_figure = draw()
        result.memo["chart", kind, dark] = ready_figure(charts.dark(light_figure) if dark else light_figure)
    st.plotly_chart(result.memo["chart", kind, dark], theme=None, config=_PLOTLY, alt=alt, key=key)
