"""JSON files: json-stat2, as PxWeb gives it, and the answers of Kolada's API."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from naravard.base.errors import UserError
from naravard.intake.read.cube import RowsSheet, Variable, cube
from naravard.intake.read.refusals import damaged_cube_error

_KOLADA = ("kpi", "municipality", "period", "gender", "value")
_MISSING = ".."


def open_json(content: bytes, filename: str) -> RowsSheet:
    """The table of a file. Raises UserError for JSON of another kind."""
    try:
        answer = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise damaged_cube_error(filename) from None
    try:
        if isinstance(answer, Mapping) and answer.get("class") == "dataset" and "dimension" in answer:
            return _json_stat(answer, filename)
        records = answer.get("values") if isinstance(answer, Mapping) else answer
        if isinstance(records, Sequence) and records and all(isinstance(r, Mapping) and "kpi" in r for r in records):
            return RowsSheet([list(_KOLADA), *_kolada_rows(records)], filename)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise damaged_cube_error(filename) from None
    raise UserError(
        f"Filen {filename} är JSON, men varken json-stat2 (SCB) eller svar från Koladas API. Spara tabellen som CSV "
        "eller Excel (.xlsx)."
    )


def _json_stat(dataset: Mapping[str, Any], filename: str) -> RowsSheet:
    names = list(dataset["id"])
    variables = [_variable(name, dataset["dimension"][name], dataset) for name in names]
    size = 1
    for variable in variables:
        size *= len(variable.values)
    values, status = dataset["value"], dataset.get("status") or {}
    texts = []
    for i in range(size):
        value = values.get(f"{i}") if isinstance(values, Mapping) else values[i]
        sign = status.get(f"{i}") if isinstance(status, Mapping) else None
        texts.append(_number(value) or (str(sign) if sign else _MISSING))
    label = str(dataset.get("label", ""))
    return cube(variables, texts, contents=label, title=label, unit="", filename=filename)


def _variable(name: str, dimension: Mapping[str, Any], dataset: Mapping[str, Any]) -> Variable:
    category = dimension["category"]
    labels, index = category.get("label", {}), category.get("index")
    codes = (
        list(labels)
        if index is None
        else sorted(index, key=lambda code: int(index[code]))
        if isinstance(index, Mapping)
        else list(index)
    )
    is_area = name.casefold() in {"region", "kommun"} or name in dataset.get("role", {}).get("geo", [])
    values = []
    for code in codes:
        label = str(labels.get(code, code))
        values.append(f"{code} {label}" if is_area and not label.startswith(code) else label)
    return Variable(str(dimension.get("label", name)), tuple(values))


def _kolada_rows(records: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    rows = []
    for record in records:
        for value in record.get("values", [record]):
            cells = {**record, **value}
            texts = [str(cells.get(name, "")) for name in _KOLADA[:-1]]
            rows.append([*texts, _number(cells.get("value")) or ("" if not cells.get("status") else _MISSING)])
    return rows


def _number(value: object) -> str:
    """A number as text, empty for none. JSON's NaN and Infinity are none."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not isfinite(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(value)
