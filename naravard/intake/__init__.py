"""The way in: bytes → text table → mapping → checks → counts → a new snapshot.

Persons exist only inside `examine`, in memory; what it returns holds counts and findings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from naravard import kommuner, periods, settings, sources
from naravard.errors import UserError
from naravard.intake import convert, mapping
from naravard.intake.count import broken, count, doubles, period
from naravard.intake.mask import masked, refuse_ids
from naravard.intake.read import ROW, TextTable, read
from naravard.model import EXAMPLE, UNKNOWN_PERIOD, Finding, Remark, Source
from naravard.store import Counts, Store

AUTO = "auto"


@dataclass(frozen=True)
class Examination:
    """What a check of one file gave. `counts` is None when an error stops the file."""

    filename: str
    source: Source
    matperiod: str | None
    columns: dict[str, str]
    """Column name → heading in the file."""
    unused: tuple[str, ...]
    rows_read: int
    rows_counted: int
    findings: tuple[Finding, ...]
    counts: Counts | None

    @property
    def errors(self) -> list[Finding]:
        """The findings that stop the file."""
        return [finding for finding in self.findings if finding.level == "fel"]


class Rejected(UserError):
    """The file has errors. All of them are in `examination`; the text tells the first twenty."""

    def __init__(self, examination: Examination) -> None:
        self.examination = examination
        lines = [finding.sentence() for finding in examination.errors]
        told, rest = lines[: convert.MOST_FINDINGS], len(lines) - convert.MOST_FINDINGS
        more = f" … och {rest} till." if rest > 0 else ""
        super().__init__(f"Filen {examination.filename} lästes inte in, {len(lines)} fel. {' '.join(told)}{more}")


def examine(
    content: bytes,
    filename: str,
    *,
    kalla: str = AUTO,
    matperiod: str | None = None,
    matdatum: date | None = None,
    publicerad: bool = False,
    ursprung: str = "",
    remarks: Sequence[Remark] = (),
) -> Examination:
    """Check and count one file without publishing anything.

    `matdatum` is the day that the figures are from; without it the year is read from `matperiod`.
    Raises UserError where the file cannot be read at all; all other errors are findings.
    """
    filename = masked(filename)
    matperiod = None if matperiod is None else periods.clean(refuse_ids(matperiod, "Mätperioden"))
    _refuse_future(matdatum)
    text = read(content, filename)
    source = _source(text, kalla)
    columns = mapping.map_columns(text.headings, source)
    checked = _check(text, source, columns, matperiod, matdatum)
    findings = [*_about_name(filename), *checked.findings]
    counts = None
    if checked.rows is not None and checked.matperiod is not None:
        measured = matdatum or date(checked.year or date.today().year, 12, 31)
        table = count(checked.rows, source, settings.lan_kod(), measured)
        findings += _about_counts(table, source, settings.lan_kod())
        counts = Counts(
            kalla=source.id,
            titel=source.title,
            matperiod=checked.matperiod,
            matdatum=matdatum,
            ar=checked.year,
            filnamn=filename,
            sha256=hashlib.sha256(content).hexdigest(),
            rader_lasta=text.row_count,
            rader_raknade=checked.rows.num_rows,
            table=table,
            ursprung=ursprung or _origin(filename, source),
            rapport=json.dumps([asdict(finding) for finding in findings], ensure_ascii=False),
            publicerad=publicerad,
            cumulative=source.cumulative,
            remarks=tuple(remarks),
        )
    return Examination(
        filename=filename,
        source=source,
        matperiod=checked.matperiod,
        columns={name: text.headings[position] for name, position in columns.positions.items()},
        unused=columns.unused,
        rows_read=text.row_count,
        rows_counted=counts.rader_raknade if counts else 0,
        findings=tuple(replace(f, sheet=text.sheet) if f.row else f for f in findings),
        counts=counts,
    )


def publish(examinations: Sequence[Examination], store: Store, *, who: str, why: str) -> int:
    """Publish checked files as one new snapshot. Raises Rejected if any of them has an error."""
    return store.publish(accepted(examinations), who=who, why=refuse_ids(why, "Orsaken"))


def restore(number: int, store: Store, *, who: str, why: str) -> int:
    """Publish an older version again, with a reason."""
    return store.restore(number, who=who, why=refuse_ids(why, "Orsaken"))


def accepted(examinations: Sequence[Examination]) -> list[Counts]:
    """The counts of checked files. Raises Rejected if any of them has an error."""
    ready = []
    for examination in examinations:
        if examination.counts is None:
            raise Rejected(examination)
        ready.append(examination.counts)
    return ready


@dataclass(frozen=True)
class _Checked:
    """Typed rows and what was found on the way. `rows` is None when an error stops the file."""

    rows: pa.Table | None
    matperiod: str | None
    year: int | None
    findings: list[Finding]


def _check(
    text: TextTable, source: Source, columns: mapping.Mapping, matperiod: str | None, matdatum: date | None
) -> _Checked:
    """All checks that come before counting, each going on as far as the ones before it allow."""
    findings = [*text.findings, *columns.findings]
    if columns.findings:
        return _Checked(None, matperiod, None, findings)
    findings += _about_columns(source, columns)
    rows, about_cells = _typed(text, source, columns, settings.lan_kod())
    findings += [*about_cells, *_about_rows(rows, source)]
    matperiod = matperiod or period(rows, source)
    year = matdatum.year if matdatum else periods.year_of(matperiod or "")
    findings += _about_period(source, matperiod, year)
    stopped = any(finding.level == "fel" for finding in findings)
    return _Checked(None if stopped else rows, matperiod, year, findings)


def _source(text: TextTable, kalla: str) -> Source:
    if kalla == AUTO:
        return mapping.recognise(text.headings, list(sources.sources().values()))
    return sources.source(kalla)


def _about_name(filename: str) -> list[Finding]:
    if not filename.startswith(EXAMPLE):
        return []
    return [Finding("varning", f"filen heter {EXAMPLE}: personerna är påhittade, och siffrorna märks så")]


def _origin(filename: str, source: Source) -> str:
    return f"{EXAMPLE} ({source.provider})" if filename.startswith(EXAMPLE) else source.provider


def _typed(text: TextTable, source: Source, columns: mapping.Mapping, lan: str) -> tuple[pa.Table, list[Finding]]:
    """Typed rows, those outside the län left out. A column that the file lacks is there, and empty."""
    numbers = text.table[ROW]
    arrays: dict[str, pa.Array] = {ROW: numbers.combine_chunks()}
    findings: list[Finding] = []
    for column in source.columns:
        position = columns.positions.get(column.name)
        if position is None and column.kind == "person":
            continue
        texts = pa.chunked_array([pa.repeat("", len(numbers))]) if position is None else text.column(position)
        arrays[column.name], found = convert.convert(texts, numbers, column, source, lan)
        findings += found
    table = pa.table(arrays)
    for name in (c.name for c in source.columns if c.kind == "area"):
        outside = pc.fill_null(pc.equal(table[name], convert.OUTSIDE), False)
        if pc.any(outside).as_py():
            findings.append(_outside_lan(table.filter(outside), name, lan))
            table = table.filter(pc.invert(outside))
    return table, findings


def _outside_lan(rows: pa.Table, column: str, lan: str) -> Finding:
    what = f"kommunen ligger utanför {kommuner.lan_name(lan)} och räknas inte"
    return Finding("varning", what, "kommunerna i länet", "", column, pc.min(rows[ROW]).as_py(), None, rows.num_rows)


def _about_columns(source: Source, columns: mapping.Mapping) -> list[Finding]:
    findings = []
    for column in source.columns:
        if column.name in columns.positions or column.required:
            continue
        if column.kind == "person":
            what = "person-id saknas: varje rad räknas som en person, och dubbletter kan inte ses"
            findings.append(Finding("varning", what))
        else:
            findings.append(Finding("upplysning", f"kolumnen {column.name} saknas, uppgiften blir tom"))
    if columns.unused:
        findings.append(Finding("upplysning", f"kolumner som inte används: {', '.join(columns.unused)}"))
    return findings


def _about_rows(rows: pa.Table, source: Source) -> list[Finding]:
    """Rows that say the same thing twice, rows that contradict themselves, and a file that nothing is left of."""
    if rows.num_rows == 0:
        return [Finding("fel", "ingen rad går att räkna", f"minst en rad för en kommun i länet ({source.grain})")]
    findings = []
    for row, times, key in doubles(rows, source):
        what = f"flera rader för samma {', '.join(source.key)}: {key}"
        findings.append(Finding("fel", what, "en rad för varje", "Ta bort den som är fel", row=row, count=times))
    for check, row, times in broken(rows, source):
        findings.append(Finding(check.level, check.what, action=check.action, row=row, count=times))
    return convert.capped(findings)


def _refuse_future(matdatum: date | None) -> None:
    if matdatum is not None and matdatum > date.today():
        raise UserError(f"Mätdatumet {matdatum} har inte varit än. Ange dagen som uppgifterna gäller.")


def _about_period(source: Source, matperiod: str | None, year: int | None) -> list[Finding]:
    if matperiod is None:
        action = 'Ange den, till exempel --matperiod "våren 2024"'
        return [Finding("fel", "mätperioden saknas", "en text som säger när uppgifterna gäller", action)]
    named = periods.year_of(matperiod)
    if named and year and named != year:
        return [
            Finding("varning", f"mätperioden {matperiod!r} och mätdatumet har olika år ({year}): mätdatumet gäller")
        ]
    if year is None and source.period_sql is None and matperiod != UNKNOWN_PERIOD:
        action = "Ange --matdatum om andelar av befolkningen ska räknas"
        return [Finding("varning", f"mätperioden {matperiod!r} har inget årtal", "ett årtal eller mätdatum", action)]
    return []


def _about_counts(table: pa.Table, source: Source, lan: str) -> list[Finding]:
    """Kommuner of the län without a single count, where the source ought to have all of them."""
    if not source.every_kommun:
        return []
    present = set(table["kommun_kod"].to_pylist())
    missing = [k.namn for k in kommuner.in_lan(lan) if k.kod not in present]
    if not missing:
        return []
    return [Finding("varning", f"kommuner utan rader i filen: {', '.join(missing)}", "alla kommuner i länet")]
