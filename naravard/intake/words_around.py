"""What the lines above and below a table say of its rows: that they are some of them, or of something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naravard.base import periods
from naravard.base.codes import FindingCode, Level
from naravard.base.mask import mask_ids, without_names
from naravard.base.model import Finding, Source
from naravard.base.numbers import quantity
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
    r"\b(?:hem)?besök\b|\b(?:vård)?kontakter\b|\binsatser\b|\båtgärder\b|\btimmar\b|\bplatser\b|\bvård(?:tillfällen|dagar|dygn)\b",
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(r"person|patient|individ|brukar|unika|boende|invånar|inskriv|kvinn|män\b", re.IGNORECASE)
_PAGE = re.compile(r"\bsida (?P<page>\d+)\s?(?:av|/|\()\s?(?P<pages>\d+)", re.IGNORECASE)
_ROW_COUNT = re.compile(r"\bantal (?:rader|poster)\D{0,3}(?P<rows>\d[\d ]*)", re.IGNORECASE)
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
    if other := _OF_OTHER_FIGURES.search(words):
        yield other[0], "talen kan vara andra än de som har mätts", "Kontrollera att det är rätt tabell"
    things = _OF_OTHER_THINGS.search(words)
    if things and not (source.has_persons or source.cumulative or _OF_PEOPLE.search(words)):
        yield things[0], "talen läses som personer", "Hämta antalet personer, om det är något annat"
    is_whole = any(finding.code is FindingCode.HEADINGS_AGAIN for finding in text.findings)
    if (page := _PAGE.search(words)) and int(page["pages"]) > 1 and not is_whole:
        yield page[0], "filen kan vara en av flera sidor", "Kontrollera att alla rader är med"
    rows = _ROW_COUNT.search(words) if words == text.title else None
    if rows and int("".join(rows["rows"].split())) > text.row_count:
        yield (
            rows[0],
            f"men filen har {quantity(text.row_count, 'rad', 'rader')}",
            "Hämta uttaget på nytt: rader kan fattas",
        )


def _about_period_below(text: TextTable, source: Source, matperiod: str | None) -> list[Finding]:
    """Another period in a line below the table, which says what it is of."""
    given_days = periods.span(matperiod or "")
    period = periods.find(text.below) if _SAYS_WHEN.search(text.below) else None
    days = periods.span(period or "")
    if source.period_sql is not None or given_days is None or days is None:
        return []
    if days.first <= given_days.last and given_days.first <= days.last:
        return []
    what = f"mätperioden är ”{matperiod}”, men under tabellen står ”{period}”"
    action = "Kontrollera mätperioden, och att det är rätt fil"
    return [Finding(Level.WARNING, FindingCode.YEARS_DIFFER, what, action=action)]


def _quoted(words: str) -> str:
    quote = without_names(mask_ids(words.strip()))
    return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]} …"
