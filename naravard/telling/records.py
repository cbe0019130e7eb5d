"""A protected row as a record for machines: what is hidden is null, and `skydd` says why."""

from __future__ import annotations

from typing import Any

from naravard.figures.gate import ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.telling import amounts, verdicts


def record(row: ProtectedRow, indicator: Indicator) -> dict[str, Any]:
    """One row; values have one decimal more than on screen."""
    return {
        "kommun_kod": row.kommun_kod,
        "kommun": row.kommun,
        "matperiod": row.matperiod,
        "grupp": row.grupp,
        "taljare": row.taljare,
        "namnare": row.namnare,
        "varde": row.varde if isinstance(row.varde, int) else short_value(row.varde, indicator),
        "nedre": short_value(row.nedre, indicator),
        "ovre": short_value(row.ovre, indicator),
        "skydd": row.skydd,
        "skal": row.skal,
        "jamforelse": verdicts.verdict(row),
        "skillnad": verdicts.side(row, indicator) or None,
        "jamfort_med": row.jamforelse and row.jamforelse.comparison.id,
        "taljare_ar": row.taljare_ar,
        "namnare_ar": row.namnare_ar,
    }


def short_value(varde: float | None, indicator: Indicator) -> float | None:
    """A value with one decimal more than on screen; more where it would read as none or all and is neither."""
    if varde is None:
        return None
    return round(varde, amounts.decimals_without_ends([varde], indicator, indicator.decimaler + 1))
