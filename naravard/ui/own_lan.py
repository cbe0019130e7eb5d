"""Which län a page is about, where the installation has several: in the menu and always in the address.

The choice is made before anything else of a run. What runs apart from the shell, a callback or a fragment, asks for it
first (`visit.take_lan`).
"""

from __future__ import annotations

import streamlit as st

from naravard.base import kommuner, lan
from naravard.base.errors import UserError
from naravard.slides.links import KOMMUN_KEY, LAN_KEY
from naravard.ui import slideshow, version_choice
from naravard.ui.choose import warn_of_unknown
from naravard.ui.visit import choose_lan, mend_address, remember_choice

_NEW_KEY = "lan_has_just_been_chosen"


def choose() -> None:
    """The menu of every page, first in its sidebar. The run is about the län that is chosen."""
    if not lan.are_several():
        return
    names = {kod: kommuner.lan_name(kod) for kod in lan.koder()}
    mend_address(LAN_KEY, names, _kod_of)
    if LAN_KEY not in st.query_params and LAN_KEY not in st.session_state:
        _take_of_kommun(st.query_params.get(KOMMUN_KEY, ""))
    if _kod_of(st.query_params.get(LAN_KEY, "")) is None:
        warn_of_unknown(LAN_KEY, list(names.values()), "länet")
    st.selectbox(
        "Län", list(names), format_func=names.__getitem__, key=LAN_KEY, bind="query-params", on_change=_begin_anew
    )
    choose_lan()


def of_this_run() -> str:
    """Code of the län that this run will be about, for what comes before its menu."""
    kod = st.session_state.get(LAN_KEY) or _kod_of(st.query_params.get(LAN_KEY, ""))
    return kod if kod in lan.koder() else lan.koder()[0]


def _take_of_kommun(text: str) -> None:
    """A link that names a kommun and no län is about that kommun's."""
    kod = (kommuner.resolve(text, lan.koder()[0]) or "")[:2]
    if kod in lan.koder():
        st.session_state[LAN_KEY] = kod


def is_new() -> bool:
    """Whether it was chosen just before this run: its address then still has what was chosen in the one before."""
    return bool(st.session_state.pop(_NEW_KEY, False))


def remember() -> None:
    """Let links name it."""
    if lan.are_several():
        remember_choice(LAN_KEY, name())


def name() -> str:
    """The län's name; empty where there is one only."""
    if not lan.are_several():
        return ""
    return kommuner.lan_name(st.session_state[LAN_KEY])


def _begin_anew() -> None:
    """A kommun, a version and the screens of a link are those of one län."""
    st.session_state[KOMMUN_KEY] = None
    version_choice.forget()
    st.session_state[_NEW_KEY] = True
    if slideshow.SLIDES_KEY in st.query_params:
        del st.query_params[slideshow.SLIDES_KEY]


def _kod_of(text: str) -> str | None:
    try:
        return lan.of_text(text)
    except UserError:
        return None
