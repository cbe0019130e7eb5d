"""Verbs for the operator about what must not be lost: sakerhetskopiera, aterskapa."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from naravard import backup, moving, stores
from naravard.base import kommuner, lan, settings
from naravard.base.numbers import number, quantity
from naravard.commands._app import app
from naravard.commands._terminal import print_text


@app.command()
def sakerhetskopiera(
    mapp: Annotated[Path, typer.Argument(help="En ny eller tom mapp, utanför datamappen.")],
) -> None:
    """Kopiera lager, workshoppar, profiler, rättelser och regler, också medan appen är igång. Kopian prövas."""
    data, folder, url = settings.data_folder(), mapp.expanduser().resolve(), settings.shared_url()
    if url is None:
        copy = backup.take(data, folder)
    else:
        with moving.copy_of_the_rest(url) as rest:
            shelves = lan.of_each(lambda: (f"{_place_in_copy()}{backup.VERSIONS}", stores.store_at(url).shelf))
            copy = backup.take(data, folder, dict(shelves.values()), rest)
    print_text(f"Kopian i {copy.folder} är hel: {quantity(len(copy.filer), 'fil', 'filer')}, tagen {copy.tid}.")


@app.command()
def aterskapa(
    mapp: Annotated[Path, typer.Argument(help="Mappen med kopian.")],
) -> None:
    """Gör en datamapp av en säkerhetskopia. NARAVARD_DATA ska vara en ny eller tom mapp: inget skrivs över.

    Nämner NARAVARD_LAGER en databas läggs allt som servrar delar i den, om den är tom.
    """
    copy = backup.read(mapp.expanduser().resolve())
    data = settings.data_folder()
    backup.put_back(copy, data)
    if url := settings.shared_url():
        moving.move(str(data), url)
    print_text(f"{data} är som när kopian togs ({copy.tid}).")
    lan.of_each(_tell)


def _tell() -> None:
    from naravard.workshop.workshops import Workshops  # noqa: PLC0415, no other verb should wait for SQLAlchemy

    store = stores.live_store()
    with store.open() as snapshot:
        extracts = len(snapshot.extracts())
    print_text(
        f"{kommuner.lan_name(settings.lan_kod())}: version {store.newest} med {number(extracts)} uttag, och "
        f"{quantity(len(Workshops(lan.folder()).all()), 'workshop', 'workshoppar')}."
    )


def _place_in_copy() -> str:
    """Where a copy has what belongs to this län, as the beginning of a file's name."""
    relative = lan.folder().relative_to(settings.data_folder()).as_posix()
    return "" if relative == "." else f"{relative}/"
