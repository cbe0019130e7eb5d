"""Versioner: every publication, what it changed, and the way back."""

from naravard import ui
from naravard.menu import Page

PAGE = Page("Versioner", "Underlag", place=33, needs="analytiker")

ui.title(
    PAGE.title,
    "Varje publicering är en egen version, och inget skrivs över. Du kan se vad som ändrades, släppa det som är "
    f"preliminärt, och publicera en äldre version på nytt. {ui.versioner.what_is_kept()}",
)
ui.versioner.outcome()
ui.versioner.waiting()
ui.versioner.preliminary()
ui.versioner.publications()
version = ui.versioner.choose()
ui.versioner.changes_of(version)
ui.versioner.restore(version)
ui.versioner.withdraw(version)
