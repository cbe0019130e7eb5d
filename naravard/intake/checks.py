"""All checks of one table, at once: columns, cells, rows, persons, control sums, and what is already loaded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from naravard.base import kommuner, periods, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.mask import has_id_form
from naravard.base.model import (
    UNKNOWN_PERIOD,
    Column,
    Extract,
    Finding,
    Source,
)
from naravard.base.numbers import joined, number
from naravard.figures.row_counts import about, few
from naravard.intake import convert, corrections, persons
from naravard.intake.counting import broken, control_sums, doubles, period, repeats
from naravard.intake.mapping import Mapping, shown
from naravard.intake.read.body import ROW
from naravard.intake.table import TextTable

_MOST_SUMS = 3
"""So many rows for the whole län can be sums in a file without ids; more are a mistake, and told as one."""
_MOST_TOLD_SUMS = 20
_LONGEST_NUMBER = 12
_SAMPLE = 60


@dataclass(frozen=True)
class Checked:
    """Typed rows and what was found on the way. `rows` is None when an error stops the file."""

    rows: pa.Table | None
    matperiod: str | None
    year: int | None
    measured: date
    findings: list[Finding]


def check(
    text: TextTable,
    source: Source,
    columns: Mapping,
    matperiod: str | None,
    matdatum: date | None,
) -> Checked:
    """All checks that come before counting, each going on as far as the ones before it allow."""
    measured = matdatum or periods.last_day(matperiod or "") or date.today()
    findings = [*text.findings, *columns.findings]
    if any(finding.level is Level.ERROR for finding in columns.findings):
        return Checked(None, matperiod, None, measured, findings)
    findings += _about_columns(text, source, columns)
    rows, found = _typed(text, source, columns, measured)
    findings += found
    told = {finding.column for finding in found if finding.level is Level.ERROR}
    wrong = {name for name, place in columns.positions.items() if text.headings.whole[place] in told}
    findings += _about_rows(rows, source, columns, text, wrong)
    matperiod = matperiod or (period(rows, source) if rows.num_rows else None)
    year = matdatum.year if matdatum else periods.year_of(matperiod or "")
    findings += _about_period(source, matperiod, year)
    stopped = any(finding.level is Level.ERROR for finding in findings)
    return Checked(None if stopped else rows, matperiod, year, measured, findings)


def about_protection(source: Source, publicerad: bool) -> list[Finding]:
    """Persons' small counts are open only where someone has said that they are published already."""
    if not (publicerad and source.has_persons):
        return []
    what = "siffrorna är märkta som redan publicerade: små tal döljs inte, fast filen har rader om personer"
    action = "Ta bort märkningen om siffrorna inte redan är offentliga"
    return [Finding(Level.WARNING, FindingCode.SMALL_COUNTS_OPEN, what, action=action)]


def about_counts(table: pa.Table, source: Source, lan: str) -> list[Finding]:
    """Kommuner of the län without a single count, where the source ought to have all of them."""
    if not source.every_kommun:
        return []
    present = set(table["kommun_kod"].to_pylist())
    missing = [k.namn for k in kommuner.in_lan(lan) if k.kod not in present]
    if not missing:
        return []
    action = "Kontrollera att uttaget är helt. Det ersätter hela mätperioden, inte bara de kommuner som finns i filen"
    what = f"kommuner utan rader i filen: {', '.join(missing)}"
    return [Finding(Level.WARNING, FindingCode.KOMMUNER_WITHOUT_ROWS, what, "alla kommuner i länet", action)]


def about_loaded(sha256: str, source: Source, matperiod: str | None, known: Sequence[Extract]) -> list[Finding]:
    """Whether the same file, or another of the same source and period, is loaded already."""
    findings = []
    same_file = next((e for e in known if e.sha256 == sha256 and e.status == "gallande"), None)
    if same_file:
        what = (
            f"precis samma fil är redan inläst, som uttag {same_file.uttag_id} ({same_file.titel}, "
            f"{periods.when(same_file.matperiod)}, {same_file.nar[:10]})"
        )
        action = "Kontrollera att det är rätt fil"
        findings.append(Finding(Level.WARNING, FindingCode.SAME_FILE_LOADED, what, action=action))
    same = [
        e
        for e in known
        if e.kalla == source.id and e.status == "gallande" and e.matperiod.casefold() == (matperiod or "").casefold()
    ]
    if source.cumulative:
        return findings
    for extract in same:
        what = (
            f"mätperioden {extract.matperiod} är redan inläst, som uttag {extract.uttag_id} ({extract.filnamn}, "
            f"{extract.nar[:10]}, {extract.vem}). Det nya uttaget ersätter det"
        )
        action = "Kontrollera mätperioden. Det gamla finns kvar bland versionerna"
        findings.append(Finding(Level.WARNING, FindingCode.PERIOD_LOADED, what, action=action))
    return findings


def _typed(text: TextTable, source: Source, columns: Mapping, measured: date) -> tuple[pa.Table, list[Finding]]:
    """Typed rows, sum rows and those outside the län left out. A column that the file lacks is there, and empty."""
    lan = settings.lan_kod()
    texts = {name: text.column(position) for name, position in columns.positions.items()}
    numbers, texts, findings = _without_sum_rows(text, source, texts)
    arrays: dict[str, pa.Array] = {ROW: numbers}
    born: pa.Array | None = None
    known = [c for c in corrections.corrections() if c.kalla == source.id]
    for column in source.columns:
        position = columns.positions.get(column.name)
        heading = "" if position is None else text.headings.whole[position] or f"nummer {position + 1}"
        if column.kind == "person":
            if position is not None:
                read = persons.read_ids(texts.pop(column.name), numbers, heading, measured.year)
                arrays[column.name], born = read.number, read.born
                findings += [*read.findings, *_about_check_digits(read.wrong_check)]
            continue
        encoded = texts.pop(column.name, None)
        if encoded is None:
            encoded = pa.array([_elsewhere(column, text)]).dictionary_encode()
            encoded = pa.DictionaryArray.from_arrays(
                pa.repeat(pa.scalar(0, pa.int32()), len(numbers)), encoded.dictionary
            )
        encoded, corrected = corrections.apply(
            encoded, numbers, column.name, heading, known if position is not None else []
        )
        done = convert.convert(encoded, numbers, column, heading, source, lan)
        arrays[column.name] = done.values
        if done.signs is not None:
            arrays[f"{column.name}_tecken"] = done.signs
        findings += [*corrected, *done.findings]
    table = pa.table(arrays)
    table, about_ages = _with_ages(table, source, born, measured)
    table, outside = _inside(table, source, lan)
    return table, [*findings, *about_ages, *outside]


def _elsewhere(column: Column, text: TextTable) -> str:
    """What stands outside the table for a column that it lacks."""
    return {"rubrik": text.title, "kalla": text.origin}.get(column.otherwise, "")


def _without_sum_rows(
    text: TextTable, source: Source, texts: dict[str, pa.DictionaryArray]
) -> tuple[pa.Array, dict[str, pa.DictionaryArray], list[Finding]]:
    """In a source of persons: take out rows that sum the others up, and see whether they are right."""
    numbers = text.table[ROW].combine_chunks()
    kommun, person = texts.get("kommun"), texts.get("person_id")
    if not source.has_persons or kommun is None:
        return numbers, texts, []
    is_sum = pa.array([_is_sum(text) for text in kommun.dictionary.to_pylist()], pa.bool_()).take(kommun.indices)
    if person is not None:
        is_sum = pc.or_(_says_sum(person), pc.and_(is_sum, _blank(person)))
    times = pc.sum(is_sum).as_py() or 0
    if not times or (person is None and times > _MOST_SUMS):
        return numbers, texts, []
    keep = pc.invert(is_sum)
    findings = _about_sum_rows(text.table.filter(is_sum), numbers.filter(keep), person and person.filter(keep))
    return numbers.filter(keep), {name: array.filter(keep) for name, array in texts.items()}, findings


def _says_sum(texts: pa.DictionaryArray) -> pa.Array:
    """Whether a cell for an id is a word for a sum. Ids are many, so they are compared in one step."""
    if not pc.any(pc.match_substring_regex(texts.dictionary, r"^\s*\pL")).as_py():  # most files have digits alone
        return pa.array(np.zeros(len(texts), bool))
    words = pc.utf8_lower(pc.utf8_trim(texts.dictionary, " :\u00a0"))
    lan = kommuner.lan_name(settings.lan_kod()).lower()
    sums = [*kommuner.SUM_WORDS, "länet", "hela länet", "riket", "hela riket", "sverige", lan]
    exact = pc.is_in(words, value_set=pa.array(sums))
    begins = pc.match_substring_regex(words, r"^(antal|summa|delsumma|total|medel)[\w]*[ :]")
    return pc.or_(exact, begins).take(texts.indices)


def _is_sum(text: str) -> bool:
    return kommuner.resolve(text, settings.lan_kod()) in {settings.lan_kod(), kommuner.RIKET}


def _is_kommun(text: str) -> bool:
    return len(kommuner.resolve(text, settings.lan_kod()) or "") == 4 and not text.strip().isdecimal()


def _blank(texts: pa.DictionaryArray) -> pa.Array:
    return pc.equal(pc.utf8_trim_whitespace(texts.dictionary), "").take(texts.indices)


def _about_sum_rows(sums: pa.Table, rows: pa.Array, ids: pa.DictionaryArray | None) -> list[Finding]:
    counted = {len(rows), len(pc.unique(ids.indices)) if ids is not None else len(rows)}
    findings = []
    if sums.num_rows > _MOST_TOLD_SUMS:
        what = "summarader räknas inte som personer"
        first = sums[ROW][0].as_py()
        return [Finding(Level.WARNING, FindingCode.SUM_ROW_LEFT_OUT, what, row=first, count=sums.num_rows)]
    for record in sums.to_pylist():
        said = [
            int(d)
            for v in record.values()
            if isinstance(v, str) and (d := "".join(v.split())).isdecimal() and len(d) < _LONGEST_NUMBER
        ]
        row = record[ROW]
        of_one = any(isinstance(v, str) and _is_kommun(v) for v in record.values())
        if not said or of_one:
            what = "summaraden räknas inte som en person"
            findings.append(Finding(Level.NOTE, FindingCode.SUM_ROW_LEFT_OUT, what, row=row))
        elif counted & set(said):
            what = "summaraden stämmer med antalet rader eller personer"
            findings.append(Finding(Level.NOTE, FindingCode.SUM_ROW_AGREES, what, row=row))
        else:
            found = joined([number(count) for count in sorted(counted)], "eller")
            unit = "personer eller rader" if len(counted) > 1 else "rader"
            what = f"summaraden säger {number(said[0])}, men filen har {found} {unit}"
            action = "Kontrollera att inga rader fattas"
            findings.append(Finding(Level.WARNING, FindingCode.SUM_ROW_DIFFERS, what, "samma antal", action, row=row))
    return findings


def _with_ages(
    table: pa.Table, source: Source, born: pa.Array | None, measured: date
) -> tuple[pa.Table, list[Finding]]:
    """Ages where none is told, from the date of birth or else from the id, on the day of measurement."""
    if "alder" not in table.column_names or not source.has_persons:
        return table, []
    age = table["alder"].combine_chunks()
    if not age.null_count:
        return table, []
    day = measured.year * 10_000 + measured.month * 100 + measured.day
    sources_of_birth = [("person-id", born)]
    if "fodelsedatum" in table.column_names:
        dates = table["fodelsedatum"].combine_chunks()
        month = pc.add(pc.multiply(pc.year(dates), 100), pc.month(dates))
        told = pc.cast(pc.add(pc.multiply(month, 100), pc.day(dates)), pa.int32())
        sources_of_birth.insert(0, ("födelsedatum", told))
    findings = []
    for name, birth in sources_of_birth:
        if birth is None or not age.null_count:
            continue
        before = age.null_count
        age = pc.coalesce(age, persons.ages(birth, day))
        if age.null_count < before:
            what = f"åldern är räknad ur {name} till den {measured} på {_many(before - age.null_count, 'rad', 'rader')}"
            findings.append(Finding(Level.NOTE, FindingCode.AGE_COMPUTED, what))
    return table.set_column(table.column_names.index("alder"), "alder", age), findings


def _inside(table: pa.Table, source: Source, lan: str) -> tuple[pa.Table, list[Finding]]:
    """Rows for areas that are shown, those of other kommuner and Kolada's mean taken out and told."""
    findings = []
    told = {
        convert.OUTSIDE: (
            Level.WARNING if source.has_persons else Level.NOTE,
            FindingCode.KOMMUN_OUTSIDE_LAN,
            f"kommunen ligger utanför {kommuner.lan_name(lan)} och räknas inte",
            "kommunerna i länet",
        ),
        convert.MEAN_OF_KOMMUNER: (
            Level.NOTE,
            FindingCode.MEAN_OF_KOMMUNER,
            "”Alla kommuner” är ett medelvärde av kommunerna i riket, inget område, och läses inte",
            "",
        ),
    }
    for name in (c.name for c in source.columns if c.kind == "area"):
        for mark, (level, code, what, allowed) in told.items():
            hits = pc.fill_null(pc.equal(table[name], mark), False)
            if pc.any(hits).as_py():
                rows = table.filter(hits)
                first = pc.min(rows[ROW]).as_py()
                findings.append(Finding(level, code, what, allowed, row=first, count=rows.num_rows))
                table = table.filter(pc.invert(hits))
    return table, findings


def _about_check_digits(wrong: int) -> list[Finding]:
    if not wrong:
        return []
    what = f"{number(wrong)} person-id har fel kontrollsiffra. De räknas, var och ett som en person"
    action = "Är de många: kontrollera att id-kolumnen är rätt"
    return [Finding(Level.NOTE, FindingCode.WRONG_CHECK_DIGITS, what, action=action)]


def _about_columns(text: TextTable, source: Source, columns: Mapping) -> list[Finding]:
    findings = []
    lacking = [c for c in source.columns if c.name not in columns.positions and source.has_persons]
    if any(column.kind == "person" for column in lacking):
        what = "person-id saknas: varje rad räknas som en person, och dubbletter kan inte ses"
        findings.append(Finding(Level.WARNING, FindingCode.ID_COLUMN_MISSING, what))
    names = [shown(column) for column in lacking if column.kind not in {"person", "date"}]
    if names:
        what = f"filen har ingen kolumn för {joined(names)}"
        findings.append(Finding(Level.NOTE, FindingCode.OPTIONAL_COLUMNS_MISSING, what))
    unused = [text.headings.whole[i] for i in columns.unused if text.headings.whole[i]]
    if unused:
        what = f"kolumner som inte används: {', '.join(unused)}"
        findings.append(Finding(Level.NOTE, FindingCode.COLUMNS_UNUSED, what))
    findings += _about_parts(text, source, columns)
    for position in columns.unused:
        cells = [row[position] for row in text.cells[:_SAMPLE] if row[position].strip()]
        if cells and sum(map(has_id_form, cells)) * 2 > len(cells):
            heading = text.headings.whole[position] or f"nummer {position + 1}"
            what = "kolumnen ser ut som person-id men används inte. Den är borttagen"
            findings.append(Finding(Level.NOTE, FindingCode.ID_COLUMN_UNUSED, what, column=heading))
    return findings


def _about_parts(text: TextTable, source: Source, columns: Mapping) -> list[Finding]:
    """A table whose title or headings say that it is about some of the people only, without a column that tells."""
    told = " ".join([text.title, *text.layout.headings.whole])
    return [
        Finding(
            Level.ERROR,
            FindingCode.PART_OF_POPULATION,
            f"rubrikerna säger att tabellen gäller en del av befolkningen ({column.description.partition(':')[0]})",
            f"en kolumn för {column.description}",
            "Lägg till kolumnen, så att talen inte läses som alla",
        )
        for column in source.columns
        if column.part and column.name not in columns.positions and re.search(column.part, told, re.IGNORECASE)
    ]


def _about_rows(rows: pa.Table, source: Source, columns: Mapping, text: TextTable, wrong: set[str]) -> list[Finding]:
    """Rows that say the same thing twice or contradict each other, and a file that nothing is left of."""
    if rows.num_rows == 0:
        allowed = f"minst en rad för en kommun i länet ({source.grain})"
        return [Finding(Level.ERROR, FindingCode.NO_ROWS, "ingen rad går att räkna", allowed)]

    def heading(name: str) -> str | None:
        return text.headings.whole[columns.positions[name]] if name in columns.positions else None

    findings = []
    for row, times, key in doubles(rows, source):
        what = f"flera rader för samma {', '.join(source.key)}: {key}"
        action = "Ta bort den som är fel"
        findings.append(
            Finding(Level.ERROR, FindingCode.KEY_REPEATED, what, "en rad för varje", action, row=row, count=times)
        )
    for check, row, times, area in broken(rows, source):
        # a cell that could not be read is told already, and is not also missing
        if not any(f"{name} is null" in check.broken_when for name in wrong):
            value = kommuner.area_name(area) if area else None
            findings.append(
                Finding(check.level, FindingCode.ROW_CHECK, check.what, "", check.action, None, row, value, times)
            )
    found = repeats(rows, source)
    if found and found.on_several_rows:
        several = f"{few(found.on_several_rows)} personer av {about(found.persons)} står på flera rader"
        what = f"{several}. Var och en räknas en gång i sin kommun"
        findings.append(Finding(Level.NOTE, FindingCode.PERSONS_ON_SEVERAL_ROWS, what))
    for name, times in (found.contradictions if found else {}).items():
        what = f"{_many(times, 'person', 'personer')} har olika {heading(name)} på olika rader"
        action = f"Regel: {source.columns_by_name[name].rule}"
        findings.append(
            Finding(Level.WARNING, FindingCode.PERSONS_CONTRADICT, what, action=action, column=heading(name))
        )
    findings += _about_sums(rows, source, heading)
    return convert.capped(findings)


def _many(count: int, one: str, several: str) -> str:
    return f"{number(count)} {one if count == 1 else several}"


def _about_sums(rows: pa.Table, source: Source, heading: object) -> list[Finding]:
    lan = settings.lan_kod()
    everyone = len(kommuner.in_lan(lan))
    findings = []
    for column, row, said, added, areas, small in control_sums(rows, source, lan):
        at = heading(column.name)  # type: ignore[operator]
        if said == added:
            what = "summaraden stämmer med kommunerna"
            findings.append(Finding(Level.NOTE, FindingCode.SUM_ROW_AGREES, what, column=at, row=row))
        elif areas == everyone or added > said:
            # with a small count among them, the numbers would tell it
            numbers = f"summaraden säger {number(said)}, men kommunerna ger {number(added)}"
            what = "summaraden stämmer inte med kommunerna" if small else numbers
            action = "Kontrollera kommunernas tal. Skillnaden kan vara ett skrivfel"
            findings.append(Finding(Level.WARNING, FindingCode.SUM_ROW_DIFFERS, what, "samma tal", action, at, row))
        else:
            lacking = _many(everyone - areas, "kommun", "kommuner")
            what = f"länets tal tas ur summaraden ({number(said)}) och kan inte kontrolleras: {lacking} saknas"
            allowed, action = "alla kommuner i länet", "Kontrollera summaraden"
            findings.append(Finding(Level.WARNING, FindingCode.SUM_ROW_UNCONTROLLED, what, allowed, action, at, row))
    return findings


def _about_period(source: Source, matperiod: str | None, year: int | None) -> list[Finding]:
    if matperiod is None:
        allowed, action = "en text som säger när uppgifterna gäller", "Ange den, till exempel ”våren 2024”"
        return [Finding(Level.ERROR, FindingCode.PERIOD_MISSING, "mätperioden saknas", allowed, action)]
    named = periods.year_of(matperiod)
    if named and year and named != year:
        what = f"mätperioden ”{matperiod}” och mätdatumet har olika år ({year}): mätdatumet gäller"
        return [Finding(Level.WARNING, FindingCode.YEARS_DIFFER, what)]
    if year is None and source.period_sql is None and matperiod != UNKNOWN_PERIOD:
        action = "Ange mätdatum om andelar av befolkningen ska räknas"
        what, allowed = f"mätperioden ”{matperiod}” har inget årtal", "ett årtal eller mätdatum"
        return [Finding(Level.WARNING, FindingCode.PERIOD_WITHOUT_YEAR, what, allowed, action)]
    return []
