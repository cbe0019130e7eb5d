"""The pages as Streamlit's menu has them, linked by object."""

from __future__ import annotations

from copy import copy
from functools import cache

import streamlit as st

from naravard import menu
from naravard.slides import lgl
from naravard.ui import own_lan, visitor


def sections() -> dict[str, list[st.Page]]:
    """All pages by section of the menu. What who is here may not open is hidden there, and says why at its address."""
    role = visitor.identity().role
    return {
        _name_of(section): [copy(_page(entry, is_visible=role >= entry.role)) for entry in pages]
        for section, pages in menu.sections().items()
    }


def _name_of(section: str) -> str:
    """A section as the menu has it: that of the slides is called what they are in the län that is looked at."""
    return lgl.name_of_slides(own_lan.of_this_run()) if section == menu.SLIDES else section


def page(name: str) -> st.Page:
    """One page by the stem of its file. Raises LookupError for one that is not there."""
    return copy(_page(menu.page(name), is_visible=True))


@cache
def _page(entry: menu.Page, *, is_visible: bool) -> st.Page:
    # what does not change between runs; each run has a copy, in which Streamlit notes which page may be run
    # no icon: Streamlit would fetch it from the net as the tab's icon
    return st.Page(
        menu.FOLDER / f"{entry.name}.py",
        title=entry.title,
        default=entry == menu.start(),
        visibility="visible" if is_visible else "hidden",
    )
