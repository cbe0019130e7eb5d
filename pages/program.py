"""Program och API: where other programs find the figures, and the keys with which they ask in a person's name."""

from naravard import ui
from naravard.menu import Page

PAGE = Page("Program och API", "Underlag", place=34, needs="läsare")

ui.title(
    PAGE.title,
    "Excel, Power BI, Python och R kan hämta siffrorna själva: samma tal som på sidorna, skyddade på samma sätt.",
)
ui.program.addresses()
ui.program.keys()
