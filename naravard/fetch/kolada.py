"""Kolada (RKA): values per nyckeltal, area and year from its API, version 3.

Only what an indicator shows is asked for: each names its nyckeltal in its own head. An answer has at most 5 000
records and says where the next page is; a list of ids has at most 25 (a longer one is answered by 422).
The description of the API: https://api.kolada.se/v3/docs
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from naravard.base import kommuner, settings
from naravard.base.errors import UserError
from naravard.base.kommuner import RIKET
from naravard.fetch import FetchedFile, OpenSource, Step, Wish
from naravard.figures import indicators
from naravard.intake.choices import Choices

if TYPE_CHECKING:
    from naravard.fetch.client import Client

MOST_IDS = 25
PER_PAGE = 5000
MOST_PAGES = 400
SIMILAR = "Liknande kommuner äldreomsorg"
"""One of Kolada's groups for each kommun and year, as `Liknande kommuner äldreomsorg, Kil, 2024`: RKA chooses them."""
_TITLE_OF_GROUP = re.compile(rf"{SIMILAR}, (?P<kommun>.+), (?P<year>\d{{4}})")
_ORIGIN = "Kolada (RKA)"


def nyckeltal() -> dict[str, str]:
    """Id of each nyckeltal that an indicator shows → what the indicator is called."""
    return {kpi: spec.titel for spec in indicators.registry().values() if (kpi := spec.nyckeltal)}


def _figures() -> tuple[str, ...]:
    return tuple(f"{kpi} {titel}" for kpi, titel in sorted(nyckeltal().items()))


def _fetch(client: Client, wish: Wish, step: Step) -> list[FetchedFile]:
    ids = sorted(nyckeltal())
    step("Frågar efter nyckeltalens namn", 0)
    kpis = [record for some in _batches(ids) for record in _pages(client, f"kpi/{','.join(some)}")]
    _refuse_missing(ids, kpis)
    step("Frågar efter liknande kommuner", 0)
    groups = _similar(_pages(client, f"municipality_groups?title={quote(SIMILAR)}"), wish.lan)
    content = {"values": _values(client, ids, _areas(wish, groups), wish, step), "kpi": kpis}
    name = f"kolada {wish.years_in_name}.json"
    choices = Choices(kalla="nyckeltal", publicerad=True, ursprung=_ORIGIN, remarks=wish.remarks, whole_country=True)
    files = [FetchedFile(name, json.dumps(content, ensure_ascii=False).encode(), choices)]
    return [*files, _file_of_groups(groups)] if groups else files


def _file_of_groups(groups: Sequence[Mapping[str, Any]]) -> FetchedFile:
    """Which kommuner each kommun is compared with, a row per member."""
    rows = [f"{group['kommun']};{group['title']};{kod}" for group in groups for kod in group["members"]]
    year = max(str(group["title"])[-4:] for group in groups)
    choices = Choices(kalla="kommungrupper", matperiod=year, publicerad=True, ursprung=_ORIGIN)
    return FetchedFile("kolada liknande kommuner.csv", "\n".join(["kommun;grupp;medlem", *rows, ""]).encode(), choices)


def _refuse_missing(ids: Sequence[str], kpis: Sequence[Mapping[str, Any]]) -> None:
    missing = sorted(set(ids) - {str(kpi.get("id")) for kpi in kpis})
    if missing:
        raise UserError(f"Kolada har inte längre {', '.join(missing)}. Rätta nyckeltal i indikatorns fil i queries/.")


def _areas(wish: Wish, groups: Sequence[Mapping[str, Any]]) -> list[str]:
    """Kolada's codes of the areas: the län's kommuner, the region, riket, and those that they are compared with."""
    own = [kommun.kod for kommun in kommuner.in_lan(wish.lan)]
    similar = [kod for group in groups for kod in group["members"]]
    others = [kommun.kod for kommun in kommuner.register()] if wish.whole_country else similar
    return list(dict.fromkeys([*own, f"00{wish.lan}", f"00{RIKET}", *others]))


def _values(client: Client, ids: Sequence[str], areas: Sequence[str], wish: Wish, step: Step) -> list[dict[str, Any]]:
    questions = list(product(_batches(ids), _batches(areas), _batches([str(year) for year in wish.years])))
    records: list[dict[str, Any]] = []
    for i, (some_ids, some_areas, years) in enumerate(questions):
        step(f"Hämtar tal, fråga {i + 1} av {len(questions)}", i / len(questions))
        path = f"data/kpi/{','.join(some_ids)}/municipality/{','.join(some_areas)}/year/{','.join(years)}"
        records += [_of_use(record, wish.lan) for record in _pages(client, path)]
    if not records:
        raise UserError(f"Kolada har inga tal för åren {wish.first}–{wish.last}. Välj tidigare år.")
    return records


def _of_use(record: Mapping[str, Any], lan: str) -> dict[str, Any]:
    """One record: of other areas than the län and riket, which are only compared with, both sexes together alone."""
    area = str(record["municipality"])
    is_own = area.startswith(lan) or area in {f"00{lan}", f"00{RIKET}"}
    values = [value for value in record["values"] if is_own or value["gender"] == "T"]
    return {"kpi": record["kpi"], "municipality": area, "period": record["period"], "values": values}


def _similar(groups: Sequence[Mapping[str, Any]], lan: str) -> list[dict[str, Any]]:
    """The newest group of each kommun of the län: its kommun, its title, and codes of its members."""
    own = {kommun.namn: kommun.kod for kommun in kommuner.in_lan(lan)}
    newest: dict[str, tuple[int, dict[str, Any]]] = {}
    for group in groups:
        parts = _TITLE_OF_GROUP.fullmatch(str(group.get("title", "")))
        if parts is None or parts["kommun"] not in own:
            continue
        kod, year = own[parts["kommun"]], int(parts["year"])
        members = [str(member["member_id"]) for member in group["members"]]
        if kod not in newest or year > newest[kod][0]:
            newest[kod] = year, {"kommun": kod, "title": group["title"], "members": members}
    return [group for _, group in newest.values()]


def _batches(names: Sequence[str]) -> list[Sequence[str]]:
    return [names[i : i + MOST_IDS] for i in range(0, len(names), MOST_IDS)]


def _pages(client: Client, path: str) -> list[Mapping[str, Any]]:
    """All records of an answer, page after page. Raises UserError for an answer of another form."""
    records: list[Mapping[str, Any]] = []
    answer = client.get(f"{path}{'&' if '?' in path else '?'}per_page={PER_PAGE}")
    for _ in range(MOST_PAGES):
        records += _records(answer)
        address = answer.get("next_url")
        if not address:
            return records
        answer = client.get_next(str(address))
    raise UserError(f"Kolada svarar med fler än {MOST_PAGES} sidor. Hämta färre år åt gången.")


def _records(answer: Any) -> Iterator[Mapping[str, Any]]:
    values = answer.get("values") if isinstance(answer, Mapping) else None
    if not isinstance(values, list) or not all(_has_form(record) for record in values):
        raise UserError("Kolada svarar i en annan form än väntat. Tjänsten kan ha ändrats: meddela den som sköter den.")
    return iter(values)


def _has_form(record: Any) -> bool:
    """Whether a record is a value, a nyckeltal or a group, with what is used of it."""
    if not isinstance(record, Mapping):
        return False
    if "kpi" in record:
        values = record.get("values")
        has_keys = {"municipality", "period"} <= record.keys()
        return has_keys and isinstance(values, list) and all(isinstance(v, Mapping) and "gender" in v for v in values)
    members = record.get("members", [])
    has_members = isinstance(members, list) and all(isinstance(m, Mapping) and "member_id" in m for m in members)
    return {"id", "title"} <= record.keys() and has_members


OPEN_SOURCE = OpenSource("kolada", 1, "Kolada", "nyckeltal", _figures, settings.kolada_url, _fetch)
