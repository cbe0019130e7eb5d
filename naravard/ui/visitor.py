"""Who is at a page, and what they may: asked anew at each run, and at each action.

A hidden entry of the menu is no lock. The shell asks before it runs a page, Streamlit's callbacks are asked for before
they run, and what changes something is an `action`, which asks by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

import streamlit as st

from naravard import menu
from naravard.access import role_rules
from naravard.access.visitors import Claims, Mode
from naravard.access.visitors import identity as identity_of
from naravard.base.errors import NotAllowed
from naravard.base.roles import Identity, Role, need
from naravard.ui import streamlit_internals
from naravard.ui.elements import small_print
from naravard.ui.visit import note_lan, take_lan

MODE_HEADER = "x-naravard-tillgang"
"""What the edge says of how a page was reached; it takes away whatever a browser says there itself."""
_PAGE_KEY = "page_of_this_session"
_NOT_LOGGED_IN = {
    Mode.LOCAL: "Lokalt: den som sitter vid datorn får göra allt.",
    Mode.NO_LOGIN: "Servern har ingen inloggning: här går det bara att läsa.",
    Mode.LOGIN: "Du är inte inloggad.",
    Mode.PROXY: "Proxyn framför servern säger inte vem du är.",
}
"""What the menu says of who has no name."""
Work = TypeVar("Work", bound=Callable[..., Any])


@dataclass(frozen=True)
class Action:
    """Something that changes something: what it is called in a refusal, and the role that it needs."""

    what: str
    needs: Role


ACTIONS: dict[str, Action] = {}
"""All actions, by module and function."""


def set_mode() -> Mode | None:
    """The way that has been set to be somebody here; None where none is, and where the server is decides."""
    if role_rules.has_login(streamlit_internals.secrets_files()) or streamlit_internals.has_login_in_a_folder():
        return Mode.LOGIN
    return Mode.PROXY if streamlit_internals.trusted_headers() else None


def mode() -> Mode:
    """By which way this visitor is somebody here. Without an edge in front (a test of pages): as it is bound."""
    word_of_the_edge = st.context.headers.get(MODE_HEADER)
    if word_of_the_edge is not None:
        return Mode(word_of_the_edge)
    return set_mode() or (Mode.LOCAL if streamlit_internals.is_bound_locally() else Mode.NO_LOGIN)


def identity() -> Identity:
    """Who is at the page of this run.

    Only a login or a proxy says something of a visitor. Where no file of secrets is, Streamlit looks for one each time
    that it is asked, with a lock that all visitors share.
    """
    by_mode = mode()
    if by_mode in {Mode.LOGIN, Mode.PROXY}:
        return identity_by(by_mode, st.user.to_dict())
    return identity_of(by_mode, {}, (), time.time())


def identity_by(by_mode: Mode, claims: Claims) -> Identity:
    """Who asks by a way, by what a provider or a proxy says."""
    return identity_of(by_mode, claims, streamlit_internals.secrets_files(), time.time())


def may(role: Role) -> bool:
    """Whether who is here has a role."""
    return identity().role >= role


def may_open(page: str) -> bool:
    """Whether who is here may open a page."""
    return may(menu.page(page).role)


def why_not(page: menu.Page) -> str:
    """Why who is here may not open a page; empty where they may."""
    return _refusal(page.role, f"Sidan {page.title}")


def _refusal(needs: Role, what: str) -> str:
    try:
        need(needs, identity(), what)
    except NotAllowed as error:
        return str(error)
    return ""


def note_page(name: str) -> None:
    """Remember which page, and of which län, the widgets of this session are of. Called by the shell."""
    st.session_state[_PAGE_KEY] = name
    note_lan()


def _may_act() -> bool:
    """Whether who is here may still open the page that the widgets are of."""
    take_lan()
    name = st.session_state.get(_PAGE_KEY)
    return name not in menu.pages() or may_open(name)


def fragment(run_every: float | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """As `st.fragment`: a part of a page that runs by itself, each so many seconds or when something in it is chosen.

    It is about the län of its page, and asks who is here when it runs without the shell.
    """

    def decorated(work: Callable[..., None]) -> Callable[..., None]:
        @wraps(work)
        def asking(*arguments: Any, **options: Any) -> None:
            if streamlit_internals.runs_a_fragment() and not _may_act():
                st.rerun()  # the shell says why
            work(*arguments, **options)

        return st.fragment(asking, run_every=run_every)

    return decorated


def action(what: str, needs: Role) -> Callable[[Work], Work]:
    """Ask who is here before something is done, each time. A refusal stands on the page."""

    def decorated(work: Work) -> Work:
        ACTIONS[f"{work.__module__}.{work.__qualname__}"] = Action(what, needs)

        @wraps(work)
        def asking(*arguments: Any, **options: Any) -> Any:
            if reason := _refusal(needs, what):
                st.error(reason, icon=":material/lock:")
                return None
            return work(*arguments, **options)

        return cast("Work", asking)

    return decorated


def refusal(work: Callable[..., Any]) -> str:
    """Why who is here may not do something; empty where they may."""
    doing = ACTIONS[f"{work.__module__}.{work.__qualname__}"]
    return _refusal(doing.needs, doing.what)


def name_field(place: Any, label: str, **options: Any) -> str:
    """Who does it, for the log: the name of who is logged in, or a field for who is not asked to log in."""
    if name := identity().name:
        place.html(small_print(f"Det står i loggen att det är du: {name}."))
        return name
    text: str = place.text_input(label, placeholder="Förnamn Efternamn", **options)
    return text.strip()


def tell() -> None:
    """Who one is here, and the way in or out; in the menu."""
    here = identity()
    if here.name:
        role = here.role.word if here.role >= Role.LASARE else "ingen"
        st.html(small_print(f"{here.name}. Roll: {role}."))
    else:
        st.html(small_print(_NOT_LOGGED_IN[mode()]))
    if here.name and mode() is Mode.LOGIN:
        if st.button("Logga ut", icon=":material/logout:", key="logga_ut"):
            st.logout()
    else:
        offer_login("i_menyn")


def offer_login(place: str) -> None:
    """A button to log in, for who is not and where one can."""
    is_possible = mode() is Mode.LOGIN and not identity().name
    if is_possible and st.button("Logga in", icon=":material/login:", key=f"logga_in_{place}"):
        st.login()


streamlit_internals.ask_before_callbacks(_may_act)
