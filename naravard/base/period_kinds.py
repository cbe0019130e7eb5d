"""The kinds of matperiod, as a table: how each is written, and which days it is. The next kind is the next entry.

A kind is a part of a year whose year stands before or after it (`part`), or has forms of its own (`forms`). Parts of
one kind may be a range with a common year ("jan–mars 2024"); what has a year of its own may be a range with any other
("2023-11–mars 2024"), which periods.py puts together.

Spring and autumn are the terms, half a year each, since "våren" and "vt" are said of the same; a school year is the two
of them. Summer and winter are SMHI's, of three months.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple


class Span(NamedTuple):
    """The first and the last day of a period, both of them in it."""

    first: date
    last: date


class Unreadable(ValueError):
    """Why a text that looks like a period is none, in Swedish: the end of a sentence."""


@dataclass(frozen=True)
class Kind:
    """One kind of period. `days` gives the days of a part in a year; it raises Unreadable for one that is not there.

    `forms` are patterns with what gives their days. `is_title` tells that a title or a file name may say the period
    so. `short_year` is how a year of two digits may follow the part.
    """

    name: str
    part: str = ""
    days: Callable[[int, str], Span] | None = None
    forms: tuple[tuple[str, Callable[[re.Match[str]], Span]], ...] = ()
    is_title: bool = True
    short_year: str = ""


class Form(NamedTuple):
    """One way to write a kind: a pattern, and what gives the days of its match."""

    kind: Kind
    pattern: re.Pattern[str]
    span: Callable[[re.Match[str]], Span]


RANGE = r"(?:\s*-{1,3}\s*|\s+till(?:\s+och\s+med)?\s+|\s*\bt\.?\s?o\.?\s?m\.?\s+)"
"""What stands between the two ends of a range. Dashes of all sorts are written as hyphens before it is looked for."""
_YEAR = r"(?:19|20)\d\d"
_NO_MORE = r"(?!\d|[-/.]\d\d?(?!\d))"
"""Not the beginning of a longer number or date; a range may follow."""
_YEAR_BEFORE = rf"(?P<y>{_YEAR})[\s,./-]*"
_YEAR_AFTER = rf"(?:[\s,./-]+(?:år(?:et)?\s+|av\s+)?|(?<=[^\W\d]))(?P<y>{_YEAR}){_NO_MORE}"
_SHORT_YEAR = rf"\s?[-'’]\s?(?P<y>\d\d){_NO_MORE}"
_MONTH_NAMES = (
    "jan(?:uari|uary)?", "feb(?:ruari|ruary)?", "mar(?:s|ch)?", "apr(?:il)?", "ma[jy]", "jun[ie]?", "jul[iy]?",
    "aug(?:usti?)?", "sep(?:t|tember)?", "o[kc]t(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
MONTH_NAME = rf"(?:{'|'.join(_MONTH_NAMES)})"
_WORD_END = r"(?![^\W\d_])"
_MEASURED = rf"(?:mätning(?:en)?)?{_WORD_END}\.?"
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_IN_SWEDISH = {"may": "maj", "oct": "okt"}
_ORDINALS = ("första", "andra", "tredje", "fjärde")
_ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|[1-9](?::?(?:a|e|sta))?)"
_NUMBERED = r"\d{1,2}(?!\d)"


def months(year: int, first: int, last: int) -> Span:
    """Some months of a year. A month above 12 is of the year after, one below 1 of the year before."""
    (start_year, start), (end_year, end) = divmod(12 * year + first - 1, 12), divmod(12 * year + last - 1, 12)
    return Span(date(start_year, start + 1, 1), date(end_year, end + 1, monthrange(end_year, end + 1)[1]))


def _week(year: int, text: str) -> Span:
    """A week of ISO 8601, from Monday to Sunday."""
    week = int(re.sub(r"\D", "", text))
    weeks = date(year, 12, 28).isocalendar().week
    if not 1 <= week <= weeks:
        raise Unreadable(f"vecka {week} finns inte: {year} har {weeks} veckor")
    monday = date.fromisocalendar(year, week, 1)
    return Span(monday, monday + timedelta(days=6))


def month_number(text: str) -> int:
    """The number of a month from its name (Swedish or English, whole or short) or its digits."""
    digits = re.sub(r"\D", "", text)
    name = text[:3].lower()
    return int(digits) if digits else 1 + _MONTHS.index(_IN_SWEDISH.get(name, name))


def _month(year: int, text: str) -> Span:
    month = month_number(text)
    if not 1 <= month <= 12:
        raise Unreadable(f"månad {month} finns inte")
    return months(year, month, month)


def _month_in_digits(match: re.Match[str]) -> Span:
    """`2024-03`; a second number that is the next year's is two years, or could be either."""
    year, number, mark = int(match["y"]), int(match["m"]), match["mark"]
    if number == (year + 1) % 100 and (number > 12 or mark != "-"):
        text = match[0]
        raise Unreadable(f"”{text}” kan vara flera saker. Skriv ”läsåret {text}” eller ”{year}–{year + 1}”")
    return _month(year, match["m"])


def _day(match: re.Match[str]) -> Span:
    month = month_number(match["m"])
    try:
        day = date(int(match["y"]), month, int(match["d"]))
    except ValueError:
        raise Unreadable(f"dagen ”{match[0]}” finns inte") from None
    return Span(day, day)


def _days(match: re.Match[str]) -> Span:
    """Days with a common year, and perhaps a common month: `1 januari–31 mars 2024`."""
    year, month, last_month = int(match["y"]), month_number(match["m"] or match["m2"]), month_number(match["m2"])
    try:
        first, last = date(year, month, int(match["d"])), date(year, last_month, int(match["d2"]))
    except ValueError:
        raise Unreadable(f"”{match[0]}” har en dag som inte finns") from None
    return range_of(Span(first, first), Span(last, last))


def _days_in_short(match: re.Match[str]) -> Span:
    """`240401-240630`: days with years of two digits, which only a range is taken for."""
    try:
        first, last = (datetime.strptime(match[name], "%y%m%d").date() for name in ("from", "to"))
    except ValueError:
        raise Unreadable(f"”{match[0]}” har en dag som inte finns") from None
    return range_of(Span(first, first), Span(last, last))


def _division(name: str, words: str, length: int) -> Kind:
    """Equal parts of a year, by number: so many months each."""
    most = 12 // length

    def days(year: int, text: str) -> Span:
        digits = re.search(r"\d+", text)
        number = int(digits[0]) if digits else 1 + _ORDINALS.index(text.split(maxsplit=1)[0].lower())
        if not 1 <= number <= most:
            raise Unreadable(f"{name} {number} finns inte, bara 1–{most}")
        return months(year, length * (number - 1) + 1, length * number)

    part = rf"(?:(?:{words})\.?\s?{_NUMBERED}|{_ORDINAL}\s+(?:{words}))"
    return Kind(name, part, days, short_year=rf"\s?[-'’/]?\s?(?P<y>\d\d){_NO_MORE}")


def _season(year: int, text: str) -> Span:
    first, last = {"v": (1, 6), "s": (6, 8), "h": (7, 12)}[text[0].lower()]
    return months(year, first, last)


def _years_that_meet(match: re.Match[str], first: int, last: int) -> Span:
    """What begins in one year and ends in the next: months from the first one's January."""
    year = _full_year(match["y"])
    if int(match["y2"][-2:]) != (year + 1) % 100:
        raise Unreadable(f"”{match[0]}” ska vara två år i följd")
    return months(year, first, last)


def _winter_of_one_year(match: re.Match[str]) -> Span:
    word, year = match[0].split()[0], int(match["y"])
    raise Unreadable(f"skriv båda åren: ”{word} {year - 1}–{year}” eller ”{word} {year}–{year + 1}”")


def _half_without_number(match: re.Match[str]) -> Span:
    raise Unreadable(f"skriv vilken del av året, till exempel ”{match['word'].lower()} 1 {match['y']}”")


def _years(match: re.Match[str]) -> Span:
    raise Unreadable(f"”{match[0]}” kan vara flera saker. Skriv ”läsåret {match[0]}” eller båda åren med tankstreck")


_WINTER = r"vint(?:er|ern)"
_TWO_YEARS = rf"(?P<y>{_YEAR}|\d\d)\s?[-/]\s?(?P<y2>{_YEAR}|\d\d)(?!\d)"

_MONTH_IN_DIGITS = rf"{_YEAR}(?:0[1-9]|1[0-2])(?!\d)"
_SHORT_DAY = r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
_WHOLE = r"(?:(?:hel|kalender)?år(?:et)?|hela(?:\såret)?)"
YEAR = Kind(
    "år",
    forms=(
        (
            rf"(?:{_WHOLE}\s)?(?P<y>{_YEAR})(?!\d)(?:[\s,]+\(?helår(?:et)?\b\)?)?",
            lambda match: months(int(match["y"]), 1, 12),
        ),
        (rf"{_WHOLE}\s?[-'’]?(?P<y>\d\d)(?![\d/-])", lambda match: months(_full_year(match["y"]), 1, 12)),
        (rf"{_YEAR}\s?/\s?{_YEAR}(?!\d)", _years),
    ),
    is_title=False,
)
DAY = Kind(
    "dag",
    forms=(
        (rf"(?P<y>{_YEAR})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)", _day),
        (rf"(?P<y>{_YEAR})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)", _day),
        (rf"(?:den\s)?(?P<d>\d\d?)\s(?P<m>{MONTH_NAME})\.?\s(?P<y>{_YEAR})(?!\d)", _day),
        (
            rf"(?:den\s)?(?P<d>\d\d?)(?:\s(?P<m>{MONTH_NAME})\.?)?{RANGE}"
            rf"(?:den\s)?(?P<d2>\d\d?)\s(?P<m2>{MONTH_NAME})\.?\s(?P<y>{_YEAR})(?!\d)",
            _days,
        ),
        (rf"(?P<d>\d\d?)/(?P<m>\d\d?)\s(?P<y>{_YEAR})(?!\d)", _day),
        (rf"(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>{_YEAR})(?!\d)", _day),
        (rf"(?P<d>\d\d?)/(?P<m>\d\d?){RANGE}(?P<d2>\d\d?)/(?P<m2>\d\d?)[\s-](?P<y>{_YEAR})(?!\d)", _days),
        (
            rf"(?!{_MONTH_IN_DIGITS}{RANGE}{_MONTH_IN_DIGITS})(?P<from>{_SHORT_DAY}){RANGE}(?P<to>{_SHORT_DAY})(?!\d)",
            _days_in_short,
        ),
    ),
    is_title=False,
)
KINDS = (
    YEAR,
    DAY,
    Kind("vecka", rf"(?:(?:mät)?v(?:ecka|eckorna|eckor)?\.?\s?|w){_NUMBERED}", _week),
    Kind(
        "månad",
        rf"(?:{MONTH_NAME}(?:\smånad(?:en)?{_WORD_END}|{_MEASURED})|mån(?:ad)?\.?\s?\d\d?(?!\d)|m\d\d(?!\d))",
        _month,
        (
            (rf"(?P<y>{_YEAR})(?P<mark>[-–/.])(?P<m>\d\d){_NO_MORE}", _month_in_digits),
            (rf"(?P<y>{_YEAR})(?P<mark>)(?P<m>0[1-9]|1[0-2])(?!\d)", _month_in_digits),
            (rf"(?P<m>\d\d?)[-/](?P<y>{_YEAR}){_NO_MORE}", lambda m: _month(int(m["y"]), m["m"])),
        ),
        short_year=_SHORT_YEAR,
    ),
    _division("kvartal", "kvartal(?:et)?|kv|q|k", 3),
    _division("tertial", "tertial(?:et)?|t", 4),
    _division("halvår", "halvår(?:et)?|h", 6),
    Kind("del av år", forms=((rf"(?P<word>halvår|kvartal|tertial)(?:et)?{_YEAR_AFTER}", _half_without_number),)),
    Kind(
        "årstid",
        rf"(?:(?:vår|höst)(?:en|termin|terminen)?|sommar(?:en)?|[vh]t){_MEASURED}",
        _season,
        (
            (rf"{_WINTER}\s?{_TWO_YEARS}", lambda match: _years_that_meet(match, 12, 14)),
            (rf"{_WINTER}{_YEAR_AFTER}", _winter_of_one_year),
        ),
        short_year=rf"\s?(?:[-'’]\s?)?(?P<y>\d\d){_NO_MORE}",
    ),
    Kind("läsår", forms=((rf"läsår(?:et)?\s?{_TWO_YEARS}", lambda match: _years_that_meet(match, 7, 18)),)),
)
"""All kinds. Of two that fit at the same place the longer text is taken."""

ROLLING = (
    r"(?:(?:r|rullande\s|(?:de\s)?senaste\s)\s?(?P<n>\d\d?|tolv)(?:\s?mån(?:ader|aderna|aders)?)?"
    r"|(?P<months>\d\d?)\smånader|rullande\s(?:hel)?år)\b"
)
"""What stands beside a month that ends a rolling period, and the number of its months."""
TIME_WORD = re.compile(
    rf"\b(?:{MONTH_NAME}|[vh]t|vår(?:en)?|sommar(?:en)?|höst(?:en)?|{_WINTER}|\w*veck(?:a|or|orna)|\w*kvartal(?:et)?|kv|termin|delår\w*"
    r"|tertial(?:et)?|halvår(?:et|sskiftet)?|halvan|läsår(?:et)?|mån(?:ad|ader|aderna)|dagar(?:na)?|jul(?:en)?|påsk(?:en)?|rullande|[vwqkthmr]\.?\s?\d+|t\.?\s?o\.?\s?m|till|från"
    r"|fr\.?\s?o\.?\s?m|sedan|före|efter|mellan)\b",
    re.IGNORECASE,
)
"""Words that must not be left of a text when its period has been read."""


def forms() -> tuple[Form, ...]:
    """All ways to write all kinds."""
    return tuple(form for kind in KINDS for form in _forms(kind))


def _forms(kind: Kind) -> Iterator[Form]:
    for pattern, span in kind.forms:
        yield Form(kind, _compiled(pattern), span)
    if kind.days is None:
        return
    days, first, last = kind.days, rf"(?P<first>{kind.part})", rf"(?P<last>{kind.part}|{_NUMBERED})"

    def one(match: re.Match[str]) -> Span:
        return days(_full_year(match["y"]), match["first"])

    def several(match: re.Match[str]) -> Span:
        year = _full_year(match["y"])
        return range_of(days(year, match["first"]), days(year, match["last"]))

    for end in (_YEAR_AFTER, kind.short_year):
        if end:
            yield Form(kind, _compiled(first + end), one)
            yield Form(kind, _compiled(first + RANGE + last + end), several)
    yield Form(kind, _compiled(rf"{_YEAR_BEFORE}{first}(?!\w)"), one)
    yield Form(kind, _compiled(rf"{_YEAR_BEFORE}{first}{RANGE}{last}(?!\w|[-/.]\d)"), several)


def range_of(first: Span, last: Span) -> Span:
    """From the beginning of one to the end of another. Raises Unreadable where that is backwards."""
    if last.last < first.last or last.first < first.first:
        raise Unreadable("den slutar innan den börjar. Skriv båda åren om den går över ett årsskifte")
    return Span(first.first, last.last)


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
