"""Years of birth: kept apart from dates and ages, and counted as the age at the end of the year of the measurement."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Column, Finding
from naravard.base.numbers import enumeration, quantity
from naravard.intake.cells import NO_VALUE, is_excel_error
from naravard.intake.read.body import ROW, first_and_count

NAME = "fodelsear"
_AGE, _DATE = "alder", "fodelsedatum"
_YEAR = re.compile(r"(?:18|19|20)\d\d(?:[.,]0)?")
_DAY = re.compile(r"(?:18|19|20)\d\d[-/.]?\d\d[-/.]?\d\d.*")
_SHORT = re.compile(r"\d{1,2}(?:[.,]0)?")
_WHAT_TO_ORDER = "Ta ut åldern på mätdagen, eller födelsedatum"


def in_column_of_its_own(
    texts: Mapping[str, pa.DictionaryArray], labels: Mapping[str, str], columns: Mapping[str, Column]
) -> tuple[dict[str, pa.DictionaryArray], dict[str, str]]:
    """Years that stand as dates of birth (`Född`) or as ages, and dates that stand as years, in the column of theirs.

    Where the file has both columns, each is read as it stands.
    """
    texts, labels = dict(texts), dict(labels)
    if NAME not in columns:
        return texts, labels
    if NAME in texts and _DATE not in texts:
        _move(texts, labels, NAME, _DATE, _DAY)
    elif NAME not in texts:
        if _DATE in texts:
            _move(texts, labels, _DATE, NAME, _YEAR)
        elif _AGE in texts and all(map(_YEAR.fullmatch, _texts_in(texts[_AGE]))):
            _move(texts, labels, _AGE, NAME, _YEAR)
    return texts, labels


def _move(
    texts: dict[str, pa.DictionaryArray], labels: dict[str, str], name: str, other: str, looks: re.Pattern[str]
) -> None:
    """The texts that look so out of a column and into another, which is not there before."""
    if not any(map(looks.fullmatch, _texts_in(texts[name]))):
        return
    column = texts[name]
    texts[name] = _each(column, lambda text: "" if looks.fullmatch(text.strip()) else text)
    texts[other] = _each(column, lambda text: text if looks.fullmatch(text.strip()) else "")
    labels[other] = labels.get(name, "")


def _each(column: pa.DictionaryArray, change: Callable[[str], str]) -> pa.DictionaryArray:
    changed_texts = pa.array([change(text) for text in column.dictionary.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(column.indices, changed_texts)


def _texts_in(column: pa.DictionaryArray) -> list[str]:
    texts = [text.strip() for text in column.dictionary.to_pylist()]
    return [text for text in texts if text.casefold() not in NO_VALUE and not is_excel_error(text)]


def short_years(
    column: pa.DictionaryArray, row_numbers: pa.Array, heading: str
) -> tuple[pa.DictionaryArray, list[Finding]]:
    """The column without years of two digits, which can be of two centuries: one error for all of them."""
    is_short = pa.array([bool(_SHORT.fullmatch(text.strip())) for text in column.dictionary.to_pylist()], pa.bool_())
    rows = first_and_count(row_numbers, is_short.take(column.indices))
    if rows is None:
        return column, []
    what = "födelseåret har två siffror, och kan vara i två århundraden"
    action = f"{_WHAT_TO_ORDER}, eller födelseåret med fyra siffror"
    row, count = rows
    finding = Finding(Level.ERROR, FindingCode.BIRTH_YEAR, what, "ett årtal (1941)", action, heading, row, None, count)
    return _each(column, lambda text: "" if _SHORT.fullmatch(text.strip()) else text), [finding]


def with_ages(
    table: pa.Table, age: pa.Array, column: Column, measuring_day: date, heading: str
) -> tuple[pa.Array, list[Finding]]:
    """Ages where none is known, at the end of the year of the measurement, and what may be otherwise on the day.

    A person is of that age on the day, or a year younger. That is the same group but for those who reach one that year.
    """
    if NAME not in table.column_names:
        return age, []
    years = pc.cast(table[NAME].combine_chunks(), pa.int64())
    ages = pc.subtract(measuring_day.year, years)
    row_numbers = table[ROW].combine_chunks()
    is_counted = pc.and_(pc.is_null(age), pc.is_valid(ages))
    not_born = first_and_count(row_numbers, pc.fill_null(pc.and_(is_counted, pc.less(ages, 0)), False))
    if not_born is not None:
        row, count = not_born
        what, action = f"födelseåret är efter {measuring_day.year}, som mäts", "Kontrollera mätperioden och uttaget"
        return age, [Finding(Level.ERROR, FindingCode.BIRTH_YEAR, what, "", action, heading, row, None, count)]
    count = pc.sum(is_counted).as_py() or 0
    if not count:
        return age, []
    reaches_group = pc.is_in(ages, value_set=pa.array(column.limits, pa.int64()))
    unsure_count = pc.sum(pc.and_(is_counted, reaches_group)).as_py() or 0
    return pc.coalesce(age, ages), [_about_ages(count, unsure_count, column, measuring_day, heading)]


def _about_ages(count: int, unsure_count: int, column: Column, measuring_day: date, heading: str) -> Finding:
    year = measuring_day.year
    what = f"åldern är räknad ur födelseår på {quantity(count, 'rad', 'rader')}, som åldern vid slutet av {year}"
    if (measuring_day.month, measuring_day.day) == (12, 31):
        return Finding(Level.NOTE, FindingCode.BIRTH_YEAR, what, column=heading)
    if not unsure_count:
        what += f". Den ger samma åldersgrupp som åldern {measuring_day}"
        return Finding(Level.NOTE, FindingCode.BIRTH_YEAR, what, column=heading)
    limits = enumeration([str(limit) for limit in column.limits], "eller")
    what += (
        f". På {quantity(unsure_count, 'rad', 'rader')} fyller personen {limits} år {year} och räknas till den äldre "
        f"gruppen, men kan vara ett år yngre {measuring_day}"
    )
    action = f"{_WHAT_TO_ORDER}, om åldern ska gälla den dagen"
    return Finding(Level.WARNING, FindingCode.BIRTH_YEAR, what, action=action, column=heading)
