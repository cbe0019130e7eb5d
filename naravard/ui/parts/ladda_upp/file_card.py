"""One file: what it is, what is wrong, how it was read."""

from __future__ import annotations

import htpy
import streamlit as st

from naravard.figures.row_counts import few
from naravard.intake import Examination
from naravard.intake.desk import Desk, Upload
from naravard.ui.elements import small_print
from naravard.ui.parts.ladda_upp import file_findings
from naravard.ui.parts.ladda_upp.choices import choices_form
from naravard.ui.parts.ladda_upp.reading import reading
from naravard.ui.show import plain


def card(on: Desk, upload: Upload) -> None:
    """One file: what it is, what is wrong, how it was read."""
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.subheader(plain(upload.filename), anchor=False)
        right.button("Ta bort", key=f"bort_{upload.id}", on_click=on.remove, args=(upload.id,), width="stretch")
        if upload.busy:
            st.html(small_print("Filen kontrolleras …"))
            return
        if upload.state == "avbruten":
            st.info("Kontrollen avbröts. Inget är ändrat.", icon=":material/cancel:")
            st.button("Kontrollera igen", key=f"igen_{upload.id}", on_click=on.choose, args=(upload.id,))
            return
        if upload.problem:
            st.error(plain(upload.problem), icon=":material/error:")
            choices_form(on, upload)
            return
        examination = upload.examination
        if examination is None:
            return
        _summary(examination)
        choices_form(on, upload)
        file_findings.errors(examination)
        file_findings.warnings(upload, examination)
        file_findings.notes(upload, examination)
        reading(on, upload, examination)


def _summary(examination: Examination) -> None:
    title = examination.source.title if examination.source else "Okänd källa"
    told = [f"{len(found)} {word}" for found, word in (
        (examination.errors, "fel"),
        (examination.warnings, "varning" if len(examination.warnings) == 1 else "varningar"),
    ) if found]  # fmt: skip
    verdict = " och ".join(told) or "inga fel och inga varningar"
    rows = f"{few(examination.rows_read)} rader lästa"
    if examination.counts:
        rows += f", {few(examination.rows_counted)} räknade"
    st.html(htpy.p(".utfall")[htpy.b[title], f" · {rows} · ", htpy.b[verdict]])
