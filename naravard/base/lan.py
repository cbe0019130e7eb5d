"""Which län an installation has, and which of them what runs now is about.

Each län has its own store, workshops, profiles and corrections. What belongs to one is never read as another's: where
there are several, `settings.lan_kod` answers only when it has been said which (`within`, `choose`), and a store refuses
to be opened as that of another län.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from naravard.base import kommuner, settings
from naravard.base.errors import UserError

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
_FOLDER = "lan"


def koder() -> tuple[str, ...]:
    """Codes of the installation's län (`NARAVARD_LAN`, as `08,14` or `alla`), the first its own. Raises UserError."""
    text = settings.lan_text()
    if text.casefold() == settings.EVERY_LAN:
        return (settings.DEFAULT_LAN, *(kod for kod in kommuner.lan_koder() if kod != settings.DEFAULT_LAN))
    parts = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    for kod in parts:
        kommuner.lan_name(kod)  # raises for a code that no län has
    return parts


def are_several() -> bool:
    """Whether the installation has more than one."""
    return settings.has_several_lan()


def of_text(text: str) -> str:
    """Code of one of the installation's län by its code or name. Raises UserError for another."""
    kod = kommuner.resolve_region(text)
    if kod not in koder():
        names = ", ".join(f"{each} ({kommuner.lan_name(each)})" for each in koder())
        raise UserError(f"Länet ”{text}” finns inte här. De som finns: {names}.")
    return kod


@contextmanager
def within(kod: str) -> Iterator[None]:
    """What runs here is about one län."""
    token = settings.lan_here.set(kod)
    try:
        yield
    finally:
        settings.lan_here.reset(token)


def choose(kod: str) -> None:
    """What runs from here on in this thread is about one län, until another is chosen."""
    settings.lan_here.set(kod)


def of_each(work: Callable[[], Answer]) -> dict[str, Answer]:
    """What some work gives about each of the installation's län in turn, by code."""
    answers = {}
    for kod in koder():
        with within(kod):
            answers[kod] = work()
    return answers


def bound(work: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """The same work about the same län, also where it runs later or in another thread."""
    kod = settings.lan_kod()

    @wraps(work)
    def working(*arguments: Arguments.args, **options: Arguments.kwargs) -> Answer:
        with within(kod):
            return work(*arguments, **options)

    return working


def folder(data: Path | None = None) -> Path:
    """Where this län's own lies: a data folder itself for the installation's first, else a folder of its own in it."""
    kod = settings.lan_kod()
    data = data or settings.data_folder()
    return data if kod == koder()[0] else data / _FOLDER / kod


def place(address: str) -> str:
    """Where this län's own lies at the address of a database, which tells län apart itself, or of a data folder."""
    return address if "://" in address else str(folder(Path(address)))
