"""Warnings that are read and approved one by one: a box for each, keyed by its text."""

from __future__ import annotations

import streamlit as st

from naravard.base.model import Finding
from naravard.base.numbers import capital
from naravard.intake import Examination
from naravard.intake.desk import Desk, Upload

_MOST_TICKS = 12


def ticks(upload: Upload, examination: Examination) -> list[tuple[str, str]]:
    """A box per warning, keyed by its text: a warning that changes has to be read again."""
    sentences = [sentence(finding) for finding in examination.warnings]
    shown, rest = sentences[:_MOST_TICKS], sentences[_MOST_TICKS:]
    texts = [*shown, *([f"De {len(rest)} varningarna till, som står i listan"] if rest else [])]
    return [(f"godkann_{upload.id}_{hash(text)}", text) for text in texts]


def change_ticks(on: Desk) -> list[tuple[str, str]]:
    """A box per warning on what the change tells, keyed by its text."""
    texts = [sentence(finding) for finding in on.changes().warnings] if on.ready else []
    return [(f"godkann_skillnad_{hash(text)}", text) for text in texts]


def accepted(upload: Upload) -> bool:
    """Whether all warnings of a file are ticked."""
    examination = upload.examination
    return examination is not None and all(st.session_state.get(key) for key, _ in ticks(upload, examination))


def sentence(finding: Finding) -> str:
    """A finding as a sentence with a capital letter."""
    return capital(finding.sentence())
