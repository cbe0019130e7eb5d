"""Ids with something else in their cells: a name, a sign that the person is dead, the number of a contact."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.intake.read.body import first_and_count

_DATE = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_ID_AND_MORE = (
    rf"^\D*(?P<id>(?:18|19|20)?\d\d{_DATE}[-+]?\d{{4}})(?:(?:[^0-9A-Z]\d{{0,3}}|[A-Z]{{2}})(?:\D\d{{0,3}})*)?$"
)
"""One letter more is a part of a reserve number."""
_PLAIN = r"^\d{6,8}[-+]?\d{4}$"
_SHORTEST = 10
"""No personnummer has fewer signs."""
_ALONE = r"^\d{6,8}[-+]?[0-9A-Z]{3,4}$"
_LETTERS_FOR_DIGITS = r"^[0-9OIL]{6,8}[-+]?[0-9OIL]{4}$"
_OF_CONTACT = r"^(?P<stem>.*[0-9A-Z].*)[-_/.:]\d{1,2}$"
_INITIALS_AND_DATE = rf"^(?:[\pL]{{1,4}}[-_]?(?:18|19|20)?\d\d{_DATE}|(?:18|19|20)?\d\d{_DATE}[-_]?[\pL]{{1,3}})$"
_DIGITS_OF_LETTERS = str.maketrans("OIL", "011")
_ENOUGH, _HALF, _MOST = 5, 0.5, 0.8
_MOST_STEMS, _FEWEST_STEMS = 0.9, 0.1


def are_digits(ids: pa.Array) -> bool:
    """Whether all ids are numbers, or all personnummer: most files, in which nothing stands beside them."""
    return bool(pc.all(pc.utf8_is_decimal(ids)).as_py() or pc.all(pc.match_substring_regex(ids, _PLAIN)).as_py())


def with_ids_alone(
    ids: pa.Array, indices: pa.Array, row_numbers: pa.Array, heading: str
) -> tuple[pa.Array, list[Finding]]:
    """The distinct ids (capitals, no spaces), personnummer without what stands beside them; and what is to be asked.

    Only where most of what looks so has the check digit of a personnummer.
    """
    if (pc.max(pc.binary_length(ids)).as_py() or 0) < _SHORTEST:
        return ids, []
    places = pc.invert(pc.match_substring_regex(ids, _ALONE))
    others = ids.filter(places)
    ids_within = pc.struct_field(pc.extract_regex(others, _ID_AND_MORE), "id").fill_null("").to_pylist()
    are_whole = [bool(each) and has_check_digit(each) for each in ids_within]
    if sum(are_whole) < max(1, _HALF * sum(map(bool, ids_within))):
        return ids, []
    is_read = pc.replace_with_mask(places, places, pa.array(are_whole))
    alone = pa.array([each for each, is_whole in zip(ids_within, are_whole, strict=True) if is_whole], pa.string())
    what = "något mer än person-id står i cellen, och läses inte"
    action = "Kontrollera vad det säger: personen kan vara avliden, eller cellen en annans"
    finding = _finding(what, action, heading, is_read, indices, row_numbers)
    return pc.replace_with_mask(ids, is_read, alone), finding


def about_parts_of_ids(ids: pa.Array, indices: pa.Array, row_numbers: pa.Array, heading: str) -> list[Finding]:
    """Distinct ids that are a person's with letters for digits, a contact's, or initials and a day of birth."""
    for hits, what, action in (
        _letters_for_digits(ids),
        _names(ids),
        _initials_and_dates(ids),
        _numbers_of_contacts(ids),
    ):
        if pc.any(hits).as_py():
            return _finding(what, action, heading, hits, indices, row_numbers)
    return []


def has_check_digit(person: str) -> bool:
    """Whether the last ten digits of an id end in Luhn's."""
    digits = [int(sign) for sign in person if sign.isdigit()][-10:]
    products = [digit * weight for digit, weight in zip(digits[:9], (2, 1) * 5, strict=False)]
    return -sum(product // 10 + product % 10 for product in products) % 10 == digits[9]


_Told = tuple[pa.Array, str, str]
"""Which of the distinct ids, what is said of them, and what to do."""


def _letters_for_digits(ids: pa.Array) -> _Told:
    """Letters where digits look so: someone has written an id by hand, or read it from a picture."""
    is_like = pc.and_not(
        pc.match_substring_regex(ids, _LETTERS_FOR_DIGITS), pc.match_substring_regex(ids, r"^[^OIL]*$")
    )
    are_whole = [has_check_digit(each.translate(_DIGITS_OF_LETTERS)) for each in ids.filter(is_like).to_pylist()]
    is_enough = sum(are_whole) >= max(1, _HALF * len(are_whole))
    what = "person-id har bokstaven O, I eller L där andra har 0 eller 1, och räknas som en annan person"
    action = "Rätta id:t i filen, eller hämta uttaget på nytt"
    return (
        pc.replace_with_mask(is_like, is_like, pa.array([is_enough and each for each in are_whole], pa.bool_())),
        what,
        action,
    )


def _initials_and_dates(ids: pa.Array) -> _Told:
    is_date = pc.match_substring_regex(ids, _INITIALS_AND_DATE)
    what = "person-id är bokstäver och en födelsedag, så att flera personer kan bli en"
    action = "Hämta uttaget på nytt med hela id:t, eller med ett löpnummer för varje person"
    return (is_date if _are_most(is_date) else pc.and_not(is_date, is_date)), what, action


def _names(ids: pa.Array) -> _Told:
    has_no_digit = pc.match_substring_regex(ids, r"^[^\d]{4,}$")
    what = "person-id har inga siffror. Är det namn blir personer med samma namn en"
    action = "Hämta uttaget på nytt med ett id för varje person"
    return (has_no_digit if _are_most(has_no_digit) else pc.and_not(has_no_digit, has_no_digit)), what, action


def _numbers_of_contacts(ids: pa.Array) -> _Told:
    """Ids that have the same beginning as others, and a short number after it."""
    is_numbered = pc.match_substring_regex(ids, _OF_CONTACT)
    stem_count = pc.count_distinct(
        pc.struct_field(pc.extract_regex(ids.filter(is_numbered), _OF_CONTACT), "stem")
    ).as_py()
    count = pc.sum(is_numbered).as_py() or 0
    are_of_contacts = _are_most(is_numbered) and _FEWEST_STEMS * count <= stem_count <= _MOST_STEMS * count
    what = "person-id slutar med ett nummer, och flera har samma början: de kan vara en persons kontakter"
    action = "Kontrollera att varje id är en person. Annars: hämta uttaget med ett id för varje person"
    return (is_numbered if are_of_contacts else pc.and_not(is_numbered, is_numbered)), what, action


def _are_most(hits: pa.Array) -> bool:
    return len(hits) >= _ENOUGH and (pc.sum(hits).as_py() or 0) >= _MOST * len(hits)


def _finding(
    what: str, action: str, heading: str, hits: pa.Array, indices: pa.Array, row_numbers: pa.Array
) -> list[Finding]:
    rows = first_and_count(row_numbers, hits.take(indices))
    if rows is None:
        return []
    return [Finding(Level.WARNING, FindingCode.ID_UNLIKE, what, "", action, heading, rows[0], count=rows[1])]
