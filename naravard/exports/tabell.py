"""A result as lines of text for a terminal, in Swedish number format."""

from __future__ import annotations

from collections.abc import Sequence

from naravard.base import periods
from naravard.base.model import NO_GROUP
from naravard.base.numbers import capital
from naravard.exports import Format
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.telling.amounts import adjusted, count, decimals_of_column, interval, value
from naravard.telling.provenance import mark_in_words, signs
from naravard.telling.tables import about_dash, table_of
from naravard.telling.verdicts import about_comparison, comparison_name, verdict_with_shape
from naravard.telling.vocabulary import EQUAL_AGES, SHAPES, SPAN


def _text(result: ProtectedResult) -> str:
    """The whole result with its title, source and notes."""
    indicator = result.indicator
    has_equal_ages = any(row.utjamnad for row in result.rows)
    has_verdicts = any(row.jamforelse for row in result.rows)
    decimals = decimals_of_column(result.rows, indicator)
    rows = [
        _cells(row, result, decimals, has_equal_ages=has_equal_ages, has_verdicts=has_verdicts) for row in result.rows
    ]
    unit = capital(indicator.enhet)
    measures = ("Antal", "Av", unit, SPAN) if indicator.kind.has_denominator else (unit,)
    head = (
        "Område",
        "Grupp",
        "Mätperiod",
        *measures,
        *([EQUAL_AGES] if has_equal_ages else []),
        *([f"Jämfört med {comparison_name(result)}"] if has_verdicts else []),
    )
    lines = [indicator.titel, *([mark_in_words(result)] if result.mark else [])]
    lines += aligned([head, *rows], text_columns=3) if rows else ["Uppgifter saknas i alla inlästa uttag."]
    files = ", ".join(f"{e.filnamn} (uttag {e.uttag_id})" for e in result.extracts) or "inget uttag"
    lines += [
        f"Källa: {indicator.kalla}. Fil: {files}. Version {result.version}.",
        signs(result),
        about_dash(table_of(result)),
    ]
    lines += [SHAPES] if any(row.is_judged for row in result.rows) else []
    lines += [*about_comparison(result), *result.notes, *(remark.text for remark in result.remarks)]
    lines += [f"Tolka varsamt. {indicator.tolka_varsamt}"] if indicator.tolka_varsamt else []
    return "\n".join(line for line in lines if line)


def aligned(rows: Sequence[Sequence[str]], text_columns: int) -> list[str]:
    """Rows of cells as lines; columns after the first `text_columns` are right-aligned."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if i < text_columns else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _cells(
    row: ProtectedRow, result: ProtectedResult, decimals: int, *, has_equal_ages: bool, has_verdicts: bool
) -> tuple[str, ...]:
    indicator = result.indicator
    group = result.group_label(row.grupp) if row.grupp != NO_GROUP else "Alla"
    measures = [value(row, indicator)]
    if indicator.kind.has_denominator:
        measures = [count(row, row.taljare), count(row, row.namnare), *measures, interval(row, indicator, decimals)]
    return (
        row.kommun,
        group,
        periods.when(row.matperiod),
        *measures,
        *([adjusted(row, indicator, decimals)] if has_equal_ages else []),
        *([verdict_with_shape(row, indicator)] if has_verdicts else []),
    )


FORMAT = Format("Tabell", place=4, media_type="text/plain", text=_text)
