"""The catalogue: what each indicator is, which periods and comparisons it has, and where its figures are."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from naravard.access.problems import API
from naravard.api import formats
from naravard.api.figures import indicator_of
from naravard.api.formats.json import as_json
from naravard.api.questions import Question
from naravard.api.resources import Answer
from naravard.api.sheets import about, period
from naravard.base.errors import UserError
from naravard.base.model import EXAMPLE
from naravard.figures import comparisons, indicators
from naravard.figures.indicators import Indicator
from naravard.figures.reader import Reader
from naravard.slides.links import EXAMPLE_KEY, INDICATOR_KEY, lan_query

FIGURES = "siffror"
"""What the address of an indicator's figures ends with, before the format."""
INDICATORS = "indikatorer"


def answer(question: Question) -> Answer:
    """All indicators."""
    reader, is_example = question.reader, question.store.is_example
    content = {
        "exempeldata": is_example,
        "markning": EXAMPLE if is_example else None,
        "version": question.version,
        "indikatorer": [entry(each, reader, is_example=is_example) for each in indicators.registry().values()],
    }
    return Answer(as_json(content))


def one(question: Question) -> Answer:
    """One indicator."""
    indicator = indicator_of(question)
    own_entry = entry(indicator, question.reader, is_example=question.store.is_example)
    return Answer(as_json({"version": question.version, **own_entry}))


def entry(indicator: Indicator, reader: Reader, *, is_example: bool) -> dict[str, Any]:
    """An indicator of the catalogue; with why it is not shown, where its small counts cannot be protected."""
    try:
        newest = reader.read(indicator.id)
    except UserError as error:
        return {**about(indicator), "exempeldata": is_example, "visas_inte": str(error), "lankar": {}}
    return {
        **about(indicator),
        "exempeldata": newest.is_example,
        "matperiod": newest.matperiod if newest.rows else None,
        "matperioder": list(map(period, newest.matperioder)),
        "jamforelser": [
            {"jamfor": each.id, "namn": each.menu}
            for each in comparisons.comparisons().values()
            if any(row.jamforelse for row in reader.read(indicator.id, None, each.id).rows)
        ],
        "lankar": links(indicator, is_example=is_example),
    }


def links(indicator: Indicator, *, is_example: bool) -> dict[str, str]:
    """The addresses of an indicator: itself, its figures in each format, its data package, and a page for people."""
    base = f"{base_of(is_example=is_example)}{INDICATORS}/{indicator.id}"
    mark = {EXAMPLE_KEY: "true"} if is_example else {}
    whose = f"?{urlencode(lan_query())}" if lan_query() else ""
    return {
        "indikator": f"{base}{whose}",
        **{name: f"{base}/{FIGURES}.{name}{whose}" for name in formats.formats()},
        "datapackage": f"{base}/datapackage.json{whose}",
        "sida": f"/jamfor?{urlencode({INDICATOR_KEY: indicator.titel, **mark, **lan_query()})}",
    }


def base_of(*, is_example: bool) -> str:
    """Where the addresses of real figures begin, and where those of EXEMPELDATA do."""
    return f"{API}{EXAMPLE.lower()}/" if is_example else API
