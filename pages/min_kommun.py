"""Min kommun: how it goes, and every indicator as one kommun has it, beside the län and the other kommuner."""

from functools import partial

import streamlit as st

from naravard import ui
from naravard.base import kommuner
from naravard.figures import overview
from naravard.menu import Page
from naravard.slides import profile

PAGE = Page("Min kommun", place=2, needs="publik")

if kod := ui.own_kommun.kommun():
    name = kommuner.area_name(kod)
    ui.title(name)
    lines = overview.profile(kod, ui.reader())
    ui.min_kommun.situation_of(kod, lines, ui.reader())

    with st.container(horizontal=True, vertical_alignment="center"):
        deck = partial(profile.deck, kod, ui.reader(), ui.version())
        ui.download.deck("Profilen som PowerPoint", deck, f"kommunprofil_{name}", mark=ui.mark())
        ui.download.paper(kod)
        ui.slideshow.add_profile_button(kod)
        ui.download.share()

    news = st.container()
    ui.min_kommun.profile(lines, name)
    ui.min_kommun.explain(lines)
    with news:  # last, since two versions may take a while to compare
        ui.last_visit.news_since(kod)
else:
    ui.title(PAGE.title)
    ui.own_kommun.question("min_kommun", "Här visas alla indikatorer för en kommun.", has_lan=False)
