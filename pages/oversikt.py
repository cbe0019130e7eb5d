"""Översikt: what one should know, all kommuner at once, LGL's slides as a file, and how fresh the sources are."""

from functools import partial

import streamlit as st

from naravard import ui
from naravard.base import kommuner, settings
from naravard.base.numbers import number, percent
from naravard.figures import forward, overview
from naravard.menu import Page
from naravard.slides import lgl
from naravard.telling import amounts

PAGE = Page("Översikt", place=1, needs="publik")
reader = ui.reader()

area = ui.own_kommun.area()
measures = overview.measures(reader)

ui.title(f"Nära vård i {kommuner.area_name(area)}")
if not ui.own_kommun.is_chosen():
    ui.own_kommun.question("oversikt", "Då visas den först här, och den är markerad i alla diagram och tabeller.")
ui.oversikt.tour()
news = st.container()
ui.oversikt.situation_of(measures, area, reader)

tiles = []
if persons := reader.find("kommunal_primarvard_antal"):
    at_home = amounts.value(persons.lan("ordinart"), persons.indicator)
    addition = f"varav {at_home} i ordinärt boende"
    tiles.append(
        ui.oversikt.tile("Personer med kommunal primärvård", addition, persons, persons.lan(), "kommunal_primarvard")
    )

if share := reader.find("kommunal_primarvard_andel_av_befolkningen"):
    lan_row = share.lan()
    addition = ""
    if lan_row and lan_row.varde is not None and lan_row.namnare is not None:
        addition = f"{percent(lan_row.varde, 2)} av {number(lan_row.namnare)} invånare {lan_row.namnare_ar}"
    tiles.append(
        ui.oversikt.tile(
            "Andel av befolkningen med kommunal primärvård", addition, share, lan_row, "kommunal_primarvard"
        )
    )

if sabo := reader.find("sabo_andel_primarvard"):
    lan_row = sabo.lan()
    addition = ""
    if lan_row and lan_row.taljare is not None and lan_row.namnare is not None:
        addition = f"{number(lan_row.taljare)} av {number(lan_row.namnare)} boende"
    tiles.append(ui.oversikt.tile("Boende på SÄBO med kommunal primärvård", addition, sabo, lan_row, "sabo"))

if visits := reader.find("akutbesok_80plus_per_1000"):
    nation_row = visits.row(kommuner.RIKET)
    addition = f"i riket {amounts.value(nation_row, visits.indicator)}" if nation_row else ""
    tiles.append(ui.oversikt.tile("Akutbesök per 1 000 invånare 80+", addition, visits, visits.lan(), "akutbesok"))

if care := reader.find("hemsjukvard_antal"):
    label = "Personer med insats i hemsjukvård i ordinärt boende"
    tiles.append(ui.oversikt.tile(label, "unika individer", care, care.lan(), "hemsjukvard"))

if professions := reader.find("hemsjukvard_profession"):
    for group in professions.groups:
        label = f"Personer med insats av {professions.group_label(group).lower()}"
        addition = "kan också få insats av andra"
        tiles.append(ui.oversikt.tile(label, addition, professions, professions.lan(group), "hemsjukvard"))

if elderly := reader.find("befolkning_80plus"):
    now_row = elderly.lan()
    addition = ""
    if now_row and (population := forward.population(reader)):
        now, later = int(now_row.matperiod), min(population.milestones)
        growth = percent(forward.growth(population, now, later))
        addition = f"{growth} fler år {later} än {now}, enligt SCB"
    tiles.append(ui.oversikt.tile("Invånare 80 år och äldre", addition, elderly, now_row, "framat"))

ui.oversikt.headline_figures("Länets siffror", tiles)

if measures:
    ui.oversikt.matrix("Kommun för kommun", measures)

slides = lgl.name_of_slides(settings.lan_kod())
st.header(slides, anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    period = ui.choose_deck_period()
    common = reader.marking("")  # the deck is shown to all kommuner, and tells none apart
    deck = partial(lgl.deck, common, ui.version(), period, is_example=ui.store().is_example)
    ui.download.deck(f"{slides} (PowerPoint)", deck, slides, period, ui.mark())
    ui.download.share()

ui.oversikt.freshness("Hur nya är uppgifterna?")
with news:  # last, since two versions may take a while to compare
    ui.last_visit.news_since(area)
