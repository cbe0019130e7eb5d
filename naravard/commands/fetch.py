"""Verb of open figures: hamta."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from naravard import fetch, intake, stores
from naravard.base import settings
from naravard.base.codes import Level
from naravard.base.model import Finding
from naravard.commands._app import AsJson, app
from naravard.commands._terminal import print_json, print_text
from naravard.fetch import FetchedFile
from naravard.intake import publishing
from naravard.intake.news import News, news
from naravard.store.snapshots import Store, VersionConflict

_PUBLICERA = "Publicera, om det finns något nytt och ingenting att godkänna. För en tidsstyrd körning."


@app.command()
def hamta(
    kalla: Annotated[str, typer.Argument(help="kolada eller scb.")],
    fran: Annotated[int | None, typer.Option(help="Första året. Förval: de tio senaste åren.", min=1968)] = None,
    till: Annotated[int | None, typer.Option(help="Sista året. Förval: i år.", min=1968)] = None,
    hela_landet: Annotated[bool, typer.Option(help="Också landets övriga kommuner, inte bara de liknande.")] = False,
    prova: Annotated[bool, typer.Option(help="Hämta och kontrollera utan att publicera. Det är också förval.")] = False,
    publicera: Annotated[bool, typer.Option(help=_PUBLICERA)] = False,
    orsak: Annotated[str, typer.Option(help="En rad om varför, till loggen.")] = "",
    som_json: AsJson = False,
) -> int:
    """Hämta öppna siffror, visa vad som är nytt och publicera en ny version.

    Slutstatus 0 när allt stämmer, 1 när det finns varningar att godkänna, 2 när något går fel. Då är inget ändrat.
    """
    source = fetch.open_source(kalla)
    store = stores.live_store()
    the_wish = fetch.wish(fran, till, whole_country=hela_landet, remarks=fetch.known_traps(source, store))
    files = fetch.fetch(source, the_wish, step=_show_step)
    while True:
        attempt = _check(files, store)
        try:
            version = (
                _publish(attempt, store, orsak or f"Hämtat från {source.name}") if publicera and not prova else None
            )
        except VersionConflict:  # someone else published first: check again, against what is there now
            continue
        break
    _show(attempt, version, as_json=som_json)
    if attempt.warnings and publicera and version is None:
        print("Varningar att godkänna. Gå igenom dem på sidan Ladda upp uttag.", file=sys.stderr)
        return 1
    return 0


@dataclass(frozen=True)
class _Attempt:
    """Fetched files, checked against version `base`: each and what is new in it, and what publishing would disclose."""

    files: tuple[tuple[intake.Examination, News], ...]
    base: int | None
    disclosures: tuple[Finding, ...]

    @property
    def new_files(self) -> list[intake.Examination]:
        """The files that have something new."""
        return [examination for examination, what in self.files if what]

    @property
    def warnings(self) -> list[Finding]:
        """What someone must accept before those are published."""
        return [*(f for examination in self.new_files for f in examination.warnings), *self.disclosures]


def _check(files: Sequence[FetchedFile], store: Store) -> _Attempt:
    """Check all files as if they had been dropped. Raises Rejected for one with an error."""
    base = store.base
    checks = [publishing.check(file.content, file.filename, file.choices, store) for file in files]
    publishing.counts_of([check.examination for check in checks])
    files_with_news = tuple((check.examination, news(check.examination, store, base)) for check in checks)
    new_files = [examination for examination, what in files_with_news if what]
    disclosures = publishing.difference(store, base, new_files).warnings if new_files else ()
    return _Attempt(files_with_news, base, disclosures)


def _publish(attempt: _Attempt, store: Store, why: str) -> int | None:
    """Publish what is new, where there is nothing to accept. Raises VersionConflict."""
    if not attempt.new_files or attempt.warnings:
        return None
    who = settings.user_name()
    return publishing.publish(attempt.new_files, store, who=who, why=why, expected_version=attempt.base)


def _show(attempt: _Attempt, version: int | None, *, as_json: bool) -> None:
    if as_json:
        print_json({"filer": [_record(*file) for file in attempt.files], "version": version})
        return
    for examination, what in attempt.files:
        print_text(f"{examination.filename}: {what.sentence()}")
    for finding in attempt.warnings:
        print_text(f"{Level.WARNING.label}: {finding.sentence()}")
    print_text("Inget publicerat." if version is None else f"Publicerat som version {version}.")


def _record(examination: intake.Examination, what: News) -> dict[str, Any]:
    return {
        "fil": examination.filename,
        "kalla": examination.source.id if examination.source else None,
        "nya": what.new_count,
        "andrade": what.changed_count,
        "borttagna": what.withdrawn_count,
        "ar": list(what.years),
        "fynd": [finding.sentence() for finding in examination.findings],
    }


def _show_step(text: str, part: float) -> None:
    """Progress for someone who waits at a terminal; nothing in a log or a pipe."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text} …" if part < 1 else "\r\033[K", end="", file=sys.stderr, flush=True)
