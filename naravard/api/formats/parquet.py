"""Parquet: each field with its kind, described; what the indicator is stands in the metadata of the file."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from naravard.api.fields import FIELDS, Field, rows
from naravard.api.formats import Format
from naravard.api.formats.json import as_json
from naravard.api.sheets import sheet_of
from naravard.figures.gate import ProtectedResult
from naravard.telling.provenance import mark_in_words

_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
METADATA = "naravard"
"""The key of the file's metadata that has what stands beside the rows in JSON."""


def _write(result: ProtectedResult) -> bytes:
    metadata = {METADATA: as_json(sheet_of(result)), **({"markning": mark_in_words(result)} if result.mark else {})}
    schema = pa.schema(map(_field, FIELDS), metadata)
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows(result), schema), file)
    return file.getvalue()


def _field(field: Field) -> pa.Field:
    return pa.field(field.name, _TYPES[field.kind], field.can_be_null, {"beskrivning": field.what})


FORMAT = Format(
    "Parquet",
    "pandas, DuckDB, Arrow, Power BI: varje kolumn med sin typ",
    3,
    "application/vnd.apache.parquet",
    _write,
    table={},
    is_text=False,
)
