"""What the examples of several sources share: invented persons, and the deck's totals shared out on kommuner.

Every person is invented. The ids have the form of a personnummer with a right check digit, but a date of
birth that does not exist (30 February, 31 April, …), so they cannot belong to anyone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

from naravard.base import kommuner, settings

_YEAR = 2023
_SEED = 5793
_IMPOSSIBLE_DAYS = ("0230", "0231", "0431", "0631", "0931", "1131")


@dataclass(frozen=True)
class Person:
    """An invented person. `id` has the form `YYYYMMDD-NNNC`, `alder` is in whole years."""

    id: str
    alder: int
    kon: str


class World:
    """What examples are made of, the same each time: chance from a seed, persons without end, the deck's totals."""

    def __init__(self) -> None:
        self.random = Random(_SEED)
        self.people = _people(self.random)
        self.names = {k.kod: k.namn for k in kommuner.in_lan(settings.DEFAULT_LAN)}
        """Kommunkod → name, in Swedish order."""

    @property
    def deck(self) -> dict[str, int]:
        """The deck's totals by measure."""
        return {row["matt"]: round(float(row["varde"])) for row in self.published_rows("bilden_lanet.csv")}

    def published_rows(self, name: str) -> list[dict[str, str]]:
        """The rows of one of the product's own published files."""
        with (settings.PUBLISHED / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def share_out(self, total: int) -> dict[str, int]:
        """A total shared out on the kommuner by their share of the inhabitants 80+, the remainder to the largest."""
        inhabitants = {
            row["kommun_kod"]: int(row["antal"])
            for row in self.published_rows("befolkning.csv")
            if (row["ar"], row["aldersgrupp"], row["kon"]) == (str(_YEAR), "80+", "totalt")
            and len(row["kommun_kod"]) == 4
        }
        shares = {kod: total * antal // sum(inhabitants.values()) for kod, antal in inhabitants.items()}
        largest = max(shares, key=lambda kod: shares[kod])
        return {**shares, largest: shares[largest] + total - sum(shares.values())}


def _people(random: Random) -> Iterator[Person]:
    """Endless invented persons, mostly old, each with an id of its own."""
    serials: dict[tuple[int, str], Iterator[int]] = {}
    while True:
        alder = min(104, max(19, round(random.gauss(81, 10))))
        day = random.choice(_IMPOSSIBLE_DAYS)
        kon = random.choices(["Kvinna", "Man"], [62, 38])[0]
        birth_year = _YEAR - alder
        serial = next(serials.setdefault((birth_year, day + kon), count(101 if kon == "Man" else 100, 2)))
        yield Person(_with_check_digit(f"{birth_year}{day}", serial), alder, kon)


def _with_check_digit(birth_date: str, serial: int) -> str:
    """`YYYYMMDD-NNNC`: the Luhn digit over the ten last digits."""
    digits = [int(c) * factor for c, factor in zip(f"{birth_date[2:]}{serial:03}", [2, 1] * 5, strict=False)]
    check = -sum(d // 10 + d % 10 for d in digits) % 10
    return f"{birth_date}-{serial:03}{check}"
