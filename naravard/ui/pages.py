"""The pages of the app, registered as objects in one place and linked by object."""

from __future__ import annotations

import streamlit as st
from rapidfuzz import process

from naravard import settings

_FOLDER = settings.ROOT / "pages"
_PAGES = {
    "": {
        "oversikt": "Översikt",
        "min_kommun": "Min kommun",
        "jamfor": "Jämför",
        "framat": "Framåt",
        "malbild": "Målbild",
    },
    "LGL:s bilder": {
        "kommunal_primarvard": "Kommunal primärvård",
        "hemsjukvard": "Hemsjukvård",
        "sabo": "SÄBO",
        "akutbesok": "Akutbesök 80+",
    },
    "I rummet": {
        "projektor": "Projektor",
        "workshop": "Workshop",
    },
    "Underlag": {
        "kallor": "Källor och uttag",
        "ladda_upp": "Ladda upp uttag",
        "versioner": "Versioner",
    },
    "Om tjänsten": {
        "hjalp": "Hjälp",
        "tillganglighet": "Tillgänglighet",
    },
}


UNKNOWN_KEY = "saknas"
"""Query parameter that tells which page was asked for and does not exist."""


def names() -> frozenset[str]:
    """All pages by the stem of their files, which are their addresses too."""
    return frozenset(name for names in _PAGES.values() for name in names)


def sections() -> dict[str, list[st.Page]]:
    """All pages by section of the menu, the first page being the start page."""
    return {section: [page(name) for name in names] for section, names in _PAGES.items()}


def page(name: str) -> st.Page:
    """One page by the stem of its file. Raises LookupError, with the nearest, for one that is not registered."""
    titles = {name: title for names in _PAGES.values() for name, title in names.items()}
    if name not in titles:
        nearest, *_ = process.extractOne(name, list(titles))
        raise LookupError(f"The page {name!r} is not registered in {__name__}. The nearest is {nearest!r}.")
    # no icon: Streamlit would fetch it from the net as the tab's icon
    return st.Page(_FOLDER / f"{name}.py", title=titles[name], default=name == "oversikt")
