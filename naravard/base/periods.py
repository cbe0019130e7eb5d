"""Matperioder: the texts that say when a figure was measured, the days that they mean, and their order in time.

period_kinds.py has the table of how each kind is written. A text is read once, and what it means is cached.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from naravard.base import period_kinds
from naravard.base.errors import UserError
from naravard.base.model import UNKNOWN_PERIOD
from naravard.base.period_kinds import RANGE, ROLLING, TIME_WORD, YEAR, Span, Unreadable, months, range_of

__all__ = ["Period", "Span"]

_LONGEST = 60
_CACHED = 4096
EVERY = "alla"
LATEST_PER_AREA = "senast kända per område"
RESERVED_WORDS = frozenset({EVERY, LATEST_PER_AREA})
"""Words that ask for several periods, so that no period can be called so."""
_SEVERAL_YEARS = 366
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | {ord("_"): " ", ord("\u00a0"): " ", ord("\u202f"): " "}
_WORD_START = re.compile(r"(?<!\w)(?=\w)|(?<=[^\W\d_])(?=\d{4})")
_NUMBERED_WORD = re.compile(r"[^\W\d_]+\s\d{1,2}(?!\w)")
_VERSION = re.compile(r"v\d(?!\d)", re.IGNORECASE)
"""What in a file name is rather a version of it than a week."""
_NUMBERED_THING = re.compile(r"[qkth]\d\s?[-'’/]?\s?\d\d(?!\d)", re.IGNORECASE)
"""What in a title is rather a table or a cell, "T1-12", than a part of a year without its century."""
_ROLLING_BEFORE = re.compile(rf"\b{ROLLING}[\s,:-]*(?:t\.?\s?o\.?\s?m\.?\s|till(?:\s+och\s+med)?\s)?$", re.IGNORECASE)
_ROLLING_AFTER = re.compile(rf"[\s,(]*{ROLLING}\)?", re.IGNORECASE)
_ROLLING_ENDS = frozenset({"månad", "kvartal", "tertial", "halvår"})
_RANGE = re.compile(RANGE, re.IGNORECASE)
_DIGITS_ALONE = re.compile(r"(\d{6}|\d{8})\s*[-‐‑‒–—―−]\s*(\d{6}|\d{8})")
_FROM = re.compile(r"från(?:\soch\smed)?|fr\.?\s?o\.?\s?m\.?|period(?:en)?:?", re.IGNORECASE)
_TO = re.compile(r"\b(?:till|t\.?\s?o\.?\s?m)\b|\d\s-\s\d", re.IGNORECASE)
"""What may begin a range, and what shows that it is one: "från mars 2024" has no end."""


@dataclass(frozen=True)
class Period:
    """What a matperiod means: its days, and the kind that it is written as.

    `other_words` are those that say nothing of the time, as "mätning 1"; empty for most.
    """

    span: Span
    kind: str
    other_words: str = ""

    @property
    def is_rough(self) -> bool:
        """Whether it is taken as a whole year, though other words may mean a part of it."""
        return self.kind == YEAR.name and bool(self.other_words)

    @property
    def season(self) -> tuple[object, ...]:
        """Where in the year it lies and how long it is: the same for periods that can be compared with each other."""
        first, last = self.span
        if self.kind == "vecka":
            place: tuple[int, ...] = (first.isocalendar().week, (last - first).days)
        else:
            is_end_of_month = months(last.year, last.month, last.month).last == last
            place = (first.month, first.day, last.month, 0 if is_end_of_month else last.day, last.year - first.year)
        number = self.other_words if re.search(r"\d", self.other_words) else ""
        return (self.kind == "vecka", *place, number)


def parse(matperiod: str) -> Period | None:
    """What a matperiod means; None for one that names no days, or that cannot be read."""
    return _reading(matperiod).period


def span(matperiod: str) -> Span | None:
    """The first and the last day of a matperiod; None where it names none. All days are in it."""
    period = _reading(matperiod).period
    return period.span if period else None


def overlaps(one: str, other: str) -> bool:
    """Whether two matperioder have a day in common. One without days overlaps none but itself."""
    first, second = span(one), span(other)
    if first is None or second is None:
        return one.casefold() == other.casefold()
    return first.first <= second.last and second.first <= first.last


@lru_cache(_CACHED)
def year_of(matperiod: str) -> int | None:
    """The year that a matperiod ends in, a week's by its Thursday. None for several years, or none."""
    period = parse(matperiod)
    if period is None:
        named_years = set(_YEARS.findall(matperiod))
        return int(named_years.pop()) if len(named_years) == 1 else None
    first, last = period.span
    middle = last - timedelta(days=3) if period.kind == "vecka" else last
    return middle.year if (last - first).days < _SEVERAL_YEARS else None


def last_day(matperiod: str) -> date | None:
    """The last day of a matperiod: "v. 14 2024" ends on its Sunday, 2024-04-07. Ages are those of that day."""
    days = span(matperiod)
    return days.last if days else None


def find(text: str) -> str | None:
    """The period that a title or a file name has ("januari–mars 2024", "v. 14 2024"); None for no single one.

    A bare year or day is not enough: it can be when the file was made.
    """
    text = unicodedata.normalize("NFC", text)
    places = [
        place
        for place in _places(text)
        if place.kind.is_title and not any(other.match(text, place.start) for other in (_VERSION, _NUMBERED_THING))
    ]
    names = {" ".join(text[place.start : place.end].replace("_", " ").lower().split()) for place in places}
    return names.pop() if len(names) == 1 and not any(place.fault for place in places) else None


def clean(matperiod: str) -> str:
    """A period as it is stored: composed letters, single spaces. Raises UserError for one that cannot be shown or read.

    A text without any year is free; one with a year must say one period, so that it is not taken for another.
    """
    text = " ".join(unicodedata.normalize("NFC", matperiod).split())
    if not text or len(text) > _LONGEST or not text.isprintable() or text.casefold() in RESERVED_WORDS:
        raise UserError(
            f"Mätperioden {matperiod[:_LONGEST]!r} går inte att använda. Skriv en kort text, högst {_LONGEST} tecken, "
            "som säger när uppgifterna gäller, till exempel ”våren 2024”."
        )
    fault = _reading(text).fault
    if fault:
        raise UserError(
            f"Mätperioden ”{text}” går inte att läsa: {fault}. Så går det att skriva: ”mars 2024”, ”jan–mars 2024”, "
            "”v. 14 2024”, ”kvartal 1 2024”, ”våren 2024”, ”vintern 2023–2024”, ”läsåret 2023/24”, ”2024”, "
            "”R12 2024-03”, ”2024-01-15–2024-03-31”."
        )
    return text


def in_full(matperiod: str) -> str:
    """A range of nothing but digits, `240401-240630`, as days that nobody takes for an id; another text as it is."""
    days = span(matperiod) if _DIGITS_ALONE.fullmatch(matperiod.strip()) else None
    return f"{days.first}–{days.last}" if days else matperiod


@lru_cache(_CACHED)
def sort_key(matperiod: str) -> tuple[date, date, str]:
    """Order in time: by the last day, then the first. One without days comes first, or last in the year it names."""
    days = span(matperiod)
    if days:
        return days.last, days.first, matperiod
    year = max(map(int, _YEARS.findall(matperiod)), default=0)
    if matperiod == UNKNOWN_PERIOD or not year:
        return date.min, date.min, "" if matperiod == UNKNOWN_PERIOD else matperiod
    return date(year, 12, 31), date.min, matperiod


def before(matperiod: str, matperioder: Sequence[str]) -> str | None:
    """The nearest earlier period that it can be compared with: as long, and at the same time of the year; else None.

    Before "mars 2025" is "mars 2024", before "kvartal 1 2025" no other quarter. They have no day in common.
    """
    period = parse(matperiod)
    if period is None or matperiod not in matperioder:
        return None
    earlier = [
        other
        for other in matperioder
        if (candidate := parse(other)) and candidate.span.last < period.span.first and candidate.season == period.season
    ]
    return max(earlier, key=sort_key, default=None)


def nearest_before(matperiod: str, matperioder: Sequence[str]) -> str:
    """As `before`, but where none is alike the nearest one that ended before it; empty where there is none."""
    alike = before(matperiod, [matperiod, *matperioder])
    earlier = [p for p in matperioder if sort_key(p) < sort_key(matperiod) and not overlaps(p, matperiod)]
    return alike or max(earlier, key=sort_key, default="")


def overlapping(some: Collection[str], matperioder: Collection[str]) -> set[str]:
    """These periods, and all among others that overlap with any of them, directly or through others."""
    chains: list[set[str]] = []
    chain_end = date.min
    for days, matperiod in sorted((days, name) for name in {*some, *matperioder} if (days := span(name))):
        if days.first > chain_end:
            chains.append(set())
        chains[-1].add(matperiod)
        chain_end = max(chain_end, days.last)
    folded_names = {matperiod.casefold() for matperiod in some}
    same_words = {matperiod for matperiod in matperioder if matperiod.casefold() in folded_names}
    return set(some).union(same_words, *(chain for chain in chains if not chain.isdisjoint(some)))


def label(matperiod: str) -> str:
    """The period in a sentence or a menu."""
    return "mätperiod ej angiven" if matperiod == UNKNOWN_PERIOD else matperiod


def year(matperiod: str) -> str:
    """The period of a yearly figure: `2023`, or that its year is not known."""
    return "mätår ej angivet" if matperiod == UNKNOWN_PERIOD else matperiod


def when(matperiod: str) -> str:
    """The period in a cell or after "Mätperiod:"."""
    return "ej angiven i källan" if matperiod == UNKNOWN_PERIOD else matperiod


@dataclass(frozen=True)
class _Reading:
    """What a text was read as: a period, or the fault that hinders it; neither for a text that names no time."""

    period: Period | None = None
    fault: str = ""


@dataclass(frozen=True)
class _Place:
    """A period within a text, from `start` to `end`. `span` is None where there is a fault."""

    start: int
    end: int
    kind: period_kinds.Kind
    span: Span | None
    kind_name: str
    fault: str = ""


@lru_cache(_CACHED)
def _reading(matperiod: str) -> _Reading:
    text = unicodedata.normalize("NFC", matperiod).strip()
    places = _places(text)
    if not places:
        return _Reading()
    fault = next((place.fault for place in places if place.fault), "")
    if fault:
        return _Reading(fault=fault)
    if len(places) > 1:
        names = " och ".join(f"”{text[place.start : place.end]}”" for place in places)
        return _Reading(fault=f"den nämner flera perioder, {names}")
    place = places[0]
    rest = f"{text[: place.start]} {text[place.end :]}".strip()
    if _FROM.fullmatch(rest) and _TO.search(text, place.start, place.end):
        rest = ""
    without_numbers = _NUMBERED_WORD.sub("", rest)
    if TIME_WORD.search(rest) or re.search(r"\d", without_numbers):
        return _Reading(fault=f"det går inte att veta vad ”{rest}” betyder")
    assert place.span is not None
    return _Reading(Period(place.span, place.kind_name, rest.casefold()))


def _places(text: str) -> list[_Place]:
    """All periods in a text, from left to right: ranges as one, and rolling ones with the months before their end."""
    plain = _plain(text)
    places: list[_Place] = []
    for part in _parts(plain):
        is_end = bool(places) and _is_range(places[-1], part, plain)
        places.append(_range(places.pop(), part) if is_end else part)
    return [_rolling(place, plain) for place in places]


def _is_range(first: _Place, last: _Place, plain: str) -> bool:
    """Whether a period ends what another begins. Days may have a slash between them (ISO 8601)."""
    are_days = first.kind is period_kinds.DAY and last.kind is period_kinds.DAY
    is_interval = are_days and plain[first.end : last.start] == "/"
    return is_interval or _RANGE.fullmatch(plain, first.end, last.start) is not None


def _plain(text: str) -> str:
    """A text with one sort of dash and space, letter for letter. Two years, 2010–11, are not the month 2010-11."""
    text = re.sub(r"(?<!\d)(\d{4})[‐‑‒–—―−](?=\d\d(?!\d|\s[^\W\d]))", r"\1/", text)
    return text.translate(_DASHES)


def _parts(plain: str) -> Iterator[_Place]:
    """Periods with a year of their own, the longest at each place."""
    end = 0
    for start in (match.start() for match in _WORD_START.finditer(plain)):
        if start < end:
            continue
        matches = [(form, match) for form in _forms() if (match := form.pattern.match(plain, start))]
        if matches:
            form, match = max(matches, key=lambda each: each[1].end())
            end = match.end()
            yield _place(form, match)


@cache
def _forms() -> tuple[period_kinds.Form, ...]:
    return period_kinds.forms()


def _place(form: period_kinds.Form, match: re.Match[str]) -> _Place:
    try:
        return _Place(*match.span(), form.kind, form.span(match), form.kind.name)
    except Unreadable as error:
        return _Place(*match.span(), form.kind, None, form.kind.name, str(error))


def _range(first: _Place, last: _Place) -> _Place:
    """Two periods with a dash between, as one. Years remain years, days are a range that a title may say."""
    kind = YEAR if first.kind is YEAR and last.kind is YEAR else _ANY_RANGE
    fault, span = first.fault or last.fault, None
    if first.span and last.span:
        try:
            span = range_of(first.span, last.span)
        except Unreadable as error:
            fault = str(error)
    return _Place(first.start, last.end, kind, span, first.kind_name if first.kind is last.kind else "flera", fault)


_ANY_RANGE = period_kinds.Kind("flera")


def _months_in(words: re.Match[str]) -> int:
    """How many months a rolling period has; a year where that is all that is said."""
    digits = words["n"] or words["months"] or ""
    return int(digits) if digits.isdigit() else 12


def _rolling(place: _Place, plain: str) -> _Place:
    """ "R12 2024-03" is the twelve months that end with March."""
    before, after = _ROLLING_BEFORE.search(plain, 0, place.start), _ROLLING_AFTER.match(plain, place.end)
    words = before or after
    if words is None or place.span is None:
        return place
    start, end = min(place.start, words.start()), max(place.end, words.end())
    if place.kind_name not in _ROLLING_ENDS or place.kind is _ANY_RANGE:
        fault = "säg med vilken månad den rullande perioden slutar, till exempel ”R12 2024-03”"
        return _Place(start, end, place.kind, None, "rullande", fault)
    last = place.span.last
    return _Place(start, end, place.kind, months(last.year, last.month - _months_in(words) + 1, last.month), "rullande")
