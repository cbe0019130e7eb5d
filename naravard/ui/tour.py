"""The first visit's tour: four steps at the top of Översikt, which can be skipped. The browser remembers."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from naravard.ui.help_page import texts

_HERE = Path(__file__).parent
_mounted = st.components.v2.component(
    "naravard_rundtur",
    html='<section aria-label="Rundtur" hidden></section>',
    css=(_HERE / "tour.css").read_text(encoding="utf-8"),
    js=(_HERE / "tour.js").read_text(encoding="utf-8"),
)


def tour() -> None:
    """The card with the steps, where the browser has not seen it."""
    _mounted(
        key="rundtur", data={"steps": [{"title": step["titel"], "text": step["text"]} for step in texts()["rundtur"]]}
    )
