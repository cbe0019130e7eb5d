"""Person ids: one spelling, one number per person (deduplication), check digit, date of birth. All of it in memory.

The work is done once per distinct id. What leaves this module is a number per row, and dates of birth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.base.numbers import number
from naravard.intake.ids_in_text import about_parts_of_ids, are_digits, with_ids_alone
from naravard.intake.letter_case import with_own_case
from naravard.intake.odd_ids import about_odd_ids, with_lost_zeros
from naravard.intake.read.body import first_and_count
from naravard.intake.shortened_ids import about_shortened_ids
from naravard.intake.unlike_ids import about_often, are_whole, missing, one_text, placeholders, plain_digits

COLUMN = "person_id"
"""What the column of ids is called in every source that has one."""
_DESTROYED = r"^(\d([.,]\d+)?E\+\d{1,3}|\d[.,]\d+E\d{1,2})$"
"""As a spreadsheet writes a number that its column is too narrow for; a hash can be digits around an E, but no plus."""
_SHORT = r"^\d{6}[-+]?[0-9A-Z]{4}$"
"""Two digits for the year: a personnummer, a samordningsnummer, or a reserve number with letters."""
_LONG = r"^\d{8}[-+]?[0-9A-Z]{3,4}$"
_NAMED = (
    r"^(?:SE|PNR|PERSNR|PERSON-?NR|PERSONNUMMER|(?:URN:)?(?:OID:)?1\.2\.752\.129\.2\.1\.3\.[13])[:;,/|^#=_.-]?"
    r"((?:18|19|20)?\d{6}[-+]?\d{4})$"
)
"""An id with what it is before it: a country, a word, or the number of the register (Inera's OID)."""
_DIVIDED = (
    r"^[\[({]?((?:18|19|20)?\d\d)[-./_]?(0[1-9]|1[0-2])[-./_]?(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
    r"[-./_:]?(\d{4})[\])}]?$"
)
"""A personnummer with other signs between its parts: `1938-02-30-1234`, `19380230.1234`, `[193802301234]`."""
_IN_BRACKETS = r"^[\[({<]([^\[\](){}<>]+)[\])}>]$"
_HAS_DIVIDERS = r"[./_:\[({]|-.*-"
_WITHIN = r"(?:^|\D)(?P<id>(?:18|19|20)?\d{6}[-+]?\d{4})(?:\D|$)"
_ONE_ID = r"(?:18|19|20)?\d{6}[-+]?\d{4}"
_SEVERAL = (
    rf"(?:^|\D){_ONE_ID}(?:OCH|[^0-9A-Z.:-]{{1,3}}){_ONE_ID}(?:\D|$)"
    r"|(?:^|\D)(?:18|19|20)?\d{6}[-+]\d{4}(?:18|19|20)?\d{6}[-+]\d{4}(?:\D|$)"
)
"""Two ids in one cell; without anything between them where a line break or a space stood there."""
MISSING, DESTROYED = "saknas", "förstört"
"""What can be wrong with an id so that a human must say what becomes of its rows."""
_DAY_OF_COORDINATION = 60
_PLACES_OF_DATE = np.array([10**place for place in range(7, -1, -1)], np.int32)
_OLDEST = 125
_MANY_WRONG, _MOST_WRONG = 5, 0.05
"""So many ids, and so large a share of them, may have a wrong check digit before it is a warning."""
_ABOUT_MISSING = Finding(
    Level.ERROR,
    FindingCode.ID_MISSING,
    "person-id saknas",
    "ett id på varje rad",
    "Fyll i eller ta bort raden: utan id går det inte att se om personen redan är räknad",
)
_ABOUT_DESTROYED = Finding(
    Level.ERROR,
    FindingCode.ID_DESTROYED,
    "person-id är förstört: Excel har gjort om det till ett tal",
    "id:t som text",
    "Hämta uttaget på nytt, och öppna det inte i Excel före inläsningen",
)


@dataclass(frozen=True)
class PersonIds:
    """The ids of a file. `number` is int32 per row, the same for rows of one person.

    `birth_dates` is int32 per row, YYYYMMDD as the id has it (a samordningsnummer's day as a plain day), null
    where it has none.
    """

    number: pa.Array
    birth_dates: pa.Array
    findings: tuple[Finding, ...]


def read_ids(texts: pa.DictionaryArray, row_numbers: pa.Array, heading: str, year: int) -> PersonIds:
    """Read a column of ids. `year` is the year of measurement: it gives two-digit years their century."""
    ids, person_numbers = texts.dictionary, texts.indices
    digits = plain_digits(ids)
    if digits is not None:  # most files, and quickly done
        if are_whole(digits):
            findings = about_often(texts.indices, pa.array(np.zeros(len(ids), bool)), row_numbers, heading)
        else:
            findings = about_odd_ids(ids, texts.indices, row_numbers, heading, year)
        birth_dates = _possible_dates(digits[:, :8] @ _PLACES_OF_DATE)
        digits = digits[birth_dates.is_valid().to_numpy(zero_copy_only=False)]
    else:
        plain_ids, about_zeros = with_lost_zeros(_without_spaces(ids), texts.indices, row_numbers, heading)
        findings = list(about_zeros)
        if not are_digits(plain_ids):
            plain_ids, about_more = with_ids_alone(plain_ids, texts.indices, row_numbers, heading)
            findings += [*about_more, *about_parts_of_ids(plain_ids, texts.indices, row_numbers, heading)]
        findings += about_odd_ids(plain_ids, texts.indices, row_numbers, heading, year)
        findings += about_shortened_ids(plain_ids, texts.indices, row_numbers, heading)
        findings += _about_unusable_ids(plain_ids, texts.indices, row_numbers, heading)
        whole_ids = _with_century(plain_ids, year)
        findings += _about_ids_within(whole_ids, texts.indices, row_numbers, heading, year)
        distinct_ids = whole_ids.dictionary_encode()
        if len(distinct_ids.dictionary) < len(ids):
            whole_ids, about_case = with_own_case(ids, whole_ids, texts.indices, row_numbers, heading)
            findings += about_case
            distinct_ids = whole_ids.dictionary_encode()
        ids, person_numbers = distinct_ids.dictionary, distinct_ids.indices.take(person_numbers)
        birth_dates = _birth_dates(ids)
        digits = _digits(ids.filter(birth_dates.is_valid()))
    findings += _about_check_digits(_wrong_check_digits(digits), len(digits))
    return PersonIds(person_numbers, birth_dates.take(person_numbers), tuple(findings))


def unusable(ids: pa.Array, what: str) -> list[int]:
    """Places of the distinct ids that cannot be used: those that are missing, or destroyed by a spreadsheet."""
    plain_ids = _without_spaces(ids)
    match what:
        case _ if what == MISSING:
            hits = missing(plain_ids)
        case _ if what == DESTROYED:
            hits = pc.match_substring_regex(plain_ids, _DESTROYED)
        case _:
            return []
    return [int(place) for place in np.flatnonzero(hits.to_numpy(zero_copy_only=False))]


def ages(birth_dates: pa.Array, day: int) -> pa.Array:
    """Whole years on a day (YYYYMMDD), for dates of birth that need not exist; null where unknown or impossible."""
    years = pc.cast(pc.divide(pc.subtract(pa.scalar(day, pa.int32()), birth_dates), 10_000), pa.int64())
    is_possible = pc.and_(pc.less_equal(birth_dates, day), pc.less_equal(years, _OLDEST))
    return pc.if_else(is_possible, years, None)


def _without_spaces(ids: pa.Array) -> pa.Array:
    """No spaces, plain hyphens, capitals, and without what a spreadsheet adds: `.0`, `="…"`, a dot at each thousand.

    A personnummer has one hyphen, if any.
    """
    # full-width digits and the like are those that they look like
    ids = pc.replace_substring_regex(pc.utf8_upper(pc.utf8_normalize(ids, form="NFKC")), r"[\s\p{Z}\p{Cf}]", "")
    ids = pc.replace_substring_regex(ids, r"[\p{Pd}\x{2212}]", "-")
    ids = pc.replace_substring_regex(ids, r"""^=?["'’´`]*([0-9A-Z][^"'’´`]*)["'’´`]*$""", r"\1")
    ids = pc.replace_substring_regex(ids, r"^(?:(\d{9,10}|\d{12})[.,]0+|(\d+)[.,]0)$", r"\1\2")
    if pc.any(pc.match_substring_regex(ids, r"^(?:[A-Z]|1\.2)")).as_py():  # most files have digits alone
        ids = pc.replace_substring_regex(ids, _NAMED, r"\1")
    if not pc.all(pc.utf8_is_decimal(ids)).as_py():
        is_divided = pc.match_substring_regex(ids, _HAS_DIVIDERS)
        ids = pc.if_else(is_divided, pc.replace_substring_regex(ids, _DIVIDED, r"\1\2\3-\4"), ids)
        ids = pc.replace_substring_regex(ids, _IN_BRACKETS, r"\1")
    has_thousands = pc.match_substring_regex(ids, r"^\d{1,3}([.,]\d{3}){3}$")
    return pc.if_else(has_thousands, pc.replace_substring_regex(ids, "[.,]", ""), ids)


def _with_century(ids: pa.Array, year: int) -> pa.Array:
    """Twelve characters without hyphen where an id has the form of a person's.

    Two digits get the century that makes the person under 100 at the measurement (over 100 after a plus).
    What has another form (an internal number) stays as it stands.
    """
    is_short, is_long = pc.match_substring_regex(ids, _SHORT), pc.match_substring_regex(ids, _LONG)
    digits = pc.replace_substring_regex(ids, r"[-+]", "")
    two_digits = pc.cast(pc.utf8_slice_codeunits(pc.if_else(is_short, ids, "00"), 0, 2), pa.int32()).to_numpy()
    has_plus = pc.match_substring(ids, "+").to_numpy(zero_copy_only=False)
    birth_years = pa.array(year - (year - two_digits) % 100 - 100 * has_plus).cast(pa.string())
    twelve_digits = pc.binary_join_element_wise(birth_years, pc.utf8_slice_codeunits(digits, 2), "")
    return pc.if_else(is_short, twelve_digits, pc.if_else(is_long, digits, ids))


def _birth_dates(ids: pa.Array) -> pa.Array:
    """YYYYMMDD of ids that begin with a possible year, month and day; a samordningsnummer's day is 60 more."""
    has_date = pc.match_substring_regex(ids, r"^(18|19|20)\d{6}[0-9A-Z]\d{2}[0-9A-Z]$")
    dates = pc.cast(pc.utf8_slice_codeunits(pc.if_else(has_date, ids, "00000000"), 0, 8), pa.int32())
    return _possible_dates(dates.to_numpy())


def _possible_dates(dates: npt.NDArray[np.int32]) -> pa.Array:
    """Numbers that are YYYYMMDD of these centuries, the day of a samordningsnummer as a plain one; null for others."""
    century, month, day = dates // 1_000_000, dates // 100 % 100, dates % 100
    day = np.where(day > _DAY_OF_COORDINATION, day - _DAY_OF_COORDINATION, day)
    is_possible = (century >= 18) & (century <= 20) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    return pa.array(dates - dates % 100 + day, pa.int32(), mask=~is_possible)


def _digits(ids: pa.Array) -> npt.NDArray[np.uint8]:
    """The digits of those ids of twelve characters that have nothing else (n × 12)."""
    return np.frombuffer(one_text(ids.filter(pc.utf8_is_decimal(ids))), np.uint8).reshape(-1, 12) - ord("0")


def _wrong_check_digits(digits: npt.NDArray[np.uint8]) -> int:
    """How many ids of twelve digits (n × 12) end in another digit than Luhn's.

    Source: Skatteverket, SKV 704, the modulus-10 method. Ids without a date of birth are reserve numbers.
    """
    products = digits[:, 2:11] * np.array([2, 1, 2, 1, 2, 1, 2, 1, 2], np.uint8)
    sums = (products // 10 + products % 10).sum(axis=1)
    return int(np.count_nonzero((10 - sums % 10) % 10 != digits[:, 11]))


def _about_unusable_ids(ids: pa.Array, indices: pa.Array, row_numbers: pa.Array, heading: str) -> list[Finding]:
    """Ids that are missing or destroyed."""
    # what looks like an id has been told of as a placeholder
    is_missing = pc.and_not(missing(ids), placeholders(ids))
    is_destroyed = pc.match_substring_regex(ids, _DESTROYED)
    findings = []
    for finding, hits in ((_ABOUT_MISSING, is_missing), (_ABOUT_DESTROYED, is_destroyed)):
        rows = first_and_count(row_numbers, hits.take(indices))
        if rows is not None:
            findings.append(replace(finding, column=heading, row=rows[0], count=rows[1]))
    return findings


def _about_ids_within(
    ids: pa.Array, indices: pa.Array, row_numbers: pa.Array, heading: str, year: int
) -> list[Finding]:
    """Ids that are another of the column's with something before or after it: perhaps the same person twice."""
    is_plain = pc.match_substring_regex(ids, r"^\d{12}$")
    if pc.all(is_plain).as_py():
        return []
    is_other = pc.invert(is_plain)
    others, plain_ids = ids.filter(is_other), ids.filter(is_plain)

    def rows_of(hits: pa.Array) -> tuple[int, int] | None:
        return first_and_count(row_numbers, pc.replace_with_mask(is_other, is_other, hits).take(indices))

    rows_of_several = rows_of(pc.match_substring_regex(others, _SEVERAL))
    if rows_of_several is not None:
        what, action = "cellen har flera person-id, och skulle bli en person", "Skriv en rad för varje person"
        row, count = rows_of_several
        return [Finding(Level.ERROR, FindingCode.ID_UNLIKE, what, "ett id", action, heading, row, count=count)]
    within = pc.struct_field(pc.extract_regex(others, _WITHIN), "id").fill_null("")
    rows = rows_of(pc.is_in(_with_century(within, year), value_set=plain_ids)) if len(plain_ids) else None
    if rows is None:
        return []
    what = "person-id är ett annat ids siffror med något före eller efter, och räknas som en annan person"
    action = "Är det samma person: hämta uttaget på nytt med id:t skrivet på ett sätt"
    return [Finding(Level.WARNING, FindingCode.ID_UNLIKE, what, "", action, heading, rows[0], count=rows[1])]


def _about_check_digits(count: int, of_all: int) -> list[Finding]:
    """A few wrong digits are slips of the pen; many say that the column is not what it seems."""
    if not count:
        return []
    level = Level.WARNING if count >= _MANY_WRONG and count > _MOST_WRONG * of_all else Level.NOTE
    who = "Det räknas som en person" if count == 1 else "De räknas, var och ett som en person"
    what = f"{number(count)} person-id har fel kontrollsiffra. {who}"
    action = "Är de många: kontrollera att id-kolumnen är rätt"
    return [Finding(level, FindingCode.WRONG_CHECK_DIGITS, what, action=action)]
