"""A workbook is a zip: what it unpacks to is looked at before it is unpacked (zip bombs, enormous sheets)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from naravard.base.errors import UserError
from naravard.base.numbers import number
from naravard.intake.read.limits import MOST_WORKBOOK_CELLS
from naravard.intake.read.marks import column_number
from naravard.intake.read.refusals import damaged_error, too_large_error

_MOST_UNPACKED = 2 * 2**30
_MOST_RATIO = 150
_MAY_BE_BOMB = 50 * 2**20
_MAY_BE_SHEET = re.compile(r"(?!.*(?:sharedStrings|styles|theme))xl/.*\.xml", re.IGNORECASE)
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]+\d+:([A-Z]{1,4})(\d{1,9})"')
_LARGE_SHEET = 30 * 2**20
_CELL_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,12})(\d{1,20})["']""")
_LONGEST_REFERENCE = 200
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def refuse_bomb(content: bytes, filename: str) -> None:
    """Raise UserError for a zip that unpacks to far more than any extract, or whose sheets take too much memory."""
    if not content.startswith(b"PK"):
        return
    _refuse_size(content, filename)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if any(name.endswith("workbook.bin") for name in names):
            raise UserError(f"Filen {filename} är en binär Excelbok (.xlsb). Spara om den som .xlsx.")
        for name in names:
            if _MAY_BE_SHEET.fullmatch(name):
                rows, columns = _extent(archive, name)
                if rows * columns > MOST_WORKBOOK_CELLS:
                    raise too_large_error(filename, rows, columns, MOST_WORKBOOK_CELLS)


def _refuse_size(content: bytes, filename: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = [(entry.file_size, max(1, entry.compress_size)) for entry in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged_error(filename) from None
    unpacked_size = sum(size for size, _ in sizes)
    is_bomb = any(size > _MAY_BE_BOMB and size / packed_size > _MOST_RATIO for size, packed_size in sizes)
    if unpacked_size > _MOST_UNPACKED or is_bomb:
        raise UserError(
            f"Filen {filename} blir orimligt stor när den packas upp ({number(unpacked_size / 2**20)} MB) och läses "
            "inte. Spara om uttaget som CSV."
        )


def _extent(archive: zipfile.ZipFile, name: str) -> tuple[int, int]:
    """The last row and column that a worksheet names; something enormous where it names more than Excel has.

    The reader makes room for all cells up to those, and one stray cell in the last corner would take all memory.
    """
    try:
        return _stated_extent(archive, name) or _extent_of_cells(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        return 1, 1  # the reader itself says what is wrong


def _stated_extent(archive: zipfile.ZipFile, name: str) -> tuple[int, int] | None:
    """What a large sheet says itself: programs that write so much do, and reading it all twice takes time."""
    with archive.open(name) as sheet:
        dimension = _DIMENSION.search(sheet.read(4096))
    if dimension is None or archive.getinfo(name).file_size <= _LARGE_SHEET:
        return None
    return int(dimension[2]), column_number(dimension[1])


def _extent_of_cells(archive: zipfile.ZipFile, name: str) -> tuple[int, int]:
    rows = columns = 1
    tail = b""
    with archive.open(name) as sheet:
        while block := sheet.read(2**20):
            text = tail + block
            references = set(_CELL_REFERENCE.findall(text))
            if any(len(letters) > 3 or len(digits) > 7 for letters, digits in references):
                return _LAST_ROW, _LAST_COLUMN
            rows = max(rows, max((int(digits) for _, digits in references), default=1))
            columns = max(columns, max((column_number(letters.upper()) for letters, _ in references), default=1))
            tail = text[-_LONGEST_REFERENCE:]
    return rows, columns
