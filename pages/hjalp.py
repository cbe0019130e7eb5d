"""Hjälp: the questions that a new member of LGL asks."""

from naravard import ui
from naravard.base.numbers import with_unit
from naravard.figures import rules
from naravard.menu import Page

PAGE = Page("Hjälp", "Om tjänsten", place=41, needs="alla")

ui.title(PAGE.title, "Frågor som brukar komma första gången, med korta svar.")
ui.hjalp.questions(with_unit(rules.in_force().span, "personer"))
