"""JSON schemas of the answers, as OpenAPI 3.1 has them. An answer has what its schema names, and nothing else."""

from __future__ import annotations

from typing import Any

from naravard.access.problems import TITLES
from naravard.api.catalogue import FIGURES
from naravard.api.fields import FIELDS, Field
from naravard.figures.kinds import kinds

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
YES_OR_NO: Schema = {"type": "boolean"}
DAY: Schema = {"type": ["string", "null"], "format": "date"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_TYPES = {"date": "string"}


def list_of(items: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": items}


def record(properties: dict[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """An object with just these members."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def of_field(field: Field) -> Schema:
    """One field of a row."""
    kind = _TYPES.get(field.kind, field.kind)
    day = {"format": "date"} if field.kind == "date" else {}
    return {"type": [kind, "null"] if field.can_be_null else kind, **day, "description": field.what}


PERIOD = record({"matperiod": TEXT, "fran": DAY, "till": DAY})
ABOUT: dict[str, Schema] = {
    "indikator": TEXT,
    "titel": TEXT,
    "beskrivning": TEXT,
    "tolka_varsamt": TEXT_OR_NULL,
    "slag": {"type": "string", "enum": list(kinds())},
    "enhet": TEXT,
    "riktning": TEXT,
    "taljare": TEXT,
    "namnare": TEXT_OR_NULL,
    "grupper": {"type": "object", "additionalProperties": TEXT},
    "grupper_overlappar": YES_OR_NO,
    "kalla": TEXT,
    "nyckeltal": TEXT_OR_NULL,
}
EXTRACT = record(
    {
        "uttag_id": NUMBER,
        "kalla": TEXT,
        "ursprung": TEXT,
        "fil": TEXT,
        "sha256": TEXT_OR_NULL,
        "matperiod": TEXT,
        "nar": TEXT,
        "publicerad": YES_OR_NO,
    }
)
REMARK = record({"text": TEXT, "kommun_kod": TEXT_OR_NULL, "matperioder": {"type": ["array", "null"], "items": TEXT}})
SHEET: dict[str, Schema] = {
    "exempeldata": YES_OR_NO,
    "preliminar": YES_OR_NO,
    "markning": TEXT_OR_NULL,
    **ABOUT,
    "version": NUMBER,
    "matperiod": TEXT,
    "matperioder": list_of(PERIOD),
    "jamfort_med": TEXT,
    "om_jamforelsen": list_of(TEXT),
    "tecken": {"type": "object", "additionalProperties": TEXT},
    "anmarkningar": list_of(REMARK),
    "ursprung": TEXT,
    "uttag": list_of(EXTRACT),
}
ROW = record({field.name: of_field(field) for field in FIELDS})
RESULT = record({**SHEET, "rader": list_of(ROW)})
_ENTRY: dict[str, Schema] = {
    **ABOUT,
    "exempeldata": YES_OR_NO,
    "visas_inte": TEXT,
    "matperiod": TEXT_OR_NULL,
    "matperioder": list_of(PERIOD),
    "jamforelser": list_of(record({"jamfor": TEXT, "namn": TEXT})),
    "lankar": {"type": "object", "additionalProperties": TEXT, "description": f"också {FIGURES} i varje format"},
}
_NOT_ALWAYS = ("visas_inte", "matperiod", "matperioder", "jamforelser")
ENTRY = record({"version": NUMBER, **_ENTRY}, _NOT_ALWAYS)
CATALOGUE = record(
    {
        "exempeldata": YES_OR_NO,
        "markning": TEXT_OR_NULL,
        "version": NUMBER,
        "indikatorer": list_of(record(_ENTRY, _NOT_ALWAYS)),
    }
)
PACKAGE: Schema = {
    "type": "object",
    "properties": {"$schema": TEXT, "name": TEXT, "resources": {"type": "array", "items": {"type": "object"}}},
    "required": ["$schema", "name", "resources"],
}
PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "type": TEXT,
        "title": {"type": "string", "enum": list(TITLES.values())},
        "status": {"type": "integer", "enum": list(TITLES)},
        "detail": TEXT,
        "parameter": TEXT,
        "varde": TEXT,
        "tillatna": list_of(TEXT),
    },
    "required": ["type", "title", "status", "detail"],
}
