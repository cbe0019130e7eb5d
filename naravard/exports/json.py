"""A result as JSON for machines: hidden values are null and `skydd` says why."""

from __future__ import annotations

import json

from naravard.exports import Format
from naravard.figures.gate import ProtectedResult
from naravard.telling.records import record


def _text(result: ProtectedResult) -> str:
    """The whole result, with the extracts that it comes from."""
    answer = {
        "indikator": result.indicator.id,
        "titel": result.indicator.titel,
        "matperiod": result.matperiod,
        "matperioder": list(result.matperioder),
        "enhet": result.indicator.enhet,
        "version": result.version,
        "exempeldata": result.is_example,
        "preliminar": result.is_preliminary,
        "uttag": [
            {
                "uttag_id": extract.uttag_id,
                "kalla": extract.kalla,
                "ursprung": extract.ursprung,
                "fil": extract.filnamn,
                # who has the file's hash can try guesses of what is hidden in it until one fits
                **({"sha256": extract.sha256} if extract.publicerad else {}),
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
    return json.dumps(answer, ensure_ascii=False, allow_nan=False, indent=2)


FORMAT = Format("JSON", place=6, media_type="application/json", text=_text)
