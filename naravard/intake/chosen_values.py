"""What an analyst has said that a text means in one file: `ORD` is ordinärt boende, RUB 7 is "uppgift saknas"."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import match_key
from naravard.base.model import Finding
from naravard.intake.read.body import first_and_count

NOTHING = "uppgift saknas"
"""What a text is chosen to mean when it means nothing."""
_MOST_SHARE = 0.03
"""The share of a column that may be chosen away without a warning."""


def apply(
    texts: pa.DictionaryArray, row_numbers: pa.Array, heading: str, meanings: Mapping[str, str]
) -> tuple[pa.DictionaryArray, list[Finding]]:
    """The column with the chosen meanings in the place of its texts, and a finding for each."""
    if not meanings:
        return texts, []
    spellings = texts.dictionary.to_pylist()
    findings, new_texts = [], list(spellings)
    for text, meaning in meanings.items():
        codes = [code for code, spelling in enumerate(spellings) if _is_same(spelling, text)]
        for code in codes:
            new_texts[code] = meaning or NOTHING
        rows = first_and_count(row_numbers, pc.is_in(texts.indices, value_set=pa.array(codes, texts.indices.type)))
        if rows is not None:
            what, (row, count) = f"läses som ”{meaning or NOTHING}”, som du har valt för den här filen", rows
            is_taken_away = meaning in {"", NOTHING} and count > _MOST_SHARE * len(texts)
            level = Level.WARNING if is_taken_away else Level.NOTE
            findings.append(Finding(level, FindingCode.VALUE_CHOSEN, what, "", "", heading, row, text, count))
    return pa.DictionaryArray.from_arrays(texts.indices, pa.array(new_texts, pa.string())), findings


def _is_same(spelling: str, text: str) -> bool:
    key = match_key(text)
    return match_key(spelling) == key if key else spelling.strip() == text.strip()
