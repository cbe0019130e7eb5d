"""What pages are made of: choose, read, show. The only place beside pages and shell that imports streamlit."""

from naravard.ui import download, forward, help_page, matrix, slideshow, upload, versions, vision, workshop
from naravard.ui.choose import (
    choose_deck_period,
    choose_indicator,
    choose_kommun,
    choose_view,
    ledger,
    reader,
    store,
    version,
)
from naravard.ui.compare import narrow
from naravard.ui.navigation import page
from naravard.ui.show import (
    Link,
    extracts_table,
    findings,
    freshness,
    lead,
    records,
    section,
    tile,
    title,
)

__all__ = [
    "Link",
    "choose_deck_period",
    "choose_indicator",
    "choose_kommun",
    "choose_view",
    "download",
    "extracts_table",
    "findings",
    "forward",
    "freshness",
    "help_page",
    "lead",
    "ledger",
    "matrix",
    "narrow",
    "page",
    "reader",
    "records",
    "section",
    "slideshow",
    "store",
    "tile",
    "title",
    "upload",
    "version",
    "versions",
    "vision",
    "workshop",
]
