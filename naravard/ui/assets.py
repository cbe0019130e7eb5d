"""Our own style and script, which every page has."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import htpy
import streamlit as st

from naravard.intake.read import files
from naravard.telling import theme
from naravard.ui.visit import choices

_CSS, _BEFORE, *_SCRIPTS = (
    Path(__file__).with_name(name) for name in ("style.css", "before.js", "swedish.js", "app.js")
)
_TYPES = re.compile(r"/\*\*.*?\*/", re.DOTALL)
"""The types of a script, in its comments (JSDoc)."""


def style() -> None:
    """Our own type and tables; called once per run, by the shell."""
    st.html(_style())


def script() -> None:
    """What our own HTML does in the browser; called once per run, by the shell, and loaded once per tab."""
    st.html(_script(), unsafe_allow_javascript=True)


def note_visit(page: str, kommun: str, lan: str) -> None:
    """Let the browser remember a kommun and its län, and complete the address with the choices; the last of a run."""
    visit = htpy.span(
        ".besok", hidden=True, data_sida=page, data_val=urlencode(choices()), data_kommun=kommun, data_lan=lan
    )
    st.html(htpy.fragment[visit, htpy.script["window.naravard?.note()"]], unsafe_allow_javascript=True)


def before() -> bytes:
    """What a page does before Streamlit reads its address, as the beginning of its head."""
    return f"<script>{_TYPES.sub('', _BEFORE.read_text(encoding='utf-8'))}</script>".encode()


@cache
def _style() -> str:
    return f"<style>{theme.css()}{_CSS.read_text(encoding='utf-8')}</style>"


@cache
def _script() -> str:
    """The script without its types: Streamlit's sanitizer drops a script where it sees a tag, as in `Promise<Blob>`."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in _SCRIPTS).replace("{IN_WORDS}", files.IN_WORDS)
    return f"<script>{_TYPES.sub('', text)}</script>"
