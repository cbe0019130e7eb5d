"""Choosing what a room is to see: the screens, their order and the name. The choice stands in the link.

It is kept for the visitor while the pages are walked through, so that views can be added where they are seen.
"""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from naravard.base import kommuner, settings
from naravard.base.errors import UserError
from naravard.base.model import EXAMPLE
from naravard.base.numbers import capital, enumeration
from naravard.slides import links, sequence
from naravard.slides.links import EXAMPLE_KEY, INDICATOR_KEY
from naravard.slides.sequence import Entry
from naravard.ui.choose import reader, store
from naravard.ui.navigation import page

SLIDES_KEY, NAME_KEY = "bilder", "namn"
_CHOSEN_KEY, _NAMED_KEY = "bildspel", "bildspelets_namn"
_LONGEST_NAME = 80


def chosen() -> list[str]:
    """The screens as a link writes them: those of this page's link, else those that were chosen before, else LGL's."""
    if asked := st.query_params.get_all(SLIDES_KEY)[: sequence.MOST]:
        st.session_state[_CHOSEN_KEY] = asked
    elif _CHOSEN_KEY not in st.session_state:
        st.session_state[_CHOSEN_KEY] = list(map(str, sequence.lgl_entries()))
    found: list[str] = st.session_state[_CHOSEN_KEY]
    return found


def name() -> str:
    """What the sequence is called, empty where it has no name."""
    if NAME_KEY in st.query_params:
        st.session_state[_NAMED_KEY] = st.query_params[NAME_KEY][:_LONGEST_NAME]
    named: str = st.session_state.get(_NAMED_KEY, "")
    return named


def query() -> str:
    """The sequence as the query of a link."""
    pairs = [(SLIDES_KEY, text) for text in chosen()]
    named = [(NAME_KEY, name())] if name() else []
    example = [(EXAMPLE_KEY, "true")] if st.session_state.get(EXAMPLE_KEY) else []
    return urlencode([*named, *pairs, *example], safe=":~,")


def add_button(of: Entry) -> None:
    """A button that puts the view that is looked at last in the sequence, or takes it out of it."""
    _button([str(of)], f"till_{of.name}", "vyn")


def add_profile_button(kommun_kod: str) -> None:
    """A button that puts a kommun's profile last in the sequence, or takes it out of it."""
    _button(list(map(str, sequence.profile_parts(kommun_kod, reader()))), "till_profil", "kommunens profil")


def _button(texts: list[str], key: str, what: str) -> None:
    if texts and set(texts) <= set(chosen()):
        st.button("Ta ur bildspelet", icon=":material/remove_from_queue:", key=key, on_click=_take_out, args=(texts,))
    else:
        told = f"Lägger {what} sist i bildspelet, som visas från sidan Projektor."
        st.button("Till bildspelet", icon=":material/add_to_queue:", key=key, on_click=_add, args=(texts,), help=told)


def _add(texts: list[str]) -> None:
    st.session_state[_CHOSEN_KEY] = [*chosen(), *texts][: sequence.MOST]
    st.toast(f"Tillagd sist i bildspelet, som nu har {len(chosen())} bilder. Visa det från Projektor.")


def _take_out(texts: list[str]) -> None:
    st.session_state[_CHOSEN_KEY] = [text for text in chosen() if text not in texts] or list(
        map(str, sequence.lgl_entries())
    )
    st.toast(f"Borttagen. Bildspelet har nu {len(chosen())} bilder.")


def choose() -> None:
    """The name, the screens in order with what they say, and what can be added."""
    texts = chosen()
    _set(texts)
    st.text_input("Bildspelets namn", value=name(), key="nytt_namn", max_chars=_LONGEST_NAME,
                  placeholder="LGL:s bilder", on_change=_rename, width=520)  # fmt: skip
    st.header(f"Bilder i ordning ({len(texts)})", anchor=False)
    told = list(map(_told, texts))
    for place, (heading, says, _) in enumerate(told):
        _line(place, heading, says, len(texts))
    _more([text for text, (_, _, is_empty) in zip(texts, told, strict=True) if is_empty])


def _line(place: int, heading: str, says: str, count: int) -> None:
    """One screen: its number, what it shows and says, and buttons for its place."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"bild_rad_{place}"):
        st.html(f'<div class="bildrad"><b>{place + 1}. {escape(heading)}</b><br><span>{escape(says)}</span></div>',
                width="stretch")  # fmt: skip
        for label, icon, act, possible in (
            ("Upp", "arrow_upward", _move, place > 0),
            ("Ned", "arrow_downward", _move, place < count - 1),
            ("Ta bort", "close", _remove, count > 1),
        ):
            args = (place, -1 if label == "Upp" else 1) if act is _move else (place,)
            st.button(label, icon=f":material/{icon}:", key=f"{icon}_{place}", disabled=not possible, on_click=act,
                      args=args, type="tertiary")  # fmt: skip


def _told(text: str) -> tuple[str, str, bool]:
    """What a screen shows, with the choices made; what it says, or why it cannot be shown; whether it lacks figures."""
    try:
        entry = sequence.entry(text)
        screen = sequence.screen(entry, reader(), is_example=store().is_example)
    except UserError as error:
        return "Bilden går inte att visa", str(error), True
    heading = entry.title
    if not entry.number and entry.name != sequence.PROFILE:
        made = {key: value for key, value in links.choices(entry, screen).items() if key != INDICATOR_KEY}
        words = [value if isinstance(value, str) else enumeration(value) for value in made.values()]
        heading = " · ".join([heading, *words])
    mark = f"{EXAMPLE}: " if screen.slide.is_example else ""
    return heading, f"{mark}{screen.slide.title}", screen.slide.kind == "missing"


def _more(empty: list[str]) -> None:
    """What can be added here, and where views are added; and a way to be rid of the screens without figures."""
    known = {entry.title: str(entry) for entry in sequence.lgl_entries()}
    areas = {f"Kommunprofil: {kommun.namn}": kommun.kod for kommun in kommuner.in_lan(settings.lan_kod())}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=520):
            what = st.selectbox("Lägg till", [*known, *areas], key="lagg_till_bild")
        if st.button("Lägg till", icon=":material/add:"):
            added = [known[what]] if what in known else map(str, sequence.profile_parts(areas[what], reader()))
            _set([*chosen(), *added][: sequence.MOST])
            st.rerun()
        if empty:
            st.button(
                "Ta bort bilder utan siffror", icon=":material/filter_alt_off:", on_click=_remove_all, args=(empty,)
            )
        st.button("Börja om med LGL:s bilder", icon=":material/restart_alt:", on_click=_restart)
    with st.container(horizontal=True):
        st.markdown("Andra vyer läggs till där de visas, med knappen ”Till bildspelet”:")
        st.page_link(page("jamfor"), label="Jämför")
        st.page_link(page("min_kommun"), label="Min kommun")


def _set(texts: list[str]) -> None:
    """The screens from now on, here and in the link."""
    st.session_state[_CHOSEN_KEY] = texts
    if st.query_params.get_all(SLIDES_KEY) != texts:
        st.query_params[SLIDES_KEY] = texts
    if name() and st.query_params.get(NAME_KEY) != name():
        st.query_params[NAME_KEY] = name()


def _move(place: int, by: int) -> None:
    texts = list(chosen())
    texts[place], texts[place + by] = texts[place + by], texts[place]
    _set(texts)


def _remove(place: int) -> None:
    _set([text for i, text in enumerate(chosen()) if i != place])


def _remove_all(unwanted: list[str]) -> None:
    _set([text for text in chosen() if text not in unwanted] or chosen())


def _restart() -> None:
    _set(list(map(str, sequence.lgl_entries())))


def _rename() -> None:
    named = capital(st.session_state["nytt_namn"].strip())
    st.session_state[_NAMED_KEY] = named
    if named:
        st.query_params[NAME_KEY] = named
    elif NAME_KEY in st.query_params:
        del st.query_params[NAME_KEY]
