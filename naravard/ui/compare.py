"""Narrowing a result to what one wants to see: a group, some kommuner, an order, a kind of chart."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from naravard import periods
from naravard.disclosure import ProtectedResult
from naravard.format import joined
from naravard.ui.choose import ORDERS, choose_chart, choose_group, choose_kommuner, choose_order, fetch


@dataclass(frozen=True)
class View:
    """What is left of a result, all its periods where the chart shows them; the chart to draw; the filters in words."""

    result: ProtectedResult | None
    kind: str | None = None
    words: tuple[str, ...] = ()


def narrow(result: ProtectedResult | None) -> View:
    """The menus of a view, and what they leave. Figures without kommuner have nothing to choose among."""
    if result is None or not result.has_kommuner:
        return View(result)
    with st.container(horizontal=True, gap="medium"):
        group = choose_group(result)
        some = choose_kommuner()
        whole = result.in_group(group) if group else result
        kind = choose_chart(whole)
        order = choose_order()
    shown = whole.only(some)
    if order == ORDERS[1]:
        shown = shown.by_value(group or shown.lead_group)
    words = _words(shown, group, some, order)
    if kind == "over_time" and (every := fetch(result.indicator.id, periods.EVERY)):
        shown = (every.in_group(group) if group else every).only(some)
    return View(shown, kind, words)


def _words(result: ProtectedResult, group: str | None, some: list[str], order: str) -> tuple[str, ...]:
    """The filters as sentences, for the page and for each file that is made of the view."""
    names = sorted(row.kommun for row in result.kommuner) if some else []
    told = [
        f"Grupp: {result.group_label(group)}." if group else "",
        f"Urval: {joined(list(dict.fromkeys(names)))}." if names else "",
        _ordered(result, group) if order == ORDERS[1] else "",
    ]
    return tuple(text for text in told if text)


def _ordered(result: ProtectedResult, group: str | None) -> str:
    """What the kommuner are ordered by; which group's value, where there are several."""
    by = group or result.lead_group
    return f"Ordnat efter värde ({result.group_label(by)})." if len(result.groups) > 1 else "Ordnat efter värde."
