"""What the API gives, read as programs read it: rows with their kinds, and all of it as text to be searched."""

import csv
import io
import json
from datetime import date
from typing import Any

import pyarrow.parquet as pq

from naravard.api import catalogue, formats, packages
from naravard.api.fields import FIELDS
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader


def rows_of(content: bytes, name: str) -> list[dict[str, Any]]:
    """The rows of an answer in any format, each value as the program that reads it has it."""
    if name == "json":
        return [_with_days(row) for row in json.loads(content)["rader"]]
    if name == "parquet":
        rows: list[dict[str, Any]] = pq.read_table(io.BytesIO(content)).to_pylist()
        return rows
    return [
        {field.name: _read(line[field.name], field.kind) for field in FIELDS}
        for line in csv.DictReader(io.StringIO(content.decode(), newline=""))
    ]


def everything_for_programs(result: ProtectedResult, reader: Reader | None = None) -> dict[str, str]:
    """All that programs get of a result, in each format, and of what describes it."""
    texts = {f"api {name}": text_of(formats.write(result, name), name) for name in formats.formats()}
    texts["api schema"] = json.dumps(packages.schema(result))
    if reader is not None:
        entry = catalogue.entry(result.indicator, reader, is_example=result.is_example)
        texts["api catalogue"] = json.dumps(entry, ensure_ascii=False)
    return texts


def text_of(content: bytes, name: str) -> str:
    """All that is in an answer, as text: of a file that is packed its rows, what it says of its columns, and itself."""
    if formats.formats()[name].is_text:
        return content.decode()
    file = pq.ParquetFile(io.BytesIO(content))
    groups = [file.metadata.row_group(i).to_dict() for i in range(file.metadata.num_row_groups)]
    metadata = {key.decode(): value.decode() for key, value in file.schema_arrow.metadata.items()}
    return f"{rows_of(content, name)} {metadata} {groups} {file.schema_arrow}"


def _with_days(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **{n: date.fromisoformat(row[n]) if row[n] else None for n in ("fran", "till")}}


def _read(text: str, kind: str) -> Any:
    read = {"integer": int, "number": float, "boolean": "true".__eq__, "date": date.fromisoformat}.get(kind, str)
    return read(text) if text else None
