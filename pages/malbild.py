"""Målbild: the county's vision, what follows each part of it, and what nobody measures yet."""

import streamlit as st

from naravard import ui
from naravard.base import settings
from naravard.figures import vision
from naravard.menu import Page

PAGE = Page("Målbild", place=5, needs="publik")

whose = "Länets" if settings.lan_kod() == settings.DEFAULT_LAN else "Kalmar läns"
ui.title(
    "Målbild för nära vård",
    f"{whose} utvecklingsområden och framgångsfaktorer, med talen som följer var och en. Det som ingen mäter står "
    "också.",
)
st.header("Fyra utvecklingsområden", anchor=False)
ui.malbild.cards(vision.of_the_county().utvecklingsomrade)
st.header("Sex framgångsfaktorer", anchor=False)
ui.malbild.cards(vision.of_the_county().framgangsfaktor)
