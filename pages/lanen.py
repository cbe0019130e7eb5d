"""Länen: one indicator in each of the installation's län, side by side. With one län there is no such page."""

from naravard import ui
from naravard.figures import indicators
from naravard.menu import Page

PAGE = Page("Länen", place=3, needs="publik", several_lan=True, newest_only=True)

ui.title(
    PAGE.title,
    "Samma indikator i varje län. Varje tal är skyddat i sitt eget läns siffror. Att ett län har ett högre eller lägre "
    "tal säger inte om vården är bättre: läs hur det mäts.",
)
indicator = indicators.by_id(ui.choose_indicator("akutbesok_80plus_per_1000"))
ui.lanen.compare(indicator)
