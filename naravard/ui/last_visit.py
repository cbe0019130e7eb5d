"""What has come since this browser was here before: it remembers the number of the version that it saw, and the day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import htpy
import streamlit as st

from naravard.base import kommuner, lan, settings
from naravard.base.errors import UserError
from naravard.base.roles import OLDER_VERSIONS
from naravard.telling import news
from naravard.ui import visitor
from naravard.ui.elements import small_print
from naravard.ui.version_changes import changes_between
from naravard.ui.visit import newest, store, version

_KEY = "forra_besoket"
_SCRIPT = Path(__file__).with_name("last_visit.js")


@dataclass(frozen=True)
class Earlier:
    """The version that was seen, and the day."""

    version: int
    day: str


def news_since(area: str) -> None:
    """What has come, been corrected or changed for an area since this browser's last visit, in plain words.

    Nothing where it is the first visit, or for who may not read older versions, or while another version than the
    newest is looked at; a line where nothing has come.
    """
    if not visitor.may(OLDER_VERSIONS) or version() != newest():
        return
    text = _text()
    _component()(
        key=f"{_KEY}_{_store_name()}",
        data={"store": _store_name(), "version": version(), "before": text},
        on_before_change=_nothing,
    )
    earlier = _earlier(text)
    if earlier is None:
        return
    try:
        sentences = news.since(changes_between(earlier.version, version()), area)
    except UserError:
        sentences = ["Den version som du såg då går inte längre att läsa, så det går inte att säga vad som är nytt."]
    first, *rest = sentences
    st.html(
        htpy.section(".fraga.nyheter", aria_label="Nytt sedan ditt förra besök")[
            htpy.h2[f"Nytt sedan ditt förra besök, {earlier.day}"],
            small_print(f"{kommuner.area_name(area)}: {first}"),
            htpy.ul[(htpy.li[sentence] for sentence in rest)] if rest else None,
        ]
    )


def _text() -> str:
    """What the browser has told: `5 2026-11-12`; empty until it has."""
    state = st.session_state.get(f"{_KEY}_{_store_name()}") or {}
    return text if isinstance(text := state.get("before"), str) else ""


def _store_name() -> str:
    """What the browser calls the store: the versions of each län are numbered by themselves."""
    own_lan = f"{settings.lan_kod()}_" if lan.are_several() else ""
    return f"{own_lan}{store().folder.name}"


def _earlier(text: str) -> Earlier | None:
    """The earlier visit; None for what a browser cannot have been told by us."""
    number, _, day = text.partition(" ")
    if not number.isdecimal() or not 0 < int(number) < version():
        return None
    return Earlier(int(number), day[:10])


def _nothing() -> None:
    """Streamlit keeps a component's state only where something listens to it."""


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


def _component() -> st.components.v2.types.ComponentRenderer:
    return st.components.v2.component("forra_besoket", html='<p class="kalla"></p>', js=_script(), isolate_styles=False)
