"""PDF: tagged (PDF/UA-1), in Swedish, with charts as vectors: a view, and a kommun's profile.

Typst sets the pages, from the templates beside this file. Texts reach it as data and never as markup, and it reads
no fonts and no files but those in its own folder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from naravard import __version__
from naravard.base import clock
from naravard.exports import Format, View
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.slides.sheet import sheet
from naravard.telling import theme
from naravard.workshop.minutes import Minutes

_HERE = Path(__file__).parent
_COLOURS = {
    "text": theme.TEXT, "muted": theme.MUTED, "grid": theme.GRID, "figure": theme.FIGURE, "lan": theme.COMPARATOR,
    "nation": theme.NATION, **theme.TONES, "unsure": theme.UNSURE, "example": theme.EXAMPLE,
}  # fmt: skip


def _write_profile(kommun_kod: str, reader: Reader, version: int) -> bytes:
    """A kommun's profile, on a few pages."""
    return _typeset("profile.typ", _plain(sheet(kommun_kod, reader, version)))


def _write(result: ProtectedResult, view: View) -> bytes:
    """One view, with its chart, its table and where it comes from."""
    from naravard.exports.pdf import pages  # noqa: PLC0415 (the command line starts without charts)

    return _typeset("view.typ", _plain(pages.page_of(result, view)))


def write_minutes(record: Minutes) -> bytes:
    """A workshop's board, with what is common first."""
    from naravard.exports.pdf import board  # noqa: PLC0415

    return _typeset("board.typ", _plain(board.board_of(record)))


def _plain(value: Any) -> Any:
    """A struct as a template reads it: by the names of its fields."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def _typeset(template: str, content: Mapping[str, Any]) -> bytes:
    import typst  # noqa: PLC0415 (the command line starts faster without it)

    today = clock.today()
    words = {**content, "colours": _COLOURS, "program": __version__, "day": today.isoformat()}
    document: bytes = typst.compile(
        _HERE / template,
        root=_HERE,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(words, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    return document


@cache
def _fonts() -> Any:
    """The letters of the app, read once."""
    import typst  # noqa: PLC0415

    return typst.Fonts(include_system_fonts=False, font_paths=[_HERE / "fonts"])


FORMAT = Format(
    "PDF",
    place=3,
    media_type="application/pdf",
    icon=":material/picture_as_pdf:",
    write=_write,
    write_profile=_write_profile,
)
