"""JSON files: json-stat, old and new, and JSON as PxWeb gives them, and the answers of Kolada's API."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.base.model import Finding
from naravard.intake.read.cube import RowsSheet, Variable, cube
from naravard.intake.read.preliminary import about_preliminary
from naravard.intake.read.refusals import damaged_cube_error

_KOLADA = ("kpi", "municipality", "period", "gender", "value")
_KOLADA_NAMED = (*_KOLADA, "title", "källa")
_OTHER_PAGES = ("next_url", "next_page", "previous_url", "previous_page", "@odata.nextLink", "nextLink", "next")
_PRELIMINARY = "p"
_NONE_AT_ALL, _HIDDEN = "-", ".."
_NO_VALUES = {"..", ".", "..."}
"""What a status says where there is no value, whatever number stands in its place."""
_HIDDEN_BY_KOLADA = {"private", "hidden", "secret"}
"""What Kolada's `status` says where its owner has a value and does not show it."""


def open_json(content: bytes, filename: str) -> RowsSheet:
    """The table of a file. Raises UserError for JSON of another kind."""
    try:
        answer = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise damaged_cube_error(filename) from None
    try:
        if isinstance(answer, Mapping) and answer.get("class") == "dataset" and "dimension" in answer:
            return _json_stat(answer, filename)
        if isinstance(answer, Mapping) and isinstance(answer.get("dataset"), Mapping):
            return _json_stat(_in_new_form(answer["dataset"]), filename)
        if isinstance(answer, Mapping) and "columns" in answer and "data" in answer:
            return _pxweb(answer, filename)
        records = answer.get("values") if isinstance(answer, Mapping) else answer
        if isinstance(records, Sequence) and records and all(isinstance(r, Mapping) and "kpi" in r for r in records):
            return _kolada(records, answer, filename)
        if (flat := _flat_records(answer)) is not None:
            return RowsSheet(flat, filename, findings=_about_other_pages(answer))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise damaged_cube_error(filename) from None
    raise UserError(
        f"Filen {filename} är JSON, men varken json-stat (SCB) eller svar från Koladas API. Spara tabellen som CSV "
        "eller Excel (.xlsx)."
    )


def _flat_records(answer: object) -> list[list[str]] | None:
    """The headings and rows of a list of records with a plain value for each name, as most programs write a table."""
    if isinstance(answer, Mapping):
        lists = [value for value in answer.values() if isinstance(value, list)]
        answer = lists[0] if len(lists) == 1 else None
    if not isinstance(answer, list) or not answer or not all(isinstance(record, Mapping) for record in answer):
        return None
    names = list(dict.fromkeys(str(name) for record in answer for name in record))
    rows = [[record.get(name) for name in names] for record in answer]
    if any(isinstance(cell, list | Mapping) for row in rows for cell in row):
        return None
    return [names, *([_number(cell) or ("" if cell is None else str(cell)) for cell in row] for row in rows)]


def _in_new_form(dataset: Mapping[str, Any]) -> Mapping[str, Any]:
    """A dataset of json-stat 1, which has the order and the roles of its variables among them."""
    dimension = dataset["dimension"]
    return {**dataset, "id": dimension["id"], "role": dimension.get("role", {})}


def _pxweb(answer: Mapping[str, Any], filename: str) -> RowsSheet:
    """PxWeb's own JSON: a row with the codes of its variables, and its values."""
    rows = [[str(cell) for cell in (*record["key"], *record["values"])] for record in answer["data"]]
    headings = [str(column["text"]) for column in answer["columns"]]
    if any(len(row) != len(headings) for row in rows):
        raise ValueError
    return RowsSheet([headings, *rows], filename)


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
        sign = _status_of(status, i)
        texts.append(sign if sign in _NO_VALUES else _number(value) or sign or _HIDDEN)
    label, unit = str(dataset.get("label", "")), _unit(dataset)
    signs = status.values() if isinstance(status, Mapping) else [status] if isinstance(status, str) else status
    notes = [*map(str, dataset.get("note", ())), *("prel." for sign in signs if sign == _PRELIMINARY)]
    about = about_preliminary(notes)
    return cube(variables, texts, contents=label, title=label, unit=unit, filename=filename, findings=about)


def _status_of(status: object, place: int) -> str:
    """The status of a value: json-stat has one for all, a list, or those that differ by their places."""
    if isinstance(status, str):
        return status
    own = status.get(f"{place}") if isinstance(status, Mapping) else None
    if isinstance(status, Sequence) and place < len(status):
        own = status[place]
    return str(own) if own else ""


def _unit(dataset: Mapping[str, Any]) -> str:
    """The unit of a table of one measure; empty where there are several."""
    dimensions = (each for each in dataset["dimension"].values() if isinstance(each, Mapping))
    categories = (dimension.get("category", {}) for dimension in dimensions)
    bases = [unit.get("base", "") for category in categories for unit in category.get("unit", {}).values()]
    return str(bases[0]) if len(bases) == 1 else ""


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


def _kolada(records: Sequence[Mapping[str, Any]], answer: object, filename: str) -> RowsSheet:
    """A row per value; with the names of the nyckeltal where the answer has them too."""
    rows, findings = _kolada_rows(records), _about_other_pages(answer)
    kpis = answer.get("kpi") if isinstance(answer, Mapping) else None
    if not kpis:
        return RowsSheet([list(_KOLADA), *rows], filename, findings=findings)
    titles = {str(kpi["id"]): str(kpi["title"]) for kpi in kpis}
    rows_with_names = [[*row, titles.get(row[0], row[0]), f"Kolada {row[0]}"] for row in rows]
    return RowsSheet([list(_KOLADA_NAMED), *rows_with_names], filename, findings=findings)


def _about_other_pages(answer: object) -> tuple[Finding, ...]:
    """That an answer is one page of several: the other kommuner or years are not in it."""
    if not isinstance(answer, Mapping) or not any(answer.get(name) for name in _OTHER_PAGES):
        return ()
    what, action = "svaret har fler sidor, och filen är en av dem", "Hämta alla sidor, eller färre kommuner"
    return (Finding(Level.WARNING, FindingCode.OTHER_SHEETS, what, "alla sidor", action),)


def _kolada_rows(records: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    rows = []
    for record in records:
        for value in record.get("values", [record]):
            cells = {**record, **value}
            texts = [str(cells.get(name, "")) for name in _KOLADA[:-1]]
            rows.append([*texts, _kolada_value(cells)])
    return rows


def _kolada_value(cells: Mapping[str, Any]) -> str:
    """The value, or the sign of why there is none: what has been deleted or is missing is not hidden."""
    if cells.get("isdeleted"):
        return _NONE_AT_ALL
    is_hidden = str(cells.get("status") or "").casefold() in _HIDDEN_BY_KOLADA
    return _HIDDEN if is_hidden else _number(cells.get("value")) or _NONE_AT_ALL


def _number(value: object) -> str:
    """A number as text, empty for none. JSON's NaN and Infinity are none."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not isfinite(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(value)
