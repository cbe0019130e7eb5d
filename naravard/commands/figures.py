"""Verbs that take figures out: visa, exportera, indikatorer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from naravard import exports, stores
from naravard.base import kommuner, settings
from naravard.base.errors import UserError
from naravard.base.numbers import enumeration
from naravard.commands._app import AsJson, FromExample, OfVersion, app
from naravard.commands._terminal import print_list, print_progress, print_text
from naravard.exports import profiler
from naravard.figures import indicators
from naravard.figures.comparisons import STANDARD, comparisons
from naravard.figures.plans import plan_of, refusals
from naravard.figures.reader import Reader, kommun_in_lan
from naravard.slides import lgl
from naravard.slides.slide import Deck
from naravard.store.snapshots import Store


@app.command()
def visa(
    indikator: Annotated[str, typer.Argument(help="Indikatorns id, se ”indikatorer”.")],
    matperiod: Annotated[str | None, typer.Option(help="En mätperiod, eller alla. Utan: den senaste.")] = None,
    kommun: Annotated[str | None, typer.Option(help="Kommunens namn eller kod.")] = None,
    jamfor: Annotated[str, typer.Option(help=f"Jämför med en av: {', '.join(comparisons())}.")] = STANDARD,
    format: Annotated[str, typer.Option(help=f"En av: {', '.join(exports.text_formats())}.")] = "tabell",
    version: OfVersion = None,
    som_json: AsJson = False,
    exempel: FromExample = False,
) -> None:
    """Visa en indikator så som appen visar den: skyddad, med källa."""
    result = Reader(stores.store_of(is_example=exempel), version).read(
        indikator, matperiod=matperiod, kommun=kommun, comparison_id=_comparison(jamfor)
    )
    print_text(exports.write_text(result, "json" if som_json else format).rstrip("\n"))


@app.command()
def exportera(
    fil: Annotated[
        Path,
        typer.Argument(
            help="Filen som skrivs: .pdf, .pptx, .xlsx eller .csv. Heter den som en kommun (mönsterås.pdf) är det dess "
            "profil. En .zip är alla kommuners profiler."
        ),
    ],
    indikator: Annotated[str | None, typer.Argument(help="En indikators id. Utan: LGL:s alla bilder (.pptx).")] = None,
    matperiod: Annotated[str | None, typer.Option(help="En mätperiod. Utan: den senaste.")] = None,
    kommun: Annotated[str | None, typer.Option(help="Kommunens namn eller kod. Utan indikator: dess profil.")] = None,
    jamfor: Annotated[str, typer.Option(help=f"Jämför med en av: {', '.join(comparisons())}.")] = STANDARD,
    version: OfVersion = None,
    exempel: FromExample = False,
) -> None:
    """Skriv LGL:s bilder, en kommuns profil eller en indikator till en fil."""
    ending = fil.suffix.lower().removeprefix(".")
    if ending not in {*exports.file_formats(), _ZIP}:
        endings = [f".{e}" for e in (*exports.file_formats(), _ZIP)]
        raise UserError(f"Filen {fil.name} ska sluta på {enumeration(endings, 'eller')}.")
    store = stores.store_of(is_example=exempel)
    if indikator is not None:
        if ending == _ZIP:
            raise UserError(f"En .zip är alla kommuners profiler. Ta bort {indikator}, eller skriv en annan sorts fil.")
        result = Reader(store, version).read(
            indikator, matperiod=matperiod, kommun=kommun, comparison_id=_comparison(jamfor)
        )
        content = exports.write_file(result, ending)
    else:
        content = _of_several(store, version, ending, matperiod, _kommun_of(kommun, fil))
    try:
        fil.write_bytes(content)
    except OSError as error:
        raise UserError(
            f"Filen {fil} går inte att skriva ({error.strerror}). Är den öppen i ett annat program?"
        ) from error
    print_text(f"{fil} är skriven, version {version or store.newest}.")


_ZIP = "zip"


def _kommun_of(kommun: str | None, file: Path) -> str | None:
    """The code of the kommun that is asked for, by name or by the file's name; None for none."""
    lan = settings.lan_kod()
    if kommun is None:
        kod = kommuner.resolve(file.stem, lan)
        return kod if kod and len(kod) == 4 and kod.startswith(lan) else None
    kod = kommun_in_lan(kommun)
    if len(kod) != 4:
        raise UserError(f"En profil är en kommuns. {kommuner.area_name(kod)} är ingen kommun.")
    return kod


def _of_several(store: Store, version: int | None, ending: str, matperiod: str | None, kommun_kod: str | None) -> bytes:
    """Files of several indicators, of a version that is opened once: a kommun's profile, all of them, LGL's slides."""
    is_profile = kommun_kod is not None and ending in exports.profile_formats()
    if ending not in {_ZIP, "pptx"} and not is_profile:
        raise UserError(_what_else_is_needed(ending))
    with store.open(version) as snapshot:
        reader = Reader.over(snapshot, is_example=store.is_example)
        if ending == _ZIP:
            return profiler.as_zip(reader, snapshot.number, mark=store.mark(snapshot.number), progress=print_progress)
        if is_profile and kommun_kod:
            return exports.write_profile(kommun_kod, reader, snapshot.number, ending)
        return exports.write_deck(_lgl(reader, snapshot.number, matperiod, is_example=store.is_example))


def _what_else_is_needed(ending: str) -> str:
    needs_indicator = f"För en .{ending}-fil: ange också en indikator, se ”python -m naravard indikatorer”"
    if ending in exports.profile_formats():
        return f"{needs_indicator}, eller en kommun med --kommun eller i filens namn (mönsterås.{ending})."
    return f"{needs_indicator}."


def _lgl(reader: Reader, version: int, matperiod: str | None, *, is_example: bool) -> Deck:
    matperioder = lgl.matperioder(reader)
    if matperiod is not None and matperiod not in matperioder:
        raise UserError(
            f"Mätperioden ”{matperiod}” finns inte för LGL:s bilder. Det som finns: {enumeration(matperioder)}."
        )
    return lgl.deck(reader, version, matperiod, is_example=is_example)


@app.command()
def dolt(version: OfVersion = None, som_json: AsJson = False, exempel: FromExample = False) -> None:
    """Lista vad som är dolt i en version, och varför. För den som sköter datan, inte för läsare."""
    with stores.store_of(is_example=exempel).open(version) as snapshot:
        reasons = plan_of(snapshot).reasons
    records = [
        {
            "mangd": cell.mangd,
            "matperiod": cell.matperiod,
            "omrade": kommuner.area_name(cell.kommun_kod),
            "uttag_id": cell.uttag_id,
            "skal": reason,
        }
        for cell, reason in sorted(
            reasons.items(), key=lambda each: (each[0].matperiod, each[0].mangd, each[0].kommun_kod)
        )
    ]
    print_list(records, ("mangd", "matperiod", "omrade", "skal"), as_json=som_json)


@app.command()
def indikatorer(som_json: AsJson = False) -> None:
    """Lista alla indikatorer, och de som inte visas därför att deras små tal inte går att skydda."""
    with stores.live_store().open() as snapshot:
        refusal_by_id = refusals(snapshot)
    records = [
        {
            "id": i.id,
            "titel": i.titel,
            "kind": i.kind.id,
            "enhet": i.enhet,
            "kalla": i.kalla,
            "bild": i.bild,
            "fil": i.file,
            "visas_inte": refusal_by_id.get(i.id),
        }
        for i in indicators.registry().values()
    ]
    columns = ("id", "titel", "kalla", *(["visas_inte"] if refusal_by_id else []))
    print_list(records, columns, as_json=som_json)


def _comparison(name: str) -> str:
    if name in comparisons():
        return name
    raise UserError(f"--jamfor är {name!r} men ska vara en av {', '.join(comparisons())}.")
