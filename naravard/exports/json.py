"""A result as JSON for machines: hidden values are null and `skydd` says why."""

from __future__ import annotations

import json
from typing import Any

from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.telling import wording


def write(result: ProtectedResult) -> str:
    """The whole result, with the extracts that it comes from."""
    answer = {
        "indikator": result.indicator.id,
        "titel": result.indicator.titel,
        "matperiod": result.matperiod,
        "matperioder": list(result.matperioder),
        "enhet": result.indicator.enhet,
        "version": result.version,
        "exempeldata": result.is_example,
        "uttag": [
            {
                "uttag_id": extract.uttag_id,
                "kalla": extract.kalla,
                "ursprung": extract.ursprung,
                "fil": extract.filnamn,
                "sha256": extract.sha256,
                "matperiod": extract.matperiod,
                "vem": extract.vem,
                "nar": extract.nar,
                "publicerad": extract.publicerad,
            }
            for extract in result.extracts
        ],
        "rader": [record(row, result.indicator) for row in result.rows],
        "noter": [*result.notes, *(remark.text for remark in result.remarks)],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


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
        "jamforelse": wording.verdict(row),
        "skillnad": wording.side(row, indicator) or None,
        "jamfort_med": row.jamforelse and row.jamforelse.against,
        "taljare_ar": row.taljare_ar,
        "namnare_ar": row.namnare_ar,
    }
