"""The parts of Jämför: narrowing a result to a group, koder kommuner, an order, a kind of chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from naravard import charts
from naravard.base import periods
from naravard.figures.gate import ProtectedResult
from naravard.slides import sequence
from naravard.slides.links import ORDERS
from naravard.ui.choose import choose_chart, choose_group, choose_kommuner, choose_order
from naravard.ui.elements import small_print
from naravard.ui.visit import reader


@dataclass(frozen=True)
class View:
    """What is left of a result, all its periods where the chart shows them; the chart to draw; the filters in words."""

    result: ProtectedResult | None
    kind: str | None = None
    filters: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    """The filters as a sequence of slides writes them."""


def narrow(result: ProtectedResult | None) -> View:
    """The menus of a view, and what they leave. Figures without kommuner have nothing to choose among."""
    if result is None or not result.has_kommuner:
        return View(result)
    with st.container(horizontal=True, gap="medium"):
        group = choose_group(result)
        koder = choose_kommuner()
        in_group = result.in_group(group) if group else result
        kind = choose_chart(in_group)
        chart = charts.chart_of(result, kind)
        by_value = not chart.every_period and choose_order() == ORDERS[1]  # years have an order of their own
    if chart.how_to_read:
        st.html(small_print(chart.how_to_read))
    narrow_result, filters = sequence.narrowed(result, group, koder, by_value)
    if chart.every_period and (series := reader().find(result.indicator.id, periods.EVERY)):
        narrow_result, _ = sequence.narrowed(chart.of_every(series), group, koder, by_value=False)
    choices = {
        "grupp": group or "",
        "kommuner": ",".join(koder),
        "diagram": kind if kind != result.indicator.diagram else "",
        "ordning": "varde" if by_value else "",
    }
    return View(narrow_result, kind, filters, choices)
