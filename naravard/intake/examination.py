"""The check of one file, from bytes to counts. Persons exist only inside `examine`, in memory."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from naravard.base import clock, periods, settings, short_memory
from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.base.kommuner import match_key
from naravard.base.mask import mask_ids, refuse_ids, without_names, without_numbers
from naravard.base.model import EXAMPLE, Extract, Finding, Source
from naravard.base.numbers import enumeration
from naravard.intake import plausible, profiles
from naravard.intake.checks import CheckedRows, about_counts, about_loaded, about_protection, check_table
from naravard.intake.choices import AUTO, Choices, clean, decided_columns, forms_of, given_values, profile_for
from naravard.intake.column_map import (
    ColumnMap,
    Headings,
    count_of_named,
    display_name,
    map_columns,
    nearest_form,
    recognise,
)
from naravard.intake.counting import count
from naravard.intake.labels import title_beside_names
from naravard.intake.layout import Layout, unnamed_years
from naravard.intake.masked_rows import first_masked_rows
from naravard.intake.measures import measure_positions
from naravard.intake.plausible import Evidence
from naravard.intake.profiles import Profile
from naravard.intake.read.body import ROW
from naravard.intake.read.files import File, open_file
from naravard.intake.rows_of_persons import about_rows_of_persons
from naravard.intake.sexes_in_headings import about_sexes
from naravard.intake.table import TextTable, read_table
from naravard.intake.time_columns import about_columns_of_time, period_of_column
from naravard.store.counts import Counts
from naravard.store.snapshots import Snapshot

STEPS = ("Öppnar filen", "Läser rader och rubriker", "Kontrollerar", "Räknar", "Klar")
_OPENING, _READING, _CHECKING, _COUNTING, _READY = STEPS
_OF_OPEN_FIGURES = {FindingCode.MEASURES_AS_ROWS, FindingCode.OTHER_PARTS}
"""How open figures are read: of a file that turns out to have persons none of it is true."""
Progress = Callable[[str], None]
"""Called with the name of each step as it begins. It may raise to cancel the work."""


@dataclass(frozen=True)
class Examination:
    """What a check of one file gave. `counts` is None when an error stops the file; it holds no person."""

    filename: str
    sha256: str
    sheets: tuple[tuple[str | None, bool], ...]
    sheet: str | None
    layout: Layout
    headings: Headings
    source: Source | None
    matperiod: str | None
    columns: dict[str, str]
    """Column name → heading in the file."""
    positions: dict[str, int]
    reasons: dict[str, str]
    unused_headings: tuple[str, ...]
    profile: str | None
    preview: list[tuple[str, ...]]
    rows_read: int
    rows_counted: int
    findings: tuple[Finding, ...]
    counts: Counts | None

    @property
    def errors(self) -> list[Finding]:
        """The findings that stop the file."""
        return [finding for finding in self.findings if finding.level is Level.ERROR]

    @property
    def warnings(self) -> list[Finding]:
        """The findings that someone must accept before the file is published."""
        return [finding for finding in self.findings if finding.level is Level.WARNING]


def examine(
    content: bytes,
    filename: str,
    choices: Choices | None = None,
    *,
    extracts: Sequence[Extract] = (),
    snapshot: Snapshot | None = None,
    step: Progress = lambda name: None,
) -> Examination:
    """Check and count one file without publishing anything. `extracts` are those that are loaded already.

    `snapshot` is the version that the counts are compared with. Raises UserError where the file cannot be read at all;
    all other errors are findings.
    """
    step(_OPENING)
    filename, choices = without_names(mask_ids(filename)), clean(choices or Choices())
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(hashlib.sha256, content)
        reading = _read(open_file(content, filename), choices, step)
        table = _count(reading, step)
    sha256 = digest.result().hexdigest()
    about_counts = [
        *_about_counts(table, reading, sha256, extracts),
        *_about_likelihood(table, reading, snapshot),
    ]
    findings = _in_file([*reading.findings, *about_counts], reading)
    has_error = any(finding.level is Level.ERROR for finding in about_counts)
    counts = None if table is None or has_error else _counts(table, reading, sha256, findings)
    step(_READY)
    return _examination(reading, sha256, findings, counts)


def save_profile(name: str, examination: Examination, *, who: str) -> None:
    """Save how the file's columns were read, for the next file with the same headings."""
    if examination.source is None:
        raise UserError("En profil behöver en källa. Välj källan först.")
    headings = examination.headings.whole
    columns = {
        column.name: headings[examination.positions[column.name]] if column.name in examination.positions else None
        for column in examination.source.columns
    }
    who, today = refuse_ids(who, "Namnet"), f"{clock.today()}"
    profiles.save(Profile(name.strip(), examination.source.id, headings, columns, who, today))


@dataclass(frozen=True)
class _Meaning:
    """What a table is taken to be: its source and columns, None where no source fits; by which choices and profile."""

    choices: Choices
    profile: Profile | None
    source: Source | None
    columns: ColumnMap | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Reading:
    """What is left of a file when its texts have been released: how it was read, and its typed rows."""

    filename: str
    sheets: tuple[tuple[str | None, bool], ...]
    sheet: str | None
    layout: Layout
    headings: Headings
    meaning: _Meaning
    preview: list[tuple[str, ...]]
    rows_read: int
    rows: CheckedRows
    findings: tuple[Finding, ...]


@short_memory.within()
def _read(file: File, choices: Choices, step: Progress) -> _Reading:
    """Read, map and check a file. Its texts are gone when this returns."""
    step(_READING)
    first = None if choices.first is None else choices.first - 1
    forms, name = forms_of(choices.kalla), choices.constants.get("titel", "")
    text = read_table(file, forms, sheet=choices.sheet, first=first, depth=choices.depth, name=name)
    filename, sheets = file.filename, file.sheets
    del file  # the cells of a large workbook
    meaning = _interpret(text, choices)
    step(_CHECKING)
    rows = _check(text, meaning)
    has_persons = any(finding.code is FindingCode.ROWS_OF_PERSONS for finding in rows.findings)
    about_rows = [f for f in rows.findings if not (has_persons and f.code in _OF_OPEN_FIGURES)]
    return _Reading(
        filename=filename,
        sheets=sheets,
        sheet=text.sheet,
        layout=text.layout,
        headings=text.headings,
        meaning=meaning,
        preview=first_masked_rows(text, None if has_persons else meaning.source, meaning.columns),
        rows_read=text.row_count,
        rows=rows,
        findings=(*_about_filename(filename), *_about_profile(meaning.profile), *about_rows),
    )


def _interpret(text: TextTable, choices: Choices) -> _Meaning:
    """Find out the source, its columns, and the period where a line above the table says it."""
    profile = profile_for(choices, text.headings)
    forms = forms_of(profile.kalla if profile and choices.kalla == AUTO else choices.kalla)
    decisions = decided_columns(choices, profile, text.headings)
    forms_with_columns = [form for form in forms if set(decisions) <= set(form.columns_by_name)] or forms
    source, best_forms = _recognise(text, forms_with_columns, choices)
    if source is not None and choices.whole_country:
        source = replace(source, whole_country=True)
    if source is None:
        about_table = [] if best_forms else about_columns_of_time(text) or about_sexes(text.headings, forms)
        about_table = about_table or [_about_source(best_forms, forms, text.headings, text.cells)]
        return _Meaning(choices, profile, None, None, tuple(about_table))
    if about_persons := about_rows_of_persons(text, source):
        return _Meaning(choices, profile, None, None, tuple(about_persons))
    constants = given_values(choices, source)
    year, about_year = _year_of_title(text, source, decisions, constants)
    constants |= year
    columns = map_columns(
        text.headings, source, decisions=decisions, cells=text.cells, title=text.title, constants=constants
    )
    columns = replace(columns, findings=(*columns.findings, *_about_unnamed_years(text)))
    is_repeated = any(finding.code is FindingCode.HEADING_REPEATED for finding in columns.findings)
    if columns.is_incomplete and choices.kalla != AUTO and not (decisions or is_repeated):
        about_parts = about_sexes(text.headings, [source])
        about_source = tuple(about_parts) or _about_chosen_source(text, source, columns, choices)
        columns = replace(columns, findings=about_source)
    about_unused = _about_unused_choices(text, source, columns, choices)
    columns = replace(columns, findings=(*columns.findings, *about_unused))
    choices = replace(choices, constants={name: constants[name] for name in constants if name not in columns.positions})
    period_and_finding = _period_of_file(text, source, columns) if choices.matperiod is None else None
    if period_and_finding is None:
        return _Meaning(choices, profile, source, columns, (*about_year, *_about_given(choices, source, year)))
    period, finding = period_and_finding
    return _Meaning(replace(choices, matperiod=periods.clean(period)), profile, source, columns, (finding,))


def _period_of_file(text: TextTable, source: Source, columns: ColumnMap) -> tuple[str, Finding] | None:
    """The period that stands above the table, else in a column of its own."""
    period = periods.find(text.title) if source.period_sql is None else None
    if period is None:
        return period_of_column(text, source, columns)
    what = f"mätperioden ”{period}” är läst ur raderna ovanför tabellen"
    return period, Finding(Level.NOTE, FindingCode.PERIOD_FROM_TITLE, what)


def _year_of_title(
    text: TextTable, source: Source, decisions: Mapping[str, int], constants: Mapping[str, str]
) -> tuple[dict[str, str], list[Finding]]:
    """The one year above a table that has none itself: its rows are asked about, for it can be another year."""
    years = dict.fromkeys(re.findall(r"(?<![\d-])(?:19|20)\d\d(?![\d-])", text.title))
    if source.period_sql is None or "ar" not in source.columns_by_name or "ar" in constants or len(years) != 1:
        return {}, []
    if "ar" in map_columns(text.headings, source, decisions=decisions, cells=text.cells).positions:
        return {}, []
    year = next(iter(years))
    what = f"året {year} är läst ur raderna ovanför tabellen och gäller alla rader"
    action = "Kontrollera att det är året som talen gäller, eller välj ett annat"
    return {"ar": year}, [Finding(Level.WARNING, FindingCode.YEAR_FROM_TITLE, what, action=action)]


def _about_unnamed_years(text: TextTable) -> list[Finding]:
    """Columns of years that do not say what is measured, where others beside them do."""
    years = unnamed_years(text.layout)
    if not years:
        return []
    what = f"{enumeration(years)} säger inte vad som mäts, och andra kolumner är något annat"
    allowed, action = "ett namn på nyckeltalet", "Skriv namnet i fältet, eller på en rad ovanför tabellen"
    return [Finding(Level.ERROR, FindingCode.NAME_MISSING, what, allowed, action)]


def _about_given(choices: Choices, source: Source, of_title: Mapping[str, str]) -> list[Finding]:
    """What stands nowhere in the file and was given for all of its rows."""
    names = [
        f"{display_name(source.columns_by_name[name])} {text}"
        for name, text in choices.constants.items()
        if name not in of_title
    ]
    what = f"står inte i filen och gäller alla rader: {', '.join(names)}"
    return [Finding(Level.NOTE, FindingCode.YEAR_GIVEN, what)] if names else []


def _about_unused_choices(text: TextTable, source: Source, columns: ColumnMap, choices: Choices) -> list[Finding]:
    """What was given for all rows, and is not used since the file has its own that differ."""
    names = [
        f"{display_name(source.columns_by_name[name])} {text_of_choice}"
        for name, text_of_choice in choices.constants.items()
        if name in columns.positions
        and not (name == "titel" and title_beside_names(text, columns) == text_of_choice)
        and {cell.strip() for cell in text.column(columns.positions[name]).dictionary.to_pylist()} != {text_of_choice}
    ]
    if not names:
        return []
    what = f"det som du angav används inte, för filen har sina egna: {', '.join(names)}"
    action = "Ta bort valet, eller ändra i filen"
    return [Finding(Level.WARNING, FindingCode.GIVEN_NOT_USED, what, action=action)]


def _recognise(text: TextTable, forms: Sequence[Source], choices: Choices) -> tuple[Source | None, list[Source]]:
    """The form that fits best, and those that fit as well. Where all forms are of one source, one of them is taken."""
    constants = {name for form in forms for name in given_values(choices, form)}
    source, best_forms = recognise(text.headings, forms, text.cells, text.title, constants)
    if source is None and len({form.id for form in forms}) == 1:
        has_counts = any("antal" in match_key(heading).split() for heading in text.headings.whole)
        source = max(forms, key=lambda f: (count_of_named(text.headings, f)[0], has_counts and not f.has_persons))
    return source, best_forms


def _about_chosen_source(text: TextTable, source: Source, columns: ColumnMap, choices: Choices) -> tuple[Finding, ...]:
    """That a file is another source's than the one that was chosen for it, in one sentence; else what it lacks."""
    names = [display_name(c) for c in source.columns if c.required and c.name not in columns.positions]
    what = f"filen passar inte källan {source.title}" + (f": där saknas {enumeration(names)}" if names else "")
    other, _ = _recognise(text, forms_of(AUTO), choices)
    is_nearer = other and count_of_named(text.headings, other)[0] > count_of_named(text.headings, source)[0]
    if other is not None and is_nearer and not about_rows_of_persons(text, other):
        action = "Välj den källan, eller välj vilken kolumn som är vilken"
        what = f"{what}. Den ser ut som {other.title}"
        return (Finding(Level.ERROR, FindingCode.OTHER_SOURCE, what, action=action),)
    if len(names) < len(columns.findings) or len(names) == 1:
        return columns.findings
    action = "Välj en annan källa, eller välj vilken kolumn som är vilken"
    return (Finding(Level.ERROR, FindingCode.COLUMN_MISSING, what, action=action),)


def _check(text: TextTable, meaning: _Meaning) -> CheckedRows:
    matperiod = meaning.choices.matperiod
    if meaning.source is None or meaning.columns is None:
        return CheckedRows(None, matperiod, None, clock.today(), [*text.findings, *meaning.findings])
    rows = check_table(text, meaning.source, meaning.columns, meaning.choices)
    return replace(rows, findings=[*meaning.findings, *rows.findings])


def _count(reading: _Reading, step: Progress) -> pa.Table | None:
    """The counts of the rows; None where an error stops them."""
    source, rows = reading.meaning.source, reading.rows
    if source is None or rows.table is None or rows.matperiod is None:
        return None
    step(_COUNTING)
    return count(rows.table, source, settings.lan_kod(), rows.measuring_day)


def _about_counts(table: pa.Table | None, reading: _Reading, sha256: str, extracts: Sequence[Extract]) -> list[Finding]:
    source = reading.meaning.source
    if table is None or source is None:
        return []
    return [
        *about_counts(table, source, settings.lan_kod()),
        *about_protection(table, source, reading.meaning.choices.publicerad),
        *about_loaded(sha256, source, reading.rows.matperiod, extracts),
    ]


def _about_likelihood(table: pa.Table | None, reading: _Reading, snapshot: Snapshot | None) -> list[Finding]:
    source, rows = reading.meaning.source, reading.rows
    if table is None or source is None or rows.matperiod is None:
        return []
    evidence = Evidence(table, source, rows.matperiod, rows.year, settings.lan_kod(), snapshot)
    return plausible.findings(evidence)


def _in_file(findings: Sequence[Finding], reading: _Reading) -> tuple[Finding, ...]:
    """The findings with their file and sheet, errors in the order of its rows."""
    sorted_findings = sorted(findings, key=lambda f: f.row or 0 if f.level is Level.ERROR else 0)
    return tuple(replace(f, file=reading.filename, sheet=reading.sheet if f.row else None) for f in sorted_findings)


def _counts(table: pa.Table, reading: _Reading, sha256: str, findings: Sequence[Finding]) -> Counts:
    meaning, rows = reading.meaning, reading.rows
    choices, source = meaning.choices, meaning.source
    assert source is not None and rows.table is not None and rows.matperiod is not None
    return Counts(
        kalla=source.id,
        titel=source.title,
        matperiod=rows.matperiod,
        matdatum=choices.matdatum,
        ar=rows.year,
        filnamn=reading.filename,
        sha256=sha256,
        rader_lasta=reading.rows_read,
        rader_raknade=_distinct_count(rows.table[ROW]),
        table=table,
        ursprung=choices.ursprung or _origin(reading.filename, source),
        rapport=_report(findings, publicerad=choices.publicerad),
        publicerad=choices.publicerad,
        cumulative=source.cumulative,
        remarks=choices.remarks,
    )


def _distinct_count(row_numbers: pa.ChunkedArray) -> int:
    """How many rows of the file there are: in order, for most files, each is another than the one before it."""
    steps = np.diff(row_numbers.to_numpy())
    is_in_order = bool((steps >= 0).all())
    return int(np.count_nonzero(steps)) + (len(row_numbers) > 0) if is_in_order else len(pc.unique(row_numbers))


def _report(findings: Sequence[Finding], *, publicerad: bool) -> str:
    """The findings as they are stored: without counts, unless these are published already."""
    storable = findings if publicerad else map(_without_counts, findings)
    return json.dumps([{**asdict(finding), "file": None} for finding in storable], ensure_ascii=False)


def _without_counts(finding: Finding) -> Finding:
    """What is kept of a finding for others than the analyst: a number in it could be one that the gate hides."""
    value = None if any(map(str.isdigit, finding.value or "")) else finding.value
    return replace(finding, what=without_numbers(finding.what), value=value, row=None, count=1)


def _examination(reading: _Reading, sha256: str, findings: tuple[Finding, ...], counts: Counts | None) -> Examination:
    meaning, headings = reading.meaning, reading.headings.whole
    columns = meaning.columns or ColumnMap({}, {}, (), (), is_incomplete=True)
    return Examination(
        filename=reading.filename,
        sha256=sha256,
        sheets=reading.sheets,
        sheet=reading.sheet,
        layout=reading.layout,
        headings=reading.headings,
        source=meaning.source,
        matperiod=reading.rows.matperiod,
        columns={name: headings[position] for name, position in columns.positions.items()},
        positions=columns.positions,
        reasons=columns.reasons,
        unused_headings=tuple(headings[i] for i in columns.unused_positions),
        profile=meaning.profile.namn if meaning.profile else None,
        preview=reading.preview,
        rows_read=reading.rows_read,
        rows_counted=counts.rader_raknade if counts else 0,
        findings=findings,
        counts=counts,
    )


def _is_numbers_of_areas(form: Source, headings: Headings, cells: Sequence[Sequence[str]]) -> bool:
    """Whether a table has areas and columns of numbers, so that each column can be a nyckeltal."""
    return (
        bool(form.one_of)
        and bool(measure_positions(headings, cells, form))
        and any(
            column.kind == "area" and column.name in map_columns(headings, form, cells=cells).positions
            for column in form.columns
        )
    )


def _about_source(
    best_forms: Sequence[Source],
    forms: Sequence[Source],
    headings: Headings,
    cells: Sequence[Sequence[str]],
) -> Finding:
    """That the headings fit no source, and what the nearest one lacks; or that they fit several."""
    allowed = ", ".join(dict.fromkeys(form.title for form in best_forms or forms))
    action = "Välj källan, eller rubrikraden"
    if best_forms:
        what = "rubrikerna passar flera källor"
        return Finding(Level.ERROR, FindingCode.SOURCE_AMBIGUOUS, what, allowed, action)
    what = "rubrikerna i filen passar ingen känd källa"
    nearest = nearest_form(headings, forms)
    if nearest is not None:
        form, missing_columns = nearest
        names = enumeration([display_name(column) for column in missing_columns])
        what += f". Närmast är {form.title}, men där saknas {names}" if names else f". Närmast är {form.title}"
    is_of_counts = nearest is not None and not nearest[0].cumulative
    if not is_of_counts and any(_is_numbers_of_areas(form, headings, cells) for form in forms):
        title = next(form.title for form in forms if form.one_of)
        action += f". Väljer du ”{title}” läses varje kolumn med tal som ett nyckeltal"
    return Finding(Level.ERROR, FindingCode.SOURCE_UNKNOWN, what, allowed, action)


def _about_filename(filename: str) -> list[Finding]:
    if not filename.startswith(EXAMPLE):
        return []
    what = f"filen heter {EXAMPLE}: personerna är påhittade, och siffrorna märks så"
    return [Finding(Level.WARNING, FindingCode.EXAMPLE_DATA, what)]


def _about_profile(profile: Profile | None) -> list[Finding]:
    if profile is None:
        return []
    what = f"kolumnerna lästes med profilen ”{profile.namn}” ({profile.vem}, {profile.nar})"
    return [Finding(Level.NOTE, FindingCode.PROFILE_USED, what)]


def _origin(filename: str, source: Source) -> str:
    return f"{EXAMPLE} ({source.provider})" if filename.startswith(EXAMPLE) else source.provider
