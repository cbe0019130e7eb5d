"""Addresses of views. Links of class `vy` in our own HTML are followed without loading the page anew (app.js)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from naravard import charts, indicators, kommuner, slides
from naravard.judgement import AGAINST
from naravard.overview import Measure
from naravard.sequence import PROFILE, Entry, Screen
from naravard.ui.choose import EXAMPLE_KEY, GROUP_KEY, INDICATOR_KEY, ORDERS, comparison_label, period_label


def address(name: str, **query: str) -> str:
    """The address of a page with choices made there, from any page of the app."""
    kept = {EXAMPLE_KEY: "true"} if st.session_state.get(EXAMPLE_KEY) else {}
    return f"{name}?{urlencode({**query, **kept})}"


def to_view(measure: Measure) -> str:
    """The address of an indicator's view, in the group that stands for it."""
    chosen = {GROUP_KEY: measure.result.group_label(measure.grupp)} if len(measure.result.groups) > 1 else {}
    return address("jamfor", **{INDICATOR_KEY: measure.indicator.titel}, **chosen)


def address_of(entry: Entry, screen: Screen | None, is_example: bool) -> str:
    """The address of the page where the same view can be looked at more closely, on a phone too."""
    query: dict[str, Any]
    if entry.name == PROFILE:
        page, query = "min_kommun", {"kommun": kommuner.area_name(entry.choices["kommun"])}
    else:
        page, query = "jamfor", choices(entry, screen)
    if is_example:
        query[EXAMPLE_KEY] = "true"
    return f"{page}?{urlencode(query, doseq=True)}"


def choices(entry: Entry, screen: Screen | None) -> dict[str, Any]:
    """The choices of an entry in the words that the menus of the page Jämför have."""
    result = screen.result if screen else None
    name = result.indicator.id if result else slides.planned(entry.number)["visar"][0] if entry.number else entry.name
    chosen = entry.choices
    koder = [kod for kod in chosen.get("kommuner", "").split(",") if kod]
    against = next((a for a in AGAINST if a == chosen.get("jamfor")), None)
    kinds = charts.kinds(result) if result else {}
    query = {
        "indikator": indicators.indicator(name).titel,
        "matperiod_jamfor": period_label(chosen["matperiod"]) if "matperiod" in chosen else "",
        "jamfor_jamfor": comparison_label(against) if against else "",
        "grupp": result.group_label(chosen["grupp"]) if result and "grupp" in chosen else "",
        "kommuner": [kommuner.area_name(kod) for kod in koder],
        "diagram": kinds.get(chosen.get("diagram", ""), ""),
        "ordning": ORDERS[1] if chosen.get("ordning") == "varde" else "",
    }
    return {key: value for key, value in query.items() if value}
