"""Ids of which digits are gone: zeros that a spreadsheet took from the front of a number, or what a cell cut off."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.intake.read.body import first_and_count

_LENGTHS_OF_PERSONS = (10, 12)
_FEWEST_DIGITS = 9
"""Fewer are told of as a part of an id, where the others have a date of birth."""
_MOST, _ENOUGH = 0.8, 5


def about_shortened_ids(ids: pa.Array, indices: pa.Array, row_numbers: pa.Array, heading: str) -> list[Finding]:
    """That some distinct ids are others without their first zeros, or have fewer digits than nearly all."""
    lengths = pc.binary_length(ids).to_numpy()
    if len(ids) < _ENOUGH or lengths.min() == lengths.max():  # most files, and quickly done
        return []
    digits = pc.replace_substring_regex(ids, r"(\d)[-+](\d)", r"\1\2")
    is_number = pc.match_substring_regex(digits, r"^\d{2,}$")
    has_zero = pc.and_(is_number, pc.match_substring_regex(digits, r"^0+[1-9]"))
    numbers_with_zero = pc.utf8_ltrim(digits.filter(has_zero), "0")
    is_other = pc.and_not(pc.is_in(digits, value_set=numbers_with_zero), has_zero)
    what = "person-id är ett annat id utan dess nollor först, och räknas som en annan person"
    if not pc.any(is_other).as_py():
        is_other = _are_shorter(digits, is_number, has_zero)
        what = "person-id har färre siffror än de andra: nollor först kan vara borta, eller siffror fattas"
    rows = first_and_count(row_numbers, is_other.take(indices))
    if rows is None:
        return []
    action = "Hämta uttaget på nytt med id som text"
    return [Finding(Level.WARNING, FindingCode.ID_UNLIKE, what, "", action, heading, rows[0], count=rows[1])]


def _are_shorter(digits: pa.Array, is_number: pa.Array, has_zero: pa.Array) -> pa.Array:
    """Which ids have fewer digits than nearly all, where these have as many as persons' or zeros in front."""
    lengths = pc.binary_length(digits).to_numpy()
    numbers = is_number.to_numpy(zero_copy_only=False)
    usual = int(np.bincount(lengths[numbers]).argmax()) if numbers.any() else 0
    is_usual = np.count_nonzero(numbers & (lengths == usual)) >= _MOST * len(digits)
    if not is_usual:
        return pa.array(np.zeros(len(digits), bool))
    is_shorter = numbers & (lengths < usual)
    if not pc.any(has_zero).as_py():
        # ten digits beside twelve are the same ids without their century
        is_part = (lengths >= _FEWEST_DIGITS) & ~np.isin(lengths, _LENGTHS_OF_PERSONS)
        is_shorter &= is_part & (usual in _LENGTHS_OF_PERSONS)
    return pa.array(is_shorter)
