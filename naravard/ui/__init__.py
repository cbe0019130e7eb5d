"""What pages are made of: choose, read, show. The only place beside pages and shell that imports streamlit."""

from naravard.ui import download, last_visit, own_kommun, slideshow
from naravard.ui.choose import choose_deck_period, choose_indicator, choose_view
from naravard.ui.navigation import page
from naravard.ui.origin import extracts_table
from naravard.ui.parts import (
    framat,
    hjalp,
    jamfor,
    kallor,
    ladda_upp,
    lanen,
    malbild,
    min_kommun,
    oversikt,
    program,
    projektor,
    tillganglighet,
    versioner,
    workshop,
)
from naravard.ui.section import section, sections
from naravard.ui.show import lead, records, title
from naravard.ui.visit import ledger, mark, reader, store, version
from naravard.ui.visitor import may_open

__all__ = [
    "choose_deck_period",
    "choose_indicator",
    "choose_view",
    "download",
    "extracts_table",
    "framat",
    "hjalp",
    "jamfor",
    "kallor",
    "ladda_upp",
    "lanen",
    "last_visit",
    "lead",
    "ledger",
    "malbild",
    "mark",
    "may_open",
    "min_kommun",
    "oversikt",
    "own_kommun",
    "page",
    "program",
    "projektor",
    "reader",
    "records",
    "section",
    "sections",
    "slideshow",
    "store",
    "tillganglighet",
    "title",
    "version",
    "versioner",
    "workshop",
]
