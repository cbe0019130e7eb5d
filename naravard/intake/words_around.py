"""What the lines above and below a table say of its rows: that they are some of them, or of something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from naravard.base import periods
from naravard.base.codes import FindingCode, Level
from naravard.base.mask import mask_ids, without_names
from naravard.base.model import Column, Finding, Source
from naravard.base.numbers import quantity
from naravard.intake.looks import is_kommun
from naravard.intake.table import TextTable

_OF_SOME = re.compile(
    r"\b(?:urval|filter|filtrer(?:ing|at|ad)|selektion|avgränsning)\s?[:=]\s*+(?!alla|samtliga|ing[ae]|inget|hela|-)[^.;]*"
    r"|\b(?:endast|enbart|exkl\.?|exklusive|undantaget) [^.;]*|\b\w+ (?:ingår|är) (?:inte|ej)(?: med)?\b"
    r"|\bomfattar (?:inte|ej) [^.;]*",
    re.IGNORECASE,
)
_OF_OTHER_FIGURES = re.compile(
    r"\bmedelvärde\w*|\bgenomsnitt\w*|\bmål(?:värde\w*|tal|nivå\w*)?\b|\bprognos\w*|\bbudget\w*|\bsimuler\w*"
    r"|\b(?:test|exempel)(?:data|fil|uttag)\w*|\bpåhitt\w*|\bfiktiv\w*",
    re.IGNORECASE,
)
_OF_OTHER_THINGS = re.compile(
    r"\b(?:hem)?besök\b|\b(?:vård)?kontakter\b|\binsatser\b|\båtgärder\b|\btimmar\b|\bplatser\b|\bvård(?:tillfällen|dagar|dygn)\b"
    r"|\b(?:års)?anställ(?:da|ningar)\b|\btjänster\b|\bårsarbet(?:are|skrafter)\b|\bmedarbetare\b|\bpersonal\b",
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(r"person|patient|individ|brukar|unika|boende|invånar|inskriv|kvinn|män\b", re.IGNORECASE)
_OF_DOUBT = re.compile(
    r"\bär fel\b|\bfelaktig\w*|\b(?:ej|inte) kvalitetssäkra\w*|\buppskatta\w*|\bavrunda\w*|\bi (?:tio|hundra)tal\b"
    r"|\bmodell(?:beräkn\w*)?\b|\bdubbelräkn\w*|\bkumulativ\w*|\backumulera\w*|\b(?:ej|inte) jämförbar\w*"
    r"|\bny definition\b|\binkl\w*\.? korttid\w*|\bhemlig\w*",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-ZÅÄÖ][\w-]+")
_NAMES_MISSING = re.compile(
    r"\b[A-ZÅÄÖ][\w-]+(?:(?:,| och| samt) [A-ZÅÄÖ][\w-]+)*(?: kommun)? (?:saknas|fattas|är inte med)\b"
)
_PAGE = re.compile(r"\bsida (?P<page>\d+)\s?(?:av|/|\()\s?(?P<pages>\d+)", re.IGNORECASE)
_ROW_COUNT = re.compile(r"\bantal (?:rader|poster)\D{0,3}(?P<rows>\d[\d ]*)", re.IGNORECASE)
_PEOPLE_COUNT = re.compile(
    r"\bantal (?:unika |olika )?(?:patienter|personer|individer|brukare|person-?id|personnummer)\s?[:=]\s?"
    r"(?P<rows>\d[\d ]*)",
    re.IGNORECASE,
)
_SOME_OF_ALL = re.compile(
    r"\b(?P<first>\d[\d ]*)\s?(?:-|–|till)\s?(?P<last>\d[\d ]*) (?:av|of) (?P<all>\d[\d ]*)", re.IGNORECASE
)
"""`Visar 1–60 av 120`."""
_DAY_SAID = re.compile(
    r"\b(?:avser|gäller|mätdatum|mätdag|läget|per den)\D{0,20}((?:19|20)\d\d-\d\d-\d\d)", re.IGNORECASE
)
_SAYS_WHEN = re.compile(r"\b(?:avser|gäller|period|mättillfälle)", re.IGNORECASE)
_LONGEST_QUOTE = 60


def about_words_around(text: TextTable, source: Source, matperiod: str | None) -> list[Finding]:
    """One warning for each thing that the lines around a table say, and its rows do not."""
    if source.ready_values:
        return []  # there the line above is the name
    findings = []
    for where, words in (("ovanför tabellen", text.title), ("under tabellen", text.below)):
        for quote, what, action in _sayings(words, text, source):
            sentence = f"{where} står ”{_quoted(quote)}”: {what}"
            findings.append(Finding(Level.WARNING, FindingCode.TEXT_BESIDE_CELLS, sentence, "", action))
    return [*findings, *_about_period_below(text, source, matperiod)]


def _sayings(words: str, text: TextTable, source: Source) -> Iterator[tuple[str, str, str]]:
    """What lines say: the words, what is wrong, and what to do."""
    if some := _OF_SOME.search(words):
        yield some[0], "alla är kanske inte med", "Kontrollera att urvalet är det som ska räknas"
    for group in _chosen_groups(words, source):
        yield group, "alla är kanske inte med", "Kontrollera att urvalet är det som ska räknas"
    if other := _OF_OTHER_FIGURES.search(words):
        yield other[0], "talen kan vara andra än de som har mätts", "Kontrollera att det är rätt tabell"
    if (doubt := _OF_DOUBT.search(words)) and not source.cumulative:
        yield doubt[0], "talen kan vara osäkra, eller räknade på ett annat sätt", "Kontrollera att de går att använda"
    missing = next((m for m in _NAMES_MISSING.finditer(words) if any(map(is_kommun, _NAME.findall(m[0])))), None)
    if missing:
        yield missing[0], "alla är kanske inte med", "Kontrollera att talen är hela"
    things = _OF_OTHER_THINGS.search(words)
    if things and not (source.has_persons or source.cumulative or _OF_PEOPLE.search(words)):
        yield things[0], "talen läses som personer", "Hämta antalet personer, om det är något annat"
    is_whole = any(finding.code is FindingCode.HEADINGS_AGAIN for finding in text.findings)
    if (page := _PAGE.search(words)) and int(page["pages"]) > 1 and not is_whole:
        yield page[0], "filen kan vara en av flera sidor", "Kontrollera att alla rader är med"
    some_of_all = _SOME_OF_ALL.search(words)
    if some_of_all and _number(some_of_all["last"]) < _number(some_of_all["all"]):
        yield some_of_all[0], "alla är kanske inte med", "Kontrollera att alla rader är med"
    rows = _ROW_COUNT.search(words) if words == text.title else None
    for count in (rows, _PEOPLE_COUNT.search(words) if source.has_persons else None):
        if count and _number(count["rows"]) > text.row_count:
            what = f"men filen har {quantity(text.row_count, 'rad', 'rader')}"
            yield count[0], what, "Hämta uttaget på nytt: rader kan fattas"


def _chosen_groups(words: str, source: Source) -> Iterator[str]:
    """The one group of a column that lines say, as a pivot table does of its filters: `Boendeform SÄBO`."""
    for column in source.columns:
        if column.kind == "category" and column.values and (match := _group_of(column).search(words)):
            yield match[0]


@cache
def _group_of(column: Column) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted({column.name, *column.aliases}, key=len, reverse=True)))
    groups = (spelling for spelling, code in column.values.items() if code and len(spelling) > 1)
    values = "|".join(map(re.escape, sorted(groups, key=len, reverse=True)))
    return re.compile(rf"\b(?:{names})\s?[:=]?\s(?:{values})(?!\w)(?!\s*(?:[,/&+]|och|samt|eller)\b)", re.IGNORECASE)


def _number(digits: str) -> int:
    return int("".join(digits.split()))


def _about_period_below(text: TextTable, source: Source, matperiod: str | None) -> list[Finding]:
    """Another period in a line below the table, which says what it is of."""
    given_days = periods.span(matperiod or "")
    period = periods.find(text.below) if _SAYS_WHEN.search(text.below) else None
    period = period or day_said(text.below)
    days = periods.span(period or "")
    if source.period_sql is not None or given_days is None or days is None:
        return []
    if days.first <= given_days.last and given_days.first <= days.last:
        return []
    what = f"mätperioden är ”{matperiod}”, men under tabellen står ”{period}”"
    action = "Kontrollera mätperioden, och att det är rätt fil"
    return [Finding(Level.WARNING, FindingCode.YEARS_DIFFER, what, action=action)]


def day_said(words: str) -> str | None:
    """The day that lines say that figures are of, and not the day when a table was made: `Avser 2023-12-31`."""
    match = _DAY_SAID.search(words)
    return match[1] if match else None


def _quoted(words: str) -> str:
    quote = without_names(mask_ids(words.strip()))
    return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]} …"
