"""Our own style and script, which every page has."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from naravard.telling import theme

_CSS, _SCRIPT = (Path(__file__).with_name(name) for name in ("style.css", "app.js"))


def style() -> None:
    """Our own type and tables; called once per run, by the shell."""
    st.html(_style())


def script() -> None:
    """What our own HTML does in the browser; called once per run, by the shell, and loaded once per tab."""
    st.html(_script(), unsafe_allow_javascript=True)


@cache
def _style() -> str:
    return f"<style>{theme.css()}{_CSS.read_text(encoding='utf-8')}</style>"


@cache
def _script() -> str:
    return f"<script>{_SCRIPT.read_text(encoding='utf-8')}</script>"
