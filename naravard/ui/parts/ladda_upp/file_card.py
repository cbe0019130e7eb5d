"""One file: what it is, what is wrong, how it was read."""

from __future__ import annotations

import htpy
import streamlit as st

from naravard.figures.row_counts import rows_in_words
from naravard.intake import Examination
from naravard.intake.desk import Desk, State, Upload
from naravard.ui.elements import small_print
from naravard.ui.parts.ladda_upp import file_findings
from naravard.ui.parts.ladda_upp.choices import choices_form, given_fields
from naravard.ui.parts.ladda_upp.new_indicators import as_indicators
from naravard.ui.parts.ladda_upp.reading import reading
from naravard.ui.parts.ladda_upp.unknown_values import chosen_meanings, lines, unknown_values
from naravard.ui.show import plain


def card(desk: Desk, upload: Upload) -> None:
    """One file: what it is, what is wrong, how it was read."""
    with st.container(border=True):
        _head(desk, upload)
        if upload.is_aside:
            st.html(small_print("Filen ligger åt sidan. Den är inte med när du publicerar, och kan tas tillbaka."))
        elif upload.busy:
            st.html(small_print("Filen kontrolleras …"))
        elif upload.state is State.CANCELLED:
            st.info("Kontrollen avbröts. Inget är ändrat.", icon=":material/cancel:")
            st.button("Kontrollera igen", key=f"igen_{upload.id}", on_click=desk.choose, args=(upload.id,))
        elif upload.problem:
            st.error(plain(upload.problem), icon=":material/error:")
            choices_form(desk, upload)
        elif upload.examination is not None:
            _outcome(desk, upload, upload.examination)


def _head(desk: Desk, upload: Upload) -> None:
    """The file's name, and how it is taken away, for now or for good."""
    left, middle, right = st.columns([6, 2, 1.4], vertical_alignment="center")
    left.subheader(plain(upload.filename), anchor=False)
    middle.button(
        "Ta tillbaka" if upload.is_aside else "Lägg åt sidan",
        key=f"at_sidan_{upload.id}",
        help=f"{upload.filename}: filen stannar här men är inte med när du publicerar",
        on_click=_set_aside,
        args=(desk, upload.id, not upload.is_aside),
        width="stretch",
    )
    right.button("Ta bort", key=f"bort_{upload.id}", on_click=desk.remove, args=(upload.id,), width="stretch")


def _set_aside(desk: Desk, upload_id: str, is_aside: bool) -> None:
    desk.set_aside(upload_id, is_aside=is_aside)


def _outcome(desk: Desk, upload: Upload, examination: Examination) -> None:
    """What the check of a file gave, and what can be chosen."""
    _summary(examination)
    if upload.news is not None:
        st.html(small_print(upload.news.sentence()))
    choices_form(desk, upload)
    given_fields(desk, upload)
    settled = {id(finding) for line in lines(examination) for finding in line.findings}
    file_findings.errors([finding for finding in examination.errors if id(finding) not in settled])
    unknown_values(desk, upload, examination)
    chosen_meanings(desk, upload, examination)
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
    rows = rows_in_words(examination.rows_read, examination.rows_counted if examination.counts else None)
    st.html(htpy.p(".utfall")[htpy.b[title], f" · {rows} · ", htpy.b[verdict]])
