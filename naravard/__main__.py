"""The command line: `python -m naravard …`. It never imports streamlit or plotly, so that it answers fast."""

from __future__ import annotations

import json
import sys
import traceback
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from naravard import (
    exports,
    intake,
    sources,
    stores,
)
from naravard.base import kommuner, settings
from naravard.base.errors import UserError
from naravard.base.mask import masked
from naravard.base.model import Correction
from naravard.base.numbers import joined, number
from naravard.exports.tabell import aligned
from naravard.figures import (
    changes,
    differencing,
    indicators,
    overview,
    row_counts,
)
from naravard.figures.judgement import AGAINST, Against
from naravard.figures.reader import Reader, kommun_in_lan
from naravard.slides import lgl, profile
from naravard.slides.slide import Deck
from naravard.store.snapshots import Overtaken, Store
from naravard.workshop.answers import Workshops

app = typer.Typer(
    name="naravard",
    help="Nära vård i siffror: läs in uttag och visa skyddade siffror.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


AsJson = Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON.")]
FromExample = Annotated[bool, typer.Option("--exempel", help="Använd lagret med EXEMPELDATA.")]


@app.command()
def importera(
    fil: Annotated[Path, typer.Argument(help="CSV, text eller kalkylblad (.xlsx, .xls, .ods).")],
    kalla: Annotated[str, typer.Option(help="Källans id, eller auto.")] = intake.AUTO,
    matperiod: Annotated[str | None, typer.Option(help='Till exempel "våren 2024".')] = None,
    matdatum: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="ÅÅÅÅ-MM-DD.")] = None,
    publicerad: Annotated[bool, typer.Option(help="Siffrorna är redan publicerade: dölj inga små tal.")] = False,
    flik: Annotated[str | None, typer.Option(help="Flik i kalkylbladet.")] = None,
    rubrikrad: Annotated[int | None, typer.Option(help="Första rubrikradens nummer i filen.")] = None,
    rubrikrader: Annotated[int | None, typer.Option(help="Hur många rader rubrikerna är.", min=1, max=3)] = None,
    kolumn: Annotated[list[str] | None, typer.Option(help='Till exempel "kommun=Hemort". Får upprepas.')] = None,
    profil: Annotated[str | None, typer.Option(help="En sparad profils namn.")] = None,
    spara_profil: Annotated[str | None, typer.Option(help="Spara kolumnerna som en profil med det här namnet.")] = None,
    orsak: Annotated[str, typer.Option(help="Varför uttaget läses in.")] = "",
    rapport: Annotated[Path | None, typer.Option(help="Skriv alla fynd till en Excelfil.")] = None,
    prova: Annotated[bool, typer.Option(help="Kontrollera utan att publicera.")] = False,
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
    )
    if spara_profil:
        intake.profiles.stem(spara_profil)  # a name that cannot be used is told before anything is done
    content = _bytes(fil)
    store = stores.live_store()
    version: int | None = None
    replaced: list[int] = []
    while True:
        base = store.newest
        known = store.extracts(base)
        examination = intake.examine(content, fil.name, choices, known=known, step=_show_step)
        if examination.counts is not None and base is not None:
            _, more = differencing.against(store, base, [examination.counts])
            examination = replace(examination, findings=(*examination.findings, *more))
        if rapport:
            _write_report(rapport, examination)
        if prova or examination.errors or (examination.warnings and not godkann_varningar):
            break
        try:
            why = orsak or f"{_source_title(examination)}, {examination.matperiod}"
            who = settings.user_name()
            version = intake.publish([examination], store, who=who, why=why, expected=base)
        except Overtaken:  # someone else was first: check again, against what is there now
            continue
        before = {extract.uttag_id for extract in known if extract.status == "gallande"}
        replaced = [e.uttag_id for e in store.extracts(version) if e.status == "ersatt" and e.uttag_id in before]
        break
    if spara_profil and not examination.errors:
        intake.save_profile(spara_profil, examination, who=settings.user_name())
    _show_examination(examination, base, version, replaced, as_json=som_json)
    if examination.errors:
        raise intake.Rejected(examination)
    if examination.warnings and not godkann_varningar:
        count = len(examination.warnings)
        told = "1 varning" if count == 1 else f"{count} varningar"
        print(f"{told} att godkänna. Läs dem, och lägg till --godkann-varningar för att publicera.", file=sys.stderr)
        return 1
    return 0


def _show_examination(
    examination: intake.Examination, base: int | None, version: int | None, replaced: list[int], *, as_json: bool
) -> None:
    if as_json:
        record = {**_examination_record(examination), **_figures(examination, base), "version": version}
        _print_json(record)
        return
    for finding in examination.findings:
        if finding.level != "fel":
            _print(f"{finding.level.capitalize()}: {finding.sentence()}")
    if examination.errors:
        return
    read = f"{row_counts.few(examination.rows_read)} rader lästa, {row_counts.few(examination.rows_counted)} räknade"
    done = "inget publicerat" if version is None else f"publicerat som version {version}"
    done += "".join(f", ersätter uttag {uttag_id}" for uttag_id in replaced)
    _print(f"{_source_title(examination)}, {examination.matperiod}: {read}, {done}.")


def _figures(examination: intake.Examination, base: int | None) -> dict[str, Any]:
    """What the file counts to, and what it changes, both protected."""
    if examination.counts is None or base is None:
        return {"antal": [], "skillnad": []}
    store = stores.live_store()
    with store.candidate([examination.counts], base) as new, store.open(base) as old:
        newest = max(extract.uttag_id for extract in new.extracts())
        counted = [{"indikator": i.id, **exports.record(row, i)} for i, row in changes.figures(new, newest)]
        records = [
            {
                "indikator": change.indicator.id,
                "kommun_kod": change.kommun_kod,
                "kommun": change.kommun,
                "grupp": change.group,
                "matperiod": change.period,
                "jamfort_med": change.old_period,
                "fore": exports.record(change.old, change.indicator) if change.old else None,
                "efter": exports.record(change.new, change.indicator) if change.new else None,
                "slag": change.kind,
                "markering": change.mark,
            }
            for change in changes.compare(old, new)
        ]
    return {"antal": counted, "skillnad": records}


def _source_title(examination: intake.Examination) -> str:
    return examination.source.title if examination.source else ""


def _against(name: str) -> Against:
    for known in AGAINST:
        if name == known:
            return known
    raise UserError(f"--jamfor är {name!r} men ska vara en av {', '.join(AGAINST)}.")


def _pair(text: str) -> tuple[str, str]:
    name, equals, heading = text.partition("=")
    if not equals:
        raise UserError(f"Skriv --kolumn som kolumn=rubrik, till exempel kommun=Hemort, inte {text!r}.")
    return name.strip(), heading.strip()


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


@app.command()
def visa(
    indikator: Annotated[str, typer.Argument(help="Indikatorns id, se ”indikatorer”.")],
    matperiod: Annotated[str | None, typer.Option(help="En mätperiod, eller alla. Utan: den senaste.")] = None,
    kommun: Annotated[str | None, typer.Option(help="Kommunens namn eller kod.")] = None,
    jamfor: Annotated[str, typer.Option(help=f"Jämför med en av: {', '.join(AGAINST)}.")] = AGAINST[0],
    format: Annotated[str, typer.Option(help=f"En av: {', '.join(exports.TEXT_FORMATS)}.")] = "tabell",
    som_json: AsJson = False,
    exempel: FromExample = False,
) -> None:
    """Visa en indikator så som appen visar den: skyddad, med källa."""
    result = Reader(_store(exempel)).read(indikator, matperiod=matperiod, kommun=kommun, against=_against(jamfor))
    _print(exports.write_text(result, "json" if som_json else format).rstrip("\n"))


@app.command()
def exportera(
    fil: Annotated[Path, typer.Argument(help="Filen som skrivs: .pptx, .xlsx eller .csv.")],
    indikator: Annotated[str | None, typer.Argument(help="En indikators id. Utan: LGL:s alla bilder (.pptx).")] = None,
    matperiod: Annotated[str | None, typer.Option(help="En mätperiod. Utan: den senaste.")] = None,
    kommun: Annotated[str | None, typer.Option(help="Kommunens namn eller kod. Utan indikator: dess profil.")] = None,
    jamfor: Annotated[str, typer.Option(help=f"Jämför med en av: {', '.join(AGAINST)}.")] = AGAINST[0],
    exempel: FromExample = False,
) -> None:
    """Skriv LGL:s bilder, en kommuns profil eller en indikator till en fil."""
    ending = fil.suffix.lower().removeprefix(".")
    if ending not in exports.FILES:
        raise UserError(f"Filen {fil.name} ska sluta på {joined([f'.{e}' for e in exports.FILES], 'eller')}.")
    if indikator is None and ending != "pptx":
        raise UserError(f"För en .{ending}-fil: ange också en indikator, se ”python -m naravard indikatorer”.")
    store = _store(exempel)
    if indikator is not None:
        result = Reader(store).read(indikator, matperiod=matperiod, kommun=kommun, against=_against(jamfor))
        content = exports.write_file(result, ending)
    else:
        content = exports.write_deck(_deck(store, matperiod, kommun))
    try:
        fil.write_bytes(content)
    except OSError as error:
        raise UserError(
            f"Filen {fil} går inte att skriva ({error.strerror}). Är den öppen i ett annat program?"
        ) from error
    _print(f"{fil} är skriven, version {store.newest}.")


def _deck(store: Store, matperiod: str | None, kommun: str | None) -> Deck:
    """LGL's slides, or a kommun's profile where one is named, from one version that is opened once."""
    with store.open() as snapshot:
        reader = Reader.over(snapshot, is_example=store.is_example)
        if kommun is not None:
            return _profile(kommun, reader, snapshot.number)
        matperioder = lgl.matperioder(reader)
        if matperiod is not None and matperiod not in matperioder:
            listed = joined(matperioder)
            raise UserError(f"Mätperioden ”{matperiod}” finns inte för LGL:s bilder. Det som finns: {listed}.")
        return lgl.deck(reader, snapshot.number, matperiod, is_example=store.is_example)


def _profile(kommun: str, reader: Reader, version: int) -> Deck:
    kod = kommun_in_lan(kommun)
    if len(kod) != 4:
        raise UserError(f"En profil är en kommuns. {kommuner.area_name(kod)} är ingen kommun.")
    return profile.deck(kommuner.area_name(kod), overview.profile(kod, reader), version)


@app.command()
def indikatorer(som_json: AsJson = False) -> None:
    """Lista alla indikatorer."""
    records = [
        {
            "id": i.id,
            "titel": i.titel,
            "kind": i.kind,
            "enhet": i.enhet,
            "kalla": i.kalla,
            "bild": i.bild,
            "fil": i.file,
        }
        for i in indicators.registry().values()
    ]
    _print_list(records, ("id", "titel", "kalla"), som_json)


@app.command()
def kallor(som_json: AsJson = False) -> None:
    """Lista alla källor, med de kolumner som var och en läser."""
    records = [
        {
            "id": source.id,
            "titel": source.title,
            "rader": source.grain,
            "kolumner": [
                {"namn": c.name, "betyder": c.description, "alias": list(c.aliases), "krav": c.required}
                for c in source.columns
            ],
        }
        for source in sources.sources().values()
    ]
    if som_json:
        _print_json(records)
        return
    for source in sources.sources().values():
        _print(f"{source.id}: {source.title}, {source.grain}")
        for column in source.columns:
            must = "måste finnas" if column.required else "får saknas"
            also = f" (även {', '.join(column.aliases)})" if column.aliases else ""
            _print(f"  {column.name}{also}: {column.description}, {must}")


@app.command()
def uttag(som_json: AsJson = False, exempel: FromExample = False) -> None:
    """Lista uttagen i den senaste versionen."""
    records = [{**asdict(e), **row_counts.rows(e)} for e in _store(exempel).extracts()]
    shown = ("uttag_id", "kalla", "matperiod", "filnamn", "rader_lasta", "nar", "vem", "status")
    _print_list(records, shown, som_json)


@app.command()
def versioner(som_json: AsJson = False, exempel: FromExample = False) -> None:
    """Lista alla publiceringar, den senaste först."""
    records = [asdict(version) for version in _store(exempel).versions()]
    _print_list(records, ("nummer", "handelse", "nar", "vem", "varfor"), som_json)


@app.command()
def aterstall(
    nummer: Annotated[int, typer.Argument(help="Versionen att gå tillbaka till, se ”versioner”.")],
    orsak: Annotated[str, typer.Option(help="Varför.")],
    som_json: AsJson = False,
) -> None:
    """Publicera en äldre versions innehåll på nytt. Inget tas bort."""
    version = intake.restore(nummer, stores.live_store(), who=settings.user_name(), why=orsak)
    if som_json:
        _print_json({"version": version, "aterstalld": nummer})
    else:
        _print(f"Version {nummer} är publicerad på nytt som version {version}.")


@app.command()
def workshoppar(som_json: AsJson = False) -> None:
    """Lista alla workshoppar med antal svar, den senaste först. Svaren själva visas inte."""
    records = [
        {
            "kod": one.kod,
            "namn": one.namn,
            "oppnad": one.oppnad[:10],
            "raderas": one.raderas or "behålls",
            "svar": answers,
        }
        for one, answers in Workshops(settings.data_folder()).all()
    ]
    _print_list(records, ("kod", "namn", "oppnad", "raderas", "svar"), som_json)


@app.command(name="radera-workshop")
def radera_workshop(kod: Annotated[str, typer.Argument(help="Workshoppens kod, som i listan workshoppar.")]) -> None:
    """Radera en workshop med alla dess svar, genast och för gott. För den som har tappat ledarens länk."""
    Workshops(settings.data_folder()).delete(kod)
    _print(f"Workshoppen {kod} är raderad.")


@app.command()
def rattelser(som_json: AsJson = False) -> None:
    """Lista de kända fel som rättas när ett uttag läses in."""
    records = [asdict(correction) for correction in intake.corrections.corrections()]
    _print_list(records, ("kalla", "kolumn", "fel_varde", "ratt_varde", "varfor"), som_json)


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
    _print(f"”{fel}” läses som ”{ratt}” i kolumnen {kolumn} i uttag från {kalla}.")


@app.command()
def exempel(som_json: AsJson = False) -> None:
    """Skriv påhittade uttag och läs in dem i ett eget lager (EXEMPELDATA)."""
    store, version = stores.build_example_store()
    folder = settings.data_folder() / "exempel"
    if som_json:
        _print_json({"version": store.newest, "ny": version is not None, "mapp": str(folder)})
    elif version is None:
        _print(f"EXEMPELDATA fanns redan, version {store.newest}. Filerna ligger i {folder}.")
    else:
        _print(f"EXEMPELDATA är inläst, version {version}. Filerna ligger i {folder}.")


def main() -> None:
    """Run the command line: 0 when it went well, 2 with one line on stderr when it did not."""
    _speak_utf8()
    try:
        status = app(standalone_mode=False)
    except UserError as error:
        _fail(" ".join(str(error).split("\n")))
    except (typer.Abort, KeyboardInterrupt):
        _fail("Avbrutet.")
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            _print(error.format_message())
            sys.exit(2)
        _fail(_usage_error(error))
    except BaseException as error:  # never a traceback: its values could be a person's
        last = traceback.extract_tb(error.__traceback__)[-1]
        _fail(f"Oväntat fel: {type(error).__name__} i {Path(last.filename).name}, rad {last.lineno}. Inget är ändrat.")
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _fail(sentence: str) -> NoReturn:
    print(masked(sentence), file=sys.stderr)  # what was written on the command line can be anything
    sys.exit(2)


def _usage_error(error: typer.TyperException) -> str:
    """Typer's own errors, which are English, in Swedish."""
    name = getattr(error, "option_name", None) or getattr(getattr(error, "param", None), "name", "")
    told = {
        "NoSuchOption": f"Flaggan {name} finns inte.",
        "MissingParameter": f"Uppgiften {name} saknas.",
        "BadParameter": f"Värdet för {name} går inte att använda.",
        "BadOptionUsage": f"Flaggan {name} saknar värde.",
    }
    return told.get(type(error).__name__, "Kommandot finns inte eller har för många ord.") + (
        " Se ”python -m naravard --help”."
    )


def _store(example: bool) -> Store:
    return stores.example_store() if example else stores.live_store()


def _bytes(path: Path) -> bytes:
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
        "oanvanda": list(examination.unused),
        "rader_lasta": _few(examination.rows_read),
        "rader_raknade": _few(examination.rows_counted),
        "fynd": [{**asdict(finding), "text": finding.sentence()} for finding in examination.findings],
    }


def _few(count: int) -> int | str:
    return row_counts.few(count) if row_counts.few(count) != number(count) else count


def _print_list(records: list[dict[str, Any]], columns: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        _print_json(records)
        return
    rows = [columns, *(tuple(str(record[name]) for name in columns) for record in records)]
    _print("\n".join(aligned(rows, text_columns=len(columns))))


def _print_json(value: object) -> None:
    _print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _print(text: str) -> None:
    print(text)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
