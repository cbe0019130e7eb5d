"""A result as CSV that Swedish Excel opens right: `;`, decimal comma."""

from __future__ import annotations

import csv
import io

from naravard.base.model import EXAMPLE, PRELIMINARY
from naravard.base.numbers import HIDDEN, MISSING
from naravard.exports import Format, View
from naravard.figures.gate import ProtectedResult
from naravard.telling.records import record

COLUMNS = (
    "indikator", "version", "exempeldata", "kommun_kod", "kommun", "matperiod", "grupp",
    "taljare", "namnare", "varde", "enhet", "nedre", "ovre", "skydd", "skal", "jamforelse", "skillnad", "jamfort_med",
    "taljare_ar", "namnare_ar", "preliminar",
)  # fmt: skip
_FORMULA = frozenset("=+-@\t\r")


def _text(result: ProtectedResult) -> str:
    """One line per row. Hidden values are `..` and never empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, delimiter=";", lineterminator="\n")
    writer.writeheader()
    fixed = {
        "indikator": result.indicator.id,
        "version": result.version,
        "enhet": result.indicator.enhet,
        "exempeldata": EXAMPLE if result.is_example else "",
        "preliminar": PRELIMINARY if result.is_preliminary else "",
    }
    for row in result.rows:
        cells = {**fixed, **record(row, result.indicator)}
        if row.skydd:
            cells |= {name: row.skydd for name in ("taljare", "namnare", "varde") if cells[name] is None}
        writer.writerow({name: cell(cells[name]) for name in COLUMNS})
    return text.getvalue()


def cell(value: object) -> str:
    """A value as Swedish Excel reads it; a text stays a text."""
    if isinstance(value, float):
        return repr(value).removesuffix(".0").replace(".", ",")
    text = "" if value is None else str(value)
    # a text that a spreadsheet would take for a formula is made a text
    return f"'{text}" if isinstance(value, str) and text[:1] in _FORMULA and text not in {MISSING, HIDDEN} else text


def _write(result: ProtectedResult, view: View) -> bytes:
    """With a mark of UTF-8, without which Excel reads å as Ã¥."""
    return _text(result).encode("utf-8-sig")


FORMAT = Format("CSV", place=5, media_type="text/csv", icon=":material/csv:", write=_write, text=_text)
