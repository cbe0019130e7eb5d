"""EXEMPELDATA: synthetic extracts whose totals are the deck's, so that the counting can be checked.

Every person is invented. The ids have the form of a personnummer with a right check digit, but a date of
birth that does not exist (30 February, 31 April, …), so they cannot belong to anyone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, product
from pathlib import Path
from random import Random

from naravard.base import kommuner, settings
from naravard.base.errors import UserError

MATPERIOD = "våren 2023"
_YEAR = 2023
_SEED = 5793
_IMPOSSIBLE_DAYS = ("0230", "0231", "0431", "0631", "0931", "1131")
_IN_TWO_KOMMUNER = 12
# persons by the professions that they meet; the three that overlap are chosen, the rest follows from the deck
_ALL_THREE, _SSK_AND_AT, _SSK_AND_FT = 40, 190, 150
_LEFT_OUT = 60


@dataclass(frozen=True)
class ExampleFile:
    """A written file and the source that reads it."""

    path: Path
    kalla: str


@dataclass(frozen=True)
class _Person:
    id: str
    alder: int
    kon: str


def write_files(folder: Path, lan: str) -> list[ExampleFile]:
    """Write one synthetic file per source. The same files each time, byte for byte."""
    if lan != settings.DEFAULT_LAN:
        raise UserError(
            f"Exempeldata finns bara för {kommuner.lan_name(settings.DEFAULT_LAN)}. "
            f"Ta bort NARAVARD_LAN eller sätt den till {settings.DEFAULT_LAN}."
        )
    random = Random(_SEED)
    people = _people(random)
    files = {
        ("EXEMPELDATA_cosmic.csv", "cosmic"): (_cosmic(random, people), "cp1252"),
        ("EXEMPELDATA_ensolutions.csv", "ensolutions"): (_ensolutions(random, people), "utf-8-sig"),
        ("EXEMPELDATA_sabo.csv", "sabo"): (_sabo(), "utf-8-sig"),
    }
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for (name, kalla), (rows, encoding) in files.items():
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        (folder / name).write_bytes(text.getvalue().encode(encoding))
        written.append(ExampleFile(folder / name, kalla))
    return written


def _deck() -> dict[str, int]:
    """The deck's totals by measure."""
    return {row["matt"]: round(float(row["varde"])) for row in _published("bilden_lanet.csv")}


def _published(name: str) -> list[dict[str, str]]:
    with (settings.PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _people(random: Random) -> Iterator[_Person]:
    """Endless invented persons, mostly old, each with an id of its own."""
    taken: dict[tuple[int, str], Iterator[int]] = {}
    while True:
        alder = min(104, max(19, round(random.gauss(81, 10))))
        day = random.choice(_IMPOSSIBLE_DAYS)
        kon = random.choices(["Kvinna", "Man"], [62, 38])[0]
        born = _YEAR - alder
        serial = next(taken.setdefault((born, day + kon), count(101 if kon == "Man" else 100, 2)))
        yield _Person(_with_check_digit(f"{born}{day}", serial), alder, kon)


def _with_check_digit(born: str, serial: int) -> str:
    """`YYYYMMDD-NNNC`: the Luhn digit over the ten last digits."""
    digits = [int(c) * factor for c, factor in zip(f"{born[2:]}{serial:03}", [2, 1] * 5, strict=False)]
    check = -sum(d // 10 + d % 10 for d in digits) % 10
    return f"{born}-{serial:03}{check}"


def _cosmic(random: Random, people: Iterator[_Person]) -> list[Sequence[object]]:
    """A row per contact: some persons have several rows, some rows contradict each other, a few persons move."""
    names = {k.kod: k.namn for k in kommuner.in_lan(settings.DEFAULT_LAN)}
    in_sabo = {row["kommun_kod"]: int(row["kommunal_primarvard"]) for row in _published("bilden_sabo.csv")}
    at_home = _shared_out(_deck()["kommunal_primarvard_ordinart_boende"])
    rows: list[Sequence[object]] = []
    moved = 0
    for boendeform, per_kommun in (("Särskilt boende", in_sabo), ("Ordinärt boende", at_home)):
        for kod, antal in per_kommun.items():
            for person in (next(people) for _ in range(antal)):
                rub = random.choices(["", 0, 1, 2, 3, 4, 5], [2, 1, 3, 12, 40, 28, 14])[0]
                contact = random.choices(["Ja", "Nej", ""], [70 + int(kod) % 7, 24, 4])[0]
                row = (person.id, names[kod], boendeform, person.alder, person.kon, rub, contact)
                rows.append(row)
                for _ in range(random.choices([0, 1, 2], [70, 22, 8])[0]):
                    rows.append(_earlier_contact(random, row))
                if boendeform == "Ordinärt boende" and moved < _IN_TWO_KOMMUNER:
                    moved += 1
                    other = random.choice([k for k in names if k != kod])
                    rows.append((person.id, names[other], *row[2:]))
    random.shuffle(rows)
    return [("Personnummer", "Kommun", "Boendeform", "Ålder", "Kön", "RUB", "Fast läkarkontakt"), *rows]


def _earlier_contact(random: Random, row: Sequence[object]) -> Sequence[object]:
    """The same person as registered before: perhaps in korttidsboende, with a lower RUB, without a doctor."""
    person_id, kommun, boendeform, alder, kon, rub, contact = row
    if boendeform == "Särskilt boende":
        boendeform = random.choice(["Särskilt boende", "Korttidsboende", "Ordinärt boende"])
    lower = rub if rub in ("", 0) else random.randint(0, int(str(rub)))
    return (
        person_id,
        kommun,
        boendeform,
        alder,
        kon,
        lower,
        contact if contact != "Ja" else random.choice(["Ja", "Nej"]),
    )


def _ensolutions(random: Random, people: Iterator[_Person]) -> list[Sequence[object]]:
    """A row per insats, with some persons in korttidsboende and SÄBO, who do not count."""
    deck = _deck()
    ssk, at, ft = (deck[f"hemsjukvard_{p}"] for p in ("sjukskoterska", "arbetsterapeut", "fysioterapeut"))
    total = deck["hemsjukvard_unika_individer"]
    at_and_ft = ssk + at + ft - total - 2 * _ALL_THREE - _SSK_AND_AT - _SSK_AND_FT
    sizes = {
        ("SSK", "AT", "FT"): _ALL_THREE,
        ("SSK", "AT"): _SSK_AND_AT,
        ("SSK", "FT"): _SSK_AND_FT,
        ("AT", "FT"): at_and_ft,
        ("SSK",): ssk - _ALL_THREE - _SSK_AND_AT - _SSK_AND_FT,
        ("AT",): at - _ALL_THREE - _SSK_AND_AT - at_and_ft,
        ("FT",): ft - _ALL_THREE - _SSK_AND_FT - at_and_ft,
    }
    teams = list(chain.from_iterable([team] * size for team, size in sizes.items()))
    random.shuffle(teams)
    names = {k.kod: k.namn for k in kommuner.in_lan(settings.DEFAULT_LAN)}
    homes = chain.from_iterable([names[kod]] * antal for kod, antal in _shared_out(total).items())
    rows: list[Sequence[object]] = []
    for team, kommun in zip(teams, homes, strict=True):
        person = next(people)
        for profession, _ in product(team, range(random.choices([1, 2, 3], [50, 35, 15])[0])):
            rows.append((person.id, kommun, profession, person.alder, "Ordinärt boende"))
    for _ in range(_LEFT_OUT):
        person = next(people)
        boendeform = random.choice(["Korttidsboende", "Särskilt boende"])
        rows.append((person.id, random.choice(list(names.values())), "SSK", person.alder, boendeform))
    random.shuffle(rows)
    return [("Person-ID", "Kommun", "Profession", "Ålder", "Boendeform"), *rows]


def _sabo() -> list[Sequence[object]]:
    rows: list[Sequence[object]] = [("Kommun", "Boende på SÄBO", "Kommunal primärvård")]
    rows += [(r["kommun"], r["boende_sabo"], r["kommunal_primarvard"]) for r in _published("bilden_sabo.csv")]
    return rows


def _shared_out(total: int) -> dict[str, int]:
    """A total shared out on the kommuner by their share of the inhabitants 80+, the remainder to the largest."""
    inhabitants = {
        row["kommun_kod"]: int(row["antal"])
        for row in _published("befolkning.csv")
        if (row["ar"], row["aldersgrupp"], row["kon"]) == (str(_YEAR), "80+", "totalt") and len(row["kommun_kod"]) == 4
    }
    shares = {kod: total * antal // sum(inhabitants.values()) for kod, antal in inhabitants.items()}
    largest = max(shares, key=lambda kod: shares[kod])
    return {**shares, largest: shares[largest] + total - sum(shares.values())}
