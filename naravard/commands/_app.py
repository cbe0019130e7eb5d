"""The Typer app on which each group registers its verbs, and the options that many verbs share."""

from __future__ import annotations

from typing import Annotated

import typer

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
