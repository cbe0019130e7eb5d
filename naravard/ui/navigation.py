"""The pages as Streamlit's menu has them, linked by object."""

from __future__ import annotations

import streamlit as st

from naravard import menu


def sections() -> dict[str, list[st.Page]]:
    """All pages by section of the menu."""
    return {section: [page(entry.name) for entry in pages] for section, pages in menu.sections().items()}


def page(name: str) -> st.Page:
    """One page by the stem of its file. Raises LookupError for one that is not there."""
    entry = menu.page(name)
    # no icon: Streamlit would fetch it from the net as the tab's icon
    return st.Page(menu.FOLDER / f"{name}.py", title=entry.title, default=entry == menu.start())
