"""Projektor: choose what a room is to see, and open the projected window and the presenter's view."""

import streamlit as st

from naravard import ui
from naravard.menu import Page

PAGE = Page("Projektor", "I rummet", place=21, needs="läsare", newest_only=True)

ui.title(PAGE.title, "En bild åt gången, för ett rum. Välj bilder och ordning här, och öppna visningen på projektorn.")
start = st.container(horizontal=True)
ui.projektor.choose()
with start:
    query = ui.slideshow.query(ui.own_kommun.name() if ui.own_kommun.kommun() else "")
    st.link_button("Öppna visningen", f"/visa?{query}", type="primary", icon=":material/slideshow:")
    st.link_button("Öppna presentatörsvyn", f"/presentator?{query}", icon=":material/co_present:")
    ui.download.share()

st.header("Så styr du", anchor=False)
ui.records("Tangenter i visningen", ("Tangent", "Vad den gör"), ui.projektor.keys())
st.markdown(
    "Öppna visningen, dra fönstret till projektorn och tryck F. Presentatörsvyn på den egna skärmen har anteckningar, "
    "nästa bild och klocka, och styr visningen i samma webbläsare. Du är kvar på samma bild om du laddar om "
    "sidan. Bilderna visas även om nätet försvinner."
)
if ui.may_open("workshop"):
    st.page_link(ui.page("workshop"), label="Öppna en workshop med de här bilderna", icon=":material/groups:")
