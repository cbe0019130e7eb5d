"""The kommun that the reader calls theirs: asked for once, remembered in the browser, and always in the address.

The address wins over what is remembered, so that a link shows the same to everyone. Before Streamlit asks for a page,
`before.js` puts what is remembered into an address that names no kommun.
"""

from __future__ import annotations

import htpy
import streamlit as st
from htpy import Element

from naravard.base import kommuner, settings
from naravard.slides.links import KOMMUN_KEY, WHOLE_LAN
from naravard.ui import own_lan
from naravard.ui.choose import warn_of_unknown
from naravard.ui.elements import small_print
from naravard.ui.view_addresses import page_address
from naravard.ui.visit import mend_address, remember_choice

_CHOSEN_KEY = "kommun_chosen_here"
_QUESTION = "Vilken kommun gäller det?"


def _names() -> dict[str, str]:
    """The län's kommuner by code, and the whole län by its own."""
    lan = settings.lan_kod()
    return {**{kommun.kod: kommun.namn for kommun in kommuner.in_lan(lan)}, lan: WHOLE_LAN}


def choose() -> None:
    """The menu of every page, in its sidebar."""
    names = _names()
    if st.session_state.get(KOMMUN_KEY) not in {None, *names}:  # of another län
        st.session_state[KOMMUN_KEY] = None
    mend_address(KOMMUN_KEY, names, _nearest)
    if not own_lan.is_new() and not is_chosen():
        warn_of_unknown(KOMMUN_KEY, list(names.values()), "kommunen")
    st.selectbox(
        f"Min kommun i {kommuner.lan_name(settings.lan_kod())}",
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=KOMMUN_KEY,
        bind="query-params",
        placeholder="Välj kommun",
        on_change=_note_choice,
    )


def _note_choice() -> None:
    st.session_state[_CHOSEN_KEY] = True


def _nearest(text: str) -> str | None:
    """A kommun as someone may write it in a link: by its code, in small letters, with `kommun` after it."""
    return kommuner.resolve(text, settings.lan_kod())


def remember() -> None:
    """Let links name it."""
    if is_chosen():
        remember_choice(KOMMUN_KEY, name())


def to_be_kept() -> str:
    """What the browser is to remember: what has been chosen here, and not what a link happened to name."""
    return name() if is_chosen() and st.session_state.get(_CHOSEN_KEY) else ""


def name() -> str:
    """The kommun's name, or that of the whole län in the menu."""
    return _names()[area()]


def area() -> str:
    """Code of the kommun; that of the län where the whole län is chosen, or nothing is."""
    code: str | None = st.session_state.get(KOMMUN_KEY)
    return code if code in _names() else settings.lan_kod()


def is_chosen() -> bool:
    """Whether a kommun or the whole län has been chosen."""
    return st.session_state.get(KOMMUN_KEY) in _names()


def kommun() -> str:
    """Code of the kommun; empty where the whole län is looked at."""
    return area() if area() != settings.lan_kod() else ""


def question(page: str, why: str, *, has_lan: bool = True) -> None:
    """The kommuner as links to a page, each of which is a choice that the browser remembers."""
    names = [name for name in _names().values() if has_lan or name != WHOLE_LAN]
    links = [htpy.li[_choice(page, name)] for name in names]
    st.html(
        htpy.section(".fraga", aria_label=_QUESTION)[
            htpy.h2[_QUESTION],
            small_print(f"{why} Du kan byta när du vill, i menyn."),
            htpy.ul[links],
        ]
    )


def _choice(page: str, name: str) -> Element:
    return htpy.a(".vy", href=page_address(page, **{KOMMUN_KEY: name}), data_kommun=name)[name]
