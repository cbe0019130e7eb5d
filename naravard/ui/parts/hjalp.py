"""The parts of Hjälp: questions and answers, and what words mean, for someone who is new here and no analyst."""

from __future__ import annotations

import htpy
import streamlit as st

from naravard.ui import help_texts
from naravard.ui.elements import answer
from naravard.ui.navigation import page


def questions(hidden: str) -> None:
    """All questions with their answers. `hidden` tells which counts are hidden, in words."""
    st.header("Frågor och svar", anchor=False)
    st.html(
        htpy.div(".hjalp")[
            (answer(pair.fraga, pair.svar.format(span=hidden)) for pair in help_texts.of_the_service().fraga)
        ]
    )
    st.header("Ordlista", anchor=False)
    st.html(
        htpy.dl(".ordlista")[([htpy.dt[word.ord], htpy.dd[word.betyder]] for word in help_texts.of_the_service().ord)]
    )
    st.page_link(page("kallor"), label="Källor och uttag", icon=":material/arrow_forward:")
    st.page_link(page("tillganglighet"), label="Tillgänglighetsredogörelse", icon=":material/arrow_forward:")
