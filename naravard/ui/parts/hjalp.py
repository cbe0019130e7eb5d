"""The parts of Hjälp: questions and answers for someone who is new here and no analyst."""

from __future__ import annotations

import htpy
import streamlit as st

from naravard.base import settings
from naravard.ui.elements import answer
from naravard.ui.navigation import page


def questions(hidden: str) -> None:
    """All questions with their answers. `hidden` tells which counts are hidden, in words."""
    entries = settings.table("hjalp")["fraga"]
    st.html(htpy.div(".hjalp")[(answer(entry["fraga"], entry["svar"].format(span=hidden)) for entry in entries)])
    st.page_link(page("kallor"), label="Källor och uttag", icon=":material/arrow_forward:")
    st.page_link(page("tillganglighet"), label="Tillgänglighetsredogörelse", icon=":material/arrow_forward:")
