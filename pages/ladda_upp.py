"""Ladda upp uttag: an analyst drops files, learns what is wrong and what changes, and publishes."""

from naravard import ui
from naravard.menu import Page

PAGE = Page("Ladda upp uttag", "Underlag", place=32)

ui.title(
    PAGE.title,
    "Släpp filen så som den kom. Den kontrolleras i minnet, du ser vad som är fel och vad som ändras, och först när du "
    "publicerar ser andra de nya siffrorna.",
)
desk = ui.upload.desk()
ui.upload.published(desk)
ui.upload.receive(desk)
ui.upload.notice(desk)
ui.upload.waiting(desk)
for file in desk.uploads:
    ui.upload.card(desk, file)
ui.upload.difference(desk)
ui.upload.publication(desk)
ui.upload.corrections(desk)
