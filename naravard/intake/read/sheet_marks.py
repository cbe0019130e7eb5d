"""What a worksheet says beside the values of its cells: what it hides, errors, and formulas that nobody has computed.

The reader of workbooks gives an error as an empty cell and a hidden row as any other, so the sheet's own XML is read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath

from naravard.intake.read.marks import SheetMarks
from naravard.intake.read.old_marks import marks_of_ods, marks_of_xls

_BLOCK = 4 * 2**20
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*\b(?:hidden=["'](?:1|true)|ht=["']0(?:\.0+)?)["'][^>]*>""")
_HIDDEN_COLUMN = re.compile(rb"""<(?:\w+:)?col\b(?=[^>]*\b(?:hidden=["'](?:1|true)|width=["']0(?:\.0+)?)["'])[^>]*>""")
"""Hidden, or so narrow that nothing is seen."""
_LAST_COLUMN = 16_384
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\b(?P<cell>[^>]*\bt=["']e["'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>(?P<value>[^<]*)<""", re.S
)
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b(?P<cell>[^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v>(?P<value>[^<]*)</|(?P<empty></|<(?:\w+:)?v\s*/>))"
)
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*>")
_FORMATS_OF_CELLS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.S)
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_PERCENTS = {"9", "10"}
"""The formats in per cent that every workbook has."""
_QUOTED = re.compile(r'"[^"]*"|\\.')
"""Signs of a format that are shown as they are."""
_SHARED_TEXT = re.compile(rb"<(?:\w+:)?si\s*/>|<(?:\w+:)?si\b.*?</(?:\w+:)?si>", re.S)
_RUN = re.compile(rb"<(?:\w+:)?r>.*?</(?:\w+:)?r>", re.S)
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*>([^<]*)<")
_CELL_OF_TEXT = re.compile(rb"""<(?:\w+:)?c\b(?P<cell>[^>]*\bt=["']s["'][^>]*)>\s*<(?:\w+:)?v>(?P<number>\d+)<""")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_END_OF_ROW = b"row>"


def sheet_marks(content: bytes, position: int) -> SheetMarks:
    """The marks of the sheet with this position in the workbook."""
    if not content.startswith(b"PK"):
        return marks_of_xls(content, position)
    marks = SheetMarks()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            name = _part(archive, position)
            if name is None:
                return marks_of_ods(content, position)
            marks.may_have_booleans = False
            percent_cell, raised_texts = _percent_cell(archive), _texts_with_raised_digits(archive)
            for block in _blocks(archive, name):
                _read(block, marks)
                marks.percents += _places(block, percent_cell) if percent_cell else []
                marks.texts |= _cells_with(block, raised_texts) if raised_texts else {}
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return SheetMarks()
    return marks


def _part(archive: zipfile.ZipFile, position: int) -> str | None:
    """The name of a sheet's part: by the workbook's list of sheets and its relations."""
    if "xl/workbook.xml" not in archive.namelist():
        return None
    sheets = _SHEET.findall(archive.read("xl/workbook.xml"))
    relations = (_attributes(tag) for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")))
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
    if position >= len(sheets):
        return None
    attributes = _attributes(sheets[position])
    target = targets.get(next((value for name, value in attributes.items() if name.endswith(":id")), ""), "")
    return str(PurePosixPath("xl") / target) if not target.startswith("/") else target[1:]


def _percent_cell(archive: zipfile.ZipFile) -> re.Pattern[bytes] | None:
    """What a number that is shown in per cent looks like in the sheet; None where the workbook has no such format."""
    if "xl/styles.xml" not in archive.namelist():
        return None
    styles = archive.read("xl/styles.xml")
    own_formats = (_attributes(tag) for tag in _FORMAT.findall(styles))
    percents = {f.get("numFmtId") for f in own_formats if "%" in _QUOTED.sub("", unescape(f.get("formatCode", "")))}
    cell_formats = _FORMATS_OF_CELLS.search(styles)
    ids = [_attributes(tag).get("numFmtId") for tag in _CELL_FORMAT.findall(cell_formats[0] if cell_formats else b"")]
    positions = [f"{i}".encode() for i, each in enumerate(ids) if each in percents | _PERCENTS]
    if not positions:
        return None
    return re.compile(
        rb"""<(?:\w+:)?c\b(?=[^>]*\bs=["'](?:%b)["'])(?![^>]*\bt=["'](?!n))[^>]*>""" % b"|".join(positions)
    )


def _places(block: bytes, cell: re.Pattern[bytes]) -> list[tuple[int, int]]:
    return [place for match in cell.finditer(block) if (place := _place(match[0])) is not None]


def _texts_with_raised_digits(archive: zipfile.ZipFile) -> dict[bytes, str]:
    """The number of a shared text → the text with its raised digits as such: a footnote's 1 is not the number's."""
    name = "xl/sharedStrings.xml"
    strings = archive.read(name) if name in archive.namelist() else b""
    if b"superscript" not in strings:
        return {}
    texts = {}
    for number, item in enumerate(_SHARED_TEXT.findall(strings)):
        if b"superscript" in item:
            texts[f"{number}".encode()] = "".join(map(_run_of_text, _RUN.findall(item)))
    return texts


def _run_of_text(run: bytes) -> str:
    text = "".join(unescape(part.decode("utf-8", "replace")) for part in _TEXT.findall(run))
    return text.translate(_RAISED) if b"superscript" in run else text


def _cells_with(block: bytes, texts: dict[bytes, str]) -> dict[tuple[int, int], str]:
    """The cells that hold one of these shared texts."""
    matches = (match for match in _CELL_OF_TEXT.finditer(block) if match["number"] in texts)
    return {place: texts[match["number"]] for match in matches if (place := _place(match["cell"])) is not None}


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode(): value.decode("utf-8", "replace") for name, value in _ATTRIBUTE.findall(tag)}


def _blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The sheet's XML in whole rows, some at a time."""
    tail = b""
    with archive.open(name) as sheet:
        while part := sheet.read(_BLOCK):
            block = tail + part
            # a row without cells ends in its own tag, and stays with the next that has some
            cut = block.rfind(_END_OF_ROW) + len(_END_OF_ROW) if _END_OF_ROW in block else 0
            yield block[:cut]
            tail = block[cut:]
    yield tail


def _read(block: bytes, marks: SheetMarks) -> None:
    # most programs write neither prefixes nor single quotation marks, and each look through the block takes time
    has_prefixes, has_single_quotes = b"</row>" not in block, b"='" in block
    marks.may_have_booleans |= b't="b"' in block or (has_single_quotes and b"t='b'" in block)
    if b"<cols" in block or (has_prefixes and b":cols" in block):
        for match in _HIDDEN_COLUMN.finditer(block):
            attributes = _attributes(match[0])
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdigit() and last.isdigit():
                marks.hidden_columns += range(int(first) - 1, min(int(last), _LAST_COLUMN))
    if b"hidden=" in block or b'ht="0' in block:
        for match in _HIDDEN_ROW.finditer(block):
            number = _attributes(match[0]).get("r", "")
            if number.isdigit():
                marks.hidden_rows.append(int(number) - 1)
    if b't="e"' in block or (has_single_quotes and b"t='e'" in block):
        for match in _ERROR.finditer(block):
            place = _place(match["cell"])
            if place is not None:
                marks.texts[place] = unescape(match["value"].decode("utf-8", "replace"))
    if b"<f" in block or (has_prefixes and b":f" in block):
        for match in _FORMULA.finditer(block):
            marks.formula_count += 1
            place = _place(match["cell"])
            if place is not None and (match["value"] or b"0").strip() in {b"0", b""} and b't="e"' not in match["cell"]:
                marks.uncomputed.append(place[0])


def _place(attributes: bytes) -> tuple[int, int] | None:
    """Row and column of a cell, from 0: `B3` → (2, 1)."""
    match = re.search(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""", attributes)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = 26 * column + letter - ord("A") + 1
    return int(match[2]) - 1, column - 1
