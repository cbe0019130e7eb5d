"""A table with a column for each measure (Folkhälsomyndigheten, SKR, Skolverket), as one row for each value."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa

from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding, Source
from naravard.base.numbers import enumeration
from naravard.intake.column_map import Headings, map_columns
from naravard.intake.read.body import ROW

_NUMBER = re.compile(r"[-\u2212~<]?\s?\d[\d\s\u00a0\u202f]*(?:[.,]\d+)?\s?%?")
_SIGNS = {"..", ".", "-", "–", "x", "*", "", "null", "na"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOSTLY = 0.7
_MOST_NAMES = 4
_VALUE, _NAME, _PART = "värde", "titel", "delmått"


def measure_positions(headings: Headings, cells: Sequence[Sequence[str]], source: Source) -> list[int]:
    """The columns of numbers that are not the source's own; none where it has a column for its values already."""
    column_map = map_columns(headings, source, cells=cells)
    if not source.one_of or _VALUE in headings.whole or "varde" in column_map.positions:
        return []
    return [i for i in column_map.unused_positions if headings.whole[i] and _is_measure([row[i] for row in cells])]


def measures_as_rows(
    headings: Headings, table: pa.Table, positions: Sequence[int], source: Source
) -> tuple[Headings, pa.Table]:
    """One row for each row and measure: the other columns, then the value and what it is (unpivot)."""
    others = [i for i in range(len(headings.whole)) if i not in positions]
    has_name = any(name in map_columns(headings, source).positions for name in source.one_of)
    blocks = []
    for position in positions:
        columns = [table[f"k{i}"].cast(pa.string()) for i in others]
        name = pa.repeat(headings.whole[position], table.num_rows)
        columns += [table[f"k{position}"].cast(pa.string()), pa.chunked_array([name])]
        blocks.append(pa.table({**{f"k{i}": column for i, column in enumerate(columns)}, ROW: table[ROW]}))
    long_table = pa.concat_tables(blocks)
    encoded = {
        name: long_table[name] if name == ROW else long_table[name].combine_chunks().dictionary_encode()
        for name in long_table.column_names
    }
    new_headings = (_VALUE, _PART if has_name else _NAME)
    return Headings(
        (*(headings.whole[i] for i in others), *new_headings), (*(headings.last[i] for i in others), *new_headings)
    ), pa.table(encoded)


def about_measures(headings: Headings, positions: Sequence[int]) -> Finding:
    """That each column of numbers is a nyckeltal of its own."""
    names = [f"”{headings.whole[i]}”" for i in positions]
    rest = len(names) - _MOST_NAMES
    listing = enumeration([*names[:_MOST_NAMES], *([f"{rest} till"] if rest > 0 else [])])
    return Finding(Level.NOTE, FindingCode.MEASURES_AS_ROWS, f"varje kolumn med tal läses som ett nyckeltal: {listing}")


def _is_measure(cells: Sequence[str]) -> bool:
    texts = [text for cell in cells if (text := cell.strip()).casefold() not in _SIGNS]
    numbers = [text for text in texts if _NUMBER.fullmatch(text)]
    years = [text for text in numbers if _YEAR.fullmatch(text)]
    codes = [
        text for text in numbers if len(text) == 4 and text.isdigit() and kommuner.resolve(text, settings.lan_kod())
    ]
    return bool(texts) and len(numbers) >= _MOSTLY * len(texts) and max(len(years), len(codes)) < _MOSTLY * len(texts)
