"""The API as OpenAPI 3.1, out of the list of its operations. Each example is the answer of the operation itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from naravard import __version__
from naravard.access.problems import API, MEDIA_TYPE, TITLES
from naravard.api import schemas
from naravard.api.formats.json import as_json
from naravard.api.operations import operations
from naravard.api.questions import Parameter, Question, everywhere
from naravard.api.resources import JSON, Answer, Operation
from naravard.base import kommuner, settings
from naravard.base.errors import UserError
from naravard.figures import indicators

_PREFERRED = "sabo_andel_primarvard"
_PROBLEMS = (400, 401, 403, 404, 405, 410, 429, 500)
_SCHEMAS = {
    "Katalog": schemas.CATALOGUE,
    "Indikator": schemas.ENTRY,
    "Siffror": schemas.RESULT,
    "Datapaket": schemas.PACKAGE,
    "Fel": schemas.PROBLEM,
}
_INDIKATOR = re.compile(r"\{indikator\}")


def answer(question: Question) -> Answer:
    """The whole description, with examples out of the version that is asked for."""
    example = _example_indicator(question)
    content = {
        "openapi": "3.1.0",
        "info": {
            "title": "Nära vård i siffror",
            "version": __version__,
            "description": (
                "Publicerade siffror, skyddade så som på sidorna. Dolda tal är null, och `skydd` säger varför. "
                f"Så används det i Excel, Power BI, Python och R: {API}. Adresserna går bara att läsa, och svarar "
                "inte sidor på andra adresser (inga CORS-huvuden)."
            ),
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"nyckel": []}],
        "paths": {f"{API}{each.path}": _path(each, question, example) for each in operations()},
        "components": {
            "schemas": _SCHEMAS,
            "securitySchemes": {
                "nyckel": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "En nyckel från sidan Program och API. Behövs där man loggar in för att läsa.",
                }
            },
            "responses": {f"Fel{status}": _problem(status) for status in _PROBLEMS},
        },
    }
    return Answer(as_json(content))


def _example_indicator(question: Question) -> str:
    """One that has figures, so that its examples have rows."""
    names = [_PREFERRED, *indicators.registry()]
    return next((name for name in names if name in indicators.registry() and _has_rows(question, name)), names[-1])


def _has_rows(question: Question, indicator_id: str) -> bool:
    try:
        return bool(question.reader.read(indicator_id).rows)
    except UserError:
        return False


def _path(operation: Operation, question: Question, example: str) -> dict[str, Any]:
    own_parameters = [_indikator(example)] if _INDIKATOR.search(operation.path) else []
    statuses = {str(status): {"$ref": f"#/components/responses/Fel{status}"} for status in _PROBLEMS}
    return {
        "get": {
            "operationId": operation.name,
            "summary": operation.what,
            "description": operation.description,
            "parameters": [
                *own_parameters,
                *(_parameter(each, question) for each in (*operation.parameters, *everywhere())),
            ],
            "responses": {
                "200": _success(operation, question, example),
                "304": {"description": "Samma som förut: svarets ETag stod i If-None-Match.", "headers": _HEADERS},
                **statuses,
            },
        }
    }


_HEADERS = {"ETag": {"description": "Byts när svaret är ett annat.", "schema": {"type": "string"}}}


def _success(operation: Operation, question: Question, example: str) -> dict[str, Any]:
    schema = next(({"$ref": f"#/components/schemas/{n}"} for n, s in _SCHEMAS.items() if s is operation.schema), None)
    content: dict[str, Any] = {"schema": schema} if schema else {}
    content["examples"] = dict(_examples(operation, question, example))
    return {"description": operation.what, "headers": _HEADERS, "content": {operation.media_type: content}}


def _examples(operation: Operation, question: Question, example: str) -> Iterator[tuple[str, Any]]:
    """Answers that are short stand in the description, the others at their addresses."""
    path = _INDIKATOR.sub(example, f"{API}{operation.path}")
    if not operation.examples or operation.is_example:  # EXEMPELDATA may have to be built first
        yield "hela", {"externalValue": path}
        return
    kommun = kommuner.in_lan(settings.lan_kod())[0].kod
    for name, form in operation.examples.items():
        query = form.format(kommun=kommun)
        values = example_values(operation, query)
        case = replace(question, path=path, indikator=example, values=values)
        content = operation.work(case).content.decode()
        address = f"{path}?{query}" if query else path
        value = json.loads(content) if operation.media_type == JSON else content
        yield name, {"summary": address, "value": value}


def example_values(operation: Operation, query: str) -> dict[str, Any]:
    """The values of an example's query, read as those of a request."""
    by_name = {parameter.name: parameter for parameter in operation.parameters}
    values = {}
    for name, text in parse_qsl(query):
        value = by_name[name].read(text)
        values[name] = (value,) if by_name[name].repeats else value
    return values


def _indikator(example: str) -> dict[str, Any]:
    return {
        "name": "indikator",
        "in": "path",
        "required": True,
        "description": "Indikatorns id, se katalogen.",
        "schema": {"type": "string", "enum": list(indicators.registry())},
        "example": example,
    }


def _parameter(parameter: Parameter, question: Question) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.what,
        "schema": parameter.schema(question),
        **({"style": "form", "explode": True} if parameter.repeats else {}),
    }


def _problem(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Fel"}
    return {"description": TITLES[status], "content": {MEDIA_TYPE: {"schema": schema}}}
