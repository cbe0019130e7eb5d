"""Verbs about what the stores hold: kallor, uttag, versioner, aterstall, undanta, exempel."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from naravard import intake, sources, stores
from naravard.base import lan, settings
from naravard.base.model import Extract
from naravard.base.numbers import enumeration
from naravard.commands._app import AsJson, FromExample, OfVersion, app
from naravard.commands._terminal import print_json, print_list, print_text
from naravard.figures import extract_facts


@app.command()
def kallor(som_json: AsJson = False) -> None:
    """Lista alla källor, med de kolumner som var och en läser."""
    records = [
        {
            "id": source.id,
            "titel": source.title,
            "rader": source.grain,
            "kolumner": [
                {"namn": c.name, "betyder": c.description, "alias": list(c.aliases), "krav": c.required}
                for c in source.columns
            ],
        }
        for source in sources.sources().values()
    ]
    if som_json:
        print_json(records)
        return
    for source in sources.sources().values():
        print_text(f"{source.id}: {source.title}, {source.grain}")
        for column in source.columns:
            requirement = "måste finnas" if column.required else "får saknas"
            aliases = f" (även {', '.join(column.aliases)})" if column.aliases else ""
            print_text(f"  {column.name}{aliases}: {column.description}, {requirement}")


@app.command()
def uttag(version: OfVersion = None, som_json: AsJson = False, exempel: FromExample = False) -> None:
    """Lista uttagen i den senaste versionen, eller i en annan."""
    extracts = stores.store_of(is_example=exempel).extracts(version)
    records = [_public(each) for each in extracts]
    columns = ("uttag_id", "kalla", "matperiod", "filnamn", "nar", "vem", "status")
    print_list(records, columns, as_json=som_json)


def _public(extract: Extract) -> dict[str, object]:
    """An extract as it may be told. Who has a file's hash can try guesses of what is hidden in it until one fits."""
    report = json.dumps([asdict(finding) for finding in extract_facts.findings(extract)], ensure_ascii=False)
    facts = {**asdict(extract), **extract_facts.row_counts(extract), "rapport": report}
    return {name: value for name, value in facts.items() if name != "sha256" or extract.publicerad}


@app.command()
def versioner(som_json: AsJson = False, exempel: FromExample = False) -> None:
    """Lista alla publiceringar, den senaste först, med läget för var och en."""
    store = stores.store_of(is_example=exempel)
    records = [{**asdict(version), "lage": store.state_in_words(version.nummer)} for version in store.versions()]
    print_list(records, ("nummer", "lage", "handelse", "nar", "vem", "varfor"), as_json=som_json)


@app.command()
def aterstall(
    nummer: Annotated[int, typer.Argument(help="Versionen att gå tillbaka till, se ”versioner”.")],
    orsak: Annotated[str, typer.Option(help="Varför.")],
    som_json: AsJson = False,
) -> None:
    """Publicera en äldre versions innehåll på nytt. Inget tas bort."""
    version = intake.restore(nummer, stores.live_store(), who=settings.user_name(), why=orsak)
    if som_json:
        print_json({"version": version, "aterstalld": nummer})
    else:
        print_text(f"Version {nummer} är publicerad på nytt som version {version}.")


@app.command()
def undanta(
    nummer: Annotated[list[int], typer.Argument(help="Versionerna att ta ur läsning, se ”versioner”.")],
    orsak: Annotated[str, typer.Option(help="Varför.")],
    som_json: AsJson = False,
) -> None:
    """Ta äldre versioner ur läsning. De står kvar i loggen, men ingen kan läsa deras siffror."""
    version = intake.withdraw(nummer, stores.live_store(), who=settings.user_name(), why=orsak)
    if som_json:
        print_json({"version": version, "undantagna": nummer})
    else:
        names = enumeration([str(number) for number in nummer])
        print_text(f"Version {names} går inte längre att läsa. Det står i loggen, som version {version}.")


@app.command()
def exempel(som_json: AsJson = False) -> None:
    """Skriv påhittade uttag och läs in dem i ett eget lager (EXEMPELDATA)."""
    store, version = stores.build_example_store()
    folder = lan.folder() / "exempel"
    if som_json:
        print_json({"version": store.newest, "ny": version is not None, "mapp": str(folder)})
    elif version is None:
        print_text(f"EXEMPELDATA fanns redan, version {store.newest}. Filerna ligger i {folder}.")
    else:
        print_text(f"EXEMPELDATA är inläst, version {version}. Filerna ligger i {folder}.")
