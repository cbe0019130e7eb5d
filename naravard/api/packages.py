"""Data packages (Frictionless, https://datapackage.org): where the tables are, and what each field of them is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from naravard.api import formats
from naravard.api.catalogue import FIGURES, INDICATORS
from naravard.api.fields import FIELDS
from naravard.api.figures import result_of
from naravard.api.formats.json import as_json
from naravard.api.questions import MATPERIOD, Question
from naravard.api.resources import Answer
from naravard.base import periods
from naravard.base.errors import UserError
from naravard.base.model import EXAMPLE
from naravard.base.numbers import HIDDEN, MISSING
from naravard.figures import indicators
from naravard.figures.gate import ProtectedResult
from naravard.telling import provenance

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
KEY = ("kommun_kod", "matperiod", "grupp")
_LICENCE = (
    "Öppna siffror från Kolada, SCB och Socialstyrelsen: ange källan. Andra uttag: fråga den som står som källa innan "
    "du sprider talen vidare."
)


def one(question: Question) -> Answer:
    """The package of one indicator: the same figures in each format that is a table, with what has been chosen."""
    result = result_of(question)
    query = [(name, value) for name, value in question.values.items() for value in _texts(value)]
    resources = list(_resources(result, "", f"?{urlencode(query)}" if query else ""))
    name = _name(result.indicator.id, question)
    return Answer(as_json({**_head(name, result.indicator.titel, question), **_about(result), "resources": resources}))


def everything(question: Question) -> Answer:
    """The package of all indicators that have figures, each with all of its periods."""
    results = [result for indicator_id in indicators.registry() if (result := _every_period(question, indicator_id))]
    query = urlencode([(MATPERIOD.name, periods.EVERY), *((n, str(v)) for n, v in question.values.items())])
    resources = [
        resource
        for result in results
        for resource in _resources(result, f"{INDICATORS}/{result.indicator.id}/", f"?{query}")
    ]
    head = _head(_name("naravard", question), "Nära vård i siffror", question)
    sources = dict.fromkeys(source for result in results for source in _sources(result))
    return Answer(as_json({**head, "sources": [{"title": title} for title in sources], "resources": resources}))


def _every_period(question: Question, indicator_id: str) -> ProtectedResult | None:
    try:
        result = question.reader.read(indicator_id, periods.EVERY)
    except UserError:  # of which nothing is shown
        return None
    return result if result.rows else None


def _texts(value: Any) -> Iterator[str]:
    yield from map(str, value if isinstance(value, tuple) else (value,))


def _name(name: str, question: Question) -> str:
    return f"{EXAMPLE.lower()}-{name}" if question.store.is_example else name


def _head(name: str, title: str, question: Question) -> dict[str, Any]:
    is_example = question.store.is_example
    return {
        "$schema": PROFILE,
        "name": name,
        "title": f"{EXAMPLE}: {title}" if is_example else title,
        "version": str(question.version),
        "exempeldata": is_example,
        "licenses": [{"name": "notspecified", "title": _LICENCE}],
    }


def _about(result: ProtectedResult) -> dict[str, Any]:
    return {
        "description": result.indicator.definition,
        "exempeldata": result.is_example,
        "sources": [{"title": title} for title in _sources(result)],
    }


def _sources(result: ProtectedResult) -> list[str]:
    return list(dict.fromkeys(provenance.origin(result).split("; ")))


def _resources(result: ProtectedResult, folder: str, query: str) -> Iterator[dict[str, Any]]:
    """The tables of a result: one for each format that is one."""
    spec = result.indicator
    for name, each in formats.formats().items():
        if each.table is not None:
            yield {
                "name": f"{spec.id}-{name}",
                "path": f"{folder}{FIGURES}.{name}{query}",
                "title": spec.titel,
                "description": spec.definition,
                "format": name,
                "mediatype": each.media_type,
                **each.table,
                "schema": schema(result),
            }


def schema(result: ProtectedResult) -> dict[str, Any]:
    """A table schema of the fields; what they count is the indicator's."""
    own_words = {
        "varde": f"{result.indicator.titel}, {result.indicator.enhet}",
        "taljare": result.indicator.taljare,
        "namnare": result.indicator.namnare,
    }
    return {
        "fields": [
            {
                "name": field.name,
                "type": field.kind,
                "description": own_words.get(field.name) or field.what,
                **({} if field.can_be_null else {"constraints": {"required": True}}),
                **({"constraints": {"enum": [HIDDEN, MISSING]}} if field.name == "skydd" else {}),
            }
            for field in FIELDS
        ],
        "missingValues": [""],
        "primaryKey": list(KEY),
    }
