"""The shell around every page: page set-up, which data is shown, navigation."""

import streamlit as st

from naravard import menu, stores
from naravard.base import settings
from naravard.menu import UNKNOWN_KEY
from naravard.slides.links import EXAMPLE_KEY
from naravard.ui import own_kommun, visitor
from naravard.ui.assets import note_visit, script, style
from naravard.ui.navigation import sections
from naravard.ui.show import refused
from naravard.ui.visit import pin_version

UI = settings.PACKAGE / "ui"

current = st.navigation(sections(), expanded=True)
st.set_page_config(
    page_title=f"{current.title} – Nära vård i siffror",
    page_icon=UI / "icon.svg",
    layout="wide",
)
style()
st.logo(UI / ("logo_dark.svg" if st.context.theme.type == "dark" else "logo.svg"), size="large")
with st.sidebar:
    own_kommun.choose()
    st.toggle(
        "Visa exempeldata",
        key=EXAMPLE_KEY,
        bind="query-params",
        help="Byter alla siffror mot EXEMPELDATA: påhittade personer, för att visa hur sidorna ser ut med fulla uttag.",
    )
    visitor.tell()
is_first = st.session_state[EXAMPLE_KEY] and not stores.is_example_ready()
with st.spinner(
    "Exempeldata görs i ordning den första gången. Det tar några sekunder …" if is_first else "Hämtar siffror …"
):
    pin_version(own_kommun.kommun())
own_kommun.remember()
if st.session_state[EXAMPLE_KEY]:
    with st.container(key="exempelband"):
        st.warning(
            "**EXEMPELDATA.** Personerna är påhittade. Länets summor och SÄBO-talen är desamma som på "
            "LGL:s bilder, så att du kan kontrollera räkningen. Befolkning och nyckeltal är verkliga. "
            "Stäng av i menyn.",
            icon=":material/science:",
        )
if UNKNOWN_KEY in st.query_params:
    with st.container(border=True):
        st.text(
            f"Sidan ”{st.query_params[UNKNOWN_KEY]}” finns inte. Här är översikten i stället; sidorna står i menyn."
        )
script()
page = menu.pages().get(current.url_path, menu.start())
visitor.note_page(page.name)
if reason := visitor.why_not(page):
    refused(page.title, reason)
    visitor.offer_login("pa_sidan")
else:
    current.run()
    note_visit(current.url_path, own_kommun.to_be_kept())
