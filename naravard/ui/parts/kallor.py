"""The parts of Källor och uttag: what is to be known of each extract."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from naravard.base.codes import Level
from naravard.base.model import Extract, Remark
from naravard.base.numbers import capital
from naravard.ui.elements import paragraphs


def findings(extract: Extract, remarks: Sequence[Remark]) -> None:
    """What is to be known of an extract: what to think of first, then the report of its check."""
    warnings = [finding.sentence() for finding in extract.findings if finding.level is Level.WARNING]
    others = [finding.sentence() for finding in extract.findings if finding.level is not Level.WARNING]
    groups = {
        "Att tänka på": [*(remark.text for remark in remarks), *warnings],
        "Tekniskt om inläsningen": others,
    }
    if not any(groups.values()):
        return
    counts = ", ".join(f"{heading.lower()}: {len(lines)}" for heading, lines in groups.items() if lines)
    with st.expander(f"{extract.titel}, {extract.filnamn} ({counts})"):
        for heading, lines in groups.items():
            if lines:
                st.html(paragraphs(map(capital, lines), heading))
