"""Hjälp: the questions that a new member of LGL asks."""

from naravard import rules, ui

ui.title("Hjälp", "Frågor som brukar komma första gången, med korta svar.")
ui.help_page.questions(rules.rules().span)
