"""The parts of Jämför: narrowing a result to a group, koder kommuner, an order, a kind of chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from naravard import charts
from naravard.base import periods
from naravard.figures.comparisons import STANDARD
from naravard.figures.gate import ProtectedResult
from naravard.slides import sequence
from naravard.slides.links import ORDERS
from naravard.ui.choose import (
    choose_chart,
    choose_comparison,
    choose_group,
    choose_kommuner,
    choose_order,
    choose_period,
    comparable,
)
from naravard.ui.elements import small_print
from naravard.ui.visit import reader


@dataclass(frozen=True)
class View:
    """What is left of a result, all its periods where the chart shows them; the chart to draw; the filters in words."""

    result: ProtectedResult | None
    period: str | None
    comparison: str
    kind: str | None = None
    filters: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    """The filters as a sequence of slides writes them."""


def row_of_menus() -> DeltaGenerator:
    """Where menus stand side by side."""
    return st.container(horizontal=True, gap="medium", vertical_alignment="bottom")


def narrow(indicator_id: str, first_row: DeltaGenerator) -> View:
    """The menus of a view, and what they leave. Figures without kommuner have nothing to choose among.

    What to compare with is chosen beside the period, or beside the indicator in `first_row` where there is one period:
    three menus have no room there. A chart of all periods has neither, and that is said.
    """
    newest = reader().find(indicator_id)
    place = row_of_menus() if newest and len(newest.matperioder) > 1 else first_row
    menu_of_period = place.empty()
    with menu_of_period.container(width="content"):
        period = choose_period("jamfor", indicator_id)
    result = reader().find(indicator_id, period)
    if result is None or not result.has_kommuner:
        comparison = _comparison(indicator_id, period, place)
        return View(reader().find(indicator_id, period, comparison), period, comparison)
    with st.container(horizontal=True, gap="medium"):
        group = choose_group(result)
        koder = choose_kommuner()
        in_group = result.in_group(group) if group else result
        kind = choose_chart(in_group)
        chart = charts.chart_of(result, kind)
        may_be_ordered = not chart.every_period and result.indicator.rangordna  # years have an order of their own
        by_value = may_be_ordered and choose_order() == ORDERS[1]
    if chart.how_to_read:
        st.html(small_print(chart.how_to_read))
    choices = {
        "grupp": group or "",
        "kommuner": ",".join(koder),
        "diagram": kind if kind != result.indicator.diagram else "",
        "ordning": "varde" if by_value else "",
    }
    if chart.every_period:
        menu_of_period.empty()  # what is chosen there is there again with another chart
        if len(comparable(None, indicator_id)) > 1:
            st.html(small_print(_why_no_comparison(chart, result)))
        series = reader().find(indicator_id, periods.EVERY)
        narrow_result, _ = sequence.narrowed(chart.of_every(series) if series else result, group, koder, by_value=False)
        _, filters = sequence.narrowed(result, group, koder, by_value=False)
        return View(narrow_result, period, STANDARD, kind, filters, choices)
    comparison = _comparison(indicator_id, period, place)
    narrow_result, filters = sequence.narrowed(
        reader().find(indicator_id, period, comparison) or result, group, koder, by_value
    )
    return View(narrow_result, period, comparison, kind, filters, choices)


def _comparison(indicator_id: str, period: str | None, place: DeltaGenerator) -> str:
    with place:
        return choose_comparison("jamfor", period, indicator_id)


def _why_no_comparison(chart: charts.Chart, result: ProtectedResult) -> str:
    """What there is over time instead of a comparison of one period."""
    why = (
        "Här visas alla mätperioder. Att jämföra med något gäller en i taget, så menyerna Mätperiod och Jämför med "
        "finns inte över tid."
    )
    has_lines_of_others = chart.native == "line" and not result.indicator.kind.is_size
    return f"{why} Länet eller riket har en linje att jämföra med, där talen finns." if has_lines_of_others else why
