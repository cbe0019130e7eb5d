"""A nyckeltal that no indicator shows, as a file that is ready to be saved in queries/."""

from __future__ import annotations

import streamlit as st

from naravard.base.numbers import quantity
from naravard.intake import Examination
from naravard.intake.desk import Upload
from naravard.intake.new_indicator import NOT_GIVEN, new_indicators
from naravard.ui.elements import small_print
from naravard.ui.show import plain

_MOST_FILES = 5
_ASK_FOR_UNIT = (
    "Uttaget säger inte i vilken enhet talen är. Skriv den på raden enhet i filen, eller under ”År, namn och enhet som "
    "inte står i filen”."
)


def what_is_not_shown(count: int) -> str:
    """`2 nyckeltal sparas men syns inte på sidorna`: beside the file, since no page will change."""
    return (
        f"{quantity(count, 'nyckeltal', 'nyckeltal')} sparas men syns inte på sidorna: det behövs en indikator, se "
        "”Visa som indikator”."
    )


def as_indicators(upload: Upload, examination: Examination) -> None:
    """The files of what the extract holds and nobody would see."""
    if examination.counts is None or examination.counts.kalla != "nyckeltal":
        return
    files = new_indicators(examination.counts.table)
    if not files:
        return
    st.html(small_print(what_is_not_shown(len(files))))
    with st.expander("Visa som indikator"):
        st.markdown(
            "Hämta filen. Den som sköter servern sparar den i mappen `queries/` och startar om appen, och då syns "
            "talen. Texten går att göra bättre, men fungerar så här."
        )
        for file in files[:_MOST_FILES]:
            st.markdown(f"**{plain(file.titel)}**")
            if NOT_GIVEN in file.text:
                st.html(small_print(_ASK_FOR_UNIT))
            st.code(file.text, language="sql")
            st.download_button(
                f"Hämta {file.name}",
                data=file.text,
                file_name=file.name,
                mime="text/plain",
                key=f"indikator_{upload.id}_{file.name}",
                on_click="ignore",
            )
