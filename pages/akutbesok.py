"""Akutbesök 80+: LGL's slide 7."""

from naravard import ui
from naravard.base import periods
from naravard.menu import Page
from naravard.telling import phrases

PAGE = Page("Akutbesök 80+", "LGL:s bilder", place=14, needs="publik")
reader = ui.reader()

INDICATOR = "akutbesok_80plus_per_1000"
visits = reader.find(INDICATOR, periods.EVERY)

ui.title(PAGE.title)
if visits:
    ui.lead(f"{phrases.headline(visits)}. LGL:s bild 7 har inga tryckta siffror: talen är ur {visits.indicator.kalla}.")
ui.section(visits, INDICATOR)
