"""Verbs that take figures out: visa, exportera, indikatorer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from naravard import exports, stores
from naravard.base import kommuner
from naravard.base.errors import UserError
from naravard.base.numbers import enumeration
from naravard.commands._app import AsJson, FromExample, app
from naravard.commands._terminal import print_list, print_text
from naravard.figures import indicators, overview
from naravard.figures.comparisons import STANDARD, comparisons
from naravard.figures.plans import plan_of, refusals
from naravard.figures.reader import Reader, kommun_in_lan
from naravard.slides import lgl, profile
from naravard.slides.slide import Deck
from naravard.store.snapshots import Store


@app.command()
def visa(
    indikator: Annotated[str, typer.Argument(help="Indikatorns id, se ”indikatorer”.")],
    matperiod: Annotated[str | None, typer.Option(help="En mätperiod, eller alla. Utan: den senaste.")] = None,
    kommun: Annotated[str | None, typer.Option(help="Kommunens namn eller kod.")] = None,
    jamfor: Annotated[str, typer.Option(help=f"Jämför med en av: {', '.join(comparisons())}.")] = STANDARD,
    format: Annotated[str, typer.Option(help=f"En av: {', '.join(exports.text_formats())}.")] = "tabell",
    som_json: AsJson = False,
    exempel: FromExample = False,
) -> None:
    """Visa en indikator så som appen visar den: skyddad, med källa."""
    result = Reader(stores.store_of(is_example=exempel)).read(
        indikator, matperiod=matperiod, kommun=kommun, comparison_id=_comparison(jamfor)
    )
    print_text(exports.write_text(result, "json" if som_json else format).rstrip("\n"))


@app.command()
def exportera(
    fil: Annotated[Path, typer.Argument(help="Filen som skrivs: .pptx, .xlsx eller .csv.")],
    indikator: Annotated[str | None, typer.Argument(help="En indikators id. Utan: LGL:s alla bilder (.pptx).")] = None,
    matperiod: Annotated[str | None, typer.Option(help="En mätperiod. Utan: den senaste.")] = None,
    kommun: Annotated[str | None, typer.Option(help="Kommunens namn eller kod. Utan indikator: dess profil.")] = None,
    jamfor: Annotated[str, typer.Option(help=f"Jämför med en av: {', '.join(comparisons())}.")] = STANDARD,
    exempel: FromExample = False,
) -> None:
    """Skriv LGL:s bilder, en kommuns profil eller en indikator till en fil."""
    ending = fil.suffix.lower().removeprefix(".")
    if ending not in exports.file_formats():
        raise UserError(
            f"Filen {fil.name} ska sluta på {enumeration([f'.{e}' for e in exports.file_formats()], 'eller')}."
        )
    if indikator is None and ending != "pptx":
        raise UserError(f"För en .{ending}-fil: ange också en indikator, se ”python -m naravard indikatorer”.")
    store = stores.store_of(is_example=exempel)
    if indikator is not None:
        result = Reader(store).read(indikator, matperiod=matperiod, kommun=kommun, comparison_id=_comparison(jamfor))
        content = exports.write_file(result, ending)
    else:
        content = exports.write_deck(_deck(store, matperiod, kommun))
    try:
        fil.write_bytes(content)
    except OSError as error:
        raise UserError(
            f"Filen {fil} går inte att skriva ({error.strerror}). Är den öppen i ett annat program?"
        ) from error
    print_text(f"{fil} är skriven, version {store.newest}.")


def _deck(store: Store, matperiod: str | None, kommun: str | None) -> Deck:
    """LGL's slides, or a kommun's profile where one is named, from one version that is opened once."""
    with store.open() as snapshot:
        reader = Reader.over(snapshot, is_example=store.is_example)
        if kommun is not None:
            return _profile(kommun, reader, snapshot.number)
        matperioder = lgl.matperioder(reader)
        if matperiod is not None and matperiod not in matperioder:
            raise UserError(
                f"Mätperioden ”{matperiod}” finns inte för LGL:s bilder. Det som finns: {enumeration(matperioder)}."
            )
        return lgl.deck(reader, snapshot.number, matperiod, is_example=store.is_example)


def _profile(kommun: str, reader: Reader, version: int) -> Deck:
    kod = kommun_in_lan(kommun)
    if len(kod) != 4:
        raise UserError(f"En profil är en kommuns. {kommuner.area_name(kod)} är ingen kommun.")
    return profile.deck(kommuner.area_name(kod), overview.profile(kod, reader), version)


@app.command()
def dolt(som_json: AsJson = False, exempel: FromExample = False) -> None:
    """Lista vad som är dolt i den senaste versionen och varför. För den som sköter datan, inte för läsare."""
    with stores.store_of(is_example=exempel).open() as snapshot:
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
