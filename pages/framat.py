"""Framåt: the oldest inhabitants of a kommun or the län until 2040 or 2050, and what today's rates would mean."""

import streamlit as st

from naravard import ui
from naravard.figures import forward
from naravard.menu import Page

PAGE = Page("Framåt", place=4, needs="publik")

ui.title("Framåt: invånare 80 år och äldre")
population = forward.population(ui.reader(), ui.own_kommun.kommun()) or forward.population(ui.reader())
if population is None:
    ui.section(None, forward.FORECAST_ID)
else:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        base = ui.framat.choose_base(population)
        ui.download.files(population.results[1])
    ui.framat.growth(population, base)
    st.header("Vad skulle dagens takt betyda?", anchor=False)
    ui.framat.what_if(population, base)
