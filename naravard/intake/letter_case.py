"""Ids of which capitals and small letters are a part, as in base64: two persons may differ by nothing else."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.intake.read.body import first_and_count

_BOTH_CASES = r"[a-z].*[A-Z]"
"""As nobody writes by hand: `Int5` and `INT5` are one."""
_DATED = r"^(18|19|20)?\d{6}"
_ENOUGH = 0.1


def with_own_case(
    ids: pa.Array, plain_ids: pa.Array, indices: pa.Array, row_numbers: pa.Array, heading: str
) -> tuple[pa.Array, list[Finding]]:
    """The plain ids (in capitals), with those kept apart that are one by their capitals alone; and how many rows."""
    is_in_both = pc.match_substring_regex(ids, _BOTH_CASES)
    if (pc.sum(is_in_both).as_py() or 0) < _ENOUGH * len(ids):
        return plain_ids, []
    spellings = pc.replace_substring_regex(ids, r"\s", "")
    is_dated = pc.match_substring_regex(plain_ids, _DATED)
    apart = pc.if_else(is_dated, plain_ids, pc.binary_join_element_wise(plain_ids, spellings, "|"))
    pairs = pa.table({"plain": plain_ids, "apart": apart}).group_by("plain").aggregate([("apart", "count_distinct")])
    several = pairs.filter(pc.greater(pairs["apart_count_distinct"], 1))["plain"]
    rows = first_and_count(row_numbers, pc.is_in(plain_ids, value_set=several.combine_chunks()).take(indices))
    if rows is None:
        return plain_ids, []
    what = "person-id skiljs åt av bara stora och små bokstäver, och räknas som olika personer"
    action = "Kontrollera att samma person alltid har samma bokstäver"
    return apart, [Finding(Level.WARNING, FindingCode.ID_UNLIKE, what, "", action, heading, rows[0], count=rows[1])]
