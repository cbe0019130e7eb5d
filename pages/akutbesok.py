"""Akutbesök 80+: LGL's slide 7."""

import streamlit as st

from naravard import kommuner, periods, ui, wording
from naravard.format import joined

visits = ui.fetch("akutbesok_80plus_per_1000")

ui.title("Akutbesök 80+")
if visits:
    rows = [row for row in visits.rows if row.grupp == "totalt" and not row.is_kommun]
    parts = [
        f"{wording.value(row, visits.indicator)} i {'riket' if row.kommun_kod == kommuner.RIKET else row.kommun} "
        f"(mätår {periods.when(row.matperiod)})"
        for row in rows
    ]
    ui.lead(
        f"Personer 80 år och äldre gör {joined(parts)} akutbesök per 1 000 invånare i samma ålder, enligt de senaste "
        "kända talen. De är från olika år och ska inte jämföras rakt av."
    )
ui.section(visits, "akutbesok_80plus_per_1000")

if every := ui.fetch_every_period("akutbesok_80plus_per_1000"):
    st.subheader("Alla kända tal", anchor=False)
    rows = [
        (
            row.kommun,
            every.group_label(row.grupp),
            periods.when(row.matperiod),
            wording.value(row, every.indicator),
            row.kalla or "",
        )
        for row in reversed(every.rows)
    ]
    ui.records("Alla kända tal", ("Område", "Grupp", "Mätår", "Besök per 1 000", "Källa"), rows)
