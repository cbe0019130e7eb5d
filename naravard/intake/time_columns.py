"""Time that the file itself has, in a column that its source does not read or in headings: an extract is of one period.

A column of months in a file of persons, quarters side by side in a table of nyckeltal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from naravard.base import periods
from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import match_key
from naravard.base.model import Finding, Source
from naravard.base.numbers import enumeration, number, quantity
from naravard.base.period_kinds import YEAR, Span
from naravard.intake.column_map import ColumnMap
from naravard.intake.looks import are_mostly, cells_below, is_number, year_in
from naravard.intake.table import TextTable
from naravard.intake.words_around import day_said

_MOST_PERIODS = 200
"""A column with more texts than so is of days, or of something else."""
_QUOTED = 3
_HEADINGS_OF_YEARS = frozenset({"ar", "matar", "year", "tid", "period", "matperiod", "artal", "kalenderar", "avser"})
_YEAR_OF_WHAT = re.compile(
    r"(?:uppfoljning|statistik|redovisning|rapport(?:ering)?|referens|verksamhet|undersokning|insamling|uttag|data)s?ar"
    r"|reporting year|reference year|ar for (?:uppgift|matning|uppfoljning)\w*"
)
_NUMBERED = re.compile(r"(m[åa]nad|vecka|kvartal|tertial|halv[åa]r|month|week|quarter)", re.IGNORECASE)
_TWO_YEARS = re.compile(r"(?:19|20)\d\d\s?[/–-]\s?(?:(?:19|20)\d\d|\d\d)")
_SCHOOL_YEAR = re.compile(r"(?:läs|skol)år", re.IGNORECASE)
_OF_BIRTH = re.compile(r"född|föds|födel|birth|born", re.IGNORECASE)
"""Months that say something of the persons, and nothing of the extract."""
_OCCASION = re.compile(r"^(?:mättillfälle|mätning|mätomgång|omgång)\b", re.IGNORECASE)
_MOST_OCCASIONS = 12
_ONE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_ALONE = re.compile(r"(?<![\d-])(?:19|20)\d\d(?![\d-])")
"""A year that is no part of a day."""
_MADE = re.compile(
    r"\b(?:hämta|uttag|export|utskr|skapa|uppdater|publicer|rapportdatum)\w*[^\d,;]{0,25}\d{1,4}[^,;]{0,20}",
    re.IGNORECASE,
)
"""When a table was made, which is not what it is of."""
_ENGLISH = {"month": "månad", "week": "vecka", "quarter": "kvartal"}
_ANY_YEAR = 2000
"""A year that a part without one is tried in: `mars`, `K1`."""


@dataclass(frozen=True)
class TimeColumn:
    """A column that says when its rows are from: heading, and text → its days, in the order of time."""

    heading: str
    spans: dict[str, Span]
    has_years: bool

    @property
    def is_of_parts(self) -> bool:
        """Whether its periods are other than years: months, a school year."""
        return not all(_is_calendar_year(span) for span in self.spans.values())


def time_columns(text: TextTable, columns: ColumnMap, year: int | None = None) -> list[TimeColumn]:
    """The unused columns whose every text is a period. `year` is that of parts which do not say theirs."""
    found_columns = (_time_column(text, position, year) for position in columns.unused_positions)
    return [column for column in found_columns if column is not None]


def period_of_column(text: TextTable, source: Source, columns: ColumnMap) -> tuple[str, Finding] | None:
    """The one period that all rows have, where the source needs one and a column says it."""
    if source.period_sql is not None:
        return None
    found_columns = time_columns(text, columns)
    part = next((column for column in found_columns if not column.has_years), None)
    for column in found_columns:
        if len(column.spans) == 1 and column.has_years:
            period = next(iter(column.spans))
            if part is not None and not column.is_of_parts:
                period = _part_of_year(part, column.spans[period].last.year)
            if not period:
                return None  # several months of one year, which are asked about
            what = f"mätperioden ”{period}” är läst ur kolumnen"
            return period, Finding(Level.NOTE, FindingCode.PERIOD_FROM_TITLE, what, column=column.heading)
    return None


def _part_of_year(part: TimeColumn, year: int) -> str:
    """`mars` beside a column of one year is March of that year; empty where the rows are of several months."""
    if len(part.spans) > 1:
        return ""
    spelling = next(iter(part.spans))
    return f"{_word_of_number(spelling, part.heading)} {spelling} {year}".strip()


def about_time_columns(text: TextTable, source: Source, columns: ColumnMap, matperiod: str | None) -> list[Finding]:
    """What the columns of time say that the period of the extract does not."""
    given_days = periods.span(matperiod or "")
    found_columns = time_columns(text, columns, given_days.last.year if given_days else None)
    if source.period_sql is not None:
        return [_about_parts_of_year(c) for c in found_columns if c.is_of_parts]
    about_occasions = [_about_occasions(text, position) for position in columns.unused_positions]
    about_several = [_about_several(c, source, given_days) for c in found_columns if len(c.spans) > 1]
    about_one = [_about_one(c, matperiod, given_days) for c in found_columns if len(c.spans) == 1 and c.has_years]
    return [finding for finding in (*about_several, *about_one, *about_occasions) if finding is not None]


def about_time_around_table(text: TextTable, source: Source, matperiod: str | None) -> list[Finding]:
    """Another period above the table, or in the file's name, than the one that was given."""
    given_days = periods.span(matperiod or "")
    if source.period_sql is not None or given_days is None:
        return []
    title = _MADE.sub("", text.title)
    for level, where, words in (
        (Level.WARNING, "ovanför tabellen", title),
        (Level.WARNING, "i flikens namn", text.sheet or ""),
        (Level.NOTE, "i filens namn", text.filename),
    ):
        period = periods.find(words) or day_said(words) or _year_alone(words if words == text.sheet else "")
        days = periods.span(period or "")
        if days is None or _covers(given_days, days) or _covers(days, given_days):
            continue
        what = f"mätperioden är ”{matperiod}”, men {where} står ”{period}”"
        action = "Kontrollera mätperioden, och att det är rätt fil"
        return [Finding(level, FindingCode.YEARS_DIFFER, what, action=action)]
    year = _year_alone(text.filename)
    if year is not None and int(year) < given_days.first.year and periods.find(text.filename) is None:
        what = f"mätperioden är ”{matperiod}”, men i filens namn står ”{year}”"
        action = "Kontrollera mätperioden, och att det är rätt fil"
        return [Finding(Level.NOTE, FindingCode.YEARS_DIFFER, what, action=action)]
    return []


def about_given_year(text: TextTable, source: Source, year: str | None) -> list[Finding]:
    """Another year above the table, or in the sheet's or the file's name, than the one that was given for all rows."""
    if source.period_sql is None or not year:
        return []
    for level, where, words in (
        (Level.WARNING, "ovanför tabellen", _MADE.sub("", text.title)),
        (Level.WARNING, "i flikens namn", text.sheet or ""),
        (Level.NOTE, "i filens namn", text.filename),
    ):
        years = set(_YEAR_ALONE.findall(words))
        if years and year not in years:
            what = f"året som du angav är {year}, men {where} står {enumeration(sorted(years))}"
            action = "Kontrollera året, och att det är rätt fil"
            return [Finding(level, FindingCode.YEARS_DIFFER, what, action=action)]
    return []


def _year_alone(name: str) -> str | None:
    """The one year in the name of a sheet: `2023`, `SÄBO 2023`."""
    years = set(_ONE_YEAR.findall(name))
    return years.pop() if len(years) == 1 else None


def _about_occasions(text: TextTable, position: int) -> Finding | None:
    """A column of measurements without days: `Mättillfälle` 1 and 2."""
    heading = text.headings.whole[position]
    texts = {spelling.strip() for spelling in text.column(position).dictionary.to_pylist()} - {""}
    if not _OCCASION.search(heading) or not 1 < len(texts) <= _MOST_OCCASIONS or any(map(periods.parse, texts)):
        return None
    what = "raderna är från flera mätningar, och alla räknas i en mätperiod"
    action = "Dela filen efter kolumnen om varje mätning ska ha sina siffror"
    return Finding(Level.WARNING, FindingCode.SEVERAL_PERIODS, what, action=action, column=heading)


def about_time_in_headings(text: TextTable, source: Source) -> list[Finding]:
    """Columns of numbers under months, quarters or several years, where the source reads a figure for each year."""
    if not source.wide:
        return []
    days = [heading for heading in text.layout.headings.whole if _is_day(heading)]
    return _about_headings(text, _is_day_or_season if len(days) > 1 else _is_part_or_several_years)


def about_columns_of_time(text: TextTable) -> list[Finding]:
    """Why a table that fits no source does not: its columns of time are no years, or their cells no plain numbers."""
    return _about_headings(text, _is_day_or_season) or _about_cells_under_years(text)


def _about_headings(text: TextTable, is_so: Callable[[str], bool]) -> list[Finding]:
    headings = [
        heading
        for position, heading in enumerate(text.layout.headings.whole)
        if is_so(heading) and are_mostly(cells_below(text.cells_of_file, position), is_number)
    ]
    if not headings:
        return []
    what = f"talen under {_quoted(headings)} gäller delar av år eller flera år, och de läses per år"
    action = "Hämta talen per år, eller skriv ett årtal som rubrik"
    return [Finding(Level.ERROR, FindingCode.SEVERAL_PERIODS, what, "ett år i varje rubrik (2024)", action)]


def _about_cells_under_years(text: TextTable) -> list[Finding]:
    for position, heading in enumerate(text.layout.headings.whole):
        cells = cells_below(text.cells_of_file, position)
        others = [cell for cell in cells if not is_number(cell)]
        if year_in(heading) and len(others) * 2 > len(cells) and all(cell.strip()[:1].isdigit() for cell in others):
            what = "cellerna under ett årtal är inga rena tal"
            action = "Ta bort det som står bredvid talen, som en enhet eller ett intervall"
            return [Finding(Level.ERROR, FindingCode.NOT_A_NUMBER, what, "ett tal", action, heading)]
    return []


def _is_day_or_season(heading: str) -> bool:
    return _is_day(heading) or _is_part_or_several_years(heading)


def _is_day(heading: str) -> bool:
    """Whether a heading is a day, and not the last one of the year that its numbers are of."""
    period = periods.parse(heading)
    is_day = period is not None and period.kind == "dag" and not period.other_words
    return is_day and year_in(heading) is None


def _is_part_or_several_years(heading: str) -> bool:
    return _is_other_than_a_year(heading) or _TWO_YEARS.fullmatch(heading) is not None


def _is_other_than_a_year(heading: str) -> bool:
    period, year = periods.parse(heading), year_in(heading)
    if year is not None and year[1]:  # `2024 (jan–sep)`
        period = period or periods.parse(f"{year[1].strip('() ')} {year[0]}")
    is_year = year is not None and not year[1]
    if is_year or period is None or period.other_words or period.kind == "dag":
        return False
    return not _is_calendar_year(period.span)


def _is_calendar_year(span: Span) -> bool:
    first, last = span
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year


def _time_column(text: TextTable, position: int, year: int | None) -> TimeColumn | None:
    heading = text.headings.label(position)
    dictionary = text.column(position).dictionary
    if len(dictionary) > _MOST_PERIODS or _OF_BIRTH.search(heading):
        return None
    texts = [spelling.strip() for spelling in dictionary.to_pylist() if spelling.strip()]
    read_periods = [_period(spelling, heading, year) for spelling in texts]
    if not texts or any(period is None or period.other_words or _is_of_one_day(period) for period in read_periods):
        return None
    if any(p.kind == YEAR.name for p in read_periods if p) and not _is_of_years(heading):
        return None  # a year can be that of anything
    spans = {spelling: period.span for spelling, period in zip(texts, read_periods, strict=True) if period}
    different_spans = {span: spelling for spelling, span in sorted(spans.items(), key=lambda pair: pair[1])}
    has_years = all(periods.parse(spelling) is not None for spelling in texts)
    return TimeColumn(heading, {spelling: span for span, spelling in different_spans.items()}, has_years)


def _is_of_years(heading: str) -> bool:
    return match_key(heading) in _HEADINGS_OF_YEARS or _YEAR_OF_WHAT.fullmatch(match_key(heading)) is not None


def _period(spelling: str, heading: str, year: int | None) -> periods.Period | None:
    word = _word_of_number(spelling, heading)
    if _SCHOOL_YEAR.fullmatch(heading) and _TWO_YEARS.fullmatch(spelling):
        return periods.parse(f"läsår {spelling}")
    return periods.parse(spelling) or periods.parse(f"{word} {spelling} {year or _ANY_YEAR}".strip())


def _word_of_number(spelling: str, heading: str) -> str:
    """What a number is of, as its heading says: 3 under `Månad` is the third month."""
    unit = _NUMBERED.search(heading)
    return _ENGLISH.get(unit[1].casefold(), unit[1].casefold()) if unit and spelling.isdigit() else ""


def _is_of_one_day(period: periods.Period) -> bool:
    return period.span.first == period.span.last


def _about_parts_of_year(column: TimeColumn) -> Finding:
    level = Level.ERROR if len(column.spans) > 1 else Level.WARNING
    what = f"raderna gäller annat än kalenderår ({_quoted(column.spans)}), och talen läses per år"
    return Finding(level, FindingCode.SEVERAL_PERIODS, what, "ett tal per år", "Hämta talen per år", column.heading)


def _about_several(column: TimeColumn, source: Source, given_days: Span | None) -> Finding | None:
    """Rows of several periods. Contacts within the period are as they should be; counts of each are several tables."""
    is_within = given_days is not None and all(_covers(given_days, span) for span in column.spans.values())
    if source.has_persons and is_within:
        return None
    count = quantity(len(column.spans), "period", "perioder")
    if source.has_persons:
        what = f"raderna är från {count} ({_quoted(column.spans)}), och alla räknas i en mätperiod"
        action = "Dela filen efter kolumnen om varje period ska ha sina siffror"
        return Finding(Level.WARNING, FindingCode.SEVERAL_PERIODS, what, action=action, column=column.heading)
    what = f"tabellen har {count} ({_quoted(column.spans)}), och ett uttag är en mätperiod"
    action = "Dela filen efter kolumnen, och läs in en period i taget"
    return Finding(Level.ERROR, FindingCode.SEVERAL_PERIODS, what, "en mätperiod", action, column.heading)


def _about_one(column: TimeColumn, matperiod: str | None, given_days: Span | None) -> Finding | None:
    ((spelling, span),) = column.spans.items()
    if given_days is None or _covers(given_days, span) or _covers(span, given_days):
        return None
    what = f"mätperioden är ”{matperiod}”, men på alla rader står ”{spelling}”"
    action = "Kontrollera mätperioden, och att det är rätt fil"
    return Finding(Level.WARNING, FindingCode.YEARS_DIFFER, what, action=action, column=column.heading)


def _covers(one: Span, other: Span) -> bool:
    return one.first <= other.first and other.last <= one.last


def _quoted(texts: Iterable[str]) -> str:
    return enumeration(list(_first_few(list(texts))))


def _first_few(texts: Sequence[str]) -> Iterator[str]:
    yield from texts[:_QUOTED]
    if len(texts) > _QUOTED:
        yield f"{number(len(texts) - _QUOTED)} till"
