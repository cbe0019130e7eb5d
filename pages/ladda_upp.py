"""Ladda upp uttag: an analyst drops files, learns what is wrong and what changes, and publishes."""

from naravard import ui
from naravard.menu import Page

PAGE = Page("Ladda upp uttag", "Underlag", place=32, needs="analytiker")

ui.title(
    PAGE.title,
    "Släpp filen så som den kom. Den kontrolleras i minnet, du ser vad som är fel och vad som ändras, och först när du "
    "publicerar ser andra de nya siffrorna.",
)
desk = ui.ladda_upp.visitors_desk()
ui.ladda_upp.outcome(desk)
ui.ladda_upp.waiting(desk)
ui.ladda_upp.receive(desk)
ui.ladda_upp.open_figures(desk)
ui.ladda_upp.fetching(desk)
ui.ladda_upp.conflict(desk)
ui.ladda_upp.progress(desk)
ui.ladda_upp.keep(desk)
for file in desk.uploads:
    ui.ladda_upp.card(desk, file)
ui.ladda_upp.difference(desk)
ui.ladda_upp.publication(desk)
ui.ladda_upp.corrections(desk)
