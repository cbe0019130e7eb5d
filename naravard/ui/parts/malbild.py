"""The parts of Målbild: each part of the county's vision as a card, with what follows it."""

from __future__ import annotations

from collections.abc import Sequence

import htpy
import streamlit as st
from htpy import Element, Node

from naravard.base import periods, settings
from naravard.base.kommuner import RIKET
from naravard.base.numbers import HIDDEN, capital
from naravard.figures import forward
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.figures.vision import Part
from naravard.slides.links import INDICATOR_KEY
from naravard.telling import amounts, provenance
from naravard.ui.elements import aside, link, small_print
from naravard.ui.view_addresses import page_address
from naravard.ui.visit import reader


def cards(vision_parts: Sequence[Part]) -> None:
    """Cards in two columns, each with its indicators and what is missing."""
    st.html(htpy.div(".delar")[map(_card, vision_parts)])


def _card(part: Part) -> Element:
    pairs = [(indicator, _newest_figures(indicator, _result(indicator))) for indicator in part.indicators]
    lines: Node = [htpy.p[_link(indicator), htpy.br, aside(figures)] for indicator, figures in pairs if figures]
    gaps = htpy.div(".saknas")[htpy.p(".etikett")["Mäts inte än"], (htpy.p[text] for text in part.saknas)]
    return htpy.div(".malbild")[
        htpy.h3[part.titel],
        htpy.p[part.betyder],
        lines if part.indicators else htpy.p["Inga tal följer den här delen ännu."],
        _without_figures([indicator for indicator, figures in pairs if not figures]),
        gaps if part.saknas else None,
    ]


def _result(indicator: Indicator) -> ProtectedResult | None:
    """Its newest figures; those of a forecast in the first of the years that Framåt tells of."""
    newest = reader().find(indicator.id)
    year = forward.first_milestone(newest) if newest is not None else None
    return reader().find(indicator.id, year) if year else newest


def _link(indicator: Indicator) -> Element:
    """By the name that Översikt has, unless that is one of its groups'."""
    name = indicator.titel if indicator.huvudgrupp else indicator.short
    return link(page_address("jamfor", **{INDICATOR_KEY: indicator.titel}))[name]


def _without_figures(waiting: Sequence[Indicator]) -> Element | None:
    """Those that wait for an extract, in one paragraph."""
    links = [node for each in waiting for node in (_link(each), ", ")][:-1]
    return small_print(["Siffror saknas ännu: ", *links, "."]) if links else None


def _newest_figures(indicator: Indicator, result: ProtectedResult | None) -> str:
    """`Mönsterås 97 %, riket 86 % (2022)`: the reader's own kommun and what is beside it; empty where none has any."""
    if result is None:
        return ""
    group = result.lead_group
    areas = [result.row(kod, group) for kod in filter(None, (result.own_kommun, result.lan_kod))]
    if not _has_value(areas[-1]):
        areas.append(result.row(RIKET, group))
    rows = [row for row in areas if row is not None and (_has_value(row) or row.skydd == HIDDEN)]
    figures = _in_words(rows, indicator) if any(map(_has_value, rows)) else ""
    if not figures and not result.has_kommuner:
        return ""
    whose = f"{indicator.short}: " if indicator.huvudgrupp else ""
    mark = "" if provenance.is_real(result) else provenance.mark_in_words(result)
    parts = [mark, f"{whose}{figures if whose else capital(figures)}"]
    return ". ".join(filter(None, parts)) if figures else "Finns per kommun"


def _has_value(row: ProtectedRow | None) -> bool:
    return row is not None and row.varde is not None


def _in_words(rows: Sequence[ProtectedRow], indicator: Indicator) -> str:
    """Figures side by side; the unit and a period that is the same stand once, after the last."""
    period_names = [periods.label(row.matperiod) for row in rows]
    if len(set(period_names)) == 1:
        figures = [*(_beside(row, amounts.value(row, indicator)) for row in rows[:-1]), _with_unit(rows[-1], indicator)]
        return f"{', '.join(figures)} ({period_names[0]})"
    return ", ".join(f"{_with_unit(row, indicator)} ({periods.label(row.matperiod)})" for row in rows)


def _with_unit(row: ProtectedRow, indicator: Indicator) -> str:
    return _beside(row, amounts.value_in_words(row, indicator))


def _beside(row: ProtectedRow, figure: str) -> str:
    name = {RIKET: "riket", settings.lan_kod(): "länet"}.get(row.kommun_kod, row.kommun)
    return f"{name} {figure}" if _has_value(row) else f"{name}: {amounts.why(row)}"
