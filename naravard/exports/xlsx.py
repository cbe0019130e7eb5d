"""A result as a workbook: one sheet with real numbers, one that tells what they are and where they come from."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter

from naravard.base import periods
from naravard.base.model import NO_GROUP
from naravard.base.numbers import capital
from naravard.exports import Format, View
from naravard.exports._swedish import in_swedish
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.telling import amounts, provenance, verdicts, vocabulary
from naravard.telling.records import record

_HEAD = 12
_COUNT, _ABOUT_WIDTHS = "#,##0", (26, 110)
_DESCRIBED = {"skydd": 8, "skal": 14, "jamforelse": 24, "skillnad": 12, "matperiod": 20, "kommun": 20, "grupp": 22}


def _write(result: ProtectedResult, view: View) -> bytes:
    """The sheets ”Data” and ”Om”.

    Hidden numbers are the text `..`, missing ones `-`. All texts are written as texts: one that begins with `=` stays
    a text.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": result.indicator.titel, "author": "Nära vård i siffror"})
        _data(book, result)
        _about(book, result, view.filters)
    return in_swedish(file.getvalue())


def _data(book: Any, result: ProtectedResult) -> None:
    sheet = book.add_worksheet("Data")
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    sign = book.add_format({"align": "right"})
    data_columns = columns(result)
    for position, (name, heading) in enumerate(data_columns):
        sheet.write_string(0, position, heading, head)
        sheet.set_column(position, position, _DESCRIBED.get(name, _HEAD))
    plain, bold = (_formats(book, result, data_columns, bold=bold) for bold in (False, True))
    for line, row in enumerate(result.rows, start=1):
        cells = _cells(row, result)
        formats = bold if row.kommun_kod == result.own_kommun else plain
        for position, (name, _) in enumerate(data_columns):
            value = cells[name]
            if isinstance(value, int | float):
                sheet.write_number(line, position, value, formats[name])
            else:
                is_sign = value in {"..", "-"}
                sheet.write_string(line, position, value or "", sign if is_sign else formats["kommun"])
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(result.rows)), len(data_columns) - 1)


def _formats(book: Any, result: ProtectedResult, names: Sequence[tuple[str, str]], *, bold: bool) -> dict[str, Any]:
    """The format of each column; bold in the rows of the reader's own kommun."""
    return {name: book.add_format({"num_format": _number_format(name, result), "bold": bold}) for name, _ in names}


def columns(result: ProtectedResult) -> list[tuple[str, str]]:
    """Names and headings of the data sheet, without those that would be empty."""
    spec = result.indicator
    unit = capital(spec.enhet)
    columns = [("kommun_kod", "Kod"), ("kommun", "Område"), ("grupp", "Grupp"), ("matperiod", "Mätperiod")]
    if spec.kind.has_denominator:
        columns += [("taljare", f"Antal: {spec.taljare}"), ("namnare", f"Av: {spec.namnare}")]
    columns.append(("varde", unit))
    if any(row.nedre is not None for row in result.rows):
        columns += [("nedre", f"{vocabulary.SPAN}, från"), ("ovre", f"{vocabulary.SPAN}, till")]
    if any(row.jamforelse for row in result.rows):
        columns += [("jamforelse", f"Jämfört med {verdicts.comparison_name(result)}"), ("skillnad", "Åt vilket håll")]
    columns += [("skal", "Varför tal saknas")]
    if result.mark:
        columns.append(("mark", result.mark))
    return columns


def _number_format(name: str, result: ProtectedResult) -> str:
    """Excel writes these with the reader's own separators: `5 793` and `76,8` in a Swedish one."""
    if name in {"taljare", "namnare"} or not result.indicator.kind.has_denominator:
        return _COUNT
    if name not in {"varde", "nedre", "ovre"}:
        return "General"
    values = [value for row in result.rows if (value := getattr(row, name)) is not None]
    decimals = amounts.decimals_without_ends(values, result.indicator, max(1, result.indicator.decimaler))
    return f"{_COUNT}.{'0' * decimals}"


def _cells(row: ProtectedRow, result: ProtectedResult) -> dict[str, Any]:
    cells = record(row, result.indicator)
    sign = row.skydd or "-"
    cells |= {name: sign for name in ("taljare", "namnare", "varde") if cells[name] is None and row.skydd}
    return {
        **cells,
        "grupp": "" if row.grupp == NO_GROUP else result.group_label(row.grupp),
        "matperiod": periods.when(row.matperiod),
        "skal": amounts.why(row),
        "mark": result.mark,
    }


def _about(book: Any, result: ProtectedResult, filters: Sequence[str]) -> None:
    sheet = book.add_worksheet("Om")
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate(_ABOUT_WIDTHS):
        sheet.set_column(column, column, width, wrapped)
    for line, (heading, text) in enumerate(about(result, filters)):
        sheet.write_string(line, 0, heading, bold)
        sheet.write_string(line, 1, text, wrapped)


def about(result: ProtectedResult, filters: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """What the figures are and where they come from, as pairs of heading and text."""
    spec = result.indicator
    if result.mark:
        yield result.mark, provenance.mark_in_words(result)
    yield "Indikator", f"{spec.titel} ({spec.id})"
    yield "Definition", spec.definition
    yield "Täljare" if spec.namnare else "Räknas", spec.taljare
    if spec.namnare:
        yield "Nämnare", spec.namnare
    yield "Källa", provenance.origin(result)
    yield "Mätperiod", provenance.period(result)
    for text in filters:
        yield "Urval", text
    yield "Version", str(result.version)
    for extract in result.extracts:
        yield "Uttag", f"{extract.titel}: {extract.filnamn}, inläst {extract.nar} av {extract.vem}"
    for note in provenance.notes(result):
        yield "Anmärkning", note
    signs = provenance.signs(result)
    yield "Tom cell", f"Talet {amounts.NOT_RECKONED}."
    yield "Tecken", signs or ("Inget är dolt och inget saknas." if result.rows else f"{amounts.NO_FIGURES}.")
    for sentence in verdicts.about_comparison(result):
        yield "Jämförelse", sentence
    yield "Så räknas talet", f"{spec.file}\n{spec.sql}"


FORMAT = Format(
    "Excel",
    place=2,
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    icon=":material/table:",
    write=_write,
)
