"""Whether a table of counts says that it counts the whole population: else someone is asked what it counts."""

from __future__ import annotations

import re
import unicodedata

from naravard.base import clock, kommuner, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding, Source
from naravard.base.numbers import enumeration
from naravard.base.period_kinds import MONTH_NAME
from naravard.intake.choices import AUTO, Choices
from naravard.intake.column_map import ColumnMap
from naravard.intake.looks import MOSTLY, year_in
from naravard.intake.table import TextTable

_MOST_YEARS = 3
_MANY_AGES = 5
"""So many ages in a table without any name are the classes that SCB divides the population into."""
_NUMBER = re.compile(r"-?\d[\d\s]*(?:[.,]\d+)?")
_POPULATION = re.compile(r"folkm[äa]ngd|befolkning|inv[åa]nar|population|inhabitant|\bpop\b", re.IGNORECASE)
_OF_POPULATION = re.compile(
    r"\b(?:med|som|andel\w*|av|per \d+|procent|tusental|medel\w*)\b|förändring|ökning|minskning|täthet|1 november",
    re.IGNORECASE,
)
"""What makes a title one of some of the population, of shares of it or of changes: "Invånare med hemtjänst"."""
_OTHER_DAY = re.compile(
    rf"(?:folkmängd|befolkning|invånare|population)\w*[^.;:\d]{{0,40}}(?!31 dec)\b(\d{{1,2}} {MONTH_NAME})",
    re.IGNORECASE,
)
_OF_FORECAST = re.compile(r"\b(?:framskrivning|prognos)\w* (?:av|över|för) ", re.IGNORECASE)
_FORECAST = re.compile(r"prognos|framskriv|projection|forecast", re.IGNORECASE)
_HEADING_OF_CODES = re.compile(r".*(?:kod|code|id|nr)", re.IGNORECASE)


def is_population(text: str) -> bool:
    """Whether a heading, a title or a file's name says that people are all who live there."""
    words = _OF_FORECAST.sub("", re.sub(r"[_.-]+", " ", unicodedata.normalize("NFC", text)))
    return _POPULATION.search(words) is not None and _OF_POPULATION.search(words) is None


def about_counted_people(text: TextTable, source: Source, columns: ColumnMap, choices: Choices) -> list[Finding]:
    """Only of SCB's population: of another day, a forecast, a count that is not called so, another measure beside."""
    if source.id != "befolkning":
        return []
    return [
        *_about_other_day(text),
        *_about_forecast(text, columns),
        *_about_unnamed_count(text, columns, choices),
    ]


def _about_other_day(text: TextTable) -> list[Finding]:
    """A population of another day than the last of the year: that of 1 January is the year's before."""
    day = next(filter(None, map(_OTHER_DAY.search, (text.title, *text.layout.headings.whole))), None)
    if day is None:
        return []
    what = f"folkmängden är den {day[1]}, och läses som den 31 december"
    action = "Hämta folkmängden den 31 december. Den 1 januari är den detsamma som den sista december året före"
    return [Finding(Level.WARNING, FindingCode.OTHER_MEASURE, what, "folkmängden den 31 december", action)]


def _about_forecast(text: TextTable, columns: ColumnMap) -> list[Finding]:
    """Years that have been in a table that says that it is a forecast, and years to come in one that does not."""
    if "ar" not in columns.positions or "kvalitet" in columns.positions:
        return []
    is_forecast = any(map(_FORECAST.search, (text.title, text.filename, *text.layout.headings.whole)))
    years = [(year_in(cell) or ("",))[0] for cell in text.column(columns.positions["ar"]).dictionary.to_pylist()]
    past_years = sorted({year for year in years if year and int(year) < clock.today().year})
    if not is_forecast and any(years) and not past_years:
        what = f"{enumeration(sorted(set(years) - {''})[:_MOST_YEARS])} har inte varit: talen läses som en prognos"
        return [Finding(Level.WARNING, FindingCode.YEARS_DIFFER, what, action="Kontrollera året")]
    if not (is_forecast and past_years):
        return []
    what = f"tabellen är en prognos, men {enumeration(past_years)} läses som folkmängd som har varit"
    action = "Ta bort de åren, eller lägg till en kolumn kvalitet där det står prognos"
    return [Finding(Level.WARNING, FindingCode.OTHER_MEASURE, what, "år som inte har varit", action)]


def _about_unnamed_count(text: TextTable, columns: ColumnMap, choices: Choices) -> list[Finding]:
    if "antal" not in columns.positions or columns.reasons["antal"] == "vald":
        return []
    if any(map(is_population, (text.title, text.filename, *text.layout.headings.whole, *_words_on_all_rows(text)))):
        return []
    if headings := _other_measures(text, columns):
        what = f"bredvid antalet står också {enumeration(headings)}: antalet kan gälla en del av befolkningen"
        action = "Kontrollera att det är hela folkmängden den 31 december"
        return [Finding(Level.WARNING, FindingCode.OTHER_MEASURE, what, action=action)]
    if choices.kalla != AUTO or _has_many_ages(text, columns):
        return []
    what = "filen säger inte vad antalet räknar, och det läses som hela folkmängden"
    action = "Är det något annat: välj källan ”Nyckeltal från andra”, och skriv vad det är ovanför tabellen"
    return [Finding(Level.WARNING, FindingCode.COUNT_UNNAMED, what, action=action)]


def _words_on_all_rows(text: TextTable) -> list[str]:
    """The columns that have one text only: a unit, or what is counted."""
    dictionaries = [text.column(i).dictionary for i in range(len(text.headings.whole))]
    return [words[0].as_py() for words in dictionaries if len(words) == 1]


def _has_many_ages(text: TextTable, columns: ColumnMap) -> bool:
    """Whether a table with years as headings has the classes of age of SCB's."""
    if not text.layout.years or "aldersgrupp" not in columns.positions:
        return False
    return len(text.column(columns.positions["aldersgrupp"]).dictionary) >= _MANY_AGES


def _other_measures(text: TextTable, columns: ColumnMap) -> list[str]:
    """Headings of numbers that the source does not have: then the count can be of those whom they are about."""
    headings = []
    for position in columns.unused_positions:
        heading = text.headings.whole[position]
        spellings = [s.strip() for s in text.column(position).dictionary.to_pylist() if s.strip()]
        numbers = [s for s in spellings if _NUMBER.fullmatch(s)]
        is_code = _HEADING_OF_CODES.fullmatch(heading) or all(
            s.isdigit() and kommuner.resolve(s, settings.lan_kod()) for s in spellings
        )
        if heading and numbers and not is_code and len(numbers) >= MOSTLY * len(spellings):
            headings.append(heading)
    return headings
