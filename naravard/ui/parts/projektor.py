"""The parts of Projektor: the screens in order, with buttons for their places, and what can be added."""

from __future__ import annotations

import htpy
import streamlit as st

from naravard.base import kommuner, settings
from naravard.base.errors import UserError
from naravard.base.model import EXAMPLE
from naravard.base.numbers import capital, joined
from naravard.slides import links, sequence
from naravard.slides.links import INDICATOR_KEY
from naravard.ui import slideshow
from naravard.ui.navigation import page
from naravard.ui.visit import reader, store


def choose() -> None:
    """The name, the screens in order with what they say, and what can be added."""
    texts = slideshow.chosen()
    slideshow.put(texts)
    st.text_input("Bildspelets namn", value=slideshow.name(), key="nytt_namn", max_chars=slideshow.LONGEST_NAME,
                  placeholder="LGL:s bilder", on_change=_rename, width=520)  # fmt: skip
    st.header(f"Bilder i ordning ({len(texts)})", anchor=False)
    told = list(map(_told, texts))
    for place, (heading, says, _) in enumerate(told):
        _line(place, heading, says, len(texts))
    _more([text for text, (_, _, is_empty) in zip(texts, told, strict=True) if is_empty])


def _line(place: int, heading: str, says: str, count: int) -> None:
    """One screen: its number, what it shows and says, and buttons for its place."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"bild_rad_{place}"):
        st.html(htpy.div(".bildrad")[htpy.b[f"{place + 1}. {heading}"], htpy.br, htpy.span[says]], width="stretch")
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
        words = [value if isinstance(value, str) else joined(value) for value in made.values()]
        heading = " · ".join([heading, *words])
    mark = f"{EXAMPLE}: " if screen.slide.is_example else ""
    return heading, f"{mark}{screen.slide.title}", screen.slide.kind == "missing"


def _more(empty: list[str]) -> None:
    """What can be added here, and where views are added; and a way to be rid of the screens without figures."""
    known = {entry.title: str(entry) for entry in sequence.lgl()}
    areas = {f"Kommunprofil: {kommun.namn}": kommun.kod for kommun in kommuner.in_lan(settings.lan_kod())}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=520):
            what = st.selectbox("Lägg till", [*known, *areas], key="lagg_till_bild")
        if st.button("Lägg till", icon=":material/add:"):
            added = [known[what]] if what in known else map(str, sequence.profile_parts(areas[what], reader()))
            slideshow.put([*slideshow.chosen(), *added][: sequence.MOST])
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


def _move(place: int, by: int) -> None:
    texts = list(slideshow.chosen())
    texts[place], texts[place + by] = texts[place + by], texts[place]
    slideshow.put(texts)


def _remove(place: int) -> None:
    slideshow.put([text for i, text in enumerate(slideshow.chosen()) if i != place])


def _remove_all(unwanted: list[str]) -> None:
    slideshow.put([text for text in slideshow.chosen() if text not in unwanted] or slideshow.chosen())


def _restart() -> None:
    slideshow.put(list(map(str, sequence.lgl())))


def _rename() -> None:
    slideshow.rename(capital(st.session_state["nytt_namn"].strip()))


def keys() -> list[tuple[str, str]]:
    """The keys of the projected window, and what each does."""
    return [(key, does) for key, does in settings.table("projektor")["tangenter"]]
