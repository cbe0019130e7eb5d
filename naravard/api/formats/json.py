"""JSON: the rows, and beside them what the indicator is, where its figures come from and what must be known."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from naravard.api.fields import rows
from naravard.api.formats import Format
from naravard.api.sheets import sheet_of
from naravard.figures.gate import ProtectedResult


def as_json(content: Any) -> bytes:
    """Content as JSON, with days as texts (`2024-01-31`)."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, default=date.isoformat).encode()


def _write(result: ProtectedResult) -> bytes:
    return as_json({**sheet_of(result), "rader": rows(result)})


FORMAT = Format(
    "JSON", "Excel, Power BI, Python, R, webben: talen och det som ska sägas om dem", 1, "application/json", _write
)
