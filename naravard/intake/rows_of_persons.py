"""Rows that are persons, in a file that is taken to be open figures: none of them may be stored or shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from naravard import sources
from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import match_key
from naravard.base.mask import has_id_form
from naravard.base.model import Finding, Source
from naravard.base.numbers import enumeration, number
from naravard.intake.heading_words import spellings
from naravard.intake.looks import MOSTLY, cells_below
from naravard.intake.measures import is_measure
from naravard.intake.table import TextTable

_FEWEST_CELLS = 3
_MOST_NAMES = 4
_FEWEST_AREAS, _FEWEST_LABELS = 3, 6
_MOST_ALONE = 0.5
_ORGANISATION = re.compile(r"org", re.IGNORECASE)
"""The number of an organisation has the form of a person's."""
_COMMON = frozenset({"id", "alder", "kon"})
"""Headings that open tables have too."""


def about_rows_of_persons(text: TextTable, source: Source) -> list[Finding]:
    """An error where the columns of the file are those of persons, and the source is for open figures."""
    if not source.open_figures:
        return []
    headings = [*_named_as_persons(text), *_of_ids(text)] or _where_all_numbers_are_persons(text)
    if not headings:
        return []
    names = enumeration([f"”{heading}”" for heading in list(dict.fromkeys(headings))[:_MOST_NAMES]])
    what = f"filen ser ut att ha en rad per person ({names}), och källan är för färdiga, öppna tal"
    of_persons = [f"källan {other.title}" for other in sources.sources().values() if other.has_persons]
    allowed = enumeration(of_persons, "eller")
    action = "Välj källan som personerna kommer från, eller räkna ihop tabellen per kommun först"
    return [Finding(Level.ERROR, FindingCode.ROWS_OF_PERSONS, what, allowed, action)]


def about_names_of_their_own(rows: pa.Table, source: Source) -> list[Finding]:
    """An error where most names stand for one kommun only: then they are no measures, but persons or events."""
    if not source.one_of or source.whole_country:
        return []
    (area,) = (column.name for column in source.columns if column.kind == "area")
    name_columns = [name for name in source.key if name not in {area, "ar", "kon"}]
    of_kommuner = rows.filter(pc.equal(pc.utf8_length(rows[area]), 4)).select([area, *name_columns])
    areas_per_name = of_kommuner.group_by(name_columns).aggregate([(area, "count_distinct")])[f"{area}_count_distinct"]
    alone_count = pc.sum(pc.equal(areas_per_name, 1)).as_py() or 0
    area_count = pc.count_distinct(of_kommuner[area]).as_py()
    if (
        area_count < _FEWEST_AREAS
        or len(areas_per_name) < _FEWEST_LABELS
        or alone_count <= _MOST_ALONE * len(areas_per_name)
    ):
        return []
    what = (
        f"{number(alone_count)} av {number(len(areas_per_name))} namn står bara för en kommun var: raderna ser ut att "
        "vara personer eller händelser, och inte nyckeltal"
    )
    action = "Ta bort kolumnen som skiljer raderna åt, eller välj källan som personerna kommer från"
    return [Finding(Level.ERROR, FindingCode.ROWS_OF_PERSONS, what, "samma nyckeltal för flera kommuner", action)]


def _columns(text: TextTable) -> Iterator[tuple[str, list[str]]]:
    """The headings of the file with their first cells, before any columns became rows."""
    for position, heading in enumerate(text.layout.headings.whole):
        yield heading, cells_below(text.cells_of_file, position)


def _named_as_persons(text: TextTable) -> list[str]:
    names = _headings_of("person", name="fodelsedatum")
    return [heading for heading, _ in _columns(text) if match_key(heading) in names - _COMMON]


def _of_ids(text: TextTable) -> list[str]:
    return [
        heading or "kolumnen utan rubrik"
        for heading, cells in _columns(text)
        if len(cells) >= _FEWEST_CELLS
        and sum(map(has_id_form, cells)) >= MOSTLY * len(cells)
        and not _ORGANISATION.search(heading)
    ]


def _where_all_numbers_are_persons(text: TextTable) -> list[str]:
    """The columns of numbers, where each is what persons have, an age or a level of RUB, and none is a figure."""
    if text.layout.years:
        return []
    headings = [heading for heading, cells in _columns(text) if is_measure(cells)]
    of_persons = _headings_of("person", "integer", "birth_year", "category")
    is_of_persons = [match_key(heading) in of_persons for heading in headings]
    of_numbers = _headings_of("integer")
    has_level = any(match_key(heading) in of_numbers for heading in headings)
    return headings if has_level and all(is_of_persons) else []


def _headings_of(*kinds: str, name: str = "") -> frozenset[str]:
    """All headings of columns of these kinds, or of the one with this name, in sources of persons."""
    return frozenset(
        spelling
        for source in sources.sources().values()
        if source.has_persons
        for column in source.columns
        if column.kind in kinds or column.name == name
        for spelling in spellings(column)
    )
