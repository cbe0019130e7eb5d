"""Översikt: what one should know, all kommuner at once, LGL's slides as a file, and how fresh the sources are."""

from functools import partial

import streamlit as st

from naravard import ui
from naravard.base import kommuner, periods, settings
from naravard.base.numbers import number, percent
from naravard.figures import overview
from naravard.menu import Page
from naravard.slides import lgl
from naravard.telling import amounts

PAGE = Page("Översikt", place=1)
reader = ui.reader()

LAN = kommuner.lan_name(settings.lan_kod())
PRIMARY_CARE, HOME_CARE, SABO, VISITS = (
    ui.Link(name) for name in ("kommunal_primarvard", "hemsjukvard", "sabo", "akutbesok")
)

ui.title(f"Nära vård i {LAN}", "Länets siffror i korthet, med källa och mätperiod. Länken i varje ruta visar mer.")
ui.help_page.tour()

with st.grid(5, min_column_width=190):
    if persons := reader.find("kommunal_primarvard_antal"):
        at_home = amounts.value(persons.lan("ordinart"), persons.indicator)
        addition = f"varav {at_home} i ordinärt boende"
        ui.tile("Personer med kommunal primärvård", addition, persons, persons.lan(), PRIMARY_CARE)

    if share := reader.find("kommunal_primarvard_andel_av_befolkningen"):
        total = share.lan()
        addition = ""
        if total and total.varde is not None and total.namnare is not None:
            addition = f"{percent(total.varde, 2)} av {number(total.namnare)} invånare {total.namnare_ar}"
        ui.tile("Andel av befolkningen med kommunal primärvård", addition, share, total, PRIMARY_CARE)

    if sabo := reader.find("sabo_andel_primarvard"):
        total = sabo.lan()
        known = total and total.taljare is not None and total.namnare is not None
        addition = f"{number(total.taljare)} av {number(total.namnare)} boende" if known else ""
        ui.tile("Boende på SÄBO med kommunal primärvård", addition, sabo, total, SABO)

    if visits := reader.find("akutbesok_80plus_per_1000"):
        for row in (row for row in visits.rows if row.grupp == "totalt" and not row.is_kommun):
            where = "riket" if row.kommun_kod == kommuner.RIKET else row.kommun
            addition = f"{periods.year(row.matperiod)}, jämför inte rakt av"
            ui.tile(f"Akutbesök per 1 000 invånare 80+ i {where}", addition, visits, row, VISITS)

    if care := reader.find("hemsjukvard_antal"):
        ui.tile("Personer med insats i hemsjukvård i ordinärt boende", "unika individer", care, care.lan(), HOME_CARE)

    if professions := reader.find("hemsjukvard_profession"):
        for group in professions.groups:
            label = f"Personer med insats av {professions.group_label(group).lower()}"
            addition = "kan också få insats av andra"
            ui.tile(label, addition, professions, professions.lan(group), HOME_CARE)

    if elderly := reader.find("befolkning_80plus"):
        now = elderly.lan()
        forecast = reader.find("befolkning_80plus_prognos", periods.EVERY)
        later = forecast.lan() if forecast else None
        addition = ""
        if now and later and now.taljare and later.taljare:
            growth = percent(100 * (later.taljare / now.taljare - 1))
            addition = f"{growth} fler år {later.matperiod} än {now.matperiod}, enligt SCB"
        ui.tile("Invånare 80 år och äldre", addition, elderly, now, ui.Link("framat"))

found = overview.measures(reader)
signals = overview.signals(found)
if found:
    st.header("Att uppmärksamma", anchor=False)
    ui.matrix.signals(signals, overview.comparison_count(found))
    st.header("Kommun för kommun", anchor=False)
    ui.matrix.overview(found)

st.header("Bilderna till LGL", anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    period = ui.choose_deck_period()
    deck = partial(lgl.deck, reader, ui.version(), period, is_example=ui.store().is_example)
    ui.download.deck("LGL-bilder (PowerPoint)", deck, "lgl-bilder", period, is_example=ui.store().is_example)
    ui.download.share()

st.header("Hur färska är källorna?", anchor=False)
ui.freshness()
st.page_link(ui.page("kallor"), label="Alla uttag, med fil, datum och anmärkningar", icon=":material/arrow_forward:")
