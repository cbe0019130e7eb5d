"""Addresses of views, in the words that the menus of the pages have; and the queries that they are written with."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from naravard import charts
from naravard.base import kommuner, lan, settings
from naravard.base.model import UNKNOWN_PERIOD
from naravard.base.numbers import capital
from naravard.figures import indicators
from naravard.figures.comparisons import comparisons
from naravard.slides import lgl
from naravard.slides.sequence import PROFILE, Entry, Screen

EXAMPLE_KEY = "exempel"
KOMMUN_KEY = "kommun"
LAN_KEY = "lan"
VERSION_KEY = "version"
INDICATOR_KEY = "indikator"
GROUP_KEY = "grupp"
ORDERS = ("Namn", "Värde")
WHOLE_LAN = "Hela länet"
"""What the menu of kommuner, and so a link, calls all of them."""


def comparison_label(comparison_id: str) -> str:
    """A comparison as its menu, and so a link, has it."""
    return capital(comparisons()[comparison_id].menu)


def period_label(matperiod: str) -> str:
    """A period as its menu, and so a link, has it."""
    return "Ej angiven (LGL:s bild)" if matperiod == UNKNOWN_PERIOD else capital(matperiod)


def address_of(entry: Entry, screen: Screen | None, is_example: bool) -> str:
    """The address of the page where the same view can be looked at more closely, on a phone too."""
    query: dict[str, Any]
    if entry.name == PROFILE:
        page, query = "min_kommun", {"kommun": kommuner.area_name(entry.choices["kommun"])}
    else:
        page, query = "jamfor", choices(entry, screen)
    if is_example:
        query[EXAMPLE_KEY] = "true"
    query.update(lan_query())
    return f"{page}?{urlencode(query, doseq=True)}"


def lan_query() -> dict[str, str]:
    """Which län an address is about, where the installation has several."""
    return {LAN_KEY: kommuner.lan_name(settings.lan_kod())} if lan.are_several() else {}


def choices(entry: Entry, screen: Screen | None) -> dict[str, Any]:
    """The choices of an entry in the words that the menus of the page Jämför have."""
    result = screen.result if screen else None
    name = result.indicator.id if result else lgl.planned_slide(entry.number).visar[0] if entry.number else entry.name
    entry_choices = entry.choices
    koder = [kod for kod in entry_choices.get("kommuner", "").split(",") if kod]
    kinds = charts.fitting(result) if result else {}
    query = {
        "indikator": indicators.by_id(name).titel,
        "matperiod_jamfor": period_label(entry_choices["matperiod"]) if "matperiod" in entry_choices else "",
        "jamfor_jamfor": comparison_label(entry_choices["jamfor"])
        if entry_choices.get("jamfor") in comparisons()
        else "",
        "grupp": result.group_label(entry_choices["grupp"]) if result and "grupp" in entry_choices else "",
        "kommuner": [kommuner.area_name(kod) for kod in koder],
        "diagram": kinds.get(entry_choices.get("diagram", ""), ""),
        "ordning": ORDERS[1] if entry_choices.get("ordning") == "varde" else "",
    }
    return {key: value for key, value in query.items() if value}
