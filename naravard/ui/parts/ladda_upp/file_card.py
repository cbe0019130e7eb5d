"""One file: what it is, what is wrong, how it was read."""

from __future__ import annotations

import htpy
import streamlit as st

from naravard.figures.row_counts import few
from naravard.intake import Examination
from naravard.intake.desk import Desk, State, Upload
from naravard.ui.elements import small_print
from naravard.ui.parts.ladda_upp import file_findings
from naravard.ui.parts.ladda_upp.choices import choices_form, given_fields
from naravard.ui.parts.ladda_upp.new_indicators import as_indicators
from naravard.ui.parts.ladda_upp.reading import reading
from naravard.ui.parts.ladda_upp.unknown_values import unknown_values
from naravard.ui.show import plain


def card(desk: Desk, upload: Upload) -> None:
    """One file: what it is, what is wrong, how it was read."""
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.subheader(plain(upload.filename), anchor=False)
        right.button("Ta bort", key=f"bort_{upload.id}", on_click=desk.remove, args=(upload.id,), width="stretch")
        if upload.busy:
            st.html(small_print("Filen kontrolleras …"))
        elif upload.state is State.CANCELLED:
            st.info("Kontrollen avbröts. Inget är ändrat.", icon=":material/cancel:")
            st.button("Kontrollera igen", key=f"igen_{upload.id}", on_click=desk.choose, args=(upload.id,))
        elif upload.problem:
            st.error(plain(upload.problem), icon=":material/error:")
            choices_form(desk, upload)
        elif upload.examination is not None:
            _outcome(desk, upload, upload.examination)


def _outcome(desk: Desk, upload: Upload, examination: Examination) -> None:
    """What the check of a file gave, and what can be chosen."""
    _summary(examination)
    if upload.news is not None:
        st.html(small_print(upload.news.sentence()))
    choices_form(desk, upload)
    given_fields(desk, upload)
    file_findings.errors(examination)
    unknown_values(desk, upload, examination)
    file_findings.warnings(upload, examination)
    file_findings.notes(upload, examination)
    as_indicators(upload, examination)
    reading(desk, upload, examination)


def _summary(examination: Examination) -> None:
    """The source, how many rows, and how many errors and warnings."""
    title = examination.source.title if examination.source else "Okänd källa"
    errors, warnings = len(examination.errors), len(examination.warnings)
    counts = [f"{errors} fel" if errors else "", f"{warnings} varning{'ar' * (warnings > 1)}" if warnings else ""]
    verdict = " och ".join(filter(None, counts)) or "inga fel och inga varningar"
    rows = f"{few(examination.rows_read)} rader lästa"
    if examination.counts:
        rows += f", {few(examination.rows_counted)} räknade"
    st.html(htpy.p(".utfall")[htpy.b[title], f" · {rows} · ", htpy.b[verdict]])
