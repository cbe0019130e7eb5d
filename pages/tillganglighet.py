"""Tillgänglighet: the statement that the law on digital public service asks for."""

from naravard import ui
from naravard.menu import Page
from naravard.ui import statement

PAGE = Page("Tillgänglighet", "Om tjänsten", place=42, needs="alla")

ui.title(PAGE.title, "Hur väl tjänsten uppfyller lagen om tillgänglighet till digital offentlig service (DOS-lagen).")
ui.tillganglighet.accessibility(statement.of_the_service(), statement.last_test())
