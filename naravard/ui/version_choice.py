"""Which version a run shows: the newest that is released, or another one that the address names, for analysts.

The choice stands in the link (`?version=6`) and follows from page to page. Who may not read other versions is refused
whatever the address says, and in the same words whether there is such a version or not.
"""

from __future__ import annotations

import streamlit as st

from naravard.base.errors import NotAllowed
from naravard.base.model import PRELIMINARY
from naravard.base.roles import OLDER_VERSIONS, need_for_version
from naravard.menu import Page
from naravard.slides.links import VERSION_KEY
from naravard.ui import visitor
from naravard.ui.choose import warn_of_unknown
from naravard.ui.elements import link, small_print
from naravard.ui.view_addresses import page_address
from naravard.ui.visit import remember_choice, store

_NEWEST = 0
_RUN_KEY, _WAITING_KEY = "version_asked_for_on_this_run", "version_that_waits_on_this_run"


def choose() -> None:
    """The menu of every page, in its sidebar, where there is something to choose between."""
    st.session_state[_RUN_KEY] = st.session_state[_WAITING_KEY] = None
    if not visitor.may(OLDER_VERSIONS):
        return
    st.session_state[_WAITING_KEY] = store().preliminary
    labels = {_NEWEST: "Nyaste, för alla", **{number: str(number) for number in _others()}}
    warn_of_unknown(VERSION_KEY, list(labels.values()), "versionen")
    if st.session_state.get(VERSION_KEY) not in {None, *labels}:
        del st.session_state[VERSION_KEY]
    if len(labels) > 1 or VERSION_KEY in st.query_params:
        number: int = st.selectbox(
            "Version som visas", list(labels), format_func=labels.__getitem__, key=VERSION_KEY, bind="query-params"
        )
        st.session_state[_RUN_KEY] = number or None


def forget() -> None:
    """Go back to the newest: in another store the same number is another version. In a callback."""
    st.session_state[VERSION_KEY] = _NEWEST


def _others() -> list[int]:
    """The version that waits, and what the address or the visitor has asked for, of those that can be read."""
    text = st.query_params.get(VERSION_KEY, "")
    asked_numbers = [int(text) if text.isdecimal() and len(text) < 10 else None, st.session_state.get(VERSION_KEY)]
    waiting = _waiting()
    others = [each for each in dict.fromkeys(asked_numbers) if each and each != waiting and store().has(each)]
    return [waiting, *others] if waiting else others


def _waiting() -> int | None:
    """The preliminary version that waits, as this run has it; None also for who may not see it."""
    waiting: int | None = st.session_state[_WAITING_KEY]
    return waiting


def number() -> int | None:
    """The version that is chosen; None for the newest."""
    chosen_number: int | None = st.session_state[_RUN_KEY]
    return chosen_number


def remember() -> None:
    """Let links name it."""
    if number() is not None:
        remember_choice(VERSION_KEY, str(number()))


def why_not() -> str:
    """Why who is here may not read the version that the address names; empty where they may, or it names none."""
    text = st.query_params.get(VERSION_KEY, "")
    if not text.isdecimal() or int(text[:9]) == store().newest:
        return ""
    try:
        need_for_version(text[:9], store().newest, visitor.identity())
    except NotAllowed as error:
        return str(error)
    return ""


def band(page: Page) -> None:
    """What is said above a page: that what it shows is not the newest that is released, or that something waits."""
    waiting = _waiting()
    if number() is not None:
        with st.container(key="markband_version"):
            st.warning(_about_chosen(page), icon=":material/visibility_lock:")
    elif waiting is not None and page.name != "versioner":  # which begins with it
        to_it = link(page_address(page.name, **{VERSION_KEY: str(waiting)}))["Visa den"]
        to_release = link(page_address("versioner"))["Släpp eller ta bort den"]
        text = f"Version {waiting} är preliminär och väntar: bara analytiker kan se den. "
        st.html(small_print([text, None if page.newest_only else [to_it, " · "], to_release]))


def _about_chosen(page: Page) -> str:
    asked_number, newest = number(), store().newest
    assert asked_number is not None
    if page.newest_only:
        return (
            f"Här visas version {newest}, som är släppt för alla. En preliminär eller äldre version går inte att visa "
            f"i ett rum. Ska rummet se version {asked_number}: släpp den först, på sidan Versioner."
        )
    if asked_number == _waiting():
        words = "Den är inte släppt: bara analytiker ser den. Släpp eller ta bort den på sidan Versioner."
        return f"**{PRELIMINARY}.** Du ser version {asked_number}. {words}"
    if store().is_preliminary(asked_number):
        return f"**{PRELIMINARY}.** Du ser version {asked_number}. Det som visas för alla är version {newest}."
    if asked_number == newest:
        return f"Du ser version {asked_number}. Det är den nyaste, som visas för alla."
    return f"**ÄLDRE VERSION.** Du ser version {asked_number}. Det som visas för alla är version {newest}."
