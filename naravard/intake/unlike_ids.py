"""Ids that are unlike the others of their column: no id at all, half an id, or one that stands on far too many rows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.intake.read.body import first_and_count

_NOTHING = r"^(X|NULL|NAN?|NONE|N/A|#.*|0{2,}|OKÄND.*|OKÄNT.*|SAKNAS|UPPGIFTSAKNAS|EJANGIV.*|SKYDD.*|[^\pL\pN]*)$"
_REPEATED_DIGIT = "|".join(f"{digit}{{6,8}}[-+]?{digit}{{3,4}}" for digit in range(10))
_PLACEHOLDER = (
    rf"^({_REPEATED_DIGIT}|0{{8}}|9{{8}}|(19|20)?(00|99)?0{{6}}[-+]?0{{4}}|(19|20)9{{6}}[-+]?9{{4}}|(19)?99(12)?(31)?9{{4,8}}"
    r"|0?123456[-+]?78(9|90|901|9012)|(19|20)?123456[-+]?7890|(19|20)?12345678?[-+]?1234|9876543210?"
    r"|(18|19|20)?\d{2}0101[-+]?0000|(18|19|20)?\d{6}[-+]?TEST|TEST.*|(X+|Y+)[-+]?X*)$"
)
_MASKED = r"^(18|19|20)?\d{6}[-+]?(X{3,4}|T{3,4}|N{3,4}|[*?_•.]{3,4})$"
"""A date of birth with the digits that tell persons apart taken away."""
_HIDDEN_PART = r"[*•…‥?]|[.]{2,}$|^(18|19|20)?\d{6}[-+]?\d{0,3}[X#]{1,4}$"
"""What stands for signs that have been taken away: several persons can have the rest in common."""
_DATE = r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_DATED = rf"^(18|19|20)?\d{{2}}{_DATE}[-+]?[0-9A-Z]{{4}}$"
_DATE_ALONE = rf"^((18\d{{2}}|19\d{{2}}|20[01]\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])[-+]?|\d{{2}}{_DATE}[-+])$"
_PLAIN_LENGTH, _HYPHEN = 13, 8
_TENS = np.array([10, 1], np.uint8)
_FEW_DIGITS = r"^\d{1,8}[-+]?$"
_NO_SUCH_DAY = r"^(0\d|1[0-7]|18|19|2\d)?\d{6}[-+]?\d{4}$"
_NO_SUCH_CENTURY = rf"^(0\d|1[0-7]|2[1-9])\d{{2}}{_DATE}[-+]?\d{{4}}$"
_RESERVE_NUMBER = r"^(19|20)?99"
_NUMBERED = r"^[A-Z]{0,3}[-_]?\d+[-+]?[0-9A-Z]{0,4}$"
_NO_DIGIT = r"^[^0-9]+$"
_MOST = 0.8
"""Such a share of the distinct ids of a column say what its ids look like."""
_ENOUGH = 5
_MANY_ROWS, _TIMES_AS_MANY, _OFTEN = 10, 5, 0.98
"""An id stands on too many rows from so many, where that is so many times what nearly all others stand on."""


def missing(ids: pa.Array) -> pa.Array:
    """Which of the distinct ids (capitals, no spaces) are none: empty, a word for it, or a placeholder."""
    is_undated = pc.invert(pc.match_substring_regex(ids, _DATED))
    is_missing = pc.or_(_within(is_undated, ids, _NOTHING), placeholders(ids))
    if not pc.all(pc.is_in(pa.array(["1", "2"]), value_set=ids)).as_py():  # else 0 is the first of a series
        is_missing = pc.or_(is_missing, pc.equal(ids, "0"))
    is_numbered = pc.or_(pc.invert(is_undated), _within(is_undated, ids, _NUMBERED))
    return pc.or_(is_missing, _within(is_undated, ids, _NO_DIGIT)) if _are_most(is_numbered) else is_missing


def _within(places: pa.Array, ids: pa.Array, pattern: str) -> pa.Array:
    """Which ids match, of those at these places; the others are not looked at, since most of a file's are alike."""
    return pc.replace_with_mask(places, places, pc.match_substring_regex(ids.filter(places), pattern))


def placeholders(ids: pa.Array) -> pa.Array:
    """Which of the distinct ids look like an id, but are nobody's."""
    is_masked = pc.match_substring_regex(ids, _MASKED)
    is_placeholder = pc.match_substring_regex(ids, _PLACEHOLDER)
    return is_placeholder if _are_most(is_masked) else pc.or_(is_placeholder, is_masked)


def plain_digits(ids: pa.Array) -> npt.NDArray[np.uint8] | None:
    """The twelve digits of each distinct id, as numbers (n × 12); None unless all are eight, a hyphen and four."""
    lengths = pc.min_max(pc.binary_length(ids)).as_py()
    if set(lengths.values()) != {_PLAIN_LENGTH}:
        return None
    signs = np.frombuffer(one_text(ids), np.uint8).reshape(-1, _PLAIN_LENGTH)
    digits = np.delete(signs, _HYPHEN, axis=1) - ord("0")
    return digits if (signs[:, _HYPHEN] == ord("-")).all() and (digits <= 9).all() else None


def one_text(texts: pa.Array) -> bytes:
    """All texts as one in UTF-8, without making a Python string of each."""
    return bytes(pc.binary_join(pa.ListArray.from_arrays([0, len(texts)], texts.cast(pa.binary())), b"")[0].as_py())


def are_whole(digits: npt.NDArray[np.uint8]) -> bool:
    """Whether all ids of so many digits (n × 12) are somebody's: with a date of birth, and none is a placeholder."""
    century, month, day, number = (
        digits[:, :2] @ _TENS, digits[:, 4:6] @ _TENS, digits[:, 6:8] @ _TENS, digits[:, 8:].any(axis=1)
    )  # fmt: skip
    is_new_year = (month == 1) & (day == 1)
    return bool(
        ((century >= 18) & (century <= 20)).all()
        and ((month >= 1) & (month <= 12)).all()
        and (((day >= 1) & (day <= 31)) | ((day >= 61) & (day <= 91))).all()
        and (number | ~is_new_year).all()
    )


def about_unlike_ids(ids: pa.Array, indices: pa.Array, row_numbers: pa.Array, heading: str) -> list[Finding]:
    """What is to be said of ids that are not as the others. `indices` and `row_numbers` are per row."""

    def finding(level: Level, code: FindingCode, what: str, action: str, hits: pa.Array) -> list[Finding]:
        rows = first_and_count(row_numbers, hits.take(indices))
        return [Finding(level, code, what, "", action, heading, rows[0], count=rows[1])] if rows else []

    fetch_again = "Hämta uttaget på nytt med hela id:t, eller med ett löpnummer för varje person"
    is_dated = pc.match_substring_regex(ids, _DATED)
    is_undated = pc.invert(is_dated)
    is_date_alone = pc.or_(_within(is_undated, ids, _DATE_ALONE), pc.match_substring_regex(ids, _MASKED))
    if _are_most(is_date_alone):
        what = "person-id är bara födelsedatum, så att personer som är födda samma dag blir en"
        return finding(Level.ERROR, FindingCode.ID_UNLIKE, what, fetch_again, is_date_alone)
    is_missing = missing(ids)
    has_hidden_part = pc.and_not(pc.match_substring_regex(ids, _HIDDEN_PART), is_missing)
    if (pc.sum(has_hidden_part).as_py() or 0) >= _MOST * len(ids):
        what = "person-id är avkortat eller maskerat, så att flera personer kan bli en"
        return finding(Level.ERROR, FindingCode.ID_UNLIKE, what, fetch_again, has_hidden_part)
    findings = about_often(indices, is_missing, row_numbers, heading)
    action = "Kontrollera om det är en platshållare, eller avrundat av Excel"
    if _are_most(is_other_century := _within(is_undated, ids, _NO_SUCH_CENTURY)):
        what = "person-id har ett sekel som ingen är född i, och ingen får någon ålder ur det"
        return findings + finding(Level.WARNING, FindingCode.ID_UNLIKE, what, fetch_again, is_other_century)
    if not _are_most(is_dated):
        return findings
    is_known = pc.or_(is_dated, is_missing)
    is_part = pc.and_not(_within(is_undated, ids, _FEW_DIGITS), is_known)
    what = "person-id har färre siffror än de andra, så att flera personer kan bli en"
    findings += finding(Level.WARNING, FindingCode.ID_UNLIKE, what, fetch_again, is_part)
    is_impossible = pc.and_not(_within(is_undated, ids, _NO_SUCH_DAY), is_known)
    is_impossible = pc.and_not(is_impossible, _within(is_undated, ids, _RESERVE_NUMBER))
    what = "person-id har en födelsedag som inte finns. Varje sådant räknas som en person"
    return findings + finding(Level.WARNING, FindingCode.ID_UNLIKE, what, action, is_impossible)


def about_often(indices: pa.Array, is_missing: pa.Array, row_numbers: pa.Array, heading: str) -> list[Finding]:
    """One id on very many rows, where the others stand on few, is what a system writes for those that have none."""
    row_counts = np.bincount(indices.to_numpy(), minlength=len(is_missing))
    if len(row_counts) < _ENOUGH:
        return []
    most_of_others = int(np.quantile(row_counts, _OFTEN, method="lower"))
    is_often = row_counts >= max(_MANY_ROWS, _TIMES_AS_MANY * most_of_others)
    is_often &= ~is_missing.to_numpy(zero_copy_only=False)
    rows = first_and_count(row_numbers, pa.array(is_often).take(indices))
    if rows is None:
        return []
    what = "ett person-id står på många gånger fler rader än de andra, och räknas som en person"
    action = "Kontrollera att det inte är en platshållare för flera"
    return [Finding(Level.WARNING, FindingCode.ID_OFTEN, what, "", action, heading, rows[0], count=rows[1])]


def _are_most(hits: pa.Array) -> bool:
    return len(hits) >= _ENOUGH and (pc.sum(hits).as_py() or 0) >= _MOST * len(hits)
