"""A protected row as a record for machines: what is hidden is null, and `skydd` says why."""

from __future__ import annotations

from typing import Any

from naravard.figures.gate import ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.telling import verdicts


def record(row: ProtectedRow, indicator: Indicator) -> dict[str, Any]:
    """One row; values have one decimal more than on screen."""
    decimals = indicator.decimaler + 1
    return {
        "kommun_kod": row.kommun_kod,
        "kommun": row.kommun,
        "matperiod": row.matperiod,
        "grupp": row.grupp,
        "taljare": row.taljare,
        "namnare": row.namnare,
        "varde": row.varde if isinstance(row.varde, int) or row.varde is None else round(row.varde, decimals),
        "nedre": None if row.nedre is None else round(row.nedre, decimals),
        "ovre": None if row.ovre is None else round(row.ovre, decimals),
        "skydd": row.skydd,
        "skal": row.skal,
        "jamforelse": verdicts.verdict(row),
        "skillnad": verdicts.side(row, indicator) or None,
        "jamfort_med": row.jamforelse and row.jamforelse.comparison.id,
        "taljare_ar": row.taljare_ar,
        "namnare_ar": row.namnare_ar,
    }
