"""Kolada's official names of the nyckeltal that concern nära vård, so that a file with a name alone has its id.

Source: Kolada (RKA), `data/kolada.csv`. A nyckeltal whose name has changed stands there with each of its names.
"""

from __future__ import annotations

import csv
from functools import cache

from naravard.base import settings


@cache
def catalogue() -> tuple[tuple[str, str], ...]:
    """(name, id) of each nyckeltal."""
    with settings.KOLADA_CSV.open(encoding="utf-8", newline="") as file:
        return tuple((row["titel"], row["nyckeltal"]) for row in csv.DictReader(file))


def page_of(nyckeltal: str) -> str:
    """Where Kolada shows a nyckeltal to people, with its definition and all kommuner."""
    return f"https://www.kolada.se/verktyg/fri-sokning/?kpis={nyckeltal}"
