"""What the accessibility statement says: what a person knows, and what the test itself has found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from naravard.base import settings

RESULT = settings.ROOT / "data" / "tillganglighet.json"
"""Written by the test (`make accessibility`)."""


@dataclass(frozen=True)
class Exempt:
    """A violation inside Streamlit's own frame: the rule, how the element begins, and what it means to a visitor."""

    rule: str
    element: str
    meaning: str


@dataclass(frozen=True)
class Statement:
    """The service, who stands behind it, and its known shortcomings."""

    service: str
    actor: str
    contact: str
    exceptions: tuple[Exempt, ...]
    shortcomings: tuple[str, ...]


@dataclass(frozen=True)
class Tested:
    """The outcome of the last test: the day, the pages and themes, the rules, and how many faults were our own."""

    day: str
    pages: tuple[str, ...]
    themes: tuple[str, ...]
    rules: tuple[str, ...]
    faults: int
    excepted: tuple[str, ...]


def statement() -> Statement:
    """What data/tillganglighet.toml says."""
    file = settings.table("tillganglighet")
    return Statement(
        file["tjanst"],
        file["aktor"],
        file["kontakt"],
        tuple(Exempt(e["regel"], e["element"], e["betyder"]) for e in file["undantag"]),
        tuple(e["betyder"] for e in file["brist"]),
    )


def tested(path: Path = RESULT) -> Tested | None:
    """What the test found when it last was run; None where it has not been."""
    if not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    lists = {name: tuple(found[name]) for name in ("pages", "themes", "rules", "excepted")}
    return Tested(day=found["day"], faults=found["faults"], **lists)
