"""Text to typed rows: all columns converted, ages worked out, and what is not of the län left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.footnotes import number_without_mark
from naravard.base.model import Column, Finding, Source
from naravard.base.numbers import quantity
from naravard.base.units import PERCENT, number_and_unit
from naravard.intake import birth_years, chosen_values, convert, corrections, persons
from naravard.intake.areas import OUTSIDE, UNKNOWN_AREA
from naravard.intake.choices import Choices
from naravard.intake.column_map import ColumnMap
from naravard.intake.convert import ConvertedColumn
from naravard.intake.ids_beside_columns import about_ids_beside_columns
from naravard.intake.labels import labels
from naravard.intake.levels_of_areas import areas_by_level
from naravard.intake.read.body import ROW
from naravard.intake.statistic_rows import without_statistic_rows
from naravard.intake.sum_rows import without_sum_rows
from naravard.intake.table import TextTable

_UNIT_OF_HEADING = re.compile(r"(?:\(|\bi )([^()]{1,20})\)?$", re.IGNORECASE)
"""`Värde (procent)`, `Värde i kr`."""
_OLDEST = 113
"""Nobody in the country has been older."""
_ADULT, _FEW_ZEROS = 18, 5
_ALL_OF_WHAT = "Samtliga, i länet eller i riket"
"""What a row is called that says all of kommuner and of regions, and is read as none."""


def typed_rows(
    text: TextTable, source: Source, columns: ColumnMap, choices: Choices, measuring_day: date
) -> tuple[pa.Table, list[Finding]]:
    """Typed rows, sum rows and those outside the län left out. A column that the file lacks is there, and empty."""
    texts = {name: text.column(position) for name, position in columns.positions.items()}
    texts |= _areas_from_names(text, source, columns)
    texts |= {name: areas_by_level(text, columns, texts[name]) for name in texts if _is_open_area(source, name)}
    labels_by_name = {name: text.headings.label(columns.positions[name]) for name in texts}
    texts, labels_by_name = _with_labels(text, source, columns, texts, labels_by_name)
    texts, labels_by_name = _with_unit(source, choices, texts, labels_by_name)
    row_numbers, texts, findings = without_statistic_rows(source, text.row_numbers, texts, labels_by_name)
    row_numbers, texts, about_sums = without_sum_rows(text, source, row_numbers, texts)
    texts, row_numbers, about_choices = chosen_values.apply(
        texts, row_numbers, labels_by_name, choices.values, corrections.of_source(source.id)
    )
    findings = [*findings, *about_sums, *about_choices]
    findings += about_ids_beside_columns(texts, labels_by_name, measuring_day.year)
    texts, labels_by_name = birth_years.in_column_of_its_own(texts, labels_by_name, source.columns_by_name)
    reader = _ColumnReader(text, source, columns, choices, row_numbers)
    arrays: dict[str, pa.Array] = {ROW: row_numbers}
    birth_dates: pa.Array | None = None
    for column in source.columns:
        heading = labels_by_name.get(column.name, "")
        column_texts = texts.pop(column.name, None)
        if column.kind == "birth_year" and column_texts is not None:
            column_texts, about_years = birth_years.short_years(column_texts, row_numbers, heading)
            findings += about_years
        if column.kind != "person":
            values = reader.values(column, heading, column_texts)
            arrays |= values.arrays(column.name)
            findings += values.findings
        elif column_texts is not None:
            ids = persons.read_ids(column_texts, row_numbers, heading, measuring_day.year)
            arrays[column.name], birth_dates = ids.number, ids.birth_dates
            findings += ids.findings
    table, about_ages = _with_ages(
        pa.table(arrays), source, birth_dates, measuring_day, labels_by_name.get(birth_years.NAME, "")
    )
    table, about_areas = _without_other_areas(table, source, settings.lan_kod())
    return table, [*findings, *about_ages, *_about_unlikely_ages(table, source), *about_areas]


def _with_labels(
    text: TextTable, source: Source, columns: ColumnMap, texts: chosen_values.Texts, labels_by_name: dict[str, str]
) -> tuple[chosen_values.Texts, dict[str, str]]:
    """The columns and their headings with what else tells the rows apart, which goes with a row that is left out."""
    names = [column.name for column in source.columns if column.otherwise == "ovriga"]
    own = {name: labels(text, source, columns) for name in names if name not in texts}
    return {**texts, **own}, {**labels_by_name, **dict.fromkeys(own, "")}


def _with_unit(
    source: Source, choices: Choices, texts: chosen_values.Texts, labels_by_name: dict[str, str]
) -> tuple[chosen_values.Texts, dict[str, str]]:
    """The unit that stands behind each value, where nothing else says another: `23,5 %`, `1 234 kr`."""
    values = texts.get("varde")
    if values is None or "enhet" not in source.columns_by_name:
        return texts, labels_by_name
    cells = [number_without_mark(cell.strip()) for cell in values.dictionary.to_pylist()]
    pairs = [number_and_unit(cell) for cell in cells]
    has_all = all(pair or not any(map(str.isdigit, cell)) for cell, pair in zip(cells, pairs, strict=True))
    # 0,95 among values in per cent is asked about as it is
    units = [pair[1] if pair and (has_all or pair[1] != PERCENT) else "" for pair in pairs]
    of_heading = _UNIT_OF_HEADING.search(labels_by_name.get("varde", ""))
    heading_unit = number_and_unit(f"1 {of_heading[1]}") if of_heading else None
    if heading_unit and not any(units) and "enhet" not in texts and "enhet" not in choices.constants:
        of_rows = _repeat(heading_unit[1], len(values))
        return {**texts, "enhet": of_rows}, {**labels_by_name, "enhet": ""}
    given_units = set(texts["enhet"].dictionary.to_pylist()) if "enhet" in texts else {choices.constants.get("enhet")}
    given_units -= {None, ""}
    if not any(units) or not given_units.issuperset(set(units) - {"", PERCENT} if given_units else ()):
        return texts, labels_by_name
    numbers = [
        pair[0] if pair and pair[1] != PERCENT else cell
        for cell, pair in zip(values.dictionary.to_pylist(), pairs, strict=True)
    ]
    texts = {**texts, "varde": pa.DictionaryArray.from_arrays(values.indices, pa.array(numbers, pa.string()))}
    if given_units:
        return texts, labels_by_name
    of_rows = pa.DictionaryArray.from_arrays(values.indices, pa.array(units, pa.string()))
    return {**texts, "enhet": of_rows.cast(pa.string()).dictionary_encode()}, {**labels_by_name, "enhet": ""}


def _areas_from_names(text: TextTable, source: Source, columns: ColumnMap) -> dict[str, pa.DictionaryArray]:
    """An area that another column names: where its code is empty, as riket's in SCB's tables, or where it says all.

    `08 Kalmar län;Samtliga` is the län, and `Samtliga;Samtliga` beside it the country.
    """
    filled_in = {}
    for column in source.columns:
        if column.kind != "area" or column.name not in columns.positions or source.has_persons:
            continue
        areas = text.column(columns.positions[column.name]).cast(pa.string())
        is_empty = pc.equal(pc.utf8_trim_whitespace(areas), "")
        is_all = pc.is_in(areas, value_set=pa.array(list(filter(_is_all, pc.unique(areas).to_pylist())), pa.string()))
        for position in columns.unused_positions:
            names = text.column(position).cast(pa.string())
            if pc.any(is_all).as_py() and _are_regions(pc.unique(names).to_pylist()):
                filled_in[column.name] = pc.if_else(
                    is_all, _of_regions(names, is_all, source), areas
                ).dictionary_encode()
                break
            if pc.any(is_empty).as_py() and _are_areas(pc.unique(names.filter(is_empty)).to_pylist()):
                filled_in[column.name] = pc.if_else(is_empty, names, areas).dictionary_encode()
                break
    return filled_in


def _is_open_area(source: Source, name: str) -> bool:
    return source.columns_by_name[name].kind == "area" and source.cumulative


def _is_all(text: str) -> bool:
    return kommuner.is_sum_of_unnamed(text, settings.lan_kod())


def _are_areas(names: Sequence[str]) -> bool:
    return all(kommuner.resolve(name, settings.lan_kod()) for name in names)


def _region_of(name: str) -> str | None:
    """The code of the region, or the country, that a name is in a column of regions."""
    return kommuner.resolve_region(name) or kommuner.resolve(name, "")


def _are_regions(names: Sequence[str]) -> bool:
    """Whether all names are of a region, the country or a sum of them, and one of a region at least."""
    codes = {_region_of(name) for name in names if not _is_all(name)}
    return bool(codes - {kommuner.RIKET}) and all(code and len(code) == 2 for code in codes)


def _of_regions(names: pa.Array, is_all: pa.Array, source: Source) -> pa.Array:
    """The regions that names are. One that says all is the country beside a row for all of a region, else unknown."""
    encoded = names.dictionary_encode()
    spellings = encoded.dictionary.to_pylist()
    has_region = not all(map(_is_all, pc.unique(names.filter(is_all)).to_pylist()))
    all_of_all = kommuner.RIKET if has_region else _ALL_OF_WHAT
    of_sums = spellings if "riket" not in source.areas else [all_of_all] * len(spellings)
    codes = [of_sum if _is_all(name) else _region_of(name) for name, of_sum in zip(spellings, of_sums, strict=True)]
    return pa.array(codes, pa.string()).take(encoded.indices)


@dataclass(frozen=True)
class _ColumnReader:
    """What all columns of a file are read with."""

    text: TextTable
    source: Source
    columns: ColumnMap
    choices: Choices
    row_numbers: pa.Array

    def values(self, column: Column, heading: str, texts: pa.DictionaryArray | None) -> ConvertedColumn:
        """A column as values."""
        return self._convert(column, heading, self._outside_table(column) if texts is None else texts)

    def _outside_table(self, column: Column) -> pa.DictionaryArray:
        """What a column that the file lacks is on each row: given, or around the table."""
        text = self.choices.constants.get(column.name) or self._text_around_table(column)
        return _repeat(text, len(self.row_numbers))

    def _text_around_table(self, column: Column) -> str:
        """What stands above or below the table for a column that it lacks; not above it where the rows have names."""
        name = self.source.one_of[0] if column.otherwise == "rubrik" and self.source.one_of else ""
        if name in self.columns.positions:
            names = self.text.column(self.columns.positions[name]).dictionary.to_pylist()
            if any(" " in name.strip() for name in names):
                return ""
        return {"rubrik": self.text.title, "kalla": self.text.origin}.get(column.otherwise, "")

    def _convert(self, column: Column, heading: str, texts: pa.DictionaryArray) -> ConvertedColumn:
        return convert.convert(texts, self.row_numbers, column, heading, self.source, settings.lan_kod())


def _repeat(text: str, count: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int32()), count), pa.array([text]))


def _with_ages(
    table: pa.Table, source: Source, birth_dates: pa.Array | None, measuring_day: date, heading: str
) -> tuple[pa.Table, list[Finding]]:
    """Ages where the file has none: from the date of birth, else from the id, else from the year of birth."""
    if "alder" not in table.column_names or not source.has_persons:
        return table, []
    age = table["alder"].combine_chunks()
    if not age.null_count:
        return table, []
    day = measuring_day.year * 10_000 + measuring_day.month * 100 + measuring_day.day
    findings = []
    for name, dates in (("födelsedatum", _dates_of_birth(table)), ("person-id", birth_dates)):
        missing_count = age.null_count
        if dates is None or not missing_count:
            continue
        age = pc.coalesce(age, persons.ages(dates, day))
        if age.null_count < missing_count:
            rows = quantity(missing_count - age.null_count, "rad", "rader")
            what = f"åldern är räknad ur {name} till den {measuring_day} på {rows}"
            findings.append(Finding(Level.NOTE, FindingCode.AGE_COMPUTED, what))
    age, about_years = birth_years.with_ages(table, age, source.columns_by_name["alder"], measuring_day, heading)
    return table.set_column(table.column_names.index("alder"), "alder", age), [*findings, *about_years]


def _about_unlikely_ages(table: pa.Table, source: Source) -> list[Finding]:
    """Ages that nobody has, and 0 where there are hardly any children: what a system writes for one that lacks."""
    if "alder" not in table.column_names or not source.has_persons:
        return []
    age = table["alder"]
    old_count, zero_count, child_count = (
        pc.sum(hits).as_py() or 0
        for hits in (
            pc.greater(age, _OLDEST),
            pc.equal(age, 0),
            pc.and_(pc.greater(age, 0), pc.less(age, _ADULT)),
        )
    )
    findings = []
    if old_count:
        findings.append(f"åldern är över {_OLDEST} år på {quantity(old_count, 'rad', 'rader')}")
    if zero_count >= _FEW_ZEROS and zero_count > child_count:
        findings.append(f"åldern är 0 på {quantity(zero_count, 'rad', 'rader')}, fast få är barn")
    action = "Kontrollera att åldern inte saknas där"
    return [Finding(Level.WARNING, FindingCode.AGE_UNLIKELY, what, action=action) for what in findings]


def _dates_of_birth(table: pa.Table) -> pa.Array | None:
    """The dates of birth that stand in a column of their own, as YYYYMMDD."""
    if "fodelsedatum" not in table.column_names:
        return None
    dates = table["fodelsedatum"].combine_chunks()
    months = pc.add(pc.multiply(pc.year(dates), 100), pc.month(dates))
    return pc.cast(pc.add(pc.multiply(months, 100), pc.day(dates)), pa.int32())


def _without_other_areas(table: pa.Table, source: Source, lan: str) -> tuple[pa.Table, list[Finding]]:
    """The rows for areas that are shown: without those of other kommuner."""
    findings = []
    for name in (column.name for column in source.columns if column.kind == "area"):
        for mark, finding in _about_areas(source, lan).items():
            is_left_out = pc.fill_null(pc.equal(table[name], mark), False)
            if pc.any(is_left_out).as_py():
                rows = table.filter(is_left_out)
                if finding is not None:
                    findings.append(replace(finding, row=pc.min(rows[ROW]).as_py(), count=rows.num_rows))
                table = table.filter(pc.invert(is_left_out))
    return table, findings


def _about_areas(source: Source, lan: str) -> dict[str, Finding | None]:
    """The mark of areas that are left out → what is said of their rows, None where it has been said."""
    level = Level.WARNING if source.has_persons else Level.NOTE
    outside = f"området ligger utanför {kommuner.lan_name(lan)} och räknas inte"
    return {
        OUTSIDE: Finding(level, FindingCode.KOMMUN_OUTSIDE_LAN, outside, "kommunerna i länet"),
        UNKNOWN_AREA: None,
    }
