"""The shell around every page: page set-up, which data is shown, navigation."""

from contextlib import nullcontext

import streamlit as st

from naravard import menu, stores
from naravard.base import settings
from naravard.menu import UNKNOWN_KEY
from naravard.slides.links import EXAMPLE_KEY
from naravard.ui import own_kommun, own_lan, version_choice, visitor
from naravard.ui.assets import note_visit, script, style
from naravard.ui.navigation import sections
from naravard.ui.shelf_note import tell_refusal
from naravard.ui.show import refused
from naravard.ui.visit import begin, pin_version

UI = settings.PACKAGE / "ui"

current = st.navigation(sections(), expanded=True)
page = menu.pages().get(current.url_path, menu.start())
st.set_page_config(
    page_title=f"{current.title} – Nära vård i siffror",
    page_icon=UI / "icon.svg",
    layout="wide",
)
begin()
style()
st.logo(UI / ("logo_dark.svg" if st.context.theme.type == "dark" else "logo.svg"), size="large")
with st.sidebar:
    own_lan.choose()
    own_kommun.choose()
    if stores.has_example():
        st.toggle(
            "Visa exempeldata",
            key=EXAMPLE_KEY,
            bind="query-params",
            on_change=version_choice.forget,
            help="Byter alla siffror mot EXEMPELDATA: påhittade personer, för att visa hur sidorna ser ut med fulla "
            "uttag.",
        )
    else:
        st.session_state[EXAMPLE_KEY] = False
is_example = bool(st.session_state[EXAMPLE_KEY])
what = "Exempeldata görs i ordning" if is_example else "Siffrorna läses in"
with (
    nullcontext()
    if stores.is_ready(is_example=is_example)
    else st.spinner(f"{what} den första gången. Det tar några sekunder …")
):
    with st.sidebar:
        version_choice.choose()
        visitor.tell()
    pin_version(own_kommun.kommun(), None if page.newest_only else version_choice.number())
own_lan.remember()
own_kommun.remember()
version_choice.remember()
if is_example:
    with st.container(key="markband_exempel"):
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
visitor.note_page(page.name)
if reason := visitor.why_not(page) or version_choice.why_not():
    refused(page.title, reason)
    visitor.offer_login("pa_sidan")
else:
    version_choice.band(page)
    tell_refusal(page)
    current.run()
    note_visit(current.url_path, own_kommun.to_be_kept(), own_lan.name())
