"""What the accessibility statement says: what a person knows, and what the test itself has found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from naravard.base import settings, structs


@dataclass(frozen=True)
class Exempt:
    """A violation inside Streamlit's own frame: the rule, how the element begins, and what it means to a visitor."""

    regel: str
    element: str
    betyder: str


@dataclass(frozen=True)
class Shortcoming:
    """Something that is not as it should be, and what it means to a visitor."""

    betyder: str


@dataclass(frozen=True)
class Statement:
    """The service, who stands behind it, and its known shortcomings, as data/tillganglighet.toml has them."""

    tjanst: str
    aktor: str
    kontakt: str
    undantag: tuple[Exempt, ...] = ()
    brist: tuple[Shortcoming, ...] = ()


@dataclass(frozen=True)
class AxeResult:
    """The outcome of the last test: the day, the pages and themes, the rules, and how many faults were our own."""

    day: str
    pages: tuple[str, ...]
    themes: tuple[str, ...]
    rules: tuple[str, ...]
    faults: int
    excepted: tuple[str, ...]


@cache
def of_the_service() -> Statement:
    """The statement. Raises UserError that tells all that is wrong in the file."""
    return structs.read(settings.OWN_DATA / "tillganglighet.toml", Statement)


def last_test() -> AxeResult | None:
    """What the test (`make accessibility`) found when it last was run; None where it has not been."""
    path = settings.OWN_DATA / "tillganglighet.json"
    return structs.read(path, AxeResult) if path.exists() else None
