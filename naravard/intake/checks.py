"""All checks of one table, at once: columns, cells, rows, persons, control totals, and what is loaded already.

A file that is loaded again is recognised by its SHA-256, and a period by its source (deduplication).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from naravard.base import clock, kommuner, periods, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import match_key
from naravard.base.mask import has_id_form
from naravard.base.model import UNKNOWN_PERIOD, Extract, Finding, Source
from naravard.base.numbers import enumeration, number, quantity, with_unit
from naravard.figures import rules
from naravard.figures.row_counts import about, few
from naravard.intake import labels, persons, unread_parts
from naravard.intake.areas import HEADINGS_OF_REGIONS
from naravard.intake.choices import Choices
from naravard.intake.column_map import ColumnMap, display_name
from naravard.intake.convert import cap
from naravard.intake.counted_people import about_counted_people
from naravard.intake.counted_rows import about_counted_rows, about_scale, about_shares
from naravard.intake.counting import (
    ControlTotal,
    RepeatedPersons,
    broken_row_checks,
    control_totals,
    period_of_rows,
    repeated_keys,
    repeated_persons,
)
from naravard.intake.looks import cells_below, is_rank
from naravard.intake.read.body import ROW, first_and_count
from naravard.intake.read.preliminary import about_preliminary
from naravard.intake.rows_of_persons import about_names_of_their_own
from naravard.intake.status_columns import about_status
from naravard.intake.table import TextTable
from naravard.intake.time_columns import (
    about_given_year,
    about_time_around_table,
    about_time_columns,
    about_time_in_headings,
)
from naravard.intake.typed_rows import typed_rows
from naravard.intake.unused_values import about_unused_values
from naravard.intake.words_around import about_words_around
from naravard.intake.words_of_rows import about_remarks, about_words_of_rows

_SAMPLE = 60
_MOST_KEYS = 3
_FEWEST_ROWS, _MOST_OF_ROWS, _DIGITS_OF_KOMMUN = 3, 0.8, 4
_HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
PUBLISHES_OPENLY = ("kolada", "rka", "scb", "socialstyrelsen", "skr", "folkhälsomyndigheten", "skolverket")
"""Names of those whose ready figures are open to all."""
_OF_ENDED = re.compile(
    r"\b(?:(?:vital|insats|kontakt|besöks?|vård|ärende|uppdrags?|inskrivnings?)?status|avslut|avlid|döds?(?:datum|fall|dag|orsak)?\b|utskriv|utflytt|avregist|makuler|annuller|raderad"
    r"|borttag|upphör|slutdatum|slutat|aktiv|inskriven\b|pågående|giltig|testp|(?:utförd|genomförd|planerad)$|avbok|utebliv|inställd)"
    r"|exkluder|inkluder|utesl|dub+lett|bortfall|\bräknas\b|\bmed i (?:mätning|uttag|statistik|urval)"
    r"|^(?:t\.?\s?o\.?\s?m\.?|till och med|slut|slutar|end(?: date)?|ingår|med)$"
    r"|^(?:har |med |i )?(?:kommunal (?:primärvård|hemsjukvård|hälso- och sjukvård)|hemsjukvård|kpv)$",
    re.IGNORECASE,
)
_OF_AMOUNT = re.compile(r"\b(?:insatser|besök|kontakter|åtgärder|timmar|minuter)\b", re.IGNORECASE)
_CODES_AND_NAMES = {"kommunkod", "kommun kod", "kommunnr", "kommunnummer", "kommunnamn", "kommun namn"}
"""What says the same kommun once more, of persons too."""
_ZEROS = {"0", "0,0", "0.0", "0,00", "0.00"}
_MOST_LATE = 0.03
"""The share of rows that may be from days after the period: what is changed while an extract is made."""
_OF_ROWS = {"id", "lopnummer", "lopnr"}
"""Headings of ids that can be a row's as well as a person's."""
_OF_PERSONS = re.compile(r"patient|person|brukar|klient|individ|vårdtagar|kund|pseudonym", re.IGNORECASE)
LAST_ROWS = {65_536, 1_048_576}
"""The last row of a sheet, in old workbooks and in new."""
MOST_ROWS = {30_000, 150_000}
"""So many rows Power BI writes at most, as text and as a workbook."""
_OF_OTHER_FIGURES = re.compile(
    r"prognos|\bgam(?:mal|la|malt)\b|\btest\b|\bmall\b|kladd|\bexempel\b|\barkiv|inaktuell|ersatt|budget|målvärde|simuler",
    re.IGNORECASE,
)
_OF_SHARE = re.compile(r"%|\bandel|\bprocent", re.IGNORECASE)
"""A heading of what stands beside the counts."""
_PART = re.compile(
    r"\d\s?\+|\d\s?år\s+(?:och|eller)\s+äldre|över \d\d år"
    r"|\b(?:kvinnor|flickor)\b(?!.*\b(?:män|pojkar)\b)|(?<!\boch )(?<!\bsamt )\bmän\b(?! och kvinnor)",
    re.IGNORECASE,
)
"""What a title says of counts that are of some of the people only."""
_COUNTS_PEOPLE = rf"(?i){_OF_PERSONS.pattern}|boende|inskriv|avlid"
_FOR_EACH = r"(?i)\bper\b|\b(?:medel|snitt|genomsnitt|median)"
"""What makes a number of people a mean: `läkemedel per person`."""
_PARTS = {FindingCode.OTHER_PARTS, FindingCode.SEVERAL_PERIODS}
"""Why rows that are told apart by a column which is not read repeat each other's keys."""
_HeadingOf = Callable[[str], str | None]
"""Column name → its heading in the file, None for one that the file lacks."""


@dataclass(frozen=True)
class CheckedRows:
    """Typed rows and the findings about them. `table` is None when an error stops the file.

    `year` is the year of the figures, for shares of the population; `measuring_day` the day that ages are of.
    """

    table: pa.Table | None
    matperiod: str | None
    year: int | None
    measuring_day: date
    findings: list[Finding]


def check_table(
    text: TextTable,
    source: Source,
    columns: ColumnMap,
    choices: Choices,
) -> CheckedRows:
    """All checks that come before counting, each going on as far as the ones before it allow."""
    matperiod, matdatum = choices.matperiod, choices.matdatum
    measuring_day = matdatum or periods.last_day(matperiod or "") or clock.today()
    findings = [*text.findings, *columns.findings]
    if _has_error(columns.findings):
        return CheckedRows(None, matperiod, None, measuring_day, findings)
    findings += _about_columns(text, source, columns, choices)
    has_parts = any(f.code in _PARTS and f.level is Level.ERROR for f in findings)
    rows, about_cells = typed_rows(text, source, columns, choices, measuring_day)
    findings += about_cells
    columns_with_errors = _columns_with_errors(about_cells, columns, text)
    # parts that are not read one by one are why keys are repeated, and have their own error
    not_judged = columns_with_errors | (set(source.key) if has_parts else set())
    findings += _about_rows(rows, source, columns, text, not_judged)
    findings += [*_about_given_period(matperiod, rows, source), *_about_no_year(rows, source, text)]
    findings += _about_days(matperiod, rows, source, columns, text)
    matperiod = matperiod or (period_of_rows(rows, source) if rows.num_rows else None)
    year = matdatum.year if matdatum else periods.year_of(matperiod or "")
    findings += _about_period(source, matperiod, year)
    return CheckedRows(None if _has_error(findings) else rows, matperiod, year, measuring_day, findings)


def about_protection(table: pa.Table, source: Source, publicerad: bool) -> list[Finding]:
    """Small counts are open only where someone has said that they are published already.

    Those of persons, and those behind shares that come without their counts, which nothing here can protect.
    """
    if not publicerad and source.ready_values:
        return [*_about_ready_shares(table), *_about_ready_counts(table)]
    if not (publicerad and source.has_persons):
        return []
    what = "siffrorna är märkta som redan publicerade: små tal döljs inte, fast filen har rader om personer"
    action = "Ta bort märkningen om siffrorna inte redan är offentliga"
    return [Finding(Level.WARNING, FindingCode.SMALL_COUNTS_OPEN, what, action=action)]


def _about_ready_shares(table: pa.Table) -> list[Finding]:
    """Shares of which nobody who publishes openly is named as the source."""
    count = pc.sum(pc.and_not(pc.and_(_is_share(table), pc.is_valid(table["varde"])), _is_open(table))).as_py() or 0
    if not count:
        return []
    what = (
        f"{quantity(count, 'värde är en andel', 'värden är andelar')} utan antal. Är antalen bakom små "
        "kan de räknas ut av den som vet hur många som finns"
    )
    action = "Märk uttaget som publicerat om talen redan är offentliga. Annars: läs in antalen i stället för andelen"
    return [Finding(Level.WARNING, FindingCode.SHARES_WITHOUT_COUNTS, what, action=action)]


def _about_ready_counts(table: pa.Table) -> list[Finding]:
    """Small counts of people of which nobody who publishes openly is named: what adds up to them is not hidden."""
    values = pc.fill_null(table["varde"], 0)
    low, high = max(1, rules.in_force().low), rules.in_force().high
    is_small = pc.and_(pc.greater_equal(values, low), pc.less_equal(values, high))
    is_whole = pc.equal(values, pc.round(values))
    words = pc.binary_join_element_wise(table["titel"], table["enhet"], " ")
    is_of_people = pc.and_not(
        pc.match_substring_regex(words, _COUNTS_PEOPLE), pc.match_substring_regex(words, _FOR_EACH)
    )
    is_small_count = pc.and_(pc.and_(is_small, is_whole), is_of_people)
    is_told = pc.and_not(pc.and_not(is_small_count, _is_share(table)), _is_open(table))
    count = pc.sum(is_told).as_py() or 0
    if not count:
        return []
    what = (
        f"{quantity(count, 'värde är ett antal', 'värden är antal')} på {rules.in_force().span}. Bland nyckeltal döljs "
        "inget för andras skull, så att de syns eller kan räknas ut"
    )
    action = "Märk uttaget som publicerat om talen redan är offentliga. Annars: läs in dem som ett uttag av personer"
    return [Finding(Level.WARNING, FindingCode.SMALL_COUNTS_OPEN, what, action=action)]


def _is_open(table: pa.Table) -> pa.ChunkedArray:
    openly = "|".join(PUBLISHES_OPENLY)
    return pc.match_substring_regex(pc.utf8_lower(table["kalla"]), rf"\b({openly})\b")


def _is_share(table: pa.Table) -> pa.ChunkedArray:
    has_unit = pc.or_(pc.equal(table["enhet"], "procent"), pc.starts_with(table["enhet"], "per "))
    return pc.or_(has_unit, pc.match_substring_regex(table["titel"], r"(?i)\bandel|procent|%|‰|per 1"))


def about_counts(table: pa.Table, source: Source, lan: str) -> list[Finding]:
    """A table without any value, and kommuner of the län without one where the source ought to have all of them."""
    if table.num_rows == 0 and source.ready_values:
        what, allowed = "ingen rad har något värde", "minst ett värde för ett område i länet"
        return [Finding(Level.ERROR, FindingCode.NO_ROWS, what, allowed, "Hämta tabellen på nytt")]
    if not source.every_kommun:
        return []
    codes = set(table["kommun_kod"].to_pylist())
    missing_names = [k.namn for k in kommuner.in_lan(lan) if k.kod not in codes]
    if not missing_names:
        return []
    what = f"kommuner utan rader i filen: {', '.join(missing_names)}"
    action = "Kontrollera att uttaget är helt. Det ersätter hela mätperioden, inte bara de kommuner som finns i filen"
    return [Finding(Level.WARNING, FindingCode.KOMMUNER_WITHOUT_ROWS, what, "alla kommuner i länet", action)]


def about_loaded(sha256: str, source: Source, matperiod: str | None, extracts: Sequence[Extract]) -> list[Finding]:
    """Whether the same file, or another of the same source and period, is among the extracts that are in force."""
    in_force = [extract for extract in extracts if extract.status == "gallande"]
    same_file = [extract for extract in in_force if extract.sha256 == sha256]
    findings = [_about_same_file(extract) for extract in same_file[:1]]
    if source.cumulative:
        return findings
    period = (matperiod or "").casefold()
    same_period = [e for e in in_force if e.kalla == source.id and e.matperiod.casefold() == period]
    same_days = [e for e in in_force if e.kalla == source.id and e not in same_period and _same_days(e, matperiod)]
    return [*findings, *map(_about_same_period, same_period), *map(_about_same_days, same_days)]


def _same_days(extract: Extract, matperiod: str | None) -> bool:
    """Whether an extract is of the same days under another name: "Q1 2024" and "kvartal 1 2024"."""
    one, other = periods.parse(extract.matperiod), periods.parse(matperiod or "")
    return one is not None and other is not None and (one.span, one.other_words) == (other.span, other.other_words)


def _about_same_days(extract: Extract) -> Finding:
    what = (
        f"uttag {extract.uttag_id} har samma dagar men heter ”{extract.matperiod}”. Båda gäller, bredvid varandra, om "
        "det nya får ett annat namn"
    )
    action = f"Skriv mätperioden som ”{extract.matperiod}” om det nya uttaget ska ersätta det"
    return Finding(Level.WARNING, FindingCode.PERIOD_OTHER_NAME, what, action=action)


def _about_same_file(extract: Extract) -> Finding:
    what = (
        f"precis samma fil är redan inläst, som uttag {extract.uttag_id} ({extract.titel}, "
        f"{periods.when(extract.matperiod)}, {extract.nar[:10]})"
    )
    action = "Kontrollera att det är rätt fil"
    return Finding(Level.WARNING, FindingCode.SAME_FILE_LOADED, what, action=action)


def _about_same_period(extract: Extract) -> Finding:
    what = (
        f"mätperioden {extract.matperiod} är redan inläst, som uttag {extract.uttag_id} ({extract.filnamn}, "
        f"{extract.nar[:10]}, {extract.vem}). Det nya uttaget ersätter det"
    )
    action = "Kontrollera mätperioden. Det gamla finns kvar bland versionerna"
    return Finding(Level.WARNING, FindingCode.PERIOD_LOADED, what, action=action)


def _has_error(findings: Sequence[Finding]) -> bool:
    return any(finding.level is Level.ERROR for finding in findings)


def _columns_with_errors(findings: Sequence[Finding], columns: ColumnMap, text: TextTable) -> set[str]:
    """Names of columns in which a cell could not be read."""
    headings = {finding.column for finding in findings if finding.level is Level.ERROR}
    return {name for name, position in columns.positions.items() if text.headings.whole[position] in headings}


def _about_columns(text: TextTable, source: Source, columns: ColumnMap, choices: Choices) -> list[Finding]:
    return [
        *_about_optional_columns(source, columns),
        *_about_unused_columns(text, source, columns),
        *_about_ended_rows(text, source, columns),
        *about_words_of_rows(text, source, columns),
        *about_remarks(text, source, columns),
        *_about_rows_of_nothing(text, source, columns),
        *labels.about_labels(text, source, columns),
        *about_counted_people(text, source, columns, choices),
        *about_counted_rows(text, source, columns),
        *about_shares(text, source, columns),
        *about_scale(text, source, columns),
        *_about_parts(text, source, columns),
        *_about_part_in_title(text, source, columns),
        *about_preliminary(_words_of_file(text)),
        *_about_name_of_sheet(text),
        *_about_other_area(text, source, columns),
        *_about_unused_ids(text, columns),
        *_about_other_persons(text, columns),
        *about_time_columns(text, source, columns, choices.matperiod),
        *about_time_around_table(text, source, choices.matperiod),
        *about_given_year(text, source, choices.constants.get("ar")),
        *about_time_in_headings(text, source),
        *about_unused_values(text, source, columns),
        *about_status(text, source, columns),
        *_about_limit_of_rows(text),
        *about_words_around(text, source, choices.matperiod),
    ]


def _about_optional_columns(source: Source, columns: ColumnMap) -> list[Finding]:
    """Columns that a file of persons can do without, and does."""
    missing_columns = [c for c in source.columns if c.name not in columns.positions and source.has_persons]
    findings = []
    if any(column.kind == "person" for column in missing_columns):
        what = "person-id saknas: varje rad räknas som en person, och dubbletter kan inte ses"
        findings.append(Finding(Level.WARNING, FindingCode.ID_COLUMN_MISSING, what))
    names = [display_name(column) for column in missing_columns if column.kind not in {"person", "date", "birth_year"}]
    if names:
        what = f"filen har ingen kolumn för {enumeration(names)}"
        findings.append(Finding(Level.NOTE, FindingCode.OPTIONAL_COLUMNS_MISSING, what))
    return findings


def _about_unused_columns(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    named_positions = set(columns.unused_positions) - set(labels.positions(text, source, columns))
    headings = [heading for i in sorted(named_positions) if (heading := text.headings.whole[i])]
    ranks = [
        text.headings.whole[i] for i in named_positions if is_rank(text.headings.whole[i], cells_below(text.cells, i))
    ]
    about_ranks = _about_ranks(ranks)
    headings = [heading for heading in headings if heading not in ranks]
    if not headings:
        return about_ranks
    # beside years that are columns, another heading with a year may be one more
    is_asked = bool(text.layout.years) and any(map(_HAS_YEAR.search, headings))
    level, action = (
        (Level.WARNING, "Kontrollera att inget av dem är ett år som ska läsas") if is_asked else (Level.NOTE, "")
    )
    what = f"kolumner som inte används: {', '.join(headings)}"
    return [*about_ranks, Finding(level, FindingCode.COLUMNS_UNUSED, what, action=action)]


def _about_ranks(headings: Sequence[str]) -> list[Finding]:
    what = f"rangordning är inget värde och läses inte: {', '.join(headings)}"
    return [Finding(Level.NOTE, FindingCode.COLUMNS_UNUSED, what)] if headings else []


def _about_ended_rows(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    """Columns that say that some persons are no longer among those who are counted: all of the rows are."""
    return [
        Finding(
            Level.WARNING,
            FindingCode.COLUMNS_UNUSED,
            "kolumnen skiljer raderna åt men används inte: alla rader räknas, också avslutade och avbokade",
            action="Ta bort de rader som inte ska räknas, om det finns sådana",
            column=text.headings.label(position),
        )
        for position in columns.unused_positions
        if source.has_persons and _OF_ENDED.search(text.headings.whole[position]) and _differs(text, position)
    ]


def _about_rows_of_nothing(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    """Persons who had no insats, visit or hour, and are counted as those who had."""
    findings = []
    for position in columns.unused_positions if source.has_persons else ():
        column = text.column(position)
        zeros = [i for i, cell in enumerate(column.dictionary.to_pylist()) if cell.strip() in _ZEROS]
        if not zeros or len(column.dictionary) == 1 or not _OF_AMOUNT.search(text.headings.whole[position]):
            continue
        rows = first_and_count(
            text.row_numbers, pc.is_in(column.indices, value_set=pa.array(zeros, column.indices.type))
        )
        what, action = "talet är 0, och raden räknas som andra", "Ta bort raderna om de inte ska räknas"
        heading = text.headings.label(position)
        if rows is not None:
            unused = FindingCode.COLUMNS_UNUSED
            findings.append(Finding(Level.WARNING, unused, what, "", action, heading, rows[0], count=rows[1]))
    return findings


def _differs(text: TextTable, position: int) -> bool:
    return len({spelling.strip() for spelling in text.column(position).dictionary.to_pylist()}) > 1


def _about_unused_ids(text: TextTable, columns: ColumnMap) -> list[Finding]:
    """Columns that no column of the source is, but that look like person ids."""
    what = "kolumnen ser ut som person-id men används inte. Den är borttagen"
    findings = []
    for position in columns.unused_positions:
        cells = [row[position] for row in text.cells[:_SAMPLE] if row[position].strip()]
        if cells and sum(map(has_id_form, cells)) * 2 > len(cells):
            heading = text.headings.label(position)
            findings.append(Finding(Level.NOTE, FindingCode.ID_COLUMN_UNUSED, what, column=heading))
    return findings


def _about_other_persons(text: TextTable, columns: ColumnMap) -> list[Finding]:
    """Whether the id that is used is perhaps the row's, where another column has its own for fewer persons."""
    position = columns.positions.get(persons.COLUMN)
    if position is None or match_key(text.headings.whole[position]) not in _OF_ROWS:
        return []
    used_count, row_count = len(text.column(position).dictionary), text.table.num_rows
    others = [
        text.headings.whole[i]
        for i in columns.unused_positions
        if _OF_PERSONS.search(text.headings.whole[i]) and 1 < len(text.column(i).dictionary) < used_count
    ]
    if used_count < row_count or not others:
        return []
    what = (
        f"varje rad är en person efter ”{text.headings.whole[position]}”, men också {enumeration(others)} kan vara det"
    )
    action = "Välj kolumnen som är personens, om raderna är kontakter eller insatser"
    return [Finding(Level.WARNING, FindingCode.HEADING_NEAR, what, action=action)]


def _about_parts(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    """A table whose title or headings say that it is about some of the people only, without a column for them."""
    headings = (heading for heading in text.layout.headings.whole if not _OF_SHARE.search(heading))
    title_and_headings = " ".join([text.title, *headings])
    return [
        Finding(
            Level.ERROR,
            FindingCode.PART_OF_POPULATION,
            f"rubrikerna säger att tabellen gäller en del av befolkningen ({column.description.partition(':')[0]})",
            f"en kolumn för {column.description}",
            "Lägg till kolumnen, så att talen inte läses som alla",
        )
        for column in source.columns
        if column.part
        and column.name not in columns.positions
        and re.search(column.part, title_and_headings, re.IGNORECASE)
    ]


def _about_other_area(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    """A name and a code on one row that are two kommuner: one of the columns has been sorted, or is shifted."""
    areas = [c.name for c in source.columns if c.kind == "area" and c.name in columns.positions]
    if not areas or text.table.num_rows < _FEWEST_ROWS:
        return []
    own_position = columns.positions[areas[0]]
    for position in columns.unused_positions:
        heading = match_key(text.headings.whole[position])
        # Kalmar is a kommun too, and a person can live in one and be cared for in another
        if heading in HEADINGS_OF_REGIONS or (source.has_persons and heading not in _CODES_AND_NAMES):
            continue
        others = _kommuner_of(text, position)
        if pc.sum(pc.is_valid(others)).as_py() < _MOST_OF_ROWS * len(others):
            continue
        is_other = pc.not_equal(_kommuner_of(text, own_position), others)
        if rows := first_and_count(text.row_numbers, pc.fill_null(is_other, False)):
            one, other = text.headings.label(own_position), text.headings.label(position)
            what, allowed = f"{one} och {other} är olika kommuner på raden", "samma kommun"
            action = "Kontrollera att kolumnerna inte är förskjutna eller sorterade var för sig"
            level = Level.WARNING if source.has_persons else Level.ERROR
            finding = Finding(level, FindingCode.AREA_AMBIGUOUS, what, allowed, action, row=rows[0], count=rows[1])
            return [finding]
    return []


def _kommuner_of(text: TextTable, position: int) -> pa.Array:
    """The kommun of the län that each row of a column names, null where it names none."""
    column, lan = text.column(position), settings.lan_kod()
    codes = [kommuner.resolve(name, lan) or "" for name in column.dictionary.to_pylist()]
    # a bare number can be a year or a count, which are codes of other kommuner
    own = [code if len(code) == _DIGITS_OF_KOMMUN and code.startswith(lan) else None for code in codes]
    return pa.array(own, pa.string()).take(column.indices)


def _words_of_file(text: TextTable) -> tuple[str, ...]:
    return (text.title, text.below, text.filename.replace("_", " "), text.sheet or "", *text.layout.headings.whole)


def _about_limit_of_rows(text: TextTable) -> list[Finding]:
    """A file that ends where a program can write no more: the rows after that are gone."""
    last = pc.max(text.table[ROW]).as_py()
    if last not in LAST_ROWS and text.table.num_rows not in MOST_ROWS:
        return []
    what = f"filen har precis så många rader som ett program får plats med ({number(text.table.num_rows)})"
    action = "Kontrollera att inga rader fattas. Hämta annars uttaget som CSV, eller i delar"
    return [Finding(Level.WARNING, FindingCode.ROWS_AT_LIMIT, what, action=action)]


def _about_name_of_sheet(text: TextTable) -> list[Finding]:
    """A sheet whose name says that its figures are others than those that are in force: `Prognos`, `Gammal`."""
    if not text.sheet or not (match := _OF_OTHER_FIGURES.search(text.sheet)):
        return []
    what = f"fliken som läses har ”{match[0]}” i sitt namn: talen kan vara andra än de som gäller"
    action = "Kontrollera att det är rätt flik"
    return [Finding(Level.WARNING, FindingCode.OTHER_SHEETS, what, action=action)]


def _about_part_in_title(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    """Counts of persons under a title of one sex or of some ages, where no column says which row is of whom."""
    part = _PART.search(text.title)
    has_column = {"kon", "aldersgrupp"} & set(columns.positions)
    if source.has_persons or source.cumulative or part is None or has_column:
        return []
    what = f"raderna ovanför tabellen säger ”{part[0]}”, men talen läses som alla"
    action = "Kontrollera att alla är med. Annars: hämta tabellen för båda könen och alla åldrar"
    return [Finding(Level.WARNING, FindingCode.PART_OF_POPULATION, what, action=action)]


def _about_rows(
    rows: pa.Table, source: Source, columns: ColumnMap, text: TextTable, columns_with_errors: set[str]
) -> list[Finding]:
    """Rows that say the same thing twice or contradict each other, and a file that nothing is left of."""
    if rows.num_rows == 0:
        allowed = f"minst en rad för en kommun i länet ({source.grain})"
        return [Finding(Level.ERROR, FindingCode.NO_ROWS, "ingen rad går att räkna", allowed)]

    # nothing of such rows may be repeated, as other findings do
    if about_persons := about_names_of_their_own(rows, source):
        return about_persons

    def heading_of(name: str) -> str | None:
        return text.headings.whole[columns.positions[name]] if name in columns.positions else None

    return cap(
        [
            *_about_keys(rows, source, columns, text, columns_with_errors),
            *_about_row_checks(rows, source, columns_with_errors),
            *_about_persons(repeated_persons(rows, source), source, heading_of),
            *_about_totals(rows, source, heading_of),
        ]
    )


def _about_keys(
    rows: pa.Table, source: Source, columns: ColumnMap, text: TextTable, columns_with_errors: set[str]
) -> list[Finding]:
    """Rows whose key stands on another row too; not where a part of the key could not be read, and has an error."""
    if not columns_with_errors.isdisjoint(source.key):
        return []
    in_file = [name for name in source.key if name in columns.positions] or source.key
    names = ", ".join(display_name(source.columns_by_name[name]) for name in in_file)
    keys = repeated_keys(rows, source)
    if len(keys) > _MOST_KEYS:  # one cause, which a column or an example shows
        return [unread_parts.about_parts(text, source, columns, names, keys)]
    return [
        Finding(
            Level.ERROR,
            FindingCode.KEY_REPEATED,
            f"flera rader för samma {names}: {key}",
            "en rad för varje",
            "Ta bort den som är fel",
            row=row,
            count=count,
        )
        for row, count, key in keys
    ]


def _about_row_checks(rows: pa.Table, source: Source, columns_with_errors: set[str]) -> list[Finding]:
    findings = []
    for row_check, row, count, area in broken_row_checks(rows, source):
        # a cell that could not be read has an error already, and is not also missing
        if any(map(row_check.is_broken_by_empty, columns_with_errors)):
            continue
        level, what, action = row_check.level, row_check.what, row_check.action
        value = kommuner.area_name(area) if area else None
        findings.append(Finding(level, FindingCode.ROW_CHECK, what, "", action, None, row, value, count))
    return findings


def _about_persons(persons: RepeatedPersons | None, source: Source, heading_of: _HeadingOf) -> list[Finding]:
    """Persons on several rows, and those whose rows contradict each other."""
    if persons is None:
        return []
    findings = []
    if persons.on_several_rows:
        several = (
            f"{with_unit(few(persons.on_several_rows), 'personer')} av {about(persons.persons)} står på flera rader"
        )
        what = f"{several}. Var och en räknas en gång i sin kommun"
        findings.append(Finding(Level.NOTE, FindingCode.PERSONS_ON_SEVERAL_ROWS, what))
    if persons.is_any_in_many_kommuner:
        what = "minst ett person-id står i fyra kommuner eller fler, och räknas som en person"
        action = "Kontrollera att id:t inte är en platshållare eller en del av ett id"
        findings.append(Finding(Level.WARNING, FindingCode.ID_OFTEN, what, action=action))
    for name, count in persons.contradictions.items():
        heading, action = heading_of(name), f"Regel: {source.columns_by_name[name].rule}"
        what = f"{quantity(count, 'person', 'personer')} har olika {heading} på olika rader"
        findings.append(Finding(Level.WARNING, FindingCode.PERSONS_CONTRADICT, what, action=action, column=heading))
    return findings


def _about_totals(rows: pa.Table, source: Source, heading_of: _HeadingOf) -> list[Finding]:
    """The row of the whole län as a control total: whether the kommuner add up to it."""
    lan = settings.lan_kod()
    kommuner_in_lan = len(kommuner.in_lan(lan))
    return [
        _about_total(total, kommuner_in_lan, heading_of(total.column.name))
        for total in control_totals(rows, source, lan, (rules.in_force().low, rules.in_force().high))
    ]


def _about_total(total: ControlTotal, kommuner_in_lan: int, heading: str | None) -> Finding:
    row = total.row
    if total.stated_sum == total.sum_of_kommuner:
        what = "summaraden stämmer med kommunerna"
        return Finding(Level.NOTE, FindingCode.SUM_ROW_AGREES, what, column=heading, row=row)
    if total.areas == kommuner_in_lan or total.sum_of_kommuner > total.stated_sum:
        # with a small count among them, the numbers would disclose it
        numbers = f"summaraden säger {number(total.stated_sum)}, men kommunerna ger {number(total.sum_of_kommuner)}"
        what = "summaraden stämmer inte med kommunerna" if total.has_small_count else numbers
        action = "Kontrollera kommunernas tal. Skillnaden kan vara ett skrivfel"
        return Finding(Level.WARNING, FindingCode.SUM_ROW_DIFFERS, what, "samma tal", action, heading, row)
    missing_kommuner = quantity(kommuner_in_lan - total.areas, "kommun", "kommuner")
    source_of_sum = f"länets tal tas ur summaraden ({number(total.stated_sum)}) och kan inte kontrolleras"
    what = f"{source_of_sum}: {missing_kommuner} saknas"
    allowed, action = "alla kommuner i länet", "Kontrollera summaraden"
    return Finding(Level.WARNING, FindingCode.SUM_ROW_UNCONTROLLED, what, allowed, action, heading, row)


def _about_given_period(matperiod: str | None, rows: pa.Table, source: Source) -> list[Finding]:
    """Whether the rows have other years than the period that was given."""
    year = periods.year_of(matperiod or "")
    if source.period_sql is None or "ar" not in rows.column_names or year is None:
        return []
    years = set(rows["ar"].to_pylist())
    if years <= {year, None}:
        return []
    what = f"mätperioden är ”{matperiod}”, men raderna gäller {period_of_rows(rows, source)}: radernas år gäller"
    return [Finding(Level.WARNING, FindingCode.YEARS_DIFFER, what, action="Kontrollera att det är rätt fil")]


def _about_no_year(rows: pa.Table, source: Source, text: TextTable) -> list[Finding]:
    """Open figures of which nothing says the year: they would stand beside others as those of no year."""
    if source.period_sql is None or "ar" not in rows.column_names or rows["ar"].null_count < max(1, rows.num_rows):
        return []
    level = Level.WARNING if source.ready_values else Level.ERROR
    what = "inget år står i tabellen eller ovanför den, och talen får inget"
    hint = _HAS_YEAR.search(text.sheet or "") or _HAS_YEAR.search(text.filename.replace("_", " "))
    action = "Skriv året som talen gäller i fältet År"
    action += f". I filens eller flikens namn står {hint[0]}" if hint else ""
    return [Finding(level, FindingCode.YEAR_MISSING, what, "ett årtal", action)]


def _about_days(
    matperiod: str | None, rows: pa.Table, source: Source, columns: ColumnMap, text: TextTable
) -> list[Finding]:
    """Whether the days that the rows of persons have are after the period that was given, or all before it."""
    days = periods.span(matperiod or "")
    if not source.has_persons or days is None or "datum" not in columns.positions:
        return []
    dates = rows["datum"].drop_null()
    late_count = pc.sum(pc.greater(dates, days.last)).as_py() or 0
    is_early = len(dates) > 0 and pc.max(dates).as_py() < days.first
    if not is_early and late_count <= _MOST_LATE * len(dates):
        return []
    which = (
        "alla dagar är före den" if is_early else f"{quantity(late_count, 'rad är', 'rader är')} från dagar efter den"
    )
    what = f"mätperioden är ”{matperiod}”, men {which}"
    action = "Kontrollera mätperioden, och att det är rätt fil"
    heading = text.headings.label(columns.positions["datum"])
    return [Finding(Level.WARNING, FindingCode.YEARS_DIFFER, what, action=action, column=heading)]


def _about_period(source: Source, matperiod: str | None, year: int | None) -> list[Finding]:
    if matperiod is None and source.period_sql is not None:
        return []  # no row has a year, and that has its own error
    if matperiod is None:
        allowed, action = "vilken tid uppgifterna gäller", "Skriv mätperioden, till exempel ”våren 2024”"
        return [Finding(Level.ERROR, FindingCode.PERIOD_MISSING, "mätperioden saknas", allowed, action)]
    period = periods.parse(matperiod)
    if period and year and not period.span.first.year <= year <= period.span.last.year:
        what = f"mätperioden ”{matperiod}” och mätdatumet har olika år ({year}): mätdatumet gäller"
        return [Finding(Level.WARNING, FindingCode.YEARS_DIFFER, what)]
    if year is None and source.period_sql is None and matperiod != UNKNOWN_PERIOD:
        action = "Ange mätdatum om andelar av befolkningen ska räknas"
        what, allowed = f"mätperioden ”{matperiod}” har inget årtal", "ett årtal eller mätdatum"
        return [Finding(Level.WARNING, FindingCode.PERIOD_WITHOUT_YEAR, what, allowed, action)]
    if period and period.is_rough:
        what = f"mätperioden ”{matperiod}” läses som hela {period.span.first.year}"
        action = "Ange mätdatum, eller skriv vilken del av året det är, om åldrar räknas eller perioder jämförs"
        return [Finding(Level.NOTE, FindingCode.PERIOD_ROUGH, what, action=action)]
    return []
