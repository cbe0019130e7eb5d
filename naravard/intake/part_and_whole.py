"""A column of a whole and one of its part: `Antal patienter`, `Varav med fast läkarkontakt`. The rest is a no."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Column, Finding, Source
from naravard.intake.column_map import Headings, display_name
from naravard.intake.folding import codes_of, folded_with_signs
from naravard.intake.heading_words import spellings
from naravard.intake.measures import is_measure

_OF_PART = re.compile(
    r"^(?:varav|darav|av dessa|av vilka|hur manga som har) (?:har |med |som har )?|^(?:antal )?(?:med|har) "
)
_YES_AND_NO = {"ja", "nej"}
_NOT_COUNTED = ".."
_SHARES = re.compile(r"%|andel|procent", re.IGNORECASE)


def with_rest(
    headings: Headings, table: pa.Table, cells: Sequence[Sequence[str]], forms: Sequence[Source]
) -> tuple[Headings, pa.Table, list[Finding]]:
    """The table with a column for those who are of the whole and not of its part, where it has one of each."""
    for form in forms:
        columns = [c for c in form.columns if c.kind == "category" and not form.has_persons and not form.cumulative]
        for column in columns:
            places = _whole_and_part(headings, cells, form, column)
            if places is not None:
                return _with_rest(headings, table, *places, name=display_name(column))
    return headings, table, []


def _with_rest(
    headings: Headings, table: pa.Table, whole: int, part: int, *, name: str
) -> tuple[Headings, pa.Table, list[Finding]]:
    rest = list(map(_rest, table[f"k{whole}"].to_pylist(), table[f"k{part}"].to_pylist()))
    table = table.append_column(f"k{len(headings.whole)}", pa.array(rest, pa.string()).dictionary_encode())
    names = {whole: "totalt", part: f"{name} ja", len(headings.whole): f"{name} nej"}
    what = f"”{headings.whole[part]}” är en del av ”{headings.whole[whole]}”, och resten läses som nej"
    action = "Kontrollera att resten inte är några som uppgiften saknas om"
    new_headings = tuple(names.get(i, heading) for i, heading in enumerate((*headings.whole, "")))
    finding = Finding(Level.WARNING, FindingCode.MEASURES_AS_ROWS, what, action=action)
    return Headings(new_headings, (*headings.last, names[len(headings.whole)])), table, [finding]


def _whole_and_part(
    headings: Headings, cells: Sequence[Sequence[str]], form: Source, column: Column
) -> tuple[int, int] | None:
    """The places of the columns of all and of those with a yes; None where there are others of numbers."""
    codes, words = codes_of(column), [folded_with_signs(heading) for heading in headings.whole]
    parts = [i for i, word in enumerate(words) if _OF_PART.match(word) and _OF_PART.sub("", word) in spellings(column)]
    if len(parts) != 1 or not set(codes.values()) >= _YES_AND_NO or any(map(_SHARES.search, headings.whole)):
        return None
    words_for_all = {spelling for c in form.columns if c.kind == "integer" for spelling in spellings(c)}
    words_for_all |= {word for word, code in codes.items() if code is None}
    counts = [i for i in range(len(words)) if is_measure([row[i] for row in cells])]
    wholes = [i for i in counts if words[i] in words_for_all]
    return (wholes[0], parts[0]) if len(wholes) == 1 and set(counts) == {*wholes, *parts} else None


def _rest(whole: str, part: str) -> str:
    """How many are left; a sign for what nobody may know where one of the numbers is hidden, or is none."""
    numbers = [re.sub(r"[\s\u00a0\u202f]", "", cell) for cell in (whole, part)]
    if not all(number.isdecimal() for number in numbers):
        return "" if not any(numbers) else _NOT_COUNTED
    return f"{int(numbers[0]) - int(numbers[1])}"
