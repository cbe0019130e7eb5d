"""The parts of Workshop: name, groups, questions and slides; then the links that it is led and joined by."""

from __future__ import annotations

import htpy
import streamlit as st

from naravard.base import lan
from naravard.base.errors import UserError
from naravard.base.model import EXAMPLE
from naravard.base.roles import Role
from naravard.slides.links import EXAMPLE_KEY
from naravard.ui import slideshow, visitor
from naravard.ui.elements import lead
from naravard.ui.navigation import page
from naravard.ui.show import plain
from naravard.workshop import addresses, defaults
from naravard.workshop.workshops import DAYS_KEPT, Workshops
from naravard.workshop.writing import LONGEST_NAME

_WORKSHOP_KEY = "oppnad_workshop"


def open_workshop() -> None:
    """The form, or the links of the workshop that was opened in it."""
    if _WORKSHOP_KEY in st.session_state:
        kod, secret, name = st.session_state[_WORKSHOP_KEY]
        _links(kod, secret, name)
        _list_of_led(kod, secret)
    else:
        _list_of_led()
        _form()


def _list_of_led(kod: str = "", secret: str = "") -> None:
    """The workshops that this browser leads, and remembers (app.js); one that has just been opened among them."""
    words = "Webbläsaren minns nycklarna till dem. Glöm dem här om andra använder datorn."
    begin = htpy.script["window.naravard?.begin()"]
    content = [htpy.h2["Workshoppar som du leder"], htpy.p[words], htpy.ul]
    place = htpy.section(".ledda", data_kod=kod or None, data_nyckel=secret or None, hidden=True)[content]
    st.html(htpy.fragment[place, begin], unsafe_allow_javascript=True)


def _form() -> None:
    default = defaults.of_a_new_workshop()
    slides = slideshow.entries()
    st.page_link(page("projektor"), label="Välj först bilder och ordning", icon=":material/slideshow:")
    with st.form("ny_workshop", enter_to_submit=False):
        name = st.text_input("Workshoppens namn", value=default.namn, max_chars=LONGEST_NAME)
        groups = st.text_area("Grupper, en på varje rad", value="\n".join(default.grupper), height=140)
        questions = st.text_area("Frågor, en på varje rad", value="\n".join(default.fragor), height=140)
        what = f"”{slideshow.name()}”" if slideshow.name() else "valda på sidan Projektor"
        mark = f" {EXAMPLE}." if st.session_state.get(EXAMPLE_KEY) else ""
        st.text(f"Bilder: {len(slides)} stycken, {what}.{mark}")
        is_submitted = st.form_submit_button("Öppna workshop", type="primary", icon=":material/groups:")
    if is_submitted:
        _begin(name, groups.split("\n"), questions.split("\n"))


@visitor.action("Öppna en workshop", Role.ANALYTIKER)
def _begin(name: str, groups: list[str], questions: list[str]) -> None:
    try:
        kod, secret = Workshops(lan.folder()).begin(name, groups, questions, slideshow.query())
    except UserError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.session_state[_WORKSHOP_KEY] = (kod, secret, name)
    st.rerun()


def _links(kod: str, secret: str, name: str) -> None:
    """What the leader keeps, and what the participants get."""
    base = _base()
    st.success(f"”{plain(name)}” är öppen.", icon=":material/check_circle:")
    st.header("Ledarens hemliga länk", anchor=False)
    st.markdown(
        "**Spara den nu.** Den som har den kan styra visningen, ordna svaren, hämta tavlan och radera allt. "
        "Med den öppnas workshoppen igen på vilken dator eller telefon som helst. Den här webbläsaren minns den."
    )
    st.code(f"{base}/led/{kod}#{secret}", language=None, wrap_lines=True)
    with st.container(horizontal=True):
        st.link_button("Öppna ledarens vy", f"/led/{kod}#{secret}", type="primary", icon=":material/co_present:")
        st.link_button("Öppna visningen", f"/visa?workshop={kod}", icon=":material/slideshow:")
    st.caption(f"Visningen på en annan dator: {base}/visa?workshop={kod}. Alla visningar följer ledaren.")
    st.header("Deltagarnas länk", anchor=False)
    qr = htpy.img(".qr", src=f"/api/projektor/qr.svg?adress=/d/{kod}", alt="QR-kod till deltagarnas länk", width="200")
    st.html(htpy.fragment[qr, lead(f"{base}/d/{kod}")])
    if addresses.is_local(base):
        st.warning(
            "Den här adressen når bara den här datorn. På sidan Hjälp står hur telefonerna når den.",
            icon=":material/wifi_off:",
        )
    st.markdown(
        f"Deltagarna behöver inget konto och ingen frågar efter namn. Svaren raderas efter {DAYS_KEPT} dagar, om "
        "ledaren inte väljer att behålla dem, och går att radera genast i ledarens vy."
    )
    st.button("Öppna en till workshop", on_click=lambda: st.session_state.pop(_WORKSHOP_KEY))


def _base() -> str:
    return addresses.reachable(st.context.url or "")
