"""The way in: bytes → text table → mapping → checks → counts → a new snapshot.

Persons exist only inside `examine`, in memory; what it returns holds counts and findings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date

import pyarrow.compute as pc

from naravard import sources
from naravard.base import periods, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.base.kommuner import folded
from naravard.base.mask import masked, refuse_ids, without_numbers
from naravard.base.model import (
    EXAMPLE,
    Extract,
    Finding,
    Remark,
    Source,
)
from naravard.intake import corrections, mapping, profiles
from naravard.intake.checks import Checked, about_counts, about_loaded, about_protection, check
from naravard.intake.counting import count
from naravard.intake.layout import Layout
from naravard.intake.mapping import NOT_MAPPED, Headings
from naravard.intake.preview import first_rows
from naravard.intake.read.body import ROW
from naravard.intake.read.files import open_file
from naravard.intake.table import TextTable, read_table
from naravard.store.snapshots import Counts, Store

AUTO = "auto"
MOST_TOLD = 20
"""So many errors are told in one sentence; all of them are in the findings."""
STEPS = ("Öppnar filen", "Läser rader och rubriker", "Kontrollerar", "Räknar", "Klar")
Progress = Callable[[str], None]
"""Told the name of each step as it begins. It may raise to cancel the work."""


@dataclass(frozen=True)
class Choices:
    """What an analyst has decided about a file; None where it is to be found out.

    `first` is the first row of headings (1 is the first row of the file), `depth` how many rows they are.
    `columns` is column name → position in the file, mapping.NOT_MAPPED for a column that is not there.
    `headings` is the same by heading. `matdatum` is the day that the figures are from; without it the year is read
    from `matperiod`.
    """

    kalla: str = AUTO
    matperiod: str | None = None
    matdatum: date | None = None
    publicerad: bool = False
    ursprung: str = ""
    remarks: tuple[Remark, ...] = ()
    sheet: str | None = None
    first: int | None = None
    depth: int | None = None
    columns: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    profile: str | None = None


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
    unused: tuple[str, ...]
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


class Rejected(UserError):
    """The file has errors. All of them are in `examination`; the text tells the first twenty."""

    def __init__(self, examination: Examination) -> None:
        self.examination = examination
        lines = [finding.sentence() for finding in examination.errors]
        told, rest = lines[:MOST_TOLD], len(lines) - MOST_TOLD
        more = f" … och {rest} till." if rest > 0 else ""
        super().__init__(f"Filen {examination.filename} lästes inte in, {len(lines)} fel. {' '.join(told)}{more}")


def examine(
    content: bytes,
    filename: str,
    choices: Choices | None = None,
    *,
    known: Sequence[Extract] = (),
    step: Progress = lambda name: None,
) -> Examination:
    """Check and count one file without publishing anything. `known` are the extracts that are loaded already.

    Raises UserError where the file cannot be read at all; all other errors are findings.
    """
    choices = choices or Choices()
    step(STEPS[0])
    filename = masked(filename)
    choices = _clean(choices)
    sha256 = hashlib.sha256(content).hexdigest()
    file = open_file(content, filename)
    del content
    step(STEPS[1])
    forms = _forms(choices.kalla)
    first = None if choices.first is None else choices.first - 1
    text = read_table(file, forms, sheet=choices.sheet, first=first, depth=choices.depth)
    sheets = file.sheets
    del file
    profile = _profile(choices, text.headings)
    if profile and choices.kalla == AUTO:
        forms = _forms(profile.kalla)
    chosen = _chosen(choices, profile, text.headings)
    source, mapped, findings = _mapped(text, forms, chosen, choices)
    if choices.matperiod is None and source and source.period_sql is None and (told := periods.find(text.title)):
        choices = replace(choices, matperiod=told)
        what = f"mätperioden ”{told}” är läst ur raderna ovanför tabellen"
        findings.append(Finding(Level.NOTE, FindingCode.PERIOD_FROM_TITLE, what))
    step(STEPS[2])
    checked = Checked(None, choices.matperiod, None, date.today(), [*text.findings, *findings])
    if source and mapped:
        checked = check(text, source, mapped, choices.matperiod, choices.matdatum)
        checked.findings[:0] = findings
    findings = [*_about_name(filename), *_about_profile(profile), *checked.findings]
    shown = first_rows(text, source, mapped)
    rows_read, headings, layout, sheet = text.row_count, text.headings, text.layout, text.sheet
    del text
    counts = None
    if source and checked.rows is not None and checked.matperiod is not None:
        step(STEPS[3])
        table = count(checked.rows, source, settings.lan_kod(), checked.measured)
        findings += about_counts(table, source, settings.lan_kod())
        findings += about_protection(source, choices.publicerad)
        findings += about_loaded(sha256, source, checked.matperiod, known)
        counts = Counts(
            kalla=source.id,
            titel=source.title,
            matperiod=checked.matperiod,
            matdatum=choices.matdatum,
            ar=checked.year,
            filnamn=filename,
            sha256=sha256,
            rader_lasta=rows_read,
            rader_raknade=len(pc.unique(checked.rows[ROW])),
            table=table,
            ursprung=choices.ursprung or _origin(filename, source),
            rapport="",
            publicerad=choices.publicerad,
            cumulative=source.cumulative,
            remarks=choices.remarks,
        )
    in_order = sorted(findings, key=lambda f: f.row or 0 if f.level is Level.ERROR else 0)
    placed = tuple(replace(f, file=filename, sheet=sheet if f.row else None) for f in in_order)
    if counts is not None:
        kept = placed if choices.publicerad else map(_without_counts, placed)
        report = [{**asdict(finding), "file": None} for finding in kept]
        counts = replace(counts, rapport=json.dumps(report, ensure_ascii=False))
    step(STEPS[-1])
    return Examination(
        filename=filename,
        sha256=sha256,
        sheets=sheets,
        sheet=sheet,
        layout=layout,
        headings=headings,
        source=source,
        matperiod=checked.matperiod,
        columns={name: headings.whole[position] for name, position in (mapped.positions if mapped else {}).items()},
        positions=mapped.positions if mapped else {},
        reasons=mapped.reasons if mapped else {},
        unused=tuple(headings.whole[i] for i in (mapped.unused if mapped else ())),
        profile=profile.namn if profile else None,
        preview=shown,
        rows_read=rows_read,
        rows_counted=counts.rader_raknade if counts else 0,
        findings=placed,
        counts=counts,
    )


def publish(
    examinations: Sequence[Examination], store: Store, *, who: str, why: str, expected: int | None = None
) -> int:
    """Publish checked files as one new snapshot.

    `expected` is the version that they were checked against. Raises Rejected if any of them has an error, and
    store.Overtaken if someone has published since then.
    """
    who, why = refuse_ids(who, "Namnet"), refuse_ids(why, "Orsaken")
    return store.publish(accepted(examinations), who=who, why=why, expected=expected)


def restore(number: int, store: Store, *, who: str, why: str, expected: int | None = None) -> int:
    """Publish an older version again, with a reason. Raises store.Overtaken if `expected` is not the newest."""
    who, why = refuse_ids(who, "Namnet"), refuse_ids(why, "Orsaken")
    return store.restore(number, who=who, why=why, expected=expected)


def save_profile(name: str, examination: Examination, *, who: str) -> None:
    """Save how the file's columns were read, for the next file with the same headings."""
    if examination.source is None:
        raise UserError("En profil behöver en källa. Välj källan först.")
    headings = examination.headings.whole
    columns = {
        column.name: headings[examination.positions[column.name]] if column.name in examination.positions else None
        for column in examination.source.columns
    }
    who, today = refuse_ids(who, "Namnet"), f"{date.today()}"
    profiles.save(profiles.Profile(name.strip(), examination.source.id, headings, columns, who, today))


def accepted(examinations: Sequence[Examination]) -> list[Counts]:
    """The counts of checked files. Raises Rejected if any of them has an error."""
    ready = []
    for examination in examinations:
        if examination.counts is None:
            raise Rejected(examination)
        ready.append(examination.counts)
    return ready


def _clean(choices: Choices) -> Choices:
    if choices.matdatum is not None and choices.matdatum > date.today():
        raise UserError(f"Mätdatumet {choices.matdatum} har inte varit än. Ange dagen som uppgifterna gäller.")
    if choices.matperiod is None:
        return choices
    return replace(choices, matperiod=periods.clean(refuse_ids(choices.matperiod, "Mätperioden")))


def _forms(kalla: str) -> list[Source]:
    """The forms that a file of a source can have; those of all sources for `auto`."""
    found = sources.sources().values() if kalla == AUTO else [sources.source(kalla)]
    return [form for source in found for form in (source, *source.forms)]


def _profile(choices: Choices, headings: Headings) -> profiles.Profile | None:
    """The profile that was asked for, else the one that was saved for these headings."""
    if choices.profile == "":
        return None
    if choices.profile is not None:
        return profiles.profile(choices.profile)
    found = profiles.matching(headings)
    return found if found and choices.kalla in {AUTO, found.kalla} else None


def _chosen(choices: Choices, profile: profiles.Profile | None, headings: Headings) -> dict[str, int]:
    """Columns that have been decided, the newest decision first."""
    found = profiles.places(profile, headings) if profile else {}
    for name, heading in choices.headings.items():
        places = [i for i, h in enumerate(headings.whole) if folded(h) == folded(heading)]
        if not places:
            raise UserError(f"Rubriken ”{heading}” finns inte i filen. De som finns: {', '.join(headings.whole)}.")
        found[name] = places[0]
    width = len(headings.whole)
    return {**found, **{name: place for name, place in choices.columns.items() if place < width}}


def _mapped(
    text: TextTable, forms: Sequence[Source], chosen: dict[str, int], choices: Choices
) -> tuple[Source | None, mapping.Mapping | None, list[Finding]]:
    """The source (form) of the table and its columns, or why none can be told."""
    known = [form for form in forms if set(chosen) <= set(form.columns_by_name)] or list(forms)
    source, best = mapping.recognise(text.headings, known, text.cells, text.title)
    if source is None and len({form.id for form in known}) == 1:
        counted = any("antal" in folded(heading).split() for heading in text.headings.whole)
        source = max(known, key=lambda f: (mapping.known_columns(text.headings, f)[0], counted and not f.has_persons))
    if source is not None:
        return source, mapping.map_columns(text.headings, source, chosen=chosen, cells=text.cells, title=text.title), []
    ids = list(dict.fromkeys(form.id for form in best or forms))
    what = "rubrikerna passar flera källor" if best else "rubrikerna i filen passar ingen känd källa"
    code = FindingCode.SOURCE_AMBIGUOUS if best else FindingCode.SOURCE_UNKNOWN
    action = "Välj källan (på kommandoraden: --kalla), eller rubrikraden"
    return None, None, [Finding(Level.ERROR, code, what, ", ".join(ids), action)]


def _without_counts(finding: Finding) -> Finding:
    """What is kept of a finding for others than the analyst: a number in it could be one that the gate hides."""
    value = None if any(map(str.isdigit, finding.value or "")) else finding.value
    return replace(finding, what=without_numbers(finding.what), value=value, row=None, count=1)


def _about_name(filename: str) -> list[Finding]:
    if not filename.startswith(EXAMPLE):
        return []
    what = f"filen heter {EXAMPLE}: personerna är påhittade, och siffrorna märks så"
    return [Finding(Level.WARNING, FindingCode.EXAMPLE_DATA, what)]


def _about_profile(profile: profiles.Profile | None) -> list[Finding]:
    if profile is None:
        return []
    what = f"kolumnerna lästes med profilen ”{profile.namn}” ({profile.vem}, {profile.nar})"
    return [Finding(Level.NOTE, FindingCode.PROFILE_USED, what)]


def _origin(filename: str, source: Source) -> str:
    return f"{EXAMPLE} ({source.provider})" if filename.startswith(EXAMPLE) else source.provider


__all__ = [
    "AUTO",
    "NOT_MAPPED",
    "ROW",
    "STEPS",
    "Choices",
    "Examination",
    "Rejected",
    "accepted",
    "corrections",
    "examine",
    "mapping",
    "profiles",
    "publish",
    "restore",
    "save_profile",
]
