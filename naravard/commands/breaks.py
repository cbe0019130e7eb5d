"""Verbs about breaks in series: brytpunkter, bryt, ta-bort-brytpunkt."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from naravard import stores
from naravard.base import settings
from naravard.base.breaks import Break
from naravard.base.errors import UserError
from naravard.commands._app import AsJson, FromExample, app
from naravard.commands._terminal import print_json, print_list, print_text
from naravard.figures.reader import kommun_in_lan
from naravard.intake import breaks


@app.command()
def brytpunkter(som_json: AsJson = False, exempel: FromExample = False) -> None:
    """Lista dagarna från vilka något mäts på ett annat sätt."""
    store = stores.store_of(is_example=exempel)
    with store.open() as snapshot:
        records = [asdict(each) for each in snapshot.breaks()]
    columns = ("nummer", "datum", "kalla", "indikator", "kommun_kod", "text", "vem", "nar")
    print_list([{**record, "kommun_kod": record["kommun_kod"] or ""} for record in records], columns, as_json=som_json)


@app.command()
def bryt(
    datum: Annotated[str, typer.Option(help="Dagen från vilken det mäts på ett annat sätt, till exempel 2025-05-01.")],
    text: Annotated[str, typer.Option(help="Vad som ändrades, i några ord: står i diagrammet och i loggen.")],
    kalla: Annotated[str, typer.Option(help="Källan vars tal ändras, se ”kallor”.")] = "",
    indikator: Annotated[str, typer.Option(help="Eller en enda indikator, se ”indikatorer”.")] = "",
    kommun: Annotated[str | None, typer.Option(help="Bara en kommun, namn eller kod. Annars alla.")] = None,
    som_json: AsJson = False,
) -> None:
    """Sätt en brytpunkt: gränser och trender börjar om där, i en ny version."""
    kod = None if kommun is None else kommun_in_lan(kommun)
    each = Break(_day(datum), text, kalla, indikator, kod)
    version = breaks.add(each, stores.live_store(), who=settings.user_name())
    if som_json:
        print_json({"version": version})
    else:
        print_text(f"Brytpunkten är satt, i version {version}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"Skriv dagen som år-månad-dag, till exempel 2025-05-01, inte {text!r}.") from error


@app.command("ta-bort-brytpunkt")
def remove_break(
    nummer: Annotated[int, typer.Argument(help="Brytpunktens nummer, se ”brytpunkter”.")],
    orsak: Annotated[str, typer.Option(help="Varför.")],
    som_json: AsJson = False,
) -> None:
    """Ta bort en brytpunkt, i en ny version."""
    version = breaks.remove(nummer, stores.live_store(), who=settings.user_name(), why=orsak)
    if som_json:
        print_json({"version": version, "borttagen": nummer})
    else:
        print_text(f"Brytpunkt {nummer} är borttagen, i version {version}.")
