"""The parts of the county's vision as cards, with what follows each."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from naravard.base import periods
from naravard.figures.gate import ProtectedResult
from naravard.figures.indicators import Indicator
from naravard.figures.vision import Part
from naravard.slides.links import INDICATOR_KEY
from naravard.telling import amounts, provenance
from naravard.ui.choose import reader
from naravard.ui.links import address


def parts(found: Sequence[Part]) -> None:
    """Cards side by side, each with its indicators and what is missing."""
    with st.grid(2, min_column_width=360):
        for part in found:
            with st.container(border=True):
                st.html(_card(part))


def _card(part: Part) -> str:
    shown = "".join(map(_indicator, part.indicators)) or "<p>Inga tal följer den här delen ännu.</p>"
    missing = "".join(f"<p>{escape(text)}</p>" for text in part.saknas)
    gap = f'<div class="saknas"><p class="etikett">Mäts inte än</p>{missing}</div>' if missing else ""
    return f'<div class="malbild"><h3>{escape(part.titel)}</h3><p>{escape(part.betyder)}</p>{shown}{gap}</div>'


def _indicator(indicator: Indicator) -> str:
    result = reader().find(indicator.id, periods.EVERY if indicator.is_series else None)
    link = f'<a href="{escape(address("jamfor", **{INDICATOR_KEY: indicator.titel}))}" class="vy">'
    return (
        f"<p>{link}{escape(indicator.titel)}</a><br><span class='enhet'>{escape(_told(indicator, result))}</span></p>"
    )


def _told(indicator: Indicator, result: ProtectedResult | None) -> str:
    """The län's figure with its period, or that there is none yet."""
    if result is None:
        return "Siffror saknas ännu"
    row = result.lan(result.lead_group)
    mark = f"{provenance.example_mark(result)}. " if result.is_example else ""
    if row is None or row.varde is None:
        return f"{mark}Finns per kommun" if result.has_kommuner else f"{mark}Siffror saknas ännu"
    what = f"{indicator.short}, länet" if indicator.huvudgrupp else "Länet"
    return f"{mark}{what}: {amounts.value(row, indicator)} ({periods.label(row.matperiod)})"
