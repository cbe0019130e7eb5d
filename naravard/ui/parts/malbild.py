"""The parts of Målbild: each part of the county's vision as a card, with what follows it."""

from __future__ import annotations

from collections.abc import Sequence

import htpy
import streamlit as st
from htpy import Element

from naravard.base import periods
from naravard.figures.gate import ProtectedResult
from naravard.figures.indicators import Indicator
from naravard.figures.vision import Part
from naravard.slides.links import INDICATOR_KEY
from naravard.telling import amounts, provenance
from naravard.ui.elements import aside, link
from naravard.ui.view_addresses import page_address
from naravard.ui.visit import reader


def cards(vision_parts: Sequence[Part]) -> None:
    """Cards side by side, each with its indicators and what is missing."""
    with st.grid(2, min_column_width=360):
        for part in vision_parts:
            with st.container(border=True):
                st.html(_card(part))


def _card(part: Part) -> Element:
    figures = list(map(_indicator, part.indicators)) or htpy.p["Inga tal följer den här delen ännu."]
    gaps = htpy.div(".saknas")[htpy.p(".etikett")["Mäts inte än"], (htpy.p[text] for text in part.saknas)]
    return htpy.div(".malbild")[htpy.h3[part.titel], htpy.p[part.betyder], figures, gaps if part.saknas else None]


def _indicator(indicator: Indicator) -> Element:
    result = reader().find(indicator.id)
    view = link(page_address("jamfor", **{INDICATOR_KEY: indicator.titel}))
    return htpy.p[view[indicator.titel], htpy.br, aside(_newest_figure(indicator, result))]


def _newest_figure(indicator: Indicator, result: ProtectedResult | None) -> str:
    """The län's figure with its period, or that there is none yet."""
    if result is None:
        return "Siffror saknas ännu"
    row = result.lan(result.lead_group)
    mark = f"{provenance.example_mark(result)}. " if result.is_example else ""
    if row is None or row.varde is None:
        return f"{mark}Finns per kommun" if result.has_kommuner else f"{mark}Siffror saknas ännu"
    what = f"{indicator.short}, länet" if indicator.huvudgrupp else "Länet"
    return f"{mark}{what}: {amounts.value(row, indicator)} ({periods.label(row.matperiod)})"
