"""Ids that are no person's, or another's than they seem: rounded by Excel, placeholders, a century too late."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.intake.ids_in_text import has_check_digit
from naravard.intake.read.body import first_and_count
from naravard.intake.unlike_ids import about_unlike_ids, placeholders

_ROUNDED = r"^[1-9]\d{3,7}0{4,8}$"
"""Ten to twelve digits of which the last four or more are zeros: a spreadsheet shows and saves so many digits only."""
_ROUNDED_LITTLE = r"^[1-9]\d{6,8}0{3}$"
"""The last three are zeros, which one id of a thousand has by chance."""
_ROUNDED_LONG = r"^[1-9]\d{14}0+$"
"""More than fifteen digits, of which a spreadsheet keeps fifteen."""
_ID_LENGTHS = (10, 12)
_TWO_DIGIT_YEAR = r"^\d{6}[-]?[0-9A-Z]{4}$"
_ADULT = 18
_WITHOUT_ZERO = r"^\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])\d{4}$"
"""Nine digits that are a personnummer's with a zero in front: born in the years 00–09."""
_ENOUGH_OF_NINE = 0.5
"""So large a share of the ids with nine digits must be whole with the zero; internal numbers are so by chance alone."""


def about_odd_ids(ids: pa.Array, indices: pa.Array, row_numbers: pa.Array, heading: str, year: int) -> list[Finding]:
    """What is to be said of distinct ids (capitals, no spaces). `indices` and `row_numbers` are per row."""
    is_placeholder = placeholders(ids)
    is_little = pc.match_substring_regex(ids, _ROUNDED_LITTLE)
    pattern = _ROUNDED_LITTLE if (pc.sum(is_little).as_py() or 0) > len(ids) / 2 else _ROUNDED
    is_rounded = pc.and_(
        pc.match_substring_regex(ids, pattern),
        pc.is_in(pc.utf8_length(ids), value_set=pa.array(_ID_LENGTHS, pa.int32())),
    )
    is_long = pc.match_substring_regex(ids, _ROUNDED_LONG)
    if (pc.sum(is_long).as_py() or 0) > len(ids) / 2:  # one of ten ends in a zero by chance
        is_rounded = pc.or_(is_rounded, is_long)
    # one number with zeros is a number; several are a column that has been rounded
    if (pc.sum(is_rounded).as_py() or 0) >= min(2, len(ids)):
        what = "person-id är avrundat av Excel: de sista siffrorna är nollor, så att flera personer blir en"
        action = "Hämta uttaget på nytt, och öppna det inte i Excel före inläsningen"
        return _finding(
            Level.ERROR, FindingCode.ID_ROUNDED, what, "id:t som text", action, heading,
            first_and_count(row_numbers, is_rounded.take(indices)),
        )  # fmt: skip
    findings = _finding(
        Level.ERROR,
        FindingCode.ID_MISSING,
        "person-id är en platshållare, ingen persons",
        "ett id på varje rad",
        "Fyll i eller ta bort raden: utan id går det inte att se om personen redan är räknad",
        heading,
        first_and_count(row_numbers, is_placeholder.take(indices)),
    )
    findings += about_unlike_ids(ids, indices, row_numbers, heading)
    return findings + _about_children(pc.if_else(is_placeholder, "", ids), indices, row_numbers, heading, year)


def with_lost_zeros(
    ids: pa.Array, indices: pa.Array, row_numbers: pa.Array, heading: str
) -> tuple[pa.Array, list[Finding]]:
    """The distinct ids with the zero that a spreadsheet takes from the front of a number put back, and how many.

    Only where most of the ids with nine digits become whole by it: a date, and the check digit of a personnummer.
    """
    has_nine = pc.match_substring_regex(ids, r"^\d{9}$")
    may_be_whole = pc.match_substring_regex(ids, _WITHOUT_ZERO)
    if not pc.any(may_be_whole).as_py():
        return ids, []
    is_whole = pa.array([bool(may) and has_check_digit(f"0{text}") for may, text in zip(
        may_be_whole.to_pylist(), ids.to_pylist(), strict=True)], pa.bool_())  # fmt: skip
    if (pc.sum(is_whole).as_py() or 0) < _ENOUGH_OF_NINE * pc.sum(has_nine).as_py():
        return ids, []
    what = "person-id har nio siffror: nollan först är borta, som när Excel har gjort id:t till ett tal. Den läggs till"
    action = "Kontrollera kolumnen, eller hämta uttaget på nytt med id som text"
    rows = first_and_count(row_numbers, is_whole.take(indices))
    with_zero = pc.if_else(is_whole, pc.binary_join_element_wise("0", ids, ""), ids)
    return with_zero, _finding(Level.WARNING, FindingCode.ID_LOST_ZERO, what, "tio siffror", action, heading, rows)


def _about_children(ids: pa.Array, indices: pa.Array, row_numbers: pa.Array, heading: str, year: int) -> list[Finding]:
    """Ids with two digits for the year that would be a child's: the person may as well be over a hundred."""
    is_short = pc.match_substring_regex(ids, _TWO_DIGIT_YEAR)
    two_digits = pc.cast(pc.utf8_slice_codeunits(pc.if_else(is_short, ids, "99"), 0, 2), pa.int32()).to_numpy()
    is_child = pc.and_(is_short, pa.array((year - two_digits) % 100 < _ADULT))
    return _finding(
        Level.WARNING,
        FindingCode.ID_GIVES_CHILD,
        f"person-id med tio tecken läses som en persons under {_ADULT} år, men kan vara över hundra",
        "tolv siffror, eller + från hundra år",
        "Kontrollera åldern, eller hämta uttaget med tolv siffror",
        heading,
        first_and_count(row_numbers, is_child.take(indices)),
    )


def _finding(
    level: Level,
    code: FindingCode,
    what: str,
    allowed: str,
    action: str,
    heading: str,
    rows: tuple[int, int] | None,
) -> list[Finding]:
    return [] if rows is None else [Finding(level, code, what, allowed, action, heading, rows[0], count=rows[1])]
