"""Addresses of views, and links to them in our own HTML that are followed without loading the page anew."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import streamlit as st

from naravard.overview import Measure
from naravard.ui.choose import EXAMPLE_KEY, GROUP_KEY, INDICATOR_KEY
from naravard.ui.pages import names, page

_listening = st.components.v2.component(
    "naravard_lankar",
    html="<span hidden></span>",
    js=Path(__file__).with_name("links.js").read_text(encoding="utf-8"),
)


def follow() -> None:
    """Go where a link of class `vy` leads, when one has been clicked. Called by the shell."""
    answer = _listening(key="lankar", on_address_change=_nothing)
    if answer.address:
        where = urlsplit(answer.address)
        if where.path in names():
            # the switch in the menu is on every page, and keeps its own place in the link
            chosen = {key: value for key, value in parse_qs(where.query).items() if key != EXAMPLE_KEY}
            st.switch_page(page(where.path), query_params=chosen)


def _nothing() -> None:
    """The change itself is read where the component is mounted."""


def address(name: str, **query: str) -> str:
    """The address of a page with choices made there, from any page of the app."""
    kept = {EXAMPLE_KEY: "true"} if st.session_state.get(EXAMPLE_KEY) else {}
    return f"{name}?{urlencode({**query, **kept})}"


def to_view(measure: Measure) -> str:
    """The address of an indicator's view, in the group that stands for it."""
    chosen = {GROUP_KEY: measure.result.group_label(measure.grupp)} if len(measure.result.groups) > 1 else {}
    return address("jamfor", **{INDICATOR_KEY: measure.indicator.titel}, **chosen)
