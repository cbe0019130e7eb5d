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

_PLOTLY = {"displayModeBar": False, "responsive": True}


def indicator_chart(result: ProtectedResult, kind: str | None = None) -> None:
    """The chart that the indicator asks for, or of another kind, with a text that says what it shows."""
    alt = f"{phrases.alt(result)} Samma siffror finns i tabellen."
    chart(result, partial(charts.draw, result, kind), kind, alt=alt, key=download.chart_key(result))


def chart(result: ProtectedResult, draw: Callable[[], Figure], kind: object, *, alt: str, key: str) -> None:
    """A chart in the colours of the theme in force. It is drawn once for each result, `kind` and theme."""
    dark = st.context.theme.type == "dark"
    if ("chart", kind, dark) not in result.memo:
        light_figure = draw()
        result.memo["chart", kind, dark] = charts.dark(light_figure) if dark else light_figure
    st.plotly_chart(result.memo["chart", kind, dark], theme=None, config=_PLOTLY, alt=alt, key=key)
