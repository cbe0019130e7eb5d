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
all_years = reader.find(INDICATOR, periods.EVERY)

ui.title(PAGE.title)
if visits and all_years:
    lan_row = visits.lan()
    nation_rows = [r for r in reversed(all_years.rows) if r.kommun_kod == kommuner.RIKET and r.grupp == "totalt"]
    sentences = []
    if lan_row:
        value = amounts.value(lan_row, visits.indicator)
        sentences.append(
            f"{value} akutbesök per 1 000 invånare 80 år och äldre i {kommuner.lan_name(settings.lan_kod())}, enligt "
            f"{lan_row.kalla}."
        )
    if nation_rows:
        years = [f"{amounts.value(row, visits.indicator)} år {row.matperiod}" for row in nation_rows]
        sentences.append(f"I riket var det {', '.join(years)}.")
    sentences.append("Talen är från olika år och ska inte jämföras rakt av.")
    ui.lead(" ".join(sentences))
ui.section(visits, INDICATOR)

if all_years:
    st.header("Alla kända tal", anchor=False)
    rows = [
        (
            row.kommun,
            all_years.group_label(row.grupp),
            periods.year(row.matperiod),
            amounts.value(row, all_years.indicator),
            row.kalla or "",
        )
        for row in reversed(all_years.rows)
    ]
    ui.records("Alla kända tal", ("Område", "Grupp", "Mätår", "Besök per 1 000", "Källa"), rows)
