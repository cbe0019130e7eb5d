"""What a worksheet says beside the values of its cells: what it hides, errors, and formulas that nobody has computed.

The reader of workbooks gives an error as an empty cell and a hidden row as any other, so the sheet's own XML is read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import PurePosixPath
from posixpath import normpath

from naravard.intake.read.colours import unseen_formats
from naravard.intake.read.marks import (
    RAISED,
    SheetMarks,
    column_number,
    is_in_percent,
    is_shown_otherwise,
    is_year_alone,
    letters,
)
from naravard.intake.read.old_marks import marks_of_ods, marks_of_xls

_BLOCK = 4 * 2**20
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_ATTRIBUTE_IN_QUOTES = re.compile(rb"""([\w:]+)\s*=\s*("[^"]*"|'[^']*')""")
_HIDDEN_ROW = re.compile(rb'<row\b[^>]*\b(?:hidden="(?:1|true)|ht="[01](?:\.\d+)?)"[^>]*>')
_HIDDEN_COLUMN = re.compile(rb'<col\b(?=[^>]*\b(?:hidden="(?:1|true)|width="0(?:\.\d+)?)")[^>]*>')
"""Hidden, or so low or narrow that nothing is seen: under two points, or less than a digit."""
_LAST_COLUMN = 16_384
_ERROR_OR_BOOLEAN = re.compile(rb't="[be]"')
_ERROR = re.compile(rb'<c\b(?P<cell>[^>]*\bt="e"[^>]*)>(?:(?!</c>).)*?<v>(?P<value>[^<]*)<', re.S)
_FORMULA = re.compile(
    rb"<c\b(?P<cell>[^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v>(?P<value>[^<]*)</|(?P<empty></|<v\s*/>))"
)
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*>")
_FONT = re.compile(rb"<(?:\w+:)?font\b(?:[^>]*/>|[^>]*>.*?</(?:\w+:)?font>)", re.S)
_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.S)
_STRUCK = re.compile(rb"""<(?:\w+:)?strike\b(?![^>]*\bval\s*=\s*["'](?:0|false))""")
_FORMATS_OF_CELLS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.S)
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_PERCENTS = {"9", "10"}
"""The formats in per cent that every workbook has."""
_REMARK = re.compile(rb"<(?:\w+:)?comment\b|<(?:\w+:)?txBody\b")
"""A comment in its part, or the text of a box in a drawing."""
_RAISED = re.compile(rb"su(?:per|b)script")
"""Above the line or below it, a digit is a footnote's."""
_SHARED_TEXT = re.compile(rb"<(?:\w+:)?si\s*/>|<(?:\w+:)?si\b.*?</(?:\w+:)?si>", re.S)
_RUN = re.compile(rb"<(?:\w+:)?r>.*?</(?:\w+:)?r>", re.S)
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*>([^<]*)<")
_CELL_OF_TEXT = re.compile(rb'<c\b(?P<cell>[^>]*\bt="s"[^>]*)>\s*<v>(?P<number>\d+)<')
_CELL_WITH_TEXT = re.compile(rb'<c\b(?P<cell>[^>]*\bt="inlineStr"[^>]*)>\s*<is>(?P<text>.*?)</is>', re.S)
_END_OF_ROW = b"row>"
_TAG = re.compile(rb"""<(/?)(?:\w+:)?(\w+)((?:\s+[\w:]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>""")
_UNUSUAL = re.compile(
    rb"<\w+:(?:row|c|col)\b|<(?:row|c|col)\b(?:[^>]*?(?:\s=|=\s|='))|<(?:row|c)(?![^>]* r=)(?:\s[^>]*)?>"
)
"""As few programs write a sheet: a prefix, single quotation marks, spaces, or cells that do not say where they are."""
_WITHOUT_PLACE = re.compile(rb'<(?:c|row)(?! r=")[ >/]')
_LAST_ROW = re.compile(rb'<row [^>]*\br="(\d+)"')


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
            marks.remark_count = _remark_count(archive, name)
            looks, raised_texts, struck_texts = _looks(archive), *_special_texts(archive)
            is_before_rows = True
            for block in _blocks(archive, name):
                if is_before_rows:
                    _read_columns(block, marks)
                    is_before_rows = b"<row" not in block
                _read(block, marks)
                marks.percents += _places(block, looks.in_percent)
                marks.scaled_cells += _places(block, looks.in_thousands)
                marks.unseen_cells += _places(block, looks.unseen)
                marks.years += _places(block, looks.in_years)
                marks.struck_cells += [*_places(block, looks.struck_out), *_cells_with(block, struck_texts)]
                marks.texts |= _cells_with(block, raised_texts)
                _read_texts_within(block, marks)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return SheetMarks()
    return marks


def _remark_count(archive: zipfile.ZipFile, name: str) -> int:
    """How many comments and boxes with text a sheet has, which are no cells."""
    parts = {*_related_parts(archive, name).values()} & set(archive.namelist())
    return sum(len(_REMARK.findall(archive.read(part))) for part in parts)


def _part(archive: zipfile.ZipFile, position: int) -> str | None:
    """The name of a sheet's part: by the workbook's list of sheets and its relations."""
    if "xl/workbook.xml" not in archive.namelist():
        return None
    sheets = _SHEET.findall(archive.read("xl/workbook.xml"))
    if position >= len(sheets):
        return None
    attributes = _attributes(sheets[position])
    relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
    return _related_parts(archive, "xl/workbook.xml").get(relation, "")


def _related_parts(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """The names of the parts that a part refers to, by the id that it has for each; none where it says none."""
    part = PurePosixPath(name)
    relations = f"{part.parent}/_rels/{part.name}.rels"
    if relations not in archive.namelist():
        return {}
    tags = map(_attributes, _RELATION.findall(archive.read(relations)))
    targets = {tag.get("Id", ""): tag.get("Target", "") for tag in tags}
    return {relation: normpath(part.parent / target).lstrip("/") for relation, target in targets.items()}


@dataclass(frozen=True)
class _Looks:
    """What cells look like that are seen otherwise than they are stored; None where the workbook has no such format."""

    in_percent: re.Pattern[bytes] | None
    in_thousands: re.Pattern[bytes] | None
    struck_out: re.Pattern[bytes] | None
    unseen: re.Pattern[bytes] | None
    in_years: re.Pattern[bytes] | None


def _looks(archive: zipfile.ZipFile) -> _Looks:
    if "xl/styles.xml" not in archive.namelist():
        return _Looks(None, None, None, None, None)
    styles = archive.read("xl/styles.xml")
    own_formats = {
        attributes.get("numFmtId"): unescape(attributes.get("formatCode", ""))
        for attributes in map(_attributes, _FORMAT.findall(styles))
    }
    percents = {number for number, code in own_formats.items() if is_in_percent(code)} | _PERCENTS
    scales = {number for number, code in own_formats.items() if is_shown_otherwise(code)}
    years = {number for number, code in own_formats.items() if is_year_alone(code)}
    fonts = _FONT.findall(_part_of(_FONTS, styles))
    struck_fonts = {f"{number}" for number, font in enumerate(fonts) if _STRUCK.search(font)}
    cell_formats = [_attributes(tag) for tag in _CELL_FORMAT.findall(_part_of(_FORMATS_OF_CELLS, styles))]
    return _Looks(
        _number_of_format([each.get("numFmtId") in percents for each in cell_formats]),
        _number_of_format([each.get("numFmtId") in scales for each in cell_formats]),
        _cell_of_format([each.get("fontId") in struck_fonts for each in cell_formats]),
        _cell_of_format(unseen_formats(styles, fonts, cell_formats)),
        _number_of_format([each.get("numFmtId") in years for each in cell_formats]),
    )


def _part_of(pattern: re.Pattern[bytes], styles: bytes) -> bytes:
    match = pattern.search(styles)
    return match[0] if match else b""


def _cell_of_format(is_so: Sequence[bool], kind: bytes = b"") -> re.Pattern[bytes] | None:
    """A cell with something in it whose format is one of those."""
    positions = b"|".join(f"{number}".encode() for number, each in enumerate(is_so) if each)
    return re.compile(rb'<c\b(?=[^>]*\bs="(?:%b)")%b[^>]*(?<!/)>' % (positions, kind)) if positions else None


def _number_of_format(is_so: Sequence[bool]) -> re.Pattern[bytes] | None:
    return _cell_of_format(is_so, rb'(?![^>]*\bt="(?!n))')


def _places(block: bytes, cell: re.Pattern[bytes] | None) -> list[tuple[int, int]]:
    if cell is None:
        return []
    return [place for match in cell.finditer(block) if (place := _place(match[0])) is not None]


def _special_texts(archive: zipfile.ZipFile) -> tuple[dict[bytes, str], dict[bytes, str]]:
    """Numbers of shared texts → those with raised digits, as such (a footnote's 1 is not the number's); the struck."""
    name = "xl/sharedStrings.xml"
    strings = archive.read(name) if name in archive.namelist() else b""
    raised_texts: dict[bytes, str] = {}
    struck_texts: dict[bytes, str] = {}
    if _RAISED.search(strings) or b"strike" in strings:
        for number, item in enumerate(_SHARED_TEXT.findall(strings)):
            if _RAISED.search(item):
                raised_texts[f"{number}".encode()] = "".join(map(_run_of_text, _RUN.findall(item)))
            if _STRUCK.search(item):
                struck_texts[f"{number}".encode()] = ""
    return raised_texts, struck_texts


def _read_texts_within(block: bytes, marks: SheetMarks) -> None:
    """Texts that stand in their cells, as some programs write them: raised digits, and what is struck out."""
    if b"rPr" not in block:  # text without wildcards is looked for many times faster
        return
    for match in _CELL_WITH_TEXT.finditer(block):
        place = _place(match["cell"])
        if place is not None and _RAISED.search(match["text"]):
            marks.texts[place] = "".join(map(_run_of_text, _RUN.findall(match["text"])))
        if place is not None and _STRUCK.search(match["text"]):
            marks.struck_cells.append(place)


def _run_of_text(run: bytes) -> str:
    text = "".join(unescape(part.decode("utf-8", "replace")) for part in _TEXT.findall(run))
    return text.translate(RAISED) if _RAISED.search(run) else text


def _cells_with(block: bytes, texts: dict[bytes, str]) -> dict[tuple[int, int], str]:
    """The cells that hold one of these shared texts."""
    if not texts:
        return {}
    matches = (match for match in _CELL_OF_TEXT.finditer(block) if match["number"] in texts)
    return {place: texts[match["number"]] for match in matches if (place := _place(match["cell"])) is not None}


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode(): value.decode("utf-8", "replace") for name, value in _ATTRIBUTE.findall(tag)}


def _blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The sheet's XML in whole rows, some at a time, as most programs write it."""
    tail, plain = b"", _PlainTags()
    with archive.open(name) as sheet:
        while part := sheet.read(_BLOCK):
            block = tail + part
            # a row without cells ends in its own tag, and stays with the next that has some
            cut = block.rfind(_END_OF_ROW) + len(_END_OF_ROW) if _END_OF_ROW in block else 0
            yield plain.block(block[:cut])
            tail = block[cut:]
    yield plain.block(tail)


def _is_unusual(block: bytes) -> bool:
    """Whether a part of a sheet is written as few programs do. To be sure takes ten times as long as to rule it out."""
    may_be = b"='" in block or b'<c r="' not in block or _WITHOUT_PLACE.search(block)
    return bool(may_be) and _UNUSUAL.search(block) is not None


class _PlainTags:
    """Tags without prefixes, their attributes between double quotation marks, and places in rows and cells."""

    def __init__(self) -> None:
        self._row = self._column = 0

    def block(self, block: bytes) -> bytes:
        """A part of the sheet, which follows on the part before it; as it is where it is plain already."""
        if _is_unusual(block):
            return _TAG.sub(self._tag, block)
        last_row = _LAST_ROW.match(block, max(block.rfind(b"<row "), 0))
        self._row = int(last_row[1]) if last_row else self._row
        return block

    def _tag(self, tag: re.Match[bytes]) -> bytes:
        is_end, name, attributes_of_tag, is_alone = tag.groups()
        if is_end:
            return b"</%b>" % name
        attributes = dict(_ATTRIBUTE_IN_QUOTES.findall(attributes_of_tag))
        values = {each: (value[1:-1]).replace(b'"', b"&quot;") for each, value in attributes.items()}
        if name == b"row":
            self._row, self._column = int(values.get(b"r", self._row + 1)), 0
            values[b"r"] = b"%d" % self._row
        elif name == b"c":
            place = _place(b'r="%b"' % values.get(b"r", b""))
            self._column = self._column + 1 if place is None else place[1] + 1
            values[b"r"] = b"%b%d" % (letters(self._column - 1).encode(), self._row)
        plain = b"".join(b' %b="%b"' % pair for pair in values.items())
        return b"<%b%b%b>" % (name, plain, is_alone)


def _read_columns(block: bytes, marks: SheetMarks) -> None:
    for match in _HIDDEN_COLUMN.finditer(block):
        attributes = _attributes(match[0])
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdigit() and last.isdigit():
            marks.hidden_columns += range(int(first) - 1, min(int(last), _LAST_COLUMN))


def _read(block: bytes, marks: SheetMarks) -> None:
    # each look through the block takes time, as long as a sixteenth of reading its cells
    has_types = _ERROR_OR_BOOLEAN.search(block) is not None
    marks.may_have_booleans |= has_types and b't="b"' in block
    if b"hidden=" in block or (b'ht="' in block and (b'ht="0' in block or b'ht="1' in block)):
        for match in _HIDDEN_ROW.finditer(block):
            number = _attributes(match[0]).get("r", "")
            if number.isdigit():
                marks.hidden_rows.append(int(number) - 1)
    if has_types and b't="e"' in block:
        for match in _ERROR.finditer(block):
            place = _place(match["cell"])
            if place is not None:
                marks.texts[place] = unescape(match["value"].decode("utf-8", "replace"))
    if b"<f" in block:
        for match in _FORMULA.finditer(block):
            marks.formula_count += 1
            place = _place(match["cell"])
            if place is not None and (match["value"] or b"0").strip() in {b"0", b""} and b't="e"' not in match["cell"]:
                marks.uncomputed.append(place[0])


def _place(attributes: bytes) -> tuple[int, int] | None:
    """Row and column of a cell, from 0: `B3` → (2, 1)."""
    match = re.search(rb'\br="([A-Z]{1,3})(\d{1,7})"', attributes)
    if match is None:
        return None
    return int(match[2]) - 1, column_number(match[1]) - 1
