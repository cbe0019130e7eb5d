"""What pages are made of: choose, fetch, show. The only place beside pages and shell that imports streamlit."""

from naravard.ui.choose import choose_indicator, choose_period, fetch, snapshot
from naravard.ui.pages import page
from naravard.ui.show import (
    Link,
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
    "Link",
    "choose_indicator",
    "choose_period",
    "definition",
    "empty_state",
    "extracts_table",
    "fetch",
    "figure",
    "findings",
    "lead",
    "page",
    "records",
    "section",
    "snapshot",
    "source_line",
    "tile",
    "title",
]
