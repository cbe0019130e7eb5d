"""The parts of Källor och uttag: what is to be known of each extract."""

from __future__ import annotations

import json
from collections.abc import Sequence

import streamlit as st

from naravard.base.model import Extract, Finding, Remark
from naravard.base.numbers import capital
from naravard.ui.elements import paragraphs


def findings(extract: Extract, remarks: Sequence[Remark]) -> None:
    """What is to be known of an extract: what to think of first, then what the check of its file found."""
    found = [Finding(**finding) for finding in json.loads(extract.rapport)]
    groups = {
        "Att tänka på": [remark.text for remark in remarks] + [f.sentence() for f in found if f.level == "varning"],
        "Tekniskt om inläsningen": [f.sentence() for f in found if f.level != "varning"],
    }
    if not any(groups.values()):
        return
    counted = ", ".join(f"{heading.lower()}: {len(lines)}" for heading, lines in groups.items() if lines)
    with st.expander(f"{extract.titel}, {extract.filnamn} ({counted})"):
        for heading, lines in groups.items():
            if lines:
                st.html(paragraphs(map(capital, lines), heading))
