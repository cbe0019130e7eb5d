"""Min kommun: every indicator as one kommun has it, beside the län and the other kommuner."""

from functools import partial

import streamlit as st

from naravard import ui
from naravard.base import kommuner
from naravard.figures import overview
from naravard.menu import Page
from naravard.slides import profile
from naravard.telling import phrases

PAGE = Page("Min kommun", place=2)

if kod := ui.own_kommun.kommun():
    name = kommuner.area_name(kod)
    ui.title(name)
    lines = overview.profile(kod, ui.reader())
    ui.lead(phrases.profile_headline(name, lines))

    with st.container(horizontal=True, vertical_alignment="center"):
        deck = partial(profile.deck, name, lines, ui.version())
        ui.download.deck("Profilen som PowerPoint", deck, f"kommunprofil_{name}", is_example=ui.store().is_example)
        ui.slideshow.add_profile_button(kod)
        ui.download.share()

    ui.min_kommun.profile(lines, name)
    ui.min_kommun.explain(lines)
else:
    ui.title(PAGE.title)
    ui.own_kommun.question("min_kommun", "Här visas alla indikatorer för en kommun.", has_lan=False)
