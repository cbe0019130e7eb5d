"""PC-Axis files (.px), as SCB and others publish their tables.

Source: Statistics Sweden, PX file format, version 2013: `KEYWORD("variable")="value","value";`, the data last. There
`-` is nil, a magnitude of zero, and dots are what is not known.
"""

from __future__ import annotations

import re

from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import match_key
from naravard.base.model import Finding
from naravard.base.numbers import quantity
from naravard.intake.read.cube import RowsSheet, Variable, cube
from naravard.intake.read.preliminary import about_preliminary
from naravard.intake.read.refusals import damaged_cube_error

_STATEMENT = re.compile(
    r'(?P<keyword>[A-Z][A-Z0-9_-]*)(?P<language>\[[^\]]*\])?(?:\((?P<subject>[^)]*(?:"[^"]*"[^)]*)*)\))?\s*='
    r'(?P<value>(?:"[^"]*"|[^";])*);'
)
_ITEM = re.compile(r'(?:"[^"]*"\s*)+|[^",\s]+')
_DATUM = re.compile(r'"[^"]*"|[^\s";]+')
_NIL = "-"
_ZERO = {"-", "–", "−", "0"}
"""How a table shows what is nil, if it is zero: one that shows it in words may mean that nothing is known."""
_AREAS = {"region", "kommun", "lan", "omrade"}


def open_px(content: bytes, filename: str) -> RowsSheet:
    """The table of a file. Raises UserError for one that is broken."""
    own: dict[tuple[str, str], str] = {}
    swedish: dict[tuple[str, str], str] = {}
    for match in _STATEMENT.finditer(_text(content)):
        if match["language"] in {None, "[sv]"}:
            texts = own if match["language"] is None else swedish
            texts.setdefault((match["keyword"], _plain(match["subject"] or "")), match["value"])
    statements = {**own, **swedish}  # a table in several languages has each text once more
    names = [*_items(statements.get(("STUB", ""), "")), *_items(statements.get(("HEADING", ""), ""))]
    variables = [_variable(name, statements) for name in names]
    if not names or ("DATA", "") not in statements or any(not variable.values for variable in variables):
        raise damaged_cube_error(filename)
    data = [_plain(datum) for datum in _DATUM.findall(statements["DATA", ""])]
    is_nil_zero = _plain(statements.get(("DATASYMBOLNIL", ""), _NIL)) in _ZERO
    nil_count = data.count(_NIL) if is_nil_zero else 0
    return cube(
        variables,
        ["0" if is_nil_zero and datum == _NIL else datum for datum in data],
        contents=_plain(statements.get(("CONTENTS", ""), "")),
        title=_plain(statements.get(("TITLE", ""), "")),
        unit=_plain(statements.get(("UNITS", ""), "")),
        filename=filename,
        findings=(
            *about_preliminary(_plain(text) for (keyword, _), text in statements.items() if "NOTE" in keyword),
            *_about_nil(nil_count),
        ),
    )


def _about_nil(count: int) -> tuple[Finding, ...]:
    """That values are written by the sign for nothing at all, which other files have for what is missing."""
    if not count:
        return ()
    what = f"{quantity(count, 'värde', 'värden')} är ”-”, som i PC-Axis betyder att det inte finns några: läst som 0"
    return (Finding(Level.NOTE, FindingCode.NUMBER_MARKED, what),)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _variable(name: str, statements: dict[tuple[str, str], str]) -> Variable:
    """A variable with its values; an area has its code before its name."""
    values = _items(statements.get(("VALUES", name), "")) or _items(statements.get(("CODES", name), ""))
    codes = _items(statements.get(("CODES", name), ""))
    if match_key(name) in _AREAS and len(codes) == len(values):
        values = [v if v.startswith(code) else f"{code} {v}" for code, v in zip(codes, values, strict=True)]
    return Variable(name, tuple(values))


def _items(value: str) -> list[str]:
    """`"a","b" "c"` → a, bc: texts that follow each other without a comma are one."""
    return [_plain(item) for item in _ITEM.findall(value)]


def _plain(text: str) -> str:
    return "".join(re.findall(r'"([^"]*)"', text)) if '"' in text else text.strip()
