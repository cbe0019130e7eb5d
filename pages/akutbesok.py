"""Akutbesök 80+: LGL's slide 7."""

import streamlit as st

from naravard import ui
from naravard.base import kommuner, periods, settings
from naravard.menu import Page
from naravard.telling import amounts

PAGE = Page("Akutbesök 80+", "LGL:s bilder", place=14)
reader = ui.reader()

INDICATOR = "akutbesok_80plus_per_1000"
visits = reader.find(INDICATOR)
every = reader.find(INDICATOR, periods.EVERY)

ui.title(PAGE.title)
if visits and every:
    lan = visits.lan()
    nation = [r for r in reversed(every.rows) if r.kommun_kod == kommuner.RIKET and r.grupp == "totalt"]
    sentences = []
    if lan:
        value = amounts.value(lan, visits.indicator)
        sentences.append(
            f"{value} akutbesök per 1 000 invånare 80 år och äldre i {kommuner.lan_name(settings.lan_kod())}, enligt "
            f"{lan.kalla}."
        )
    if nation:
        years = [f"{amounts.value(row, visits.indicator)} år {row.matperiod}" for row in nation]
        sentences.append(f"I riket var det {', '.join(years)}.")
    sentences.append("Talen är från olika år och ska inte jämföras rakt av.")
    ui.lead(" ".join(sentences))
ui.section(visits, INDICATOR)

if every:
    st.header("Alla kända tal", anchor=False)
    rows = [
        (
            row.kommun,
            every.group_label(row.grupp),
            periods.year(row.matperiod),
            amounts.value(row, every.indicator),
            row.kalla or "",
        )
        for row in reversed(every.rows)
    ]
    ui.records("Alla kända tal", ("Område", "Grupp", "Mätår", "Besök per 1 000", "Källa"), rows)
