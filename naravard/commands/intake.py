"""Verbs of the way in: importera, rattelser, ratta."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from naravard import intake, stores
from naravard.base import settings
from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.base.model import Correction, Finding
from naravard.base.numbers import enumeration, number
from naravard.commands._app import AsJson, app
from naravard.commands._terminal import ask_to_accept, print_json, print_list, print_text
from naravard.figures import changes, row_counts
from naravard.intake import approvals, chosen_values, publishing
from naravard.intake import new_indicator as new_indicators
from naravard.intake.read.files import IN_WORDS
from naravard.store.snapshots import Store, VersionConflict
from naravard.telling.records import record

_MATPERIOD = 'När uppgifterna gäller, till exempel "våren 2024". Behövs inte om filen själv säger det.'
_MATDATUM = "Dagen som uppgifterna gäller, ÅÅÅÅ-MM-DD. Behövs om mätperioden inte har något årtal."
_AR = "Året, när det inte står i filen: ett år för alla rader."
_NAMN = "Nyckeltalets namn, när det inte står i filen."
_ENHET = "Nyckeltalets enhet, när den inte står i filen."
_VARDE = 'Vad ett okänt värde betyder i den här filen, till exempel "boendeform:ORD=ordinärt boende". Tomt efter '
_VARDE += "likhetstecknet är uppgift saknas. Får upprepas."
_PRELIMINAR = "Publicera bara för analytiker. Andra ser det när någon har släppt det, se ”slapp”."
_GODKANT_AV = "Namnet på den andra personen som har godkänt, när NARAVARD_GODKANN är 2."
_KOLUMN = "Vilken rubrik som är vilken kolumn, till exempel kommun=Hemort. Får upprepas."


@app.command()
def importera(
    fil: Annotated[Path, typer.Argument(help=f"{IN_WORDS}.")],
    kalla: Annotated[str, typer.Option(help="Källans id, se ”kallor”. auto känner igen källan.")] = intake.AUTO,
    matperiod: Annotated[str | None, typer.Option(help=_MATPERIOD)] = None,
    matdatum: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=_MATDATUM)] = None,
    publicerad: Annotated[bool, typer.Option(help="Siffrorna är redan offentliga: inga små tal döljs.")] = False,
    flik: Annotated[str | None, typer.Option(help="Flik i kalkylbladet, när det gissas fel.")] = None,
    rubrikrad: Annotated[
        int | None, typer.Option(help="Första rubrikradens nummer i filen, när det gissas fel.")
    ] = None,
    rubrikrader: Annotated[int | None, typer.Option(help="Hur många rader rubrikerna är.", min=1, max=3)] = None,
    kolumn: Annotated[list[str] | None, typer.Option(help=_KOLUMN)] = None,
    varde: Annotated[list[str] | None, typer.Option(help=_VARDE)] = None,
    ar: Annotated[int | None, typer.Option(help=_AR, min=1968, max=2120)] = None,
    namn: Annotated[str | None, typer.Option(help=_NAMN)] = None,
    enhet: Annotated[str | None, typer.Option(help=_ENHET)] = None,
    profil: Annotated[str | None, typer.Option(help="Läs som en sparad profil, med det här namnet.")] = None,
    spara_profil: Annotated[str | None, typer.Option(help="Spara kolumnerna som en profil med det här namnet.")] = None,
    orsak: Annotated[str, typer.Option(help="En rad om varför, till loggen.")] = "",
    rapport: Annotated[Path | None, typer.Option(help="Skriv alla fynd till en Excelfil.")] = None,
    prova: Annotated[bool, typer.Option(help="Kontrollera utan att publicera.")] = False,
    preliminar: Annotated[bool, typer.Option("--preliminar", help=_PRELIMINAR)] = False,
    godkant_av: Annotated[str | None, typer.Option(help=_GODKANT_AV)] = None,
    godkann_varningar: Annotated[bool, typer.Option(help="Publicera fast det finns varningar.")] = False,
    som_json: AsJson = False,
) -> int:
    """Kontrollera ett uttag, räkna det i minnet och publicera en ny version.

    Slutstatus 0 när allt stämmer, 1 när det finns varningar att godkänna, 2 när det finns fel.
    """
    choices = intake.Choices(
        kalla=kalla,
        matperiod=matperiod,
        matdatum=matdatum.date() if matdatum else None,
        publicerad=publicerad,
        sheet=flik,
        first=rubrikrad,
        depth=rubrikrader,
        headings=dict(_pair(text) for text in kolumn or []),
        profile=profil,
        constants={name: text for name, text in (("ar", ar and f"{ar}"), ("titel", namn), ("enhet", enhet)) if text},
        values=_chosen_values(varde or []),
    )
    who = settings.user_name() if prova or preliminar else _names(godkant_av)
    if spara_profil:
        intake.profiles.stem(spara_profil)  # raises for a name that cannot be used, before anything is done
    content = _file_content(fil)
    store = stores.live_store()
    while True:
        attempt = _check(content, fil.name, choices, store)
        if rapport:
            _write_report(rapport, attempt.examination)
        if prova or attempt.examination.errors or (attempt.examination.warnings and not godkann_varningar):
            break
        try:
            attempt = _publish(attempt, store, who, orsak, preliminary=preliminar)
        except VersionConflict:  # someone else published first: check again, against what is there now
            continue
        break
    examination = attempt.examination
    if spara_profil and not examination.errors:
        intake.save_profile(spara_profil, examination, who=settings.user_name())
    _show_attempt(attempt, as_json=som_json)
    if examination.errors:
        raise UserError(" ".join([str(intake.Rejected(examination)), *_flags(examination.errors)]))
    if examination.warnings and not godkann_varningar:
        ask_to_accept(len(examination.warnings))
        return 1
    return 0


@dataclass(frozen=True)
class _Attempt:
    """A file on its way in. `base` is the version that it was checked against, None for an empty store.

    `version` is what it was published as, None where it was not; `replaced_ids` are the uttag that it replaced.
    """

    examination: intake.Examination
    base: int | None
    version: int | None = None
    replaced_ids: tuple[int, ...] = ()
    is_preliminary: bool = False


def _check(content: bytes, filename: str, choices: intake.Choices, store: Store) -> _Attempt:
    """Examine a file against the newest version, and what it would disclose beside it."""
    check = publishing.with_disclosures(publishing.check(content, filename, choices, store, step=_show_step), store)
    return _Attempt(check.examination, check.base)


def _names(approved_by: str | None) -> str:
    """Who publishes, as it stands in the log: with the second person where one must approve.

    A command has no memory in which something could wait, so the approval comes with it.
    """
    who, needs_second_person = settings.user_name(), settings.needs_second_person()
    if approved_by is not None:
        return approvals.by_two(who, approved_by)
    if needs_second_person:
        raise UserError(
            "En till måste godkänna (NARAVARD_GODKANN=2), och kommandoraden kan inte vänta på det. Visa --prova för en "
            "annan person och lägg till --godkant-av NAMN, eller läs in filen i appen."
        )
    return who


def _publish(attempt: _Attempt, store: Store, who: str, reason: str, *, preliminary: bool) -> _Attempt:
    """Publish what was checked. Raises VersionConflict where the store has a newer version than the checked one."""
    examination = attempt.examination
    why = reason or f"{_source_title(examination)}, {examination.matperiod}"
    version = intake.publish(
        [examination], store, who=who, why=why, expected_version=attempt.base, preliminary=preliminary
    )
    replaced_ids = publishing.replaced_extracts(store, attempt.base, version)
    return replace(attempt, version=version, replaced_ids=tuple(replaced_ids), is_preliminary=preliminary)


_FLAGS = {
    FindingCode.SOURCE_UNKNOWN: "--kalla (se ”kallor”)",
    FindingCode.SOURCE_AMBIGUOUS: "--kalla (se ”kallor”)",
    **dict.fromkeys((FindingCode.OTHER_SOURCE, FindingCode.ROWS_OF_PERSONS), "--kalla"),
    FindingCode.COLUMN_MISSING: "--kolumn",
    **dict.fromkeys((FindingCode.YEAR_MISSING, FindingCode.YEAR_FROM_TITLE), "--ar"),
    FindingCode.NAME_MISSING: "--namn",
    FindingCode.PERIOD_MISSING: "--matperiod",
    FindingCode.NOT_SHOWN: "kommandot ”ny-indikator”",
    FindingCode.HIDDEN_FOR_EARLIER: "kommandot ”undanta”",
    **dict.fromkeys(chosen_values.SETTLED, "--varde"),
}
"""What the app has menus for, on the command line."""


def _flags(findings: Sequence[Finding]) -> list[str]:
    """How what the findings ask for is said on the command line; nothing where there is no way."""
    flags = dict.fromkeys(_FLAGS[finding.code] for finding in findings if finding.code in _FLAGS)
    return [f"På kommandoraden: {enumeration(list(flags))}."] if flags else []


def _show_attempt(attempt: _Attempt, *, as_json: bool) -> None:
    examination = attempt.examination
    if as_json:
        figures = _figures(examination, attempt.base)
        print_json({**_examination_record(examination), **figures, "version": attempt.version})
        return
    for finding in examination.findings:
        if finding.level is not Level.ERROR:
            print_text(" ".join([f"{finding.level.label}: {finding.sentence()}", *_flags([finding])]))
    if not examination.errors:
        print_text(f"{_source_title(examination)}, {examination.matperiod}: {_outcome(attempt)}.")


def _outcome(attempt: _Attempt) -> str:
    examination, version = attempt.examination, attempt.version
    rows = row_counts.rows_in_words(examination.rows_read, examination.rows_counted)
    kind = "preliminär version" if attempt.is_preliminary else "version"
    publication = "inget publicerat" if version is None else f"publicerat som {kind} {version}"
    return ", ".join([rows, publication, *(f"ersätter uttag {uttag_id}" for uttag_id in attempt.replaced_ids)])


def _figures(examination: intake.Examination, base: int | None) -> dict[str, Any]:
    """What the file counts to, and what it changes, both protected."""
    if examination.counts is None or base is None:
        return {"antal": [], "skillnad": []}
    store = stores.live_store()
    with store.candidate([examination.counts], base) as new, store.open(base) as old:
        newest = max(extract.uttag_id for extract in new.extracts())
        counts = [{"indikator": i.id, **record(row, i)} for i, row in changes.figures(new, newest)]
        differences = [
            {
                "indikator": change.indicator.id,
                "kommun_kod": change.kommun_kod,
                "kommun": change.kommun,
                "grupp": change.group,
                "matperiod": change.period,
                "jamfort_med": change.old_period,
                "fore": record(change.old, change.indicator) if change.old else None,
                "efter": record(change.new, change.indicator) if change.new else None,
                "slag": change.kind,
                "markering": change.mark,
            }
            for change in changes.compare(old, new)
        ]
    return {"antal": counts, "skillnad": differences}


def _source_title(examination: intake.Examination) -> str:
    return examination.source.title if examination.source else ""


def _pair(text: str) -> tuple[str, str]:
    name, equals, heading = text.partition("=")
    if not equals:
        raise UserError(f"Skriv --kolumn som kolumn=rubrik, till exempel kommun=Hemort, inte {text!r}.")
    return name.strip(), heading.strip()


def _chosen_values(texts: list[str]) -> dict[str, dict[str, str]]:
    """`boendeform:ORD=ordinärt boende` → column name → text in the file → what it means."""
    values: dict[str, dict[str, str]] = {}
    for text in texts:
        column, colon, rest = text.partition(":")
        value, equals, meaning = rest.rpartition("=")
        if not (colon and equals):
            raise UserError(f"Skriv --varde som kolumn:värde=betydelse, till exempel RUB:7=, inte {text!r}.")
        values.setdefault(column.strip().casefold(), {})[value.strip()] = meaning.strip()
    return values


def _show_step(name: str) -> None:
    """Progress for someone who waits at a terminal; nothing in a log or a pipe."""
    if sys.stderr.isatty():
        print(f"\r\033[K{name} …" if name != intake.STEPS[-1] else "\r\033[K", end="", file=sys.stderr, flush=True)


def _write_report(path: Path, examination: intake.Examination) -> None:
    from naravard.exports import fynd  # noqa: PLC0415 (the command line starts faster without it)

    try:
        path.write_bytes(fynd.workbook(examination.findings))
    except OSError as error:
        raise UserError(
            f"Rapporten {path} går inte att skriva. Kontrollera mappen och att filen inte är öppen."
        ) from error


def _file_content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"Filen {path} går inte att läsa. Kontrollera namnet och att du har läsrätt.") from error


def _examination_record(examination: intake.Examination) -> dict[str, Any]:
    return {
        "fil": examination.filename,
        "kalla": examination.source.id if examination.source else None,
        "flik": examination.sheet,
        "rubrikrad": examination.layout.first + 1,
        "rubrikrader": examination.layout.depth,
        "profil": examination.profile,
        "matperiod": examination.matperiod,
        "kolumner": examination.columns,
        "skal": examination.reasons,
        "oanvanda": list(examination.unused_headings),
        "rader_lasta": _few(examination.rows_read),
        "rader_raknade": _few(examination.rows_counted),
        "fynd": [{**asdict(finding), "text": finding.sentence()} for finding in examination.findings],
    }


def _few(count: int) -> int | str:
    return row_counts.few(count) if row_counts.few(count) != number(count) else count


@app.command("ny-indikator")
def new_indicator(
    nyckeltal: Annotated[str, typer.Argument(help="Nyckeltalets id eller namn, så som det står i uttaget.")],
    fil: Annotated[Path | None, typer.Option(help="Skriv till en fil, till exempel i queries/.")] = None,
) -> None:
    """Skriv en indikator som visar ett nyckeltal som är inläst: en fil att spara i queries/."""
    store = stores.live_store()
    with store.open() as snapshot:
        rows = snapshot.connection.execute(
            "select nyckeltal, titel, enhet, kalla from nyckeltal_gallande where nyckeltal = $n or titel = $n limit 1",
            {"n": nyckeltal},
        ).fetchall()
    if not rows:
        raise UserError(f"Nyckeltalet {nyckeltal!r} är inte inläst. Läs in det först med ”importera”.")
    new = new_indicators.new_indicator(*rows[0])
    if fil is None:
        print_text(new.text)
        return
    path = fil / new.name if fil.is_dir() else fil
    if path.exists():
        raise UserError(f"Filen {path} finns redan. Välj ett annat namn.")
    path.write_text(new.text, encoding="utf-8")
    print_text(f"Skrev {path}. Starta om appen, så visas indikatorn.")


@app.command()
def rattelser(som_json: AsJson = False) -> None:
    """Lista de kända fel som rättas när ett uttag läses in."""
    records = [asdict(correction) for correction in intake.corrections.load()]
    print_list(records, ("kalla", "kolumn", "fel_varde", "ratt_varde", "varfor"), as_json=som_json)


@app.command()
def ratta(
    kalla: Annotated[str, typer.Option(help="Källans id.")],
    kolumn: Annotated[str, typer.Option(help="Kolumnens namn, se ”kallor”.")],
    fel: Annotated[str, typer.Option(help="Det som står i leverantörens filer.")],
    ratt: Annotated[str, typer.Option(help="Det som ska stå.")],
    varfor: Annotated[str, typer.Option(help="Vad felet beror på, och om det är anmält.")],
) -> None:
    """Skriv in ett känt fel hos en leverantör, så att det rättas i varje uttag."""
    intake.corrections.add(Correction(kalla, kolumn, fel, ratt, varfor))
    print_text(f"”{fel}” läses som ”{ratt}” i kolumnen {kolumn} i uttag från {kalla}.")
