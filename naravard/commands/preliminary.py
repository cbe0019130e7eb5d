"""Verbs about the preliminary version that waits: slapp, ta-bort-preliminar."""

from __future__ import annotations

from typing import Annotated

import typer

from naravard import intake, stores
from naravard.base import settings
from naravard.base.codes import Level
from naravard.commands._app import AsJson, app
from naravard.commands._terminal import ask_to_accept, print_json, print_text
from naravard.intake import publishing


@app.command()
def slapp(
    nummer: Annotated[int, typer.Argument(help="Den preliminära versionen som väntar, se ”versioner”.")],
    orsak: Annotated[str, typer.Option(help="Varför.")],
    godkann_varningar: Annotated[bool, typer.Option(help="Släpp fast det finns varningar.")] = False,
    som_json: AsJson = False,
) -> int:
    """Släpp en preliminär version: det som bara analytiker har sett visas för alla, som en ny version.

    Slutstatus 0 när allt stämmer, 1 när det finns varningar att godkänna, 2 när det inte går.
    """
    store = stores.live_store()
    warnings = [finding.sentence() for finding in publishing.release_warnings(store)]
    is_released = godkann_varningar or not warnings
    version = intake.release(nummer, store, who=settings.user_name(), why=orsak) if is_released else None
    if som_json:
        print_json({"version": version, "slappt": nummer if is_released else None, "varningar": warnings})
    else:
        print_text("\n".join([*(f"{Level.WARNING.label}: {text}" for text in warnings), _outcome(nummer, version)]))
    if not is_released:
        ask_to_accept(len(warnings))
    return 0 if is_released else 1


def _outcome(number: int, version: int | None) -> str:
    if version is None:
        return f"Version {number} är inte släppt."
    return f"Version {number} är släppt och visas för alla, som version {version}."


@app.command("ta-bort-preliminar")
def discard(
    nummer: Annotated[int, typer.Argument(help="Den preliminära versionen som väntar, se ”versioner”.")],
    orsak: Annotated[str, typer.Option(help="Varför.")],
    som_json: AsJson = False,
) -> None:
    """Ta bort en preliminär version. Den står kvar i loggen, men ingen kan läsa dess siffror."""
    version = intake.discard(nummer, stores.live_store(), who=settings.user_name(), why=orsak)
    if som_json:
        print_json({"version": version, "borttagen": nummer})
    else:
        print_text(f"Version {nummer} är borttagen. Det står i loggen, som version {version}.")
