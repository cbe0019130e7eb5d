"""What a tab remembers when its page is loaded anew: a random token, in the browser's sessionStorage.

It is in no address, so that it stands in no log and in no link that is shared, and each tab has its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

_KEY = "flikens_minne"
_SCRIPT = Path(__file__).with_name("tab_memory.js")


@dataclass(frozen=True)
class Remembered:
    """What a tab had when its page was loaded: its token, and a note of what it then was in the middle of."""

    token: str = ""
    note: str = ""


def remembered() -> Remembered:
    """What the tab has told since its page was loaded; empty until it has."""
    state = st.session_state.get(_KEY) or {}
    return Remembered(*(text if isinstance(text := state.get(name), str) else "" for name in ("token", "note")))


def remember(token: str, note: str) -> None:
    """Let the tab keep a token and a note. A tab that was loaded anew tells first what it has, and the page runs again.

    Called once per run of a page.
    """
    _component()(key=_KEY, data={"token": token, "note": note}, on_token_change=_nothing, on_note_change=_nothing)


def _nothing() -> None:
    """Streamlit keeps a component's state only where something listens to it."""


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


def _component() -> st.components.v2.types.ComponentRenderer:
    return st.components.v2.component("flikens_minne", js=_script(), isolate_styles=False)
