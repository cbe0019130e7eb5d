"""What stands beside the rows of a result: what the indicator is, where its figures come from, what must be known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from naravard.api.fields import general_remarks
from naravard.base import periods
from naravard.base.model import Extract
from naravard.base.numbers import HIDDEN, MISSING
from naravard.figures.gate import ProtectedResult
from naravard.figures.indicators import Direction, Indicator
from naravard.telling import amounts, provenance, verdicts

_DIRECTIONS: Mapping[Direction, str] = {
    "higher_is_better": "högre är bättre",
    "lower_is_better": "lägre är bättre",
    "neutral": "ingen",
}


def about(indicator: Indicator) -> dict[str, Any]:
    """What an indicator is, in words."""
    return {
        "indikator": indicator.id,
        "titel": indicator.titel,
        "beskrivning": indicator.definition,
        "tolka_varsamt": indicator.tolka_varsamt or None,
        "slag": indicator.kind.id,
        "enhet": indicator.enhet,
        "riktning": _DIRECTIONS[indicator.riktning],
        "taljare": indicator.taljare,
        "namnare": indicator.namnare or None,
        "grupper": dict(indicator.grupper),
        "grupper_overlappar": indicator.grupper_overlappar,
        "kalla": indicator.kalla,
        "nyckeltal": indicator.nyckeltal or None,
    }


def sheet_of(result: ProtectedResult) -> dict[str, Any]:
    """All that stands beside the rows."""
    return {
        "exempeldata": result.is_example,
        "preliminar": result.is_preliminary,
        "markning": provenance.mark_in_words(result) or None,
        **about(result.indicator),
        "version": result.version,
        "matperiod": result.matperiod,
        "matperioder": list(map(period, result.matperioder)),
        "jamfort_med": result.comparison.id,
        "om_jamforelsen": verdicts.about_comparison(result),
        "tecken": {HIDDEN: provenance.what_is_hidden(result), MISSING: f"{amounts.MISSING_WHY}."},
        "anmarkningar": list(_remarks(result)),
        "ursprung": provenance.origin(result),
        "uttag": list(map(extract, result.extracts)),
    }


def period(matperiod: str) -> dict[str, Any]:
    """A period by name, with its first and its last day where it names any."""
    days = periods.span(matperiod)
    return {
        "matperiod": matperiod,
        "fran": days.first.isoformat() if days else None,
        "till": days.last.isoformat() if days else None,
    }


def extract(each: Extract) -> dict[str, Any]:
    """An extract that figures come from, without who loaded it."""
    return {
        "uttag_id": each.uttag_id,
        "kalla": each.kalla,
        "ursprung": each.ursprung,
        "fil": each.filnamn,
        # who has the file's hash can try guesses of what is hidden in it until one fits
        "sha256": each.sha256 if each.publicerad else None,
        "matperiod": each.matperiod,
        "nar": each.nar,
        "publicerad": each.publicerad,
    }


def _remarks(result: ProtectedResult) -> Iterator[dict[str, Any]]:
    """All that must be known, with the kommun and the periods that it is about; null for all of them."""
    for text in general_remarks(result):
        yield {"text": text, "kommun_kod": None, "matperioder": None}
    for each in result.remarks:
        if each.kommun_kod or each.matperioder:
            yield {"text": each.text, "kommun_kod": each.kommun_kod, "matperioder": list(each.matperioder) or None}
