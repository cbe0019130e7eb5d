"""Warnings that are read and approved one by one: a box for each, keyed by its text."""

from __future__ import annotations

import streamlit as st

from naravard.base.model import Finding
from naravard.base.numbers import capital
from naravard.intake import Examination
from naravard.intake.desk import Desk, Upload

_MOST_BOXES = 12


def warning_boxes(upload: Upload, examination: Examination) -> list[tuple[str, str]]:
    """The key and text of a box per warning of a file. A warning that changes has another key, and is read again."""
    sentences = [sentence(finding) for finding in examination.warnings]
    texts, rest = sentences[:_MOST_BOXES], sentences[_MOST_BOXES:]
    if rest:
        others = "den sista varningen" if len(rest) == 1 else f"de {len(rest)} övriga varningarna"
        texts.append(f"Jag har läst {others} i listan")
    return [(f"godkann_{upload.id}_{hash(text)}", text) for text in texts]


def change_boxes(desk: Desk) -> list[tuple[str, str]]:
    """The key and text of a box per warning on what the change tells of a few persons."""
    texts = [sentence(finding) for finding in desk.difference().warnings] if desk.ready_uploads else []
    return [(f"godkann_skillnad_{hash(text)}", text) for text in texts]


def is_approved(upload: Upload) -> bool:
    """Whether all warnings of a file are ticked."""
    return upload.examination is not None and are_ticked(warning_boxes(upload, upload.examination))


def are_ticked(boxes: list[tuple[str, str]]) -> bool:
    """Whether all of these boxes are ticked."""
    return all(st.session_state.get(key) for key, _ in boxes)


def sentence(finding: Finding) -> str:
    """A finding as a sentence with a capital letter."""
    return capital(finding.sentence())
