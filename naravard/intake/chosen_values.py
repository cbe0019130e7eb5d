"""What an analyst has said that a text means in one file: `ORD` is ordinärt boende, RUB 7 is "uppgift saknas".

A text that may be a person's name is never repeated: it is named by the first row that it stands on (`rad 42`). Ids
are named by what is wrong with them (`saknas`, `förstört`). What is chosen, and the known errors of providers, take the
place of the texts before anything is read; rows that do not belong in the file are gone from then on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz

from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.base.kommuner import match_key
from naravard.base.mask import refuse_ids
from naravard.base.model import Column, Correction, Finding, Source
from naravard.intake import corrections, persons
from naravard.intake.cells import allowed_instead, is_date, main_words, near_word
from naravard.intake.folding import text_key
from naravard.intake.read.body import first_and_count

NOTHING = "uppgift saknas"
"""What a text is chosen to mean when it means nothing."""
NOT_HERE = corrections.NOT_HERE
EMPTY = "(tom cell)"
_HIDDEN = "(dolt, kan vara en person)"
_NEAR = 75
"""How alike (0–100) a kommun's name must be to be asked about: Storstan is not Torsås."""
_MOST_SHARE = 0.03
"""The share of a column that may be chosen away without a warning."""
OF_CELLS = frozenset(
    {
        FindingCode.CATEGORY_UNKNOWN,
        FindingCode.DATES_IN_CATEGORY,
        FindingCode.OUT_OF_RANGE,
        FindingCode.NOT_A_NUMBER,
        FindingCode.NOT_AN_INTEGER,
        FindingCode.NOT_A_DATE,
        FindingCode.IMPOSSIBLE_DATE,
        FindingCode.ID_IN_TEXT,
        FindingCode.ID_IN_NUMBERS,
        FindingCode.KOMMUN_UNKNOWN,
        FindingCode.KOMMUN_MISSING,
        FindingCode.AREA_AMBIGUOUS,
        FindingCode.AREA_NOT_ALLOWED,
        FindingCode.ONE_ANSWER,
    }
)
"""What is wrong with a text, or can be, that can be said to mean something."""
OF_IDS = {
    FindingCode.ID_MISSING: (persons.MISSING, "id saknas eller är en platshållare"),
    FindingCode.ID_DESTROYED: (persons.DESTROYED, "id som Excel har förstört"),
}
"""What is wrong with ids → its key among the choices, and in words."""
DATES = "datum"
"""All dates of a column that is no column of dates, among the choices: none of them is repeated."""
SETTLED = OF_CELLS | set(OF_IDS)
"""Errors that go when it is said what a text means."""
_BY_ROW = re.compile(r"rad (\d+)")
Texts = dict[str, pa.DictionaryArray]
"""Column name → what stands in the file, per row."""


def row_key(row: int) -> str:
    """What a text is called that may be a person's: the first row that it stands on."""
    return f"rad {row}"


def is_stand_in(key: str) -> bool:
    """Whether a key stands for a text that is not repeated."""
    return _BY_ROW.fullmatch(key) is not None or key in {persons.MISSING, persons.DESTROYED, DATES}


def meanings(column: Column, source: Source, text: str | None) -> list[str]:
    """What a text can be chosen to mean, the most alike first; for a number or a date something else can be written."""
    if column.kind == "person":
        return [NOT_HERE, NOTHING]
    if column.kind == "area":
        return [*_nearest_first(_areas(source), text), NOT_HERE]
    return [*_nearest_first(main_words(column), text), NOTHING, NOT_HERE]


def suggestion(column: Column, text: str | None) -> str | None:
    """The one meaning that a text is so like that it is asked about."""
    if not text:
        return None
    if column.kind == "area":
        name = kommuner.nearest(text, settings.lan_kod())
        return f"{name} kommun" if name and fuzz.ratio(match_key(text), match_key(name)) >= _NEAR else None
    word = near_word(text, column) if column.kind == "category" else None
    # the word that menus have for its code
    return (
        next((each for each in main_words(column) if column.values[each] == column.values[word]), None)
        if word
        else None
    )


def refuse_unreadable(meaning: str, column: Column, source: Source) -> None:
    """Raises UserError for a meaning that the column cannot hold, or that looks like a person id."""
    if meaning in {"", NOTHING, NOT_HERE}:
        return
    refuse_ids(meaning, "Valet")
    allowed = allowed_instead(meaning, column, source)
    if allowed:
        raise UserError(f"”{meaning}” går inte att läsa i kolumnen {column.description}. Tillåtet: {allowed}.")


def apply(
    texts: Texts,
    row_numbers: pa.Array,
    headings: Mapping[str, str],
    values: Mapping[str, Mapping[str, str]],
    provider_errors: Sequence[Correction],
) -> tuple[Texts, pa.Array, list[Finding]]:
    """Columns and row numbers with the chosen meanings in the place of texts, without the rows that are left out."""
    findings: list[Finding] = []
    is_left_out = pa.array(np.zeros(len(row_numbers), bool))
    new_texts: Texts = {}
    for name, old in texts.items():
        column = _FileColumn(old, row_numbers, headings[name])
        meant_texts, about_choices = column.with_meanings(values.get(name, {}), is_of_ids=name == persons.COLUMN)
        new, about_errors = corrections.apply(meant_texts, row_numbers, name, headings[name], provider_errors)
        findings += [*about_choices, *about_errors]
        if provider_errors or values.get(name):
            is_left_out = pc.or_(is_left_out, column.is_left_out(new))
        new_texts[name] = new
    if not pc.any(is_left_out).as_py():
        return new_texts, row_numbers, findings
    stays = pc.invert(is_left_out)
    return {name: remaining(each, stays) for name, each in new_texts.items()}, row_numbers.filter(stays), findings


def _areas(source: Source) -> list[str]:
    lan = settings.lan_kod()
    others = {"lan": kommuner.lan_name(lan), "riket": "Riket"}
    return [f"{k.namn} kommun" for k in kommuner.in_lan(lan)] + [
        others[each] for each in source.areas if each in others
    ]


def _nearest_first(words: list[str], text: str | None) -> list[str]:
    if not text:
        return words
    key = match_key(text)
    return sorted(words, key=lambda word: -fuzz.ratio(key, match_key(word.removesuffix(" kommun"))))


@dataclass(frozen=True)
class _FileColumn:
    """A column as it stands in the file."""

    texts: pa.DictionaryArray
    row_numbers: pa.Array
    heading: str

    def with_meanings(self, values: Mapping[str, str], *, is_of_ids: bool) -> tuple[pa.DictionaryArray, list[Finding]]:
        """The column with the chosen meanings in the place of its texts, and a finding for each."""
        if not values:
            return self.texts, []
        spellings = self.texts.dictionary.to_pylist()
        new_texts, indices, findings = list(spellings), self.texts.indices, []
        for key, meaning in values.items():
            codes = persons.unusable(self.texts.dictionary, key) if is_of_ids else self._codes(key, spellings)
            hits = pc.is_in(indices, value_set=pa.array(codes, indices.type))
            rows = first_and_count(self.row_numbers, hits)
            if rows is None:
                continue
            findings.append(self._finding(key, spellings[codes[0]], meaning, rows, is_of_ids=is_of_ids))
            if is_of_ids and meaning != NOT_HERE:
                new_texts, indices = self._each_its_own(new_texts, indices, hits)
            for code in codes:
                new_texts[code] = meaning or NOTHING
        return pa.DictionaryArray.from_arrays(indices, pa.array(new_texts, pa.string())), findings

    def is_left_out(self, new: pa.DictionaryArray) -> pa.Array:
        """Whether each row is to go: because of what was chosen, not of what the file itself says."""
        before = self.texts.dictionary.to_pylist()
        codes = [
            code
            for code, text in enumerate(new.dictionary.to_pylist())
            if text == NOT_HERE and before[code : code + 1] != [NOT_HERE]
        ]
        return pc.is_in(new.indices, value_set=pa.array(codes, new.indices.type))

    def _codes(self, key: str, spellings: Sequence[str]) -> list[int]:
        """The spellings of a text, or the one that stands on a row."""
        by_row = _BY_ROW.fullmatch(key)
        if key == DATES:
            return [code for code, spelling in enumerate(spellings) if is_date(spelling)]
        if by_row is None:
            return [code for code, spelling in enumerate(spellings) if text_key(spelling) == text_key(key)]
        place = pc.index(self.row_numbers, pa.scalar(int(by_row[1]), self.row_numbers.type)).as_py()
        return [] if place < 0 else [self.texts.indices[place].as_py()]

    def _each_its_own(self, texts: list[str], indices: pa.Array, hits: pa.Array) -> tuple[list[str], pa.Array]:
        """A text of its own for each of these rows: nobody knows whose it is, so it is nobody else's."""
        rows = self.row_numbers.filter(hits).to_pylist()
        own = np.cumsum(hits.to_numpy(zero_copy_only=False)) + len(texts) - 1
        new_indices = np.where(hits.to_numpy(zero_copy_only=False), own, indices.to_numpy())
        return [*texts, *(f"utan id, rad {row}" for row in rows)], pa.array(new_indices, pa.int32())

    def _finding(self, key: str, spelling: str, meaning: str, rows: tuple[int, int], *, is_of_ids: bool) -> Finding:
        row, count = rows
        if meaning == NOT_HERE:
            what = "raderna räknas inte, som du har valt för den här filen"
        elif is_of_ids:
            what = "varje rad räknas som en egen person, som du har valt för den här filen"
        else:
            what = f"läses som ”{meaning or NOTHING}”, som du har valt för den här filen"
        is_taken_away = meaning in {"", NOTHING, NOT_HERE} and count > _MOST_SHARE * len(self.texts)
        level = Level.WARNING if is_taken_away else Level.NOTE
        is_hidden = is_of_ids or _BY_ROW.fullmatch(key) is not None
        value = key if not is_hidden else _HIDDEN if spelling.strip() and not is_of_ids else EMPTY
        if is_of_ids:
            value = f"id {key}"
        return Finding(level, FindingCode.VALUE_CHOSEN, what, "", "", self.heading, row, value, count)


def remaining(texts: pa.DictionaryArray, stays: pa.Array) -> pa.DictionaryArray:
    """The rows that stay, without texts that no row has any more."""
    indices = texts.indices.filter(stays)
    remaining_codes = pc.unique(indices)
    return pa.DictionaryArray.from_arrays(pc.index_in(indices, remaining_codes), texts.dictionary.take(remaining_codes))
