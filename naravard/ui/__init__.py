"""What pages are made of: choose, fetch, show. The only place beside pages and shell that imports streamlit."""

from naravard.ui import upload, versions
from naravard.ui.choose import choose_indicator, choose_view, fetch, snapshot
from naravard.ui.pages import page
from naravard.ui.show import (
    Link,
    extracts_table,
    findings,
    lead,
    records,
    section,
    tile,
    title,
)

__all__ = [
    "Link",
    "choose_indicator",
    "choose_view",
    "extracts_table",
    "fetch",
    "findings",
    "lead",
    "page",
    "records",
    "section",
    "snapshot",
    "tile",
    "title",
    "upload",
    "versions",
]
