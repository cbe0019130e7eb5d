"""Verbs for the operator about workshops: workshoppar, radera-workshop."""

from __future__ import annotations

from typing import Annotated

import typer

from naravard.base import lan
from naravard.commands._app import AsJson, app
from naravard.commands._terminal import print_list, print_text


@app.command()
def workshoppar(som_json: AsJson = False) -> None:
    """Lista alla workshoppar med antal svar, den senaste först. Svaren själva visas inte."""
    from naravard.workshop.workshops import Workshops  # noqa: PLC0415, no other verb should wait for SQLAlchemy

    records = [
        {
            "kod": workshop.kod,
            "namn": workshop.namn,
            "oppnad": workshop.oppnad[:10],
            "raderas": workshop.raderas or "behålls",
            "svar": answer_count,
        }
        for workshop, answer_count in Workshops(lan.folder()).all()
    ]
    print_list(records, ("kod", "namn", "oppnad", "raderas", "svar"), as_json=som_json)


@app.command(name="radera-workshop")
def radera_workshop(kod: Annotated[str, typer.Argument(help="Workshoppens kod, som i listan workshoppar.")]) -> None:
    """Radera en workshop med alla dess svar, genast och för gott. För den som har tappat ledarens länk."""
    from naravard.workshop.workshops import Workshops  # noqa: PLC0415

    Workshops(lan.folder()).delete(kod)
    print_text(f"Workshoppen {kod} är raderad.")
