"""Rows that sum the others up, in a file of persons: taken out, and used as control totals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding, Source
from naravard.base.numbers import enumeration, number
from naravard.intake.read.body import ROW
from naravard.intake.statistic_rows import is_statistic, is_subtotal
from naravard.intake.table import TextTable

_MOST_SUMS = 3
"""So many rows for the whole län can be sums in a file without ids; more are a mistake, and refused as one."""
_MOST_FINDINGS = 20
_LONGEST_NUMBER = 12


def without_sum_rows(
    text: TextTable, source: Source, row_numbers: pa.Array, texts: dict[str, pa.DictionaryArray]
) -> tuple[pa.Array, dict[str, pa.DictionaryArray], list[Finding]]:
    """The row numbers and columns (name → texts) without the sum rows, and whether those agree with the file.

    Only a source of persons has such rows: in a table of areas the row of the län is a row like others.
    """
    if not source.has_persons or "kommun" not in texts:
        return row_numbers, texts, []
    is_sum = _is_sum(texts)
    count = pc.sum(is_sum).as_py() or 0
    if not count or ("person_id" not in texts and count > _MOST_SUMS):
        return row_numbers, texts, []
    is_person = pc.invert(is_sum)
    sum_rows = text.table.filter(pc.is_in(text.row_numbers, value_set=row_numbers.filter(is_sum)))
    row_numbers = row_numbers.filter(is_person)
    texts = {name: array.filter(is_person) for name, array in texts.items()}
    return row_numbers, texts, _findings(sum_rows, _possible_totals(row_numbers, texts))


def _is_sum(texts: Mapping[str, pa.DictionaryArray]) -> pa.Array:
    """Whether each row is a sum: the whole län as its kommun and no id, or a word for a sum as its id."""
    kommun, person = texts["kommun"], texts.get("person_id")
    is_whole = pa.array([_is_whole_lan(name) for name in kommun.dictionary.to_pylist()], pa.bool_())
    is_sum = is_whole.take(kommun.indices)
    if person is None:
        return is_sum
    is_blank = pc.equal(pc.utf8_trim_whitespace(person.dictionary), "").take(person.indices)
    return pc.or_(_has_word_for_sum(person), pc.and_(is_sum, is_blank))


def _has_word_for_sum(texts: pa.DictionaryArray) -> pa.Array:
    """Whether a cell for an id is a word for a sum. Ids are many, so they are compared in one step."""
    if not pc.any(pc.match_substring_regex(texts.dictionary, r"^\s*\pL")).as_py():  # most files have digits alone
        return pa.array(np.zeros(len(texts), bool))
    words = pc.utf8_lower(pc.utf8_trim(texts.dictionary, " :\u00a0"))
    lan = kommuner.lan_name(settings.lan_kod()).lower()
    words_for_sum = [*kommuner.SUM_WORDS, "länet", "hela länet", "riket", "hela riket", "sverige", lan]
    words_for_sum += ["medel", "medelvärde", "snitt", "genomsnitt", "median"]
    is_word = pc.is_in(words, value_set=pa.array(words_for_sum))
    begins_with_word = pc.match_substring_regex(words, r"^(antal|summa|delsumma|total|medel)[\w]*[ :]")
    is_of_words = pc.match_substring_regex(
        words, rf"^(?:(?:summa|totalt?|samtliga|alla|hela|länet|kommuner|{lan})\s?)+$"
    )
    return pc.or_(pc.or_(is_word, begins_with_word), is_of_words).take(texts.indices)


def _is_whole_lan(text: str) -> bool:
    return kommuner.resolve(text, settings.lan_kod()) in {settings.lan_kod(), kommuner.RIKET}


def _is_kommun(text: str) -> bool:
    return len(kommuner.resolve(text, settings.lan_kod()) or "") == 4 and not text.strip().isdecimal()


def _possible_totals(row_numbers: pa.Array, texts: Mapping[str, pa.DictionaryArray]) -> list[int]:
    """What a right sum can be: the number of rows, or of persons."""
    totals = {len(row_numbers)}
    if "person_id" in texts:
        totals.add(len(pc.unique(texts["person_id"].indices)))
    return sorted(totals)


def _findings(sum_rows: pa.Table, totals: list[int]) -> list[Finding]:
    """One finding for each sum row; one for all where they are many."""
    if sum_rows.num_rows > _MOST_FINDINGS:
        what, first = "summarader räknas inte som personer", sum_rows[ROW][0].as_py()
        return [Finding(Level.WARNING, FindingCode.SUM_ROW_LEFT_OUT, what, row=first, count=sum_rows.num_rows)]
    return [_finding(record, totals) for record in sum_rows.to_pylist()]


def _finding(record: Mapping[str, Any], totals: list[int]) -> Finding:
    row = record[ROW]
    cells = [value for value in record.values() if isinstance(value, str)]
    stated_sums = [int(digits) for cell in cells if _is_count(digits := "".join(cell.split()))]
    if not stated_sums or any(map(_is_kommun, cells)) or any(is_statistic(cell) or is_subtotal(cell) for cell in cells):
        what = "summaraden räknas inte som en person"
        return Finding(Level.NOTE, FindingCode.SUM_ROW_LEFT_OUT, what, row=row)
    if not set(totals).isdisjoint(stated_sums):
        what = "summaraden stämmer med antalet rader eller personer"
        return Finding(Level.NOTE, FindingCode.SUM_ROW_AGREES, what, row=row)
    unit = "personer eller rader" if len(totals) > 1 else "rader"
    possible = enumeration([number(total) for total in totals], "eller")
    what = f"summaraden säger {number(stated_sums[0])}, men filen har {possible} {unit}"
    action = "Kontrollera att inga rader fattas"
    return Finding(Level.WARNING, FindingCode.SUM_ROW_DIFFERS, what, "samma antal", action, row=row)


def _is_count(digits: str) -> bool:
    return digits.isdecimal() and len(digits) < _LONGEST_NUMBER
