"""Where figures come from and what must be known beside them: source, remarks, definition, extracts, SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import htpy
import streamlit as st
from htpy import Element, Fragment, Node

from naravard.base import kolada, periods
from naravard.base.model import EXAMPLE, PRELIMINARY, Extract
from naravard.base.numbers import HIDDEN, number, with_hard_spaces
from naravard.figures import extract_facts, targets
from naravard.figures.gate import ProtectedResult
from naravard.figures.indicators import Direction, Indicator
from naravard.telling import provenance, situation
from naravard.telling.methods_in_words import methods
from naravard.telling.tables import about_dash, table_of
from naravard.ui import elements
from naravard.ui.elements import paragraphs, small_print
from naravard.ui.table import records_table
from naravard.ui.written_once import written_once

_DIRECTIONS: Mapping[Direction, str] = {
    "higher_is_better": "högre är bättre.",
    "lower_is_better": "lägre är bättre.",
    "neutral": "ingen. Ett högt tal är varken bra eller dåligt i sig.",
}
_MARKS = re.compile(f"({EXAMPLE}|{PRELIMINARY})")
_FOOTNOTE = re.compile(r"(\d) (?=\D)")
"""A remark on one kommun, which begins with the number of its footnote."""


def source_line(result: ProtectedResult) -> Element:
    """Where the figures come from: source, period, day of loading, version."""
    parts = _MARKS.split(provenance.source_line(result))
    line: Node = [htpy.b[part] if _MARKS.fullmatch(part) else elements.with_whole_days(part) for part in parts]
    signs = " ".join(filter(None, [provenance.signs(result), about_dash(table_of(result))]))
    return htpy.div[small_print(line), small_print(signs) if signs else None]


def remarks(result: ProtectedResult) -> Element | None:
    """Traps in the figures, where they cannot be missed."""
    notes = provenance.notes(result)
    return elements.remarks(map(_remark, notes)) if notes else None


def _remark(note: str) -> Node:
    """A note, with the number of its footnote in bold where it has one."""
    footnote = _FOOTNOTE.match(note)
    return elements.with_number(int(footnote[1]), with_hard_spaces(note[2:])) if footnote else with_hard_spaces(note)


def definition(result: ProtectedResult, heading: str = "Definition och ursprung") -> None:
    """Definition and origin, down to file, person, day and SQL."""
    st.html(written_once(result, ("origin", heading), lambda: _definition(result, heading)))


def _definition(result: ProtectedResult, heading: str) -> Element:
    words = [*_meaning(result.indicator, result.matperiod), *_methods(result)]
    return elements.details(heading, [*(htpy.p[each] for each in words), _origin(result)])


def _meaning(spec: Indicator, matperiod: str) -> Iterator[Node]:
    """What is counted, of what, and which way is good: paragraphs."""
    yield htpy.b["Definition."], f" {spec.definition}"
    below = (htpy.br, htpy.b["Av (nämnare):"], f" {spec.namnare}") if spec.namnare else None
    yield htpy.b["Det som räknas:"], f" {spec.taljare}", below
    yield htpy.b["Riktning:"], f" {_DIRECTIONS[spec.riktning]}"
    if target := targets.target_of(spec.id, matperiod):
        yield situation.target_in_words(target)
    if spec.nyckeltal:
        page = kolada.page_of(spec.nyckeltal)
        yield htpy.a(href=page, target="_blank", rel="noopener")[f"Nyckeltalet {spec.nyckeltal} hos Kolada"]


def _methods(result: ProtectedResult) -> Iterator[Node]:
    """How chance is reckoned, by the names of the methods."""
    if words := methods(result):
        yield htpy.b["Så räknas det:"], f" {words}"


def _origin(result: ProtectedResult) -> Fragment:
    """The extracts behind the figures, what must be known of them, and the SQL."""
    notes = provenance.notes(result)
    return htpy.fragment[
        _extracts_table("Uttag bakom siffrorna", result.extracts),
        paragraphs(notes, "Anmärkningar") if notes else None,
        _sql(result.indicator, result.version),
    ]


def _sql(spec: Indicator, version: int) -> Element:
    """How the figure is computed."""
    return htpy.details[
        htpy.summary[f"Så räknas siffran ({spec.file}, version {version})"], htpy.pre(tabindex="0")[spec.sql]
    ]


def row_counts_in_words(extract: Extract) -> str:
    """How many rows were read and counted, where that may be said."""
    counts = extract_facts.row_counts(extract).values()
    return "\u00a0/\u00a0".join(HIDDEN if count is None else number(count) for count in counts)


def extracts_table(caption: str, extracts: Sequence[Extract]) -> None:
    """Who loaded what, and when."""
    st.html(_extracts_table(caption, extracts))


def _extracts_table(caption: str, extracts: Sequence[Extract]) -> Element:
    rows = [
        (
            extract.titel,
            extract.ursprung,
            periods.when(extract.matperiod),
            extract.filnamn,
            row_counts_in_words(extract),
            extract.nar,
            extract.vem,
            "Redan publicerat: små tal visas" if extract.publicerad else "Små tal döljs",
        )
        for extract in extracts
    ]
    headings = ("Källa", "Ursprung", "Mätperiod", "Fil", "Antal rader lästa och räknade", "Inläst", "Av", "Skydd")
    return records_table(caption, headings, rows)
