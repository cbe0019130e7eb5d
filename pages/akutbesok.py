"""Akutbesök 80+: LGL's slide 7."""

from naravard import ui
from naravard.base import periods
from naravard.base.numbers import capital
from naravard.menu import Page
from naravard.slides import lgl
from naravard.telling import phrases

PAGE = Page("Akutbesök 80+", "Bilderna", place=14, needs="publik")
reader = ui.reader()

INDICATOR = "akutbesok_80plus_per_1000"
visits = reader.find(INDICATOR, periods.EVERY)

ui.title(PAGE.title)
if visits:
    about_slide = lgl.without_printed_figures(7)
    source = f"talen är ur {visits.indicator.kalla}."
    ui.lead(f"{phrases.headline(visits)}. {capital(f'{about_slide}: {source}' if about_slide else source)}")
ui.section(visits, INDICATOR)
