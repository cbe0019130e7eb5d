"""The verb that moves what is shared: flytta-lager."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from naravard import moving, stores
from naravard.commands._app import app
from naravard.commands._terminal import print_text

_TO_DATABASE = "sätt NARAVARD_LAGER till databasens adress på varje server"
_TO_FOLDER = "ta bort NARAVARD_LAGER och sätt NARAVARD_DATA till mappen"


@app.command()
def flytta_lager(
    till: Annotated[str, typer.Argument(help="En databas (postgresql://namn@värd/databas) eller en datamapp.")],
) -> None:
    """Kopiera det som servrar delar till en databas, eller därifrån till en mapp. Det gamla fortsätter att gälla."""
    is_database = "://" in till
    for sentence in moving.move(
        stores.address_in_use(), till if is_database else str(Path(till).expanduser().resolve())
    ):
        print_text(sentence)
    print_text(
        "Det gamla gäller tills du byter. Så byter du: stoppa servern, kör samma kommando en gång till, "
        f"{_TO_DATABASE if is_database else _TO_FOLDER}, och starta."
    )
