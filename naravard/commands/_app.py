"""The Typer app on which each group registers its verbs, and the options that many verbs share."""

from __future__ import annotations

from typing import Annotated

import typer

from naravard.base import lan

app = typer.Typer(
    name="naravard",
    help="Nära vård i siffror: läs in uttag och visa skyddade siffror.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def installation(
    context: typer.Context,
    lan_text: Annotated[
        str | None, typer.Option("--lan", help="Vilket län det gäller, där NARAVARD_LAN nämner flera: kod eller namn.")
    ] = None,
) -> None:
    """Nära vård i siffror: läs in uttag och visa skyddade siffror."""
    if lan_text is not None:
        context.with_resource(lan.within(lan.of_text(lan_text)))


AsJson = Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON.")]
OfVersion = Annotated[
    int | None, typer.Option("--version", help="Versionens nummer, se ”versioner”. Utan: den nyaste som är släppt.")
]
FromExample = Annotated[bool, typer.Option("--exempel", help="Använd lagret med EXEMPELDATA.")]
