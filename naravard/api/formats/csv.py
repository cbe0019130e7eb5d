"""CSV as RFC 4180 has it: comma between, a point in numbers, UTF-8. What is hidden or missing is an empty cell."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from naravard.api.fields import FIELDS, rows
from naravard.api.formats import Format
from naravard.figures.gate import ProtectedResult

_FORMULA = frozenset("=+-@\t\r")
_CODES = frozenset({"skydd"})
"""Fields whose texts are codes of ours, and never taken for a formula."""


def _write(result: ProtectedResult) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in FIELDS], lineterminator="\r\n")
    writer.writeheader()
    for row in rows(result):
        writer.writerow({name: _cell(name, value) for name, value in row.items()})
    return text.getvalue().encode()


def _cell(name: str, value: Any) -> str:
    """A value as text; one that a spreadsheet would take for a formula is made a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in _FORMULA and name not in _CODES else text


FORMAT = Format(
    "CSV",
    "R, Python, databaser: komma mellan kolumner, punkt i tal",
    2,
    "text/csv",
    _write,
    table={"encoding": "utf-8", "dialect": {"delimiter": ",", "lineTerminator": "\r\n"}},
)
