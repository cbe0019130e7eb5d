"""What servers share, from a data folder to a database or back: checked, and again as often as one likes.

What is moved from goes on serving. Each kind of thing has a way of its own, in a list: a new kind is a line in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from naravard import stores
from naravard.base import kommuner, lan, settings
from naravard.base.errors import UserError
from naravard.base.numbers import number, quantity
from naravard.store import moving as versions


@dataclass(frozen=True)
class Kind:
    """Something that moves: from one address to another, with a sentence of what lies there now.

    An address is a data folder, or what NARAVARD_LAGER says. `move` can be called again, and then brings what is new.
    """

    name: str
    move: Callable[[str, str], str]


def move_versions(source: str, target: str) -> str:
    """The versions of the store of real figures. EXEMPELDATA is made anew where it is missing."""
    result = versions.move(stores.store_at(source), stores.store_at(target))
    count = quantity(result.versions, "version", "versioner")
    return (
        f"{count} ligger på båda platserna, {number(result.new)} av dem nu kopierade och alla jämförda byte för byte. "
        f"Den senaste är version {result.newest}."
    )


def move_tables(source: str, target: str) -> str:
    """Workshops with all that is in them, and short links."""
    from naravard.shared import moving as shared  # noqa: PLC0415, no other verb should wait for SQLAlchemy

    return shared.move_tables(source, target)


def move_documents(source: str, target: str) -> str:
    """What an analyst has taught, corrections and profiles, and the keys of programs."""
    from naravard.shared import moving as shared  # noqa: PLC0415

    return shared.move_documents(source, target)


KINDS = (
    Kind("Versioner", move_versions),
    Kind("Workshoppar", move_tables),
    Kind("Rättelser, profiler och nycklar", move_documents),
)


def _move_one(source: str, target: str) -> list[str]:
    if stores.store_at(source).folder == stores.store_at(target).folder:
        raise UserError("Det är därifrån som siffrorna läses nu. Skriv adressen eller mappen som de ska flyttas till.")
    heading = f"{kommuner.lan_name(settings.lan_kod())}. " if lan.are_several() else ""
    return [f"{heading}{kind.name}: {kind.move(source, target)}" for kind in KINDS]


@contextmanager
def copy_of_the_rest(source: str) -> Iterator[Path]:
    """A folder, for a while, with all but the versions that lies in a database, as a data folder has it."""
    from naravard.shared import moving as shared  # noqa: PLC0415

    with TemporaryDirectory() as folder:
        lan.of_each(lambda: shared.copy(source, lan.folder(Path(folder))))
        yield Path(folder)


def move(source: str, target: str) -> list[str]:
    """Move all kinds, of each län, and give a sentence for each. Raises UserError at the first that cannot be moved.

    A län that has been added and not yet been opened has nothing to move; where none has anything that is an error.
    """
    has_versions = lan.of_each(lambda: bool(stores.store_at(lan.place(source)).shelf.states()))

    def move_what_is_there() -> list[str]:
        if any(has_versions.values()) and not has_versions[settings.lan_kod()]:
            return [f"{kommuner.lan_name(settings.lan_kod())} har inget än, och inget är flyttat."]
        return _move_one(lan.place(source), lan.place(target))

    sentences_of_each = lan.of_each(move_what_is_there)
    sentences = [sentence for sentences in sentences_of_each.values() for sentence in sentences]
    if "://" not in target:
        stores.in_use_mark(Path(target)).unlink(missing_ok=True)  # a server that still uses the database writes it anew
    return sentences
