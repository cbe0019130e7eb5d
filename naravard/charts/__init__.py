"""Kinds of chart: one module each, with `draw(result) -> Figure`. An indicator names its chart in `diagram`."""

from __future__ import annotations

from importlib import import_module

from plotly.graph_objects import Figure

from naravard.disclosure import ProtectedResult


def draw(result: ProtectedResult) -> Figure:
    """The result in the chart that its indicator asks for."""
    figure: Figure = import_module(f"{__name__}.{result.indicator.diagram}").draw(result)
    return figure
