"""A table with a column for each measure (Folkhälsomyndigheten, SKR, Skolverket), as one row for each value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import pyarrow as pa

from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.footnotes import number_without_mark
from naravard.base.kommuner import match_key
from naravard.base.mask import has_id_form
from naravard.base.model import Column, Finding, Source
from naravard.base.numbers import enumeration
from naravard.base.units import number_and_unit
from naravard.intake.age_groups import is_age
from naravard.intake.column_map import WORDS_FOR_ALL, Headings, has_ids, map_columns
from naravard.intake.folding import codes_of, folded_with_signs
from naravard.intake.heading_words import spellings
from naravard.intake.looks import MOSTLY, is_rank
from naravard.intake.read.body import ROW
from naravard.intake.sexes import MEN, WOMEN

_NUMBER = re.compile(r"[-+\u2212~<]?\s?\d[\d\s\u00a0\u202f]*(?:[.,]\d+)?\s?%?")
_SIGNS = {"..", ".", "-", "–", "x", "*", "", "null", "na"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_WOMEN, _MEN = WOMEN | {"k"}, MEN | {"m"}
_SEX = re.compile(
    r"(?:(?:antal|folkmangd|befolkning|varde|value) )?"
    rf"({'|'.join(sorted(_WOMEN | _MEN))}|totalt|total|t|summa|bada konen|samtliga|alla)"
)
_MOST_NAMES = 4
_FEWEST_AGES = _FEWEST_GROUPS = 2
_YES_AND_NO = {"ja", "nej"}
_NOT_KNOWN = "uppgift_saknas"
_OF_NO_MEASURE = re.compile(
    r"(?:månad|manad|vecka|kvartal|tertial|halvår|termin|dag|month|week|quarter|day|rad|nr|id)(?:s?nr|_?(?:nr|nummer|kod|id|no))?"
    r"|\w+[ _-]?(?:kod|code|koder)|\w+[ _-](?:id|nr)|löp-?n(?:umme)?r|radn(?:umme)?r",
    re.IGNORECASE,
)
"""Headings whose numbers are a time, a code or the number of a row."""
_OF_PLACES = re.compile(r"index|unnamed: \d+|x|v1|\.{3}\d+|kolumn ?\d+|column ?\d+|obs|row\.?names?", re.IGNORECASE)
"""What programs call the numbers of their rows: pandas, R, SAS."""
_WITH_AND_WITHOUT = {"med": "ja", "har": "ja", "utan": "nej", "ej": "nej", "saknar": "nej"}
_SHARES = re.compile(r"%|andel|procent", re.IGNORECASE)
_SUM_OF_AGES = WORDS_FOR_ALL | {"alla aldrar", "samtliga aldrar", "totalt alder"}
_EVERY_AGE = "totalt"
_VALUE, _NAME, _PART = "värde", "titel", "delmått"


def measure_positions(headings: Headings, cells: Sequence[Sequence[str]], source: Source) -> list[int]:
    """The columns of numbers that are not the source's own; none where it has a column for its values already."""
    column_map = map_columns(headings, source, cells=cells)
    if not source.one_of or _VALUE in headings.whole or "varde" in column_map.positions:
        return []
    columns = {
        i: [row[i] for row in cells]
        for i in column_map.unused_positions
        if headings.whole[i] and not _OF_NO_MEASURE.fullmatch(headings.whole[i])
    }
    measures = {
        i: column for i, column in columns.items() if is_measure(column) and not is_rank(headings.whole[i], column)
    }
    places = {i for i, column in measures.items() if _OF_PLACES.fullmatch(headings.whole[i]) and _are_running(column)}
    return [i for i in measures if i not in places] or list(measures)


def measures_as_rows(
    headings: Headings, table: pa.Table, cells: Sequence[Sequence[str]], positions: Sequence[int], source: Source
) -> tuple[Headings, pa.Table]:
    """One row for each row and measure: the other columns, then the value and what it is (unpivot)."""
    has_name = any(name in map_columns(headings, source, cells=cells).positions for name in source.one_of)
    names = {position: headings.whole[position] for position in positions}
    return _as_rows(headings, table, names, (_VALUE, _PART if has_name else _NAME))


def _are_running(cells: Sequence[str]) -> bool:
    """Whether cells are 0, 1, 2 … or 1, 2, 3 …"""
    numbers = list(dict.fromkeys(cell.strip() for cell in cells))
    return numbers in ([f"{n}" for n in range(len(numbers))], [f"{n + 1}" for n in range(len(numbers))])


def sex_positions(headings: Headings, cells: Sequence[Sequence[str]]) -> dict[int, str]:
    """The columns of numbers that are a sex each → its word; none without both, or beside a column of sexes.

    In rows of persons they are a yes or no, and stay columns.
    """
    words = [match_key(heading) for heading in headings.whole]
    sexes = {i: match[1] for i, word in enumerate(words) if (match := _SEX.fullmatch(word))}
    is_both = any(word in _WOMEN for word in sexes.values()) and any(word in _MEN for word in sexes.values())
    if not is_both or len(set(sexes.values())) < len(sexes) or {"kon", "gender", "sex"} & set(words):
        return {}
    is_yes_or_no = all(row[i].strip() in {"", "0", "1", "x", "X"} for row in cells for i in sexes)
    if is_yes_or_no or any(has_id_form(cell.strip()) for row in cells for cell in row):
        return {}
    return sexes if all(is_measure([row[i] for row in cells]) for i in sexes) else {}


def _ages(headings: Headings, cells: Sequence[Sequence[str]]) -> dict[int, str]:
    """The columns of numbers that are an age each, and their sum → its word; none beside a column of ages."""
    words = [match_key(heading) for heading in headings.whole]
    ages = {i: heading.strip() for i, heading in enumerate(headings.whole) if is_age(heading)}
    # a number alone can be a level or a week
    is_said = sum(not heading.isdigit() for heading in ages.values()) >= _FEWEST_AGES
    if not is_said or {"alder", "aldersgrupp", "age"} & set(words):
        return {}
    ages |= {i: _EVERY_AGE for i, word in enumerate(words) if word in _SUM_OF_AGES}
    if len(set(ages.values())) < len(ages) or any(has_id_form(cell.strip()) for row in cells for cell in row):
        return {}
    return ages if all(is_measure([row[i] for row in cells]) for i in ages) else {}


@dataclass(frozen=True)
class Parts:
    """Columns that are a part of the same people each: what the parts are, and position → its word."""

    heading: str
    words: Mapping[int, str]


def positions_of_parts(headings: Headings, cells: Sequence[Sequence[str]]) -> Parts | None:
    """The columns that are sexes or ages; None where there are none."""
    if sexes := sex_positions(headings, cells):
        return Parts("kön", sexes)
    ages = _ages(headings, cells)
    return Parts("ålder", ages) if ages else None


def positions_of_groups(
    headings: Headings, cells: Sequence[Sequence[str]], forms: Sequence[Source], title: str
) -> Parts | None:
    """The columns that are a group of one column each, as a pivot table has them: `SSK`, `AT`, `FT`; `RUB 0` … `RUB 5`.

    None where the numbers are shares, or where rows have ids.
    """
    if _SHARES.search(" ".join([title, *headings.whole])) or has_ids(headings, forms):
        return None
    if any(has_id_form(cell.strip()) for row in cells for cell in row):
        return None
    counted_forms = [form for form in forms if not form.has_persons and not form.cumulative]
    for column in dict.fromkeys(c for form in counted_forms for c in form.columns if c.kind == "category"):
        groups, is_said = _groups_of(column, headings, title)
        words = {i: code or _EVERY_AGE for i, code in groups.items()}
        named_codes = {code for code in groups.values() if code}
        # of what yes and no are the answers must be said
        is_several = len(named_codes) >= _FEWEST_GROUPS and (is_said or named_codes - {_NOT_KNOWN} != _YES_AND_NO)
        has_others = any(is_measure([row[i] for row in cells]) for i in range(len(headings.whole)) if i not in words)
        if is_several and not has_others and len(set(words.values())) == len(words) and _are_counts(words, cells):
            return Parts(column.name, words)
    return None


def _groups_of(column: Column, headings: Headings, title: str) -> tuple[dict[int, str | None], bool]:
    """Position → code of the headings that are a group of the column; and whether these, or the title, name it."""
    codes, names = codes_of(column), spellings(column)
    is_said = any(name in match_key(title) for name in names)
    groups: dict[int, str | None] = {}
    for i, heading in enumerate(headings.whole):
        whole = folded_with_signs(heading)
        words = [rest for rest in _beside_name(whole, names, set(codes.values())) if rest in codes]
        if whole in codes and not whole.isdigit():
            groups[i] = codes[whole]
        elif words:
            groups[i], is_said = codes[words[0]], True
    return groups, is_said


def _beside_name(heading: str, names: Sequence[str], codes: Set[str | None]) -> list[str]:
    """What a heading says beside a column's name: `Fast läkarkontakt ja`, `Antal utan fast läkarkontakt`."""
    rests = [heading.removeprefix(f"{name} ") for name in names if heading.startswith(f"{name} ")]
    if codes >= _YES_AND_NO:
        words = [heading.removeprefix("antal ").removesuffix(f" {name}") for name in names if heading.endswith(name)]
        rests += [_WITH_AND_WITHOUT[word] for word in words if word in _WITH_AND_WITHOUT]
    return rests


def _are_counts(words: Mapping[int, str], cells: Sequence[Sequence[str]]) -> bool:
    """Whether columns are numbers of which a row's are not always a hundred together, as shares in percent are."""
    if not all(is_measure([row[i] for row in cells]) for i in words):
        return False
    parts = [i for i, word in words.items() if word != _EVERY_AGE]
    sums = [sum(int(row[i]) for i in parts) for row in cells if all(row[i].strip().isdecimal() for i in parts)]
    return not sums or any(abs(total - 100) > 1 for total in sums)


def parts_as_rows(
    headings: Headings, table: pa.Table, parts: Parts, title: str, *, is_named: bool
) -> tuple[Headings, pa.Table]:
    """One row for each row and part. What the numbers are is said in the headings, above them, or nowhere."""
    words_around = " ".join([title, *(headings.whole[i] for i in parts.words)])
    count = (
        "folkmängd" if "folkmängd" in words_around.casefold() or "befolkning" in words_around.casefold() else "antal"
    )
    return _as_rows(headings, table, parts.words, (_VALUE if is_named else count, parts.heading))


def _as_rows(
    headings: Headings, table: pa.Table, names: Mapping[int, str], new_headings: tuple[str, str]
) -> tuple[Headings, pa.Table]:
    others = [i for i in range(len(headings.whole)) if i not in names]
    blocks = []
    for position, word in names.items():
        columns = [table[f"k{i}"].cast(pa.string()) for i in others]
        name = pa.repeat(word, table.num_rows)
        columns += [table[f"k{position}"].cast(pa.string()), pa.chunked_array([name])]
        blocks.append(pa.table({**{f"k{i}": column for i, column in enumerate(columns)}, ROW: table[ROW]}))
    long_table = pa.concat_tables(blocks)
    encoded = {
        name: long_table[name] if name == ROW else long_table[name].combine_chunks().dictionary_encode()
        for name in long_table.column_names
    }
    return Headings(
        (*(headings.whole[i] for i in others), *new_headings), (*(headings.last[i] for i in others), *new_headings)
    ), pa.table(encoded)


def about_groups(headings: Headings, parts: Parts) -> Finding:
    """That each column of numbers is a group."""
    names = enumeration([f"”{headings.whole[i]}”" for i in parts.words])
    return Finding(Level.NOTE, FindingCode.MEASURES_AS_ROWS, f"kolumnerna läses som grupper: {names}")


def about_measures(headings: Headings, positions: Sequence[int]) -> Finding:
    """That each column of numbers is a nyckeltal of its own."""
    names = [f"”{headings.whole[i]}”" for i in positions]
    rest = len(names) - _MOST_NAMES
    listing = enumeration([*names[:_MOST_NAMES], *([f"{rest} till"] if rest > 0 else [])])
    return Finding(Level.NOTE, FindingCode.MEASURES_AS_ROWS, f"varje kolumn med tal läses som ett nyckeltal: {listing}")


def is_measure(cells: Sequence[str]) -> bool:
    """Whether a column's cells are mostly numbers, and neither years nor codes of kommuner."""
    texts = [text for cell in cells if (text := number_without_mark(cell.strip())).casefold() not in _SIGNS]
    numbers = [text for text in texts if _NUMBER.fullmatch(text) or number_and_unit(text)]
    years = [text for text in numbers if _YEAR.fullmatch(text)]
    codes = [
        text for text in numbers if len(text) == 4 and text.isdigit() and kommuner.resolve(text, settings.lan_kod())
    ]
    return bool(texts) and len(numbers) >= MOSTLY * len(texts) and max(len(years), len(codes)) < MOSTLY * len(texts)
