"""What a file is, by its content before its name: a text file, a workbook, or a table for programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from naravard.base.errors import UserError
from naravard.base.numbers import number
from naravard.intake.read.cube import RowsSheet
from naravard.intake.read.json_tables import open_json
from naravard.intake.read.limits import MOST_BYTES
from naravard.intake.read.px import open_px
from naravard.intake.read.text import TextSheet, open_text
from naravard.intake.read.workbook import OLE, ZIP, Workbook, open_workbook

TEXT_ENDINGS = (".csv", ".txt", ".tsv", ".md")
WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods")
CUBE_ENDINGS = (".px", ".json")
ALLOWED_ENDINGS = (*TEXT_ENDINGS, *WORKBOOK_ENDINGS, *CUBE_ENDINGS)
IN_WORDS = (
    f"CSV, text ({', '.join(TEXT_ENDINGS[1:])}), kalkylblad ({', '.join(WORKBOOK_ENDINGS)}), PC-Axis (.px) eller JSON"
)
"""What can be read, before people."""


@dataclass(frozen=True)
class TextFile:
    """A text file, whose one sheet has no name."""

    text: TextSheet
    sheets: tuple[tuple[str | None, bool], ...] = ((None, True),)

    @property
    def filename(self) -> str:
        """What the file is called."""
        return self.text.filename

    def sheet(self, name: str | None) -> TextSheet:
        """The file's text, whatever sheet is asked for."""
        return self.text


File = TextFile | Workbook | RowsSheet
"""`sheets` are (name, whether it is visible); `sheet(name)` has the first rows (`head`) and those below (`body`)."""


_HTML = re.compile(rb"\s*(?:MIME-Version:|<!doctype html|<html|<head|<meta|<table|<body|<div|<style)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml|\s*<\w*:?Workbook", re.IGNORECASE)
_PX = re.compile(
    rb'\s*(?:CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGES?|CREATION-DATE|MATRIX|DECIMALS|SUBJECT-CODE)\s*=\s*"?\w'
)
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"')
"""What the tables for programs begin with, whatever they are called."""
_MARK = b"\xef\xbb\xbf"
_PACKED = (".zip", ".gz", ".7z", ".rar", ".tar", ".tgz")
_FOR_READING = (".pdf", ".docx", ".doc", ".pptx", ".ppt", ".png", ".jpg", ".jpeg")


def open_file(content: bytes, filename: str) -> File:
    """Recognise what a file is. Raises UserError when it cannot be read at all."""
    ending = PurePath(filename).suffix.lower()
    _refuse(content, filename, ending)
    if content.startswith((ZIP, OLE)):
        return open_workbook(content, filename)
    if ending == ".px" or _PX.match(content, len(_MARK) if content.startswith(_MARK) else 0):
        return open_px(content, filename)
    if ending in WORKBOOK_ENDINGS:
        raise UserError(
            f"Filen {filename} är ingen Excelfil, fast den heter så. Är den text: byt namn på den till .csv. Öppna den "
            "annars i Excel och spara som .xlsx."
        )
    if ending == ".json" or _JSON.match(content):
        return open_json(content, filename)
    return TextFile(open_text(content, filename))


def _refuse_page(content: bytes, filename: str, ending: str) -> None:
    """Raise UserError for what a spreadsheet opens and we do not: a web page, or a sheet in XML."""
    start = content[:4096].removeprefix(_MARK)
    for pattern, kind in ((_HTML, "en webbsida (HTML)"), (_XML, "ett kalkylblad i XML")):
        if ending not in CUBE_ENDINGS and pattern.match(start):
            name = f"{kind}, fast den heter {ending}" if ending in ALLOWED_ENDINGS else kind
            raise UserError(f"Filen {filename} är {name}. Öppna den i Excel och spara som .xlsx.")


def _refuse(content: bytes, filename: str, ending: str) -> None:
    """Raise UserError for a file of another kind, an empty one, or one that is too large."""
    if ending in _PACKED:
        raise UserError(f"Filen {filename} är packad. Packa upp den, och läs in filen som ligger i den.")
    if ending in _FOR_READING:
        raise UserError(
            f"Filen {filename} är gjord för att läsas på skärm eller papper. Beställ tabellen som Excel (.xlsx) eller "
            "CSV."
        )
    _refuse_page(content, filename, ending)
    if ending not in ALLOWED_ENDINGS:
        raise UserError(
            f"Filen {filename} har ändelsen {ending or 'ingen'}. Tillåtet: {', '.join(ALLOWED_ENDINGS)}. "
            "Spara om filen som CSV eller Excel (.xlsx)."
        )
    if not content[:4096].strip() and not content.strip():
        raise UserError(f"Filen {filename} är tom. Hämta uttaget på nytt.")
    if len(content) > MOST_BYTES:
        size, most = number(len(content) / 2**20), number(MOST_BYTES / 2**20)
        raise UserError(
            f"Filen {filename} är {size} MB. Högst {most} MB går att läsa. Ta bort kolumner som inte behövs."
        )
