"""A column that says of each row whether it is a kommun's or a region's, beside names that are both."""

from __future__ import annotations

import pyarrow as pa

from naravard.base import kommuner
from naravard.base.kommuner import match_key
from naravard.intake.column_map import ColumnMap
from naravard.intake.table import TextTable

_KOMMUN, _REGION = "kommun", "region"
_LEVELS = {
    **dict.fromkeys(("kommun", "kommuner", "kommunal", "primarkommun", "kommunniva", "municipality"), _KOMMUN),
    **dict.fromkeys(("region", "regioner", "regional", "regionkommun", "lan", "lansniva", "regionniva"), _REGION),
    **dict.fromkeys(("landsting", "landstingskommun", "county"), _REGION),
    **dict.fromkeys(("riket", "rike", "land", "nationell", "statlig", "enskild", "country"), "riket"),
}
_LETTERS = {"k": _KOMMUN, "l": _REGION, "r": _REGION}
"""As Kolada writes it, under a heading that says that it is a type."""


def levels(texts: pa.DictionaryArray, heading: str) -> dict[str, str] | None:
    """Spelling → what it says that an area is; None for a column of something else, or of one kind alone."""
    words = {spelling: match_key(spelling) for spelling in texts.dictionary.to_pylist()}
    kinds = _LEVELS | (_LETTERS if "typ" in match_key(heading) else {})
    if not {_KOMMUN, _REGION} <= {kinds.get(word, "") for word in words.values()}:
        return None
    return {spelling: kinds[word] for spelling, word in words.items()} if set(words.values()) <= set(kinds) else None


def areas_by_level(text: TextTable, columns: ColumnMap, areas: pa.DictionaryArray) -> pa.DictionaryArray:
    """The areas with what each is that can be both, where a column of the file says it: `Kalmar` → `Kalmar kommun`."""
    names = [name for name in areas.dictionary.to_pylist() if kommuner.is_also_region(name)]
    for position in columns.unused_positions if names else ():
        by_spelling = levels(text.column(position), text.headings.whole[position])
        if by_spelling is not None:
            of_rows = map(by_spelling.get, text.column(position).to_pylist())
            return pa.array(list(map(_with_kind, areas.to_pylist(), of_rows)), pa.string()).dictionary_encode()
    return areas


def _with_kind(area: str, level: str | None) -> str:
    if not kommuner.is_also_region(area) or level not in {_KOMMUN, _REGION}:
        return area
    kod = kommuner.resolve_region(area) if level == _REGION else None
    return kommuner.lan_name(kod) if kod else f"{area.strip()} kommun"
