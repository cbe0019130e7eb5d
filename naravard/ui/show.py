"""What any page shows: its heading, the main thing in words, tables of texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from naravard.ui import elements
from naravard.ui.table import records_table

_MARKDOWN = re.compile(r"([\\`*_\[\]<>$~#|&]|:(?=\S))|^([-+]|\d+\.)(?=\s)")


def title(text: str, lead_text: str = "") -> None:
    """The page's heading and, under it, the main thing in words."""
    st.title(text, anchor=False)
    if lead_text:
        lead(lead_text)


def refused(heading: str, reason: str) -> None:
    """In the place of a page that who is here may not open: why, and what to do."""
    title(heading)
    lead(reason)


def lead(text: str) -> None:
    """A sentence that says the main thing, with the figure."""
    st.html(elements.lead(text))


def records(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = False) -> None:
    """A plain table of texts, or of numbers."""
    st.html(records_table(caption, headings, rows, numbers=numbers))


def plain(text: str) -> str:
    """A text for places that read Markdown, in which it is to be seen as it is written."""
    return _MARKDOWN.sub(r"\\\1", text)
