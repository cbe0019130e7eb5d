"""What the check of a file found: errors that stop it, warnings, and what is only to be known."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from htpy import Element

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.base.numbers import capital, number
from naravard.exports import fynd
from naravard.intake import Examination
from naravard.intake.desk import Upload
from naravard.ui.elements import small_print, warning
from naravard.ui.parts.ladda_upp.approval import sentence, warning_boxes
from naravard.ui.show import plain
from naravard.ui.table import records_table

_MOST_ROWS = 20


def errors(findings: Sequence[Finding]) -> None:
    """What stops the file and is not settled by what a value means, and what to do about it."""
    if not findings:
        return
    st.html(findings_table("Fel som stoppar filen", findings[:_MOST_ROWS]))
    if len(findings) > _MOST_ROWS:
        total = number(len(findings))
        st.html(small_print(f"Här visas de {_MOST_ROWS} första av {total} fel. Alla finns i listan."))
    if any(finding.code is not FindingCode.PERIOD_MISSING for finding in findings):
        st.markdown("Rätta filen och släpp den igen, eller ändra hur den läses här nedanför.")
    else:
        st.markdown("Fyll i fältet *Mätperiod* här ovanför.")


def notes(upload: Upload, examination: Examination) -> None:
    """What is only to be known, a click away; and all findings as a workbook."""
    findings = [finding for finding in examination.findings if finding.level is Level.NOTE]
    if findings:
        with st.expander(f"Upplysningar ({len(findings)})"):
            st.html(findings_table("Upplysningar", findings))
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
    """What is to be read and approved; no boxes as long as errors stop the file."""
    if not examination.warnings or examination.errors:
        for finding in examination.warnings:
            st.html(warning("Varning.", sentence(finding)))
        return
    st.markdown("**Varningar att läsa och godkänna**")
    for key, text in warning_boxes(upload, examination):
        st.checkbox(plain(text), key=key)


def findings_table(caption: str, findings: Sequence[Finding]) -> Element:
    """Findings of a check: what, where, which value, what is allowed, what to do."""
    headings = ["Vad", "Flik", "Rad", "Kolumn", "Värde", "Tillåtet", "Gör så här"]
    return records_table(caption, *_without_empty(headings, list(map(_finding_row, findings))))


def _finding_row(finding: Finding) -> tuple[str, ...]:
    others = f" (och {number(finding.count - 1)} till)" if finding.count > 1 else ""
    return (
        capital(finding.what),
        finding.sheet or "",
        f"{number(finding.row)}{others}" if finding.row else "",
        finding.column or "",
        finding.value or "",
        finding.allowed,
        finding.action,
    )


def _without_empty(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """Without columns that are empty in all rows."""
    columns = [i for i in range(len(headings)) if any(row[i] for row in rows)]
    return [headings[i] for i in columns], [[row[i] for i in columns] for row in rows]
