"""Verbs for the operator about what must not be lost: sakerhetskopiera, aterskapa."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from naravard import backup, stores
from naravard.base import settings
from naravard.base.numbers import number
from naravard.commands._app import app
from naravard.commands._terminal import print_text
from naravard.workshop.workshops import Workshops


@app.command()
def sakerhetskopiera(
    mapp: Annotated[Path, typer.Argument(help="En ny eller tom mapp, utanför datamappen.")],
) -> None:
    """Kopiera lager, workshoppar, profiler, rättelser och regler, också medan appen är igång. Kopian prövas."""
    copy = backup.take(settings.data_folder(), mapp.expanduser().resolve())
    print_text(f"Kopian i {copy.folder} är hel: {number(len(copy.filer))} filer, tagen {copy.tid}.")


@app.command()
def aterskapa(
    mapp: Annotated[Path, typer.Argument(help="Mappen med kopian.")],
) -> None:
    """Gör en datamapp av en säkerhetskopia. NARAVARD_DATA ska vara en ny eller tom mapp: inget skrivs över."""
    copy = backup.read(mapp.expanduser().resolve())
    data = settings.data_folder()
    backup.put_back(copy, data)
    store = stores.live_store()
    with store.open() as snapshot:
        extracts = len(snapshot.extracts())
    workshops = len(Workshops(data).all())
    print_text(
        f"{data} är som när kopian togs ({copy.tid}): version {store.newest} med {number(extracts)} uttag, och "
        f"{number(workshops)} workshoppar."
    )
