"""The screens that a room is to see: which, in which order, and their name. The choice stands in the link.

It is kept for the visitor while the pages are walked through, so that views can be added where they are seen.
"""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from naravard.base import settings
from naravard.base.numbers import quantity
from naravard.slides import sequence
from naravard.slides.links import EXAMPLE_KEY, KOMMUN_KEY, lan_query
from naravard.slides.sequence import Entry
from naravard.ui import visitor
from naravard.ui.visit import reader, store

SLIDES_KEY, NAME_KEY = "bilder", "namn"
_ENTRIES_KEY, _TITLE_KEY = "bildspel", "bildspelets_namn"
_ByLan = dict[str, list[str]]
"""The screens that have been chosen in each län, by its code: those of one have nothing to show in another."""
LONGEST_NAME = 80


def entries() -> list[str]:
    """The screens as a link writes them: those of this page's link, else those that were chosen before, else LGL's."""
    if link_entries := st.query_params.get_all(SLIDES_KEY)[: sequence.MOST]:
        _keep(link_entries)
    entries_by_lan: _ByLan = st.session_state.get(_ENTRIES_KEY, {})
    if settings.lan_kod() not in entries_by_lan:
        return _keep(lgl())
    return entries_by_lan[settings.lan_kod()]


def _keep(texts: list[str]) -> list[str]:
    entries_by_lan: _ByLan = st.session_state.setdefault(_ENTRIES_KEY, {})
    entries_by_lan[settings.lan_kod()] = texts
    return texts


def lgl() -> list[str]:
    """LGL's slides, each as the screens that it takes."""
    return list(map(str, sequence.lgl_screens(reader(), is_example=store().is_example)))


def name() -> str:
    """What the sequence is called, empty where it has no name."""
    if NAME_KEY in st.query_params:
        st.session_state[_TITLE_KEY] = st.query_params[NAME_KEY][:LONGEST_NAME]
    text: str = st.session_state.get(_TITLE_KEY, "")
    return text


def query(marked_kommun: str = "") -> str:
    """The sequence as the query of a link, and the kommun that is pointed out when it is opened."""
    name_pair = [(NAME_KEY, name())] if name() else []
    entry_pairs = [(SLIDES_KEY, text) for text in entries()]
    example_pair = [(EXAMPLE_KEY, "true")] if st.session_state.get(EXAMPLE_KEY) else []
    kommun_pair = [(KOMMUN_KEY, marked_kommun)] if marked_kommun else []
    return urlencode([*lan_query().items(), *name_pair, *entry_pairs, *example_pair, *kommun_pair], safe=":~,")


def replace(texts: list[str]) -> None:
    """Let these be the screens from now on, here and in the link."""
    _keep(texts)
    if st.query_params.get_all(SLIDES_KEY) != texts:
        st.query_params[SLIDES_KEY] = texts
    if name() and st.query_params.get(NAME_KEY) != name():
        st.query_params[NAME_KEY] = name()


def rename(text: str) -> None:
    """Give the sequence a name, here and in the link; or none."""
    st.session_state[_TITLE_KEY] = text
    if text:
        st.query_params[NAME_KEY] = text
    elif NAME_KEY in st.query_params:
        del st.query_params[NAME_KEY]


def add_button(entry: Entry) -> None:
    """A button that puts the view that is looked at last in the sequence, or takes it out of it."""
    _button(list(map(str, sequence.view_parts(entry, reader()))), f"till_{entry.name}", "vyn")


def add_profile_button(kommun_kod: str) -> None:
    """A button that puts a kommun's profile last in the sequence, or takes it out of it."""
    _button(list(map(str, sequence.profile_parts(kommun_kod, reader()))), "till_profil", "kommunens profil")


def _button(texts: list[str], key: str, what: str) -> None:
    if not visitor.may_open("projektor"):
        return
    if texts and set(texts) <= set(entries()):
        st.button("Ta ur bildspelet", icon=":material/remove_from_queue:", key=key, on_click=_take_out, args=(texts,))
    else:
        hint = f"Lägger {what} sist i bildspelet, som visas från sidan Projektor."
        st.button("Till bildspelet", icon=":material/add_to_queue:", key=key, on_click=_add, args=(texts,), help=hint)


def _add(texts: list[str]) -> None:
    _keep([*entries(), *texts][: sequence.MOST])
    st.toast(
        f"Tillagd sist i bildspelet, som nu har {quantity(len(entries()), 'bild', 'bilder')}. Visa det från Projektor."
    )


def _take_out(texts: list[str]) -> None:
    left = [text for text in entries() if text not in texts]
    _keep(left or lgl())
    st.toast(f"Borttagen. Bildspelet har nu {quantity(len(entries()), 'bild', 'bilder')}.")
