"""What the check of a file found: errors that stop it, warnings, and what is only to be known."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from naravard.base.model import Finding
from naravard.base.numbers import capital, number
from naravard.exports import fynd
from naravard.intake import Examination
from naravard.intake.desk import Upload
from naravard.ui.elements import small_print, warning
from naravard.ui.parts.ladda_upp.approval import sentence, ticks
from naravard.ui.show import plain
from naravard.ui.table import records_table

_MOST_SHOWN = 20
_NO_PERIOD = "mätperioden saknas"


def errors(examination: Examination) -> None:
    """What stops the file, and what to do about it."""
    if examination.errors:
        st.html(findings_table("Fel som stoppar filen", examination.errors[:_MOST_SHOWN]))
        if len(examination.errors) > _MOST_SHOWN:
            told = f"Här visas de {_MOST_SHOWN} första av {number(len(examination.errors))} fel. Alla finns i listan."
            st.html(small_print(told))
        if any(finding.what != _NO_PERIOD for finding in examination.errors):
            st.markdown("Rätta filen och släpp den igen, eller ändra hur den läses här nedanför.")
        else:
            st.markdown("Fyll i fältet *Mätperiod* här ovanför.")


def notes(upload: Upload, examination: Examination) -> None:
    """What is only to be known, a click away; and all findings as a workbook."""
    notes = [finding for finding in examination.findings if finding.level == "upplysning"]
    if notes:
        with st.expander(f"Upplysningar ({len(notes)})"):
            st.html(findings_table("Upplysningar", notes))
    if examination.findings:
        st.download_button(
            "Hämta hela listan som Excel",
            data=lambda: fynd.workbook(examination.findings),
            file_name=f"fynd {examination.filename}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"lista_{upload.id}",
            icon=":material/download:",
            on_click="ignore",
        )


def warnings(upload: Upload, examination: Examination) -> None:
    """What is to be read and approved; only told while errors stop the file."""
    if not examination.warnings or examination.errors:
        for finding in examination.warnings:
            st.html(warning("Varning.", sentence(finding)))
        return
    st.markdown("**Varningar att läsa och godkänna**")
    for key, text in ticks(upload, examination):
        st.checkbox(plain(text), key=key)


def findings_table(caption: str, findings: Sequence[Finding]) -> str:
    """Findings of a check: what, where, which value, what is allowed, what to do."""
    rows = [
        (
            capital(f.what),
            f.sheet or "",
            number(f.row) + (f" (och {number(f.count - 1)} till)" if f.count > 1 else "") if f.row else "",
            f.column or "",
            f.value or "",
            f.allowed,
            f.action,
        )
        for f in findings
    ]
    headings = ["Vad", "Flik", "Rad", "Kolumn", "Värde", "Tillåtet", "Gör så här"]
    return records_table(caption, *_without_empty(headings, rows))


def _without_empty(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """Without columns that are empty in all rows."""
    filled = [i for i in range(len(headings)) if any(row[i] for row in rows)]
    return [headings[i] for i in filled], [[row[i] for i in filled] for row in rows]
