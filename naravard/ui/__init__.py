"""What pages are made of: choose, fetch, show. The only place beside pages and shell that imports streamlit."""

from naravard.ui.choose import choose_indicator, choose_period, fetch, fetch_every_period, store
from naravard.ui.pages import page
from naravard.ui.show import (
    definition,
    empty_state,
    extracts_table,
    figure,
    findings,
    lead,
    records,
    section,
    source_line,
    tile,
    title,
)

__all__ = [
    "choose_indicator",
    "choose_period",
    "definition",
    "empty_state",
    "extracts_table",
    "fetch",
    "fetch_every_period",
    "figure",
    "findings",
    "lead",
    "page",
    "records",
    "section",
    "source_line",
    "store",
    "tile",
    "title",
]
