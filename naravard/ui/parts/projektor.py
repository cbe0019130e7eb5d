"""The parts of Projektor: the screens in order, with buttons for their places, and what can be added."""

from __future__ import annotations

from dataclasses import dataclass

import htpy
import streamlit as st

from naravard.base import kommuner, settings
from naravard.base.errors import UserError
from naravard.base.numbers import capital, enumeration
from naravard.slides import keyboard, lgl, links, sequence
from naravard.slides.links import INDICATOR_KEY
from naravard.ui import slideshow
from naravard.ui.navigation import page
from naravard.ui.show import plain
from naravard.ui.visit import reader, store


@dataclass(frozen=True)
class _Screen:
    """What a screen shows, with the choices made; what it says, or why it cannot be shown; whether it lacks figures."""

    heading: str
    sentence: str
    is_empty: bool


def choose() -> None:
    """The name, the screens in order with what they say, and what can be added."""
    texts = slideshow.entries()
    slideshow.replace(texts)
    st.text_input("Bildspelets namn", value=slideshow.name(), key="nytt_namn", max_chars=slideshow.LONGEST_NAME,
                  placeholder=lgl.name_of_slides(settings.lan_kod()), on_change=_rename, width=520)  # fmt: skip
    st.header(f"Bilder i ordning ({len(texts)})", anchor=False)
    screens = list(map(_screen, texts))
    for place, screen in enumerate(screens):
        times = texts[:place].count(texts[place])
        _line(place, screen, len(screens), f"{texts[place]}_{times}")
    _additions([text for text, screen in zip(texts, screens, strict=True) if screen.is_empty])


def _line(place: int, screen: _Screen, count: int, key: str) -> None:
    """One screen: its number, what it shows and says, and buttons for its place.

    The buttons follow the screen, and so does the focus of somebody who moves it by keyboard. Their names, which only
    a screen reader says, are of what they move.
    """
    with st.container(horizontal=True, vertical_alignment="center", key=f"bild_rad_{place}"):
        words = [htpy.b[f"{place + 1}. {screen.heading}"], htpy.br, htpy.span[screen.sentence]]
        st.html(htpy.div(".bildrad")[words], width="stretch")
        for label, icon, action, is_possible in (
            ("Flytta upp", "arrow_upward", _move, place > 0),
            ("Flytta ned", "arrow_downward", _move, place < count - 1),
            ("Ta bort", "close", _remove, count > 1),
        ):
            args = (place, -1 if icon == "arrow_upward" else 1) if action is _move else (place,)
            st.button(
                f"{label}: {plain(screen.heading)}",
                icon=f":material/{icon}:",
                key=f"flytta_{icon}_{key}",
                disabled=not is_possible,
                on_click=action,
                args=args,
                type="tertiary",
            )


def _screen(text: str) -> _Screen:
    try:
        entry = sequence.entry(text)
        screen = sequence.screen(entry, reader(), is_example=store().is_example)
    except UserError as error:
        return _Screen("Bilden går inte att visa", str(error), is_empty=True)
    heading = entry.title
    if not entry.number and entry.name != sequence.PROFILE:
        choices = {key: value for key, value in links.choices(entry, screen).items() if key != INDICATOR_KEY}
        words = [value if isinstance(value, str) else enumeration(value) for value in choices.values()]
        heading = " · ".join([heading, *words])
    mark = f"{screen.slide.mark}: " if screen.slide.mark else ""
    finding = screen.slide.title.removesuffix(f": {heading}")  # which stands above it
    return _Screen(heading, f"{mark}{finding}", is_empty=screen.slide.kind == "missing")


def _additions(empty_texts: list[str]) -> None:
    """What can be added here, and where views are added; and a way to be rid of the screens without figures."""
    lgl_slides = {entry.title: entry for entry in sequence.lgl_entries()}
    profiles = {f"Kommunprofil: {kommun.namn}": kommun.kod for kommun in kommuner.in_lan(settings.lan_kod())}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=520):
            what = st.selectbox("Lägg till", [*lgl_slides, *profiles], key="lagg_till_bild")
        if st.button("Lägg till", icon=":material/add:"):
            if what in profiles:
                screens = sequence.profile_parts(profiles[what], reader())
            else:
                screens = sequence.lgl_parts(lgl_slides[what], reader(), is_example=store().is_example)
            slideshow.replace([*slideshow.entries(), *map(str, screens)][: sequence.MOST])
            st.rerun()
        if empty_texts:
            icon = ":material/filter_alt_off:"
            st.button("Ta bort bilder utan siffror", icon=icon, on_click=_remove_all, args=(empty_texts,))
        again = f"Börja om med {lgl.name_of_slides(settings.lan_kod())}"
        st.button(again, icon=":material/restart_alt:", on_click=_restart)
    with st.container(horizontal=True):
        st.markdown("Andra vyer läggs till där de visas, med knappen ”Till bildspelet”:")
        st.page_link(page("jamfor"), label="Jämför")
        st.page_link(page("min_kommun"), label="Min kommun")


def _move(place: int, by: int) -> None:
    texts = list(slideshow.entries())
    texts[place], texts[place + by] = texts[place + by], texts[place]
    slideshow.replace(texts)


def _remove(place: int) -> None:
    slideshow.replace([text for i, text in enumerate(slideshow.entries()) if i != place])


def _remove_all(texts: list[str]) -> None:
    slideshow.replace([text for text in slideshow.entries() if text not in texts] or slideshow.entries())


def _restart() -> None:
    slideshow.replace(slideshow.lgl())


def _rename() -> None:
    slideshow.rename(capital(st.session_state["nytt_namn"].strip()))


def keys() -> list[tuple[str, str]]:
    """The keys of the projected window, and what each does."""
    return [(key.tryck, key.gor) for key in keyboard.of_the_show().tangent]
