"""A nyckeltal that no indicator shows, as a file that is ready to be saved in queries/."""

from __future__ import annotations

import streamlit as st

from naravard.intake import Examination
from naravard.intake.desk import Upload
from naravard.intake.new_indicator import new_indicators
from naravard.ui.show import plain

_MOST_FILES = 5


def as_indicators(upload: Upload, examination: Examination) -> None:
    """The files of what the extract holds and nobody would see."""
    if examination.counts is None or examination.counts.kalla != "nyckeltal":
        return
    files = new_indicators(examination.counts.table)[:_MOST_FILES]
    if not files:
        return
    with st.expander("Visa som indikator"):
        st.markdown(
            "Spara filen i mappen `queries/` och starta om appen. Texten går att göra bättre, men fungerar så här."
        )
        for file in files:
            st.markdown(f"**{plain(file.titel)}**")
            st.code(file.text, language="sql")
            st.download_button(
                f"Hämta {file.name}",
                data=file.text,
                file_name=file.name,
                mime="text/plain",
                key=f"indikator_{upload.id}_{file.name}",
                on_click="ignore",
            )
