"""Cells as a person sees them: without signs that have no width, and without the marks around each cell of a column."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from naravard.intake.read.body import ROW, is_ascii

_UNSEEN = r"\p{Cf}"
"""Zero-width spaces, soft hyphens, byte order marks and signs for the direction of writing."""
_IN_MARKS = r"""^['’‘”“]([^'’‘”“]*)['’”]$"""


def as_seen(table: pa.Table) -> pa.Table:
    """The table with the texts of its columns as they are seen. Most columns have nothing to take away."""
    for position, name in enumerate(table.column_names):
        if name == ROW:
            continue
        column = table[name].combine_chunks() if table[name].num_chunks != 1 else table[name].chunk(0)
        texts = _without_marks(_without_unseen(column.dictionary))
        if texts is not column.dictionary:
            plain = pa.DictionaryArray.from_arrays(column.indices, texts).cast(pa.string()).dictionary_encode()
            table = table.set_column(position, name, plain)
    return table


def _without_unseen(texts: pa.Array) -> pa.Array:
    if is_ascii(texts) or not pc.any(pc.match_substring_regex(texts, _UNSEEN)).as_py():
        return texts
    return pc.replace_substring_regex(texts, _UNSEEN, "")


def _without_marks(texts: pa.Array) -> pa.Array:
    """Without quotation marks around them, where all have them that are not empty."""
    examples = [text.strip() for text in texts.slice(0, 2).to_pylist() if text.strip()]
    if not examples or not all(pc.match_substring_regex(pa.array(examples), _IN_MARKS).to_pylist()):
        return texts
    trimmed = pc.utf8_trim_whitespace(texts)
    is_in_marks = pc.or_(pc.match_substring_regex(trimmed, _IN_MARKS), pc.equal(trimmed, ""))
    return pc.replace_substring_regex(trimmed, _IN_MARKS, r"\1") if pc.all(is_in_marks).as_py() else texts
