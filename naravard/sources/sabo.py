"""SÄBO: residents in särskilt boende and how many of them have kommunal primärvård, a row per kommun."""

from collections.abc import Sequence
from datetime import date
from random import Random

from naravard.base.breaks import Break
from naravard.base.codes import Level
from naravard.base.model import Column, Example, RowCheck, Source
from naravard.base.persons import Division, Persons
from naravard.sources._columns import KOMMUN, MOST_PERSONS
from naravard.sources._example import World

# A resident lives in one kommun, so the kommuner are added to the län when all of them are known. A sum row in the
# file controls them, and stands for the län only where a kommun is missing or hidden.
_COUNT = """
with kommuner as (
    select kommun as kommun_kod, boende, boende_tecken, med_primarvard, med_primarvard_tecken
    from rader
    where length(kommun) = 4
),

-- grain: one row, or none when a kommun or a figure is missing
summa as (
    select sum(boende)::bigint as boende, sum(med_primarvard)::bigint as med_primarvard
    from kommuner
    having count(boende) = $antal_kommuner and count(med_primarvard) = $antal_kommuner
)

select 'kommun' as niva, kommun_kod, boende, med_primarvard, boende_tecken, med_primarvard_tecken from kommuner
union all
select 'lan', $lan, boende, med_primarvard, null, null from summa
union all
select 'lan', $lan, boende, med_primarvard, boende_tecken, med_primarvard_tecken
from rader
where kommun = $lan and not exists (select 1 from summa)
order by all
"""

_MEASURES = """
select kommun_kod, 'boende på SÄBO', 'totalt', boende from antal
union all
select kommun_kod, 'boende på SÄBO', '80+', boende from antal
union all
select kommun_kod, 'boende med kommunal primärvård', null, med_primarvard from antal
"""


def _example(world: World) -> list[Sequence[object]]:
    rows: list[Sequence[object]] = [("Kommun", "Boende på SÄBO", "Kommunal primärvård")]
    rows += [(r["kommun"], r["boende_sabo"], r["kommunal_primarvard"]) for r in world.published_rows("bilden_sabo.csv")]
    return rows


_MONTHS = ["2020-12", *(f"{year}-{month:02}" for year in (2021, 2022) for month in range(1, 13))]
_WITHOUT_EXTRACT = "2021-07"
_NEW_SYSTEM = date(2022, 3, 1)
_IN_ANOTHER_WAY = "0881"
"""The kommun in which a new system is planted: fewer are registered before it."""
_CHANGES = "0884"
"""The kommun in which a real change is planted: more have kommunal primärvård in the second year."""
_WITH_FEW, _SEEN = "0834", 6
"""The kommun in which few are left over, and how many that are or are not must be to be seen elsewhere."""
_BEFORE = 0.62
"""The share of both, before."""


def _earlier(world: World) -> dict[str, list[Sequence[object]]]:
    """Two years by month: around the deck's shares, but for one kommun with a new system and one with a real change.

    No extract came one month, and few counts are so small that they are hidden: those of one kommun.
    """
    random = Random("sabo per month")
    published = world.published_rows("bilden_sabo.csv")
    by_month: dict[str, list[Sequence[object]]] = {}
    for month in (month for month in _MONTHS if month != _WITHOUT_EXTRACT):
        rows: list[Sequence[object]] = [("Kommun", "Boende på SÄBO", "Kommunal primärvård")]
        for row in published:
            boende = int(row["boende_sabo"]) + random.randint(-2, 2)
            share = int(row["kommunal_primarvard"]) / int(row["boende_sabo"])
            med = sum(random.random() < _share_in(row["kommun_kod"], month, share) for _ in range(boende))
            most = boende - (0 if row["kommun_kod"] == _WITH_FEW else _SEEN)
            rows.append((row["kommun"], boende, min(max(med, _SEEN), most)))
        by_month[month] = rows
    return by_month


def _share_in(kommun_kod: str, month: str, share: float) -> float:
    is_before = {
        _IN_ANOTHER_WAY: month < f"{_NEW_SYSTEM:%Y-%m}",
        _CHANGES: month < "2022",
    }
    return _BEFORE if is_before.get(kommun_kod) else share


SOURCE = Source(
    id="sabo",
    title="Boende på SÄBO",
    provider="Cosmic",
    description="Antal boende på särskilt boende för äldre och hur många av dem som har kommunal primärvård.",
    grain="en rad per kommun, gärna med en summarad",
    columns=(
        KOMMUN,
        Column(
            "boende",
            "integer",
            "antal boende på SÄBO",
            (
                *("boende_sabo", "boende på säbo", "antal boende på säbo", "antal boende", "antal boende säbo", "säbo"),
                *("antal personer (säbo)", "antal personer på säbo", "personer på säbo", "säbo antal", "boende säbo"),
                *("säbo-boende", "boende på särskilt boende", "antal boende på särskilt boende"),
                *("säbo antal boende", "säbo antal personer", "antal på säbo", "antal säbo", "boende i säbo"),
            ),
            required=True,
            minimum=0,
            maximum=MOST_PERSONS,
        ),
        Column(
            "med_primarvard",
            "integer",
            "hur många av de boende som har kommunal primärvård",
            (
                *("kommunal_primarvard", "kommunal primärvård", "antal med kommunal primärvård"),
                *("med kommunal primärvård", "varav kommunal primärvård", "varav med kommunal primärvård"),
                *("inskrivna i kommunal primärvård", "antal inskrivna i kommunal primärvård", "varav kpv", "kpv"),
                *("varav inskrivna i kommunal primärvård", "inskrivna i kommunal hälso- och sjukvård"),
                *("kommunal primärvård antal", "säbo kommunal primärvård", "kommunal primärvård antal personer"),
            ),
            required=True,
            minimum=0,
            maximum=MOST_PERSONS,
        ),
        Column(
            "andel",
            "percent",
            "andel i procent, som kontrolleras mot antalen",
            (
                *("procent", "andel (%)", "andel i procent", "andel med kommunal primärvård"),
                *("kommunal primärvård andel", "kommunal primärvård andel (%)", "säbo andel", "andel procent"),
            ),
            minimum=0,
            maximum=100,
        ),
        Column(
            "utan_primarvard",
            "integer",
            "hur många av de boende som inte har kommunal primärvård, som kontrolleras mot de andra",
            (
                *("utan kommunal primärvård", "antal utan kommunal primärvård", "varav utan kommunal primärvård"),
                *("ej kommunal primärvård", "inte kommunal primärvård", "utan primärvård"),
            ),
            minimum=0,
            maximum=MOST_PERSONS,
        ),
    ),
    table=(
        "niva varchar, kommun_kod varchar, boende bigint, med_primarvard bigint, boende_tecken varchar, "
        "med_primarvard_tecken varchar"
    ),
    count_sql=_COUNT,
    every_kommun=True,
    persons=Persons(
        (Division("primarvard", ("med", "utan")),),
        columns={"": "boende", "primarvard.med": "med_primarvard"},
        same_as={"primarvard.med": "cosmic.boendeform.sabo"},
    ),
    measures_sql=_MEASURES,
    key=("kommun",),
    row_checks=(
        RowCheck(
            Level.ERROR,
            "med_primarvard > boende",
            "fler har kommunal primärvård än som bor på SÄBO",
            "Kontrollera om kolumnerna är omkastade",
        ),
        RowCheck(
            Level.WARNING,
            "boende = 0 and length(kommun) = 4 and (select max(boende) from rader) > 0",
            "kommunen har 0 boende på SÄBO",
            "Är antalet inte känt: töm cellen",
        ),
        RowCheck(
            Level.WARNING,
            "boende > 0 and abs(andel - 100.0 * med_primarvard / boende) > 1",
            "procenttalet stämmer inte med antalen. Antalen gäller",
            "Kontrollera raden",
        ),
        RowCheck(
            Level.WARNING,
            "med_primarvard + utan_primarvard <> boende",
            "de som har kommunal primärvård och de som inte har det är tillsammans inte alla boende",
            "Kontrollera raden. Antalet utan läses inte",
        ),
    ),
    sums=("boende", "med_primarvard"),
    areas=("kommun", "lan"),
    example=Example(
        _example,
        place=3,
        earlier=_earlier,
        breaks=(Break(_NEW_SYSTEM, "Nytt journalsystem", kalla="sabo", kommun_kod=_IN_ANOTHER_WAY),),
    ),
)
