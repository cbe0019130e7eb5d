"""Addresses of views. Links of class `vy` in our own HTML are followed without loading the page anew (app.js)."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from naravard import menu
from naravard.figures.overview import Measure
from naravard.slides.links import EXAMPLE_KEY, GROUP_KEY, INDICATOR_KEY, KOMMUN_KEY, LAN_KEY, VERSION_KEY
from naravard.ui.visit import choices


def page_address(name: str, **query: str) -> str:
    """The address of a page with choices made there, from any page. The reader's kommun and version follow."""
    path = "./" if name == menu.start().name else name
    return f"{path}?{urlencode({**own_query(), **query})}"


def own_query() -> dict[str, str]:
    """What this visitor has chosen that follows from page to page: in all our links, after what they say themselves."""
    own = {key: label for key in (LAN_KEY, KOMMUN_KEY, VERSION_KEY) if (label := choices().get(key))}
    return {**own, EXAMPLE_KEY: "true"} if st.session_state.get(EXAMPLE_KEY) else own


def view_address(measure: Measure) -> str:
    """The address of an indicator's view, in the group that stands for it."""
    group_query = {GROUP_KEY: measure.result.group_label(measure.grupp)} if len(measure.result.groups) > 1 else {}
    return page_address("jamfor", **{INDICATOR_KEY: measure.indicator.titel}, **group_query)
