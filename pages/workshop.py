"""Workshop: open one, with groups and questions, and get the links that it is led and enumeration by."""

from naravard import ui
from naravard.menu import Page

PAGE = Page("Workshop", "I rummet", place=22, needs="analytiker", newest_only=True)

ui.title(PAGE.title, "Grupperna svarar på sina telefoner, och svaren syns på tavlan. Inget konto behövs.")
ui.workshop.open_workshop()
