"""Ensolutions: insatser in kommunal hemsjukvård, a row per insats, or already aggregated."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, product

from naravard.base.codes import Level
from naravard.base.model import Column, Example, RowCheck, Source
from naravard.base.persons import Division, Persons
from naravard.sources._columns import (
    ALDER,
    ANTAL,
    BOENDEFORM,
    FODELSEAR,
    FODELSEDATUM,
    KOMMUN,
    KON,
    PERSON_ID,
    PERSONS_BY_AGE,
    in_table,
)
from naravard.sources._example import World

_OF_LARGEST_GROUP = """
union all
-- professions overlap, so that a table of them alone has no total
select kommun_kod, 'personer i en grupp', 'totalt', max(antal)
from antal
where kommun_kod not in (select kommun_kod from antal where uppdelning = 'totalt')
group by kommun_kod
"""

# Only insatser in ordinärt boende count: korttidsboende and SÄBO are left out, as in the county's own
# measurement. Where the file has no boendeform, every row counts and the check report says so.
# Professions overlap (one person can meet several), so each is counted by itself and they are never summed.
_COUNT = """
with insatser as (
    select * from rader where coalesce(boendeform, 'ordinart') = 'ordinart'
),

-- grain: one row per person and kommun, and one per person in the whole län
personer as (
    select
        if(grouping(kommun) = 0, 'kommun', 'lan') as niva,
        if(grouping(kommun) = 0, kommun, $lan) as kommun_kod,
        case
            when max(alder) is null then 'uppgift_saknas'
            when max(alder) < 65 then '0-64'
            when max(alder) < 80 then '65-79'
            else '80+'
        end as aldersgrupp,
        coalesce(min(kon), 'uppgift_saknas') as kon,
        list(distinct coalesce(profession, 'uppgift_saknas')) as professioner
    from insatser
    group by grouping sets ((person_id, kommun), (person_id))
),

-- grain: one row per person, area and profession
yrken as (
    select niva, kommun_kod, aldersgrupp, unnest(professioner) as profession from personer
),

antal as (
    select niva, kommun_kod, 'totalt' as uppdelning, 'totalt' as grupp, count(*) as antal from personer group by all
    union all
    select niva, kommun_kod, 'aldersgrupp', aldersgrupp, count(*) from personer group by all
    union all
    select niva, kommun_kod, 'profession', profession, count(*) from yrken group by all
    union all
    select niva, kommun_kod, 'profession_65plus', profession, count(*)
    from yrken
    where aldersgrupp in ('65-79', '80+')
    group by all
    union all
    -- the ages of those of 65 years and older who met a sjuksköterska, who are compared with equal ages
    select niva, kommun_kod, 'ssk_alder', aldersgrupp, count(*)
    from yrken
    where aldersgrupp in ('65-79', '80+') and profession = 'ssk'
    group by all
    union all
    select niva, kommun_kod, if(aldersgrupp = '80+', 'kon_80plus', 'kon_65_79'), kon, count(*)
    from personer
    where aldersgrupp in ('65-79', '80+')
    group by all
)

-- grain: one row per area, division and group; a group that an area lacks but another has is 0, not missing
select niva, kommun_kod, uppdelning, grupp, coalesce(antal.antal, 0) as antal, null::varchar as tecken
from (select distinct niva, kommun_kod from antal)
cross join (select distinct uppdelning, grupp from antal)
left join antal using (niva, kommun_kod, uppdelning, grupp)
-- an area without a single age has no figure for 65+, which is something else than 0; nor has one where nobody of 65+
-- has a sex. Where nobody is 65+ there are 0 of either: were they missing, it would tell that of an area with a few
where
    case
        when uppdelning in ('profession_65plus', 'ssk_alder')
            then (niva, kommun_kod) in (select (niva, kommun_kod) from personer where aldersgrupp <> 'uppgift_saknas')
        when uppdelning in ('kon_65_79', 'kon_80plus')
            then (niva, kommun_kod) not in (
                select (niva, kommun_kod) from personer
                where aldersgrupp in ('65-79', '80+')
                group by all
                having count(*) filter (where kon <> 'uppgift_saknas') = 0
            )
        else true
    end
order by all
"""

# A table that someone has counted already: a row per kommun, or per kommun and profession. Professions overlap, so a
# total is known only where a row without profession has it, and the län only where the file does.
_AGGREGATED = """
select
    if(kommun = $lan, 'lan', 'kommun') as niva,
    kommun as kommun_kod,
    if(profession is null, 'totalt', 'profession') as uppdelning,
    coalesce(profession, 'totalt') as grupp,
    antal,
    antal_tecken as tecken
from rader
order by all
"""

_PROFESSIONS = ("ssk", "at", "ft", "annan", "uppgift_saknas")
_SEXES = ("kvinna", "man", "uppgift_saknas")
PROFESSION = Column(
    "profession",
    "category",
    "profession: sjuksköterska (SSK), arbetsterapeut (AT), fysioterapeut (FT) eller annan",
    (
        "yrke",
        "yrkesgrupp",
        "yrkeskategori",
        "yrkesroll",
        "yrkestitel",
        "befattning",
        "personalkategori",
        "legitimation",
    ),
    required=True,
    unknown="annan",
    values={
        "ssk": "ssk",
        "sjuksköterska": "ssk",
        "leg sjuksköterska": "ssk",
        "specialistsjuksköterska": "ssk",
        "distriktssköterska": "ssk",
        "dsk": "ssk",
        "at": "at",
        "arbetsterapeut": "at",
        "leg arbetsterapeut": "at",
        "ft": "ft",
        "fysioterapeut": "ft",
        "leg fysioterapeut": "ft",
        "sjukgymnast": "ft",
        "sg": "ft",
        "fysio": "ft",
        "sjuksköterskor": "ssk",
        "arbetsterapeuter": "at",
        **dict.fromkeys(("fysioterapeuter", "sjukgymnaster"), "ft"),
        **dict.fromkeys(("fysioterapi", "sjukgymnastik"), "ft"),
        "arbetsterapi": "at",
        "annan": "annan",
        "övrig": "annan",
        "övriga": "annan",
    },
)

# persons by the professions that they meet; the three that overlap are chosen, the rest follows from the deck
_ALL_THREE, _SSK_AND_AT, _SSK_AND_FT = 40, 190, 150
_LEFT_OUT = 60


def _example(world: World) -> list[Sequence[object]]:
    """A row per insats, with some persons in korttidsboende and SÄBO, who do not count."""
    deck = world.deck
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
    world.random.shuffle(teams)
    names = world.names
    homes = chain.from_iterable([names[kod]] * antal for kod, antal in world.share_out(total).items())
    rows: list[Sequence[object]] = []
    for team, kommun in zip(teams, homes, strict=True):
        person = next(world.people)
        for profession, _ in product(team, range(world.random.choices([1, 2, 3], [50, 35, 15])[0])):
            rows.append((person.id, kommun, profession, person.alder, person.kon, "Ordinärt boende"))
    for _ in range(_LEFT_OUT):
        person = next(world.people)
        boendeform = world.random.choice(["Korttidsboende", "Särskilt boende"])
        rows.append((person.id, world.random.choice(list(names.values())), "SSK", person.alder, person.kon, boendeform))
    world.random.shuffle(rows)
    return [("Person-ID", "Kommun", "Profession", "Ålder", "Kön", "Boendeform"), *rows]


_EARLIER_YEARS = {"våren 2021": 0.9, "våren 2022": 0.96}
"""Earlier measurements, as parts of the deck's."""


def _earlier(world: World) -> dict[str, list[Sequence[object]]]:
    """Two years before the deck's, as tables that are counted already: unique persons, and each profession."""
    deck = world.deck
    totals = {
        "unika": deck["hemsjukvard_unika_individer"],
        "SSK": deck["hemsjukvard_sjukskoterska"],
        "AT": deck["hemsjukvard_arbetsterapeut"],
        "FT": deck["hemsjukvard_fysioterapeut"],
    }
    by_year: dict[str, list[Sequence[object]]] = {}
    for matperiod, part in _EARLIER_YEARS.items():
        rows: list[Sequence[object]] = [("Kommun", "Profession", "Antal")]
        for profession, total in totals.items():
            number = round(part * total)
            rows += [(world.names[kod], profession, antal) for kod, antal in world.share_out(number).items()]
            rows.append(("Kalmar län", profession, number))
        by_year[matperiod] = rows
    return by_year


SOURCE = Source(
    id="ensolutions",
    title="Kommunal hemsjukvård (Ensolutions)",
    provider="Ensolutions",
    description="Personer med insats i kommunal hemsjukvård i ordinärt boende, per profession och ålder.",
    grain="en rad per insats",
    columns=(
        PERSON_ID,
        KOMMUN,
        PROFESSION,
        replace(BOENDEFORM, rule=""),
        replace(ALDER, rule="högsta åldern gäller"),
        FODELSEDATUM,
        FODELSEAR,
        KON,
    ),
    table="niva varchar, kommun_kod varchar, uppdelning varchar, grupp varchar, antal bigint, tecken varchar",
    count_sql=_COUNT,
    every_kommun=True,
    persons=Persons(
        (
            Division("aldersgrupp", ("0-64", "65-79", "80+", "uppgift_saknas")),
            Division("profession", _PROFESSIONS, overlaps=True),
            Division(
                "profession_65plus",
                _PROFESSIONS,
                overlaps=True,
                within="ensolutions.aldersgrupp.65-79 + ensolutions.aldersgrupp.80+",
                of="profession",
            ),
            Division("kon_65_79", _SEXES, within="ensolutions.aldersgrupp.65-79"),
            Division("kon_80plus", _SEXES, within="ensolutions.aldersgrupp.80+"),
            Division("ssk_alder", ("65-79", "80+"), within="ensolutions.profession_65plus.ssk", of="aldersgrupp"),
        )
    ),
    measures_sql=PERSONS_BY_AGE + _OF_LARGEST_GROUP,
    row_checks=(
        RowCheck(Level.WARNING, "boendeform is null", "boendeform saknas, och insatsen räknas som ordinärt boende"),
        RowCheck(
            Level.NOTE,
            "boendeform <> 'ordinart'",
            "boendeformen är SÄBO eller korttid, och raden räknas inte: måttet gäller ordinärt boende",
        ),
        RowCheck(Level.WARNING, "alder is null", "ålder saknas, och personen är inte med i andelarna 65+"),
    ),
    example=Example(_example, place=2, earlier=_earlier),
)
SOURCE = replace(
    SOURCE,
    forms=(
        replace(
            SOURCE,
            grain="en rad per kommun, eller per kommun och profession, redan räknad",
            columns=(
                KOMMUN,
                in_table(replace(PROFESSION, values={**PROFESSION.values, "delsumma": None})),
                ANTAL,
            ),
            count_sql=_AGGREGATED,
            areas=("kommun", "lan"),
            key=("kommun", "profession"),
            row_checks=(
                RowCheck(
                    Level.WARNING,
                    "profession is null and kommun = (select min(kommun) from rader where profession is null) "
                    "and (select count(distinct profession) from rader) > 1 "
                    "and (select sum(antal) from rader where profession is null and length(kommun) = 4) "
                    "= (select sum(antal) from rader where profession is not null and length(kommun) = 4)",
                    "totalerna är summor av yrkena, så att den som har flera räknas flera gånger",
                    "Hämta antalet unika personer, eller ta bort totalerna",
                ),
                RowCheck(
                    Level.ERROR,
                    "profession is null and antal < (select max(antal) from rader as r where r.kommun = rader.kommun "
                    "and r.profession is not null)",
                    "totalen är mindre än ett av yrkena",
                    "Kontrollera raden: totalen är alla som har minst ett av yrkena",
                ),
            ),
        ),
    ),
)
