"""SCB: inhabitants and their projection from PxWebApi 2, as json-stat2.

What may be chosen, and how much at a time, the server says itself (`/config`, `/tables/{id}/metadata`). Areas are
asked for some at a time: the first variable of a table varies slowest, so that answers are put after each other.
The description of the API: https://www.scb.se/api/
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

from naravard.base import clock, kommuner, settings
from naravard.base.errors import UserError
from naravard.base.kommuner import RIKET
from naravard.base.model import Remark
from naravard.fetch import FetchedFile, OpenSource, Step, Wish
from naravard.intake.choices import Choices

if TYPE_CHECKING:
    from naravard.fetch.client import Client

NOISE_FROM = 2025
"""From this year SCB adds a small random error to each cell (CKM), so that parts need not add up to their whole."""
LAST_YEAR = 2050
_AREA, _TIME, _CONTENTS = "Region", "Tid", "ContentsCode"
_POPULATION = "Folkmängd"
_WHOLES = ("tot", "totalt", "total", "totalt ålder", "samtliga")
_NOISE = Remark(
    f"Från {NOISE_FROM} lägger SCB till ett litet slumpfel i varje tal för att skydda enskilda. Summor kan därför "
    "skilja något.",
    ("befolkning_80plus",),
)
_OTHER_FORM = "SCB svarar i en annan form än väntat. Tjänsten kan ha ändrats: meddela den som sköter den."


@dataclass(frozen=True)
class Table:
    """A table of SCB: its id, what it is, which areas and which years are asked for."""

    id: str
    title: str
    areas: Callable[[Wish], list[str]]
    years: Callable[[Wish], range]


def _kommuner_and_more(wish: Wish) -> list[str]:
    return [*(kommun.kod for kommun in kommuner.in_lan(wish.lan)), wish.lan, RIKET]


def _coming(wish: Wish) -> range:
    """Years that have not ended: a projection of a year that has been is no count."""
    return range(clock.today().year, LAST_YEAR + 1)


def _past(wish: Wish) -> range:
    return range(wish.first, wish.last + 1)


TABLES = (
    Table("TAB638", "Folkmängd efter ålder och kön, 1968–2024", _kommuner_and_more, _past),
    Table("TAB6574", "Folkmängd efter ålder och kön, från 2010", _kommuner_and_more, _past),
    Table("TAB698", "Befolkningsframskrivning per kommun", lambda wish: _kommuner_and_more(wish)[:-2], _coming),
    Table("TAB6008", "Befolkningsframskrivning för länet", lambda wish: [wish.lan], _coming),
)


def _figures() -> tuple[str, ...]:
    return tuple(f"{table.id} {table.title}" for table in TABLES)


def _fetch(client: Client, wish: Wish, step: Step) -> list[FetchedFile]:
    most_cells = _most_cells(client)
    files = []
    for i, table in enumerate(TABLES):
        step(f"Hämtar {table.title}", i / len(TABLES))
        files += _file(client, table, wish, most_cells)
    if not files:
        raise UserError(f"SCB har ingen folkmängd för åren {wish.first}–{wish.last}. Välj andra år.")
    return files


def _most_cells(client: Client) -> int:
    most = _mapping(client.get("config")).get("maxDataCells")
    if not isinstance(most, int) or most < 1:
        raise UserError(_OTHER_FORM)
    return most


def _file(client: Client, table: Table, wish: Wish, most_cells: int) -> list[FetchedFile]:
    """The table as a file; none where it has no such years or areas."""
    metadata = _mapping(client.get(f"tables/{table.id}/metadata?lang=sv"))
    selection = _selection(metadata, table, wish)
    if not (selection[_AREA] and selection[_TIME]):
        return []
    answers = [_data(client, table, {**selection, _AREA: areas}) for areas in _parts(selection, most_cells)]
    whole = _whole_table(answers)
    years = sorted(selection[_TIME])
    name = f"scb {table.id} {'–'.join(dict.fromkeys((years[0], years[-1])))}.json"
    has_noise = int(years[-1]) >= NOISE_FROM and table.years is _past
    remarks = (_NOISE,) if has_noise else ()
    origin = f"SCB, {table.title[0].lower()}{table.title[1:]} ({table.id})"
    choices = Choices(kalla="befolkning", publicerad=True, ursprung=origin, remarks=remarks)
    return [FetchedFile(name, json.dumps(whole, ensure_ascii=False).encode(), choices)]


def _selection(metadata: Mapping[str, Any], table: Table, wish: Wish) -> dict[str, list[str]]:
    """Codes of each variable that is asked for, areas first; a variable that can be left out is."""
    names = metadata.get("id")
    if not isinstance(names, list) or not {_AREA, _TIME, _CONTENTS} <= set(names) or names[0] != _AREA:
        raise UserError(_OTHER_FORM)
    years = {f"{year}" for year in table.years(wish)}
    selection: dict[str, list[str]] = {}
    for name in names:
        variable = _mapping(_mapping(metadata["dimension"])[name])
        codes = _labels(variable)
        if name == _AREA:
            selection[name] = [kod for kod in table.areas(wish) if kod in codes]
        elif name == _TIME:
            selection[name] = [code for code in codes if code in years]
        elif name == _CONTENTS:
            selection[name] = [
                next((c for c, label in codes.items() if label.startswith(_POPULATION)), next(iter(codes)))
            ]
        elif name in {"Alder", "Kon"}:
            selection[name] = _without_wholes(codes)
        elif not _mapping(variable.get("extension", {})).get("elimination"):
            selection[name] = [next((c for c, text in codes.items() if text.casefold() in _WHOLES), next(iter(codes)))]
    return selection


def _without_wholes(codes: Mapping[str, str]) -> list[str]:
    parts = [
        code for code, label in codes.items() if code.casefold() not in _WHOLES and label.casefold() not in _WHOLES
    ]
    return parts or list(codes)


def _labels(variable: Mapping[str, Any]) -> dict[str, str]:
    """Code → label, in the table's order."""
    category = _mapping(variable.get("category", {}))
    index, labels = category.get("index", {}), _mapping(category.get("label", {}))
    codes = sorted(index, key=index.__getitem__) if isinstance(index, Mapping) else list(index)
    if not codes:
        raise UserError(_OTHER_FORM)
    return {str(code): str(labels.get(code, code)) for code in codes}


def _parts(selection: Mapping[str, Sequence[str]], most_cells: int) -> list[list[str]]:
    """The areas, so many at a time that no answer is larger than the server allows."""
    areas = selection[_AREA]
    cells_per_area = prod(len(codes) for name, codes in selection.items() if name != _AREA)
    if cells_per_area > most_cells:
        raise UserError("SCB ger inte så många år åt gången. Välj färre år.")
    at_once = most_cells // cells_per_area
    return [list(areas[i : i + at_once]) for i in range(0, len(areas), at_once)]


def _data(client: Client, table: Table, selection: Mapping[str, Sequence[str]]) -> Mapping[str, Any]:
    question = {"selection": [{"variableCode": name, "valueCodes": list(codes)} for name, codes in selection.items()]}
    answer = _mapping(client.post(f"tables/{table.id}/data?lang=sv&outputFormat=json-stat2", question))
    size, values = answer.get("size"), answer.get("value")
    is_whole = isinstance(size, list) and isinstance(values, list) and len(values) == prod(size)
    if not is_whole or answer.get("id", [None])[0] != _AREA or set(answer["id"]) != set(answer.get("dimension", {})):
        raise UserError(_OTHER_FORM)
    return answer


def _whole_table(answers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One table out of answers for some areas each, its contents named as what it is: inhabitants."""
    labels = {code: text for answer in answers for code, text in _labels(answer["dimension"][_AREA]).items()}
    values = [value for answer in answers for value in answer["value"]]
    status = _whole_status(answers)
    dimension = {**answers[0]["dimension"], _AREA: _variable("region", labels)}
    if _CONTENTS in dimension:
        code = next(iter(_labels(dimension[_CONTENTS])))
        dimension[_CONTENTS] = _variable("tabellinnehåll", {code: _POPULATION})
    size = [len(labels), *answers[0]["size"][1:]]
    return {**answers[0], "dimension": dimension, "size": size, "value": values, "status": status}


def _whole_status(answers: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    status: dict[str, str] = {}
    before = 0
    for answer in answers:
        status |= {f"{before + int(place)}": sign for place, sign in _mapping(answer.get("status") or {}).items()}
        before += len(answer["value"])
    return status


def _variable(label: str, labels: Mapping[str, str]) -> dict[str, Any]:
    return {"label": label, "category": {"index": {code: i for i, code in enumerate(labels)}, "label": dict(labels)}}


def _mapping(part: Any) -> Mapping[str, Any]:
    """A part of an answer that has to be an object. Raises UserError."""
    if not isinstance(part, Mapping):
        raise UserError(_OTHER_FORM)
    return part


OPEN_SOURCE = OpenSource("scb", 2, "SCB", "befolkning", _figures, settings.scb_url, _fetch, keeps_remarks=False)
