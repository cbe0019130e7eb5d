"""Cosmic: persons enrolled in kommunal primärvård, a row per person or per contact, or already aggregated."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from naravard.base.codes import Level
from naravard.base.model import Column, Example, RowCheck, Source
from naravard.base.persons import Division, Persons
from naravard.sources._columns import (
    ALDER,
    ALDERSGRUPP,
    ANTAL,
    BOENDEFORM,
    DATUM,
    FODELSEAR,
    FODELSEDATUM,
    KOMMUN,
    KON,
    PERSON_ID,
    PERSONS_BY_AGE,
    in_table,
)
from naravard.sources._example import World

# A person's rows can differ. The same rule holds in the kommun and in the län: for boendeform the newest date, and
# on the same day SÄBO before korttid before ordinärt boende; any "ja" wins for fast läkarkontakt, and the highest
# RUB and age count. What the rows say is a bit each, so that one person's rows are put together in one step.
_COUNT = """
with kodade as (
    select
        person_id,
        kommun,
        -- the later day, the smaller; then SÄBO, korttid, ordinärt
        (100000 - coalesce(datum - date '1900-01-01', 0)) * 4
        + case boendeform when 'sabo' then 1 when 'korttid' then 2 when 'ordinart' then 3 end::integer as boende,
        case fast_lakarkontakt when 'ja' then 1 when 'nej' then 2 else 0 end
        + case when alder is null then 0 when alder < 65 then 4 when alder < 80 then 8 else 16 end
        + case kon when 'kvinna' then 32 when 'man' then 64 else 0 end
        + case when rub is null then 0 else 128 << rub end::integer as sagt
    from rader
),

-- grain: one row per person and kommun
i_kommunen as (
    select person_id, kommun, min(boende) as boende, bit_or(sagt) as sagt from kodade group by person_id, kommun
),

-- grain: one row per person
i_lanet as (
    select min(boende) as boende, bit_or(sagt) as sagt from i_kommunen group by person_id
),

-- in memory only, and summed up at once
-- grain: one row per area and combination of everything
kombinationer as (
    select 'kommun' as niva, kommun as kommun_kod, boende % 4 as boende, sagt, count(*) as personer
    from i_kommunen
    group by all
    union all
    select 'lan', $lan, boende % 4, sagt, count(*)
    from i_lanet
    group by all
),

egenskaper as (
    select
        niva,
        kommun_kod,
        personer,
        'totalt' as totalt,
        coalesce(['sabo', 'korttid', 'ordinart'][boende], 'uppgift_saknas') as boendeform,
        case when sagt & 1 > 0 then 'ja' when sagt & 2 > 0 then 'nej' else 'uppgift_saknas' end as fast_lakarkontakt,
        case
            when sagt & 16 > 0 then '80+'
            when sagt & 8 > 0 then '65-79'
            when sagt & 4 > 0 then '0-64'
            else 'uppgift_saknas'
        end as aldersgrupp,
        case when sagt & 32 > 0 then 'kvinna' when sagt & 64 > 0 then 'man' else 'uppgift_saknas' end as kon,
        if(sagt < 128, 'uppgift_saknas', floor(log2(sagt >> 7))::integer::varchar) as rub
    from kombinationer
),

-- grain: one row per combination and division
uppdelade as (
    unpivot egenskaper
    on totalt, boendeform, fast_lakarkontakt, rub, aldersgrupp, kon
    into name uppdelning value grupp
),

antal as (
    select niva, kommun_kod, uppdelning, grupp, sum(personer)::bigint as antal from uppdelade group by all
)

-- grain: one row per area, division and group; a group that an area lacks but another has is 0, not missing
select niva, kommun_kod, uppdelning, grupp, coalesce(antal.antal, 0) as antal, null::varchar as tecken
from (select distinct niva, kommun_kod from antal)
cross join (select distinct uppdelning, grupp from antal)
left join antal using (niva, kommun_kod, uppdelning, grupp)
order by all
"""

# A table that someone has counted already. Each row belongs to one division (the groups of which add up), or to the
# total. Where no row is the total, it is the sum of the first division that the file has.
_AGGREGATED = """
with grupperade as (
    select
        if(kommun = $lan, 'lan', 'kommun') as niva,
        kommun as kommun_kod,
        unnest([
            {'uppdelning': 'totalt', 'grupp': case when coalesce(boendeform, rub, fast_lakarkontakt,
                aldersgrupp, kon) is null then 'totalt' end},
            {'uppdelning': 'boendeform', 'grupp': boendeform},
            {'uppdelning': 'rub', 'grupp': rub},
            {'uppdelning': 'fast_lakarkontakt', 'grupp': fast_lakarkontakt},
            {'uppdelning': 'aldersgrupp', 'grupp': aldersgrupp},
            {'uppdelning': 'kon', 'grupp': kon}
        ], recursive := true),
        antal,
        antal_tecken
    from rader
),

-- grain: one row per area, division and group; unknown as soon as one part of it is
antal as (
    select
        niva,
        kommun_kod,
        uppdelning,
        grupp,
        if(count(*) = count(antal), sum(antal), null)::bigint as antal,
        if(count(*) = count(antal), null, min(antal_tecken)) as tecken
    from grupperade
    where grupp is not null
    group by all
),

-- grain: one row per area that has groups but no total
totaler as (
    select
        niva,
        kommun_kod,
        'totalt' as uppdelning,
        'totalt' as grupp,
        if(count(*) = count(antal), sum(antal), null)::bigint as antal,
        if(count(*) = count(antal), null, min(tecken)) as tecken
    from antal
    where
        (niva, kommun_kod) not in (select (niva, kommun_kod) from antal where uppdelning = 'totalt')
        and uppdelning = (select min(uppdelning) from antal where uppdelning <> 'totalt')
    group by all
),

per_omrade as (
    from antal
    union all
    from totaler
),

-- grain: division and group, where every kommun is known and no row is the län's own
summa as (
    select 'lan' as niva, $lan as kommun_kod, uppdelning, grupp, sum(antal)::bigint as antal, null::varchar as tecken
    from per_omrade
    where niva = 'kommun' and not exists (select 1 from per_omrade where niva = 'lan')
    group by uppdelning, grupp
    having count(antal) = $antal_kommuner
)

from per_omrade
union all
from summa
order by all
"""

# which groups a row of such a table has, a bit each
_SET = (
    "(if({0}.boendeform is null, 0, 1) + if({0}.rub is null, 0, 2) + if({0}.fast_lakarkontakt is null, 0, 4) "
    "+ if({0}.aldersgrupp is null, 0, 8) + if({0}.kon is null, 0, 16))"
)
_LEVELS = {str(level): str(level) for level in range(6)}
_RUB_WORDS = (
    ("non-user", "non-users", "no or only invalid diagnoses", "icke användare", "ej användare", "ingen"),
    ("healthy user", "healthy users", "healthy", "frisk användare", "friska användare", "frisk"),
    ("low", "low morbidity", "låg", "låg sjuklighet", "lågt vårdbehov", "lågt"),
    ("moderate", "moderate morbidity", "måttlig", "måttlig sjuklighet", "måttligt vårdbehov", "måttligt", "medel"),
    ("high", "high morbidity", "hög", "hög sjuklighet", "högt vårdbehov", "högt"),
    (
        "very high",
        "very high morbidity",
        "mycket hög",
        "mycket hög sjuklighet",
        "mycket högt vårdbehov",
        "mycket högt",
        "mkt hög",
    ),
)
"""What stands beside the number of a level; alone a word is no level, for other scales have the same words."""
RUB = Column(
    "rub",
    "integer",
    "RUB-nivå 0–5",
    (
        *(
            "rub-nivå",
            "rubnivå",
            "acg rub",
            "rub-band",
            "rubband",
            "rub-värde",
            "rub-grupp",
            "rub-klass",
            "acg rub-nivå",
        ),
        *("resource utilization band", "resource utilisation band", "resursutnyttjandeband", "resursband"),
    ),
    values={
        form.format(level, word): f"{level}"
        for level, words in enumerate(_RUB_WORDS)
        for word in words
        for form in (
            "{0}",
            "rub {0}",
            "rub{0}",
            "rub-nivå {0}",
            "nivå {0}",
            "band {0}",
            "{0} {1}",
            "rub {0} {1}",
            "{1} {0}",
        )
    },
    minimum=0,
    maximum=5,
    rule="högsta RUB-nivån gäller",
)
FAST_LAKARKONTAKT = Column(
    "fast_lakarkontakt",
    "category",
    "fast läkarkontakt: ja eller nej",
    ("fast läkarkontakt", "fast läkare", "har fast läkarkontakt", "flk"),
    values={
        "ja": "ja",
        "j": "ja",
        # a cross or a tick in a column of yes and no, the tick also as a letter that looks like it
        # Access and Visual Basic have -1 for true
        **dict.fromkeys(
            ("x", "kryss", "v", "1", "1.0", "-1", "true", "sant", "yes", "y", "har", "ja finns", "finns", "tilldelad"),
            "ja",
        ),
        **dict.fromkeys(
            ("har fast läkarkontakt", "har fast läkare", "fast läkare finns", "fast läkarkontakt finns"), "ja"
        ),
        "nej": "nej",
        **dict.fromkeys(
            ("fast läkare saknas", "fast läkarkontakt saknas", "saknar fast läkarkontakt", "ej tilldelad"), "nej"
        ),
        **dict.fromkeys(("n", "ej", "tom ruta", "0", "0.0", "false", "falskt", "no"), "nej"),
        **dict.fromkeys(("har ej", "har inte", "har inte fast läkarkontakt", "finns ej", "finns inte"), "nej"),
    },
    rule="minst ett ja räcker",
)

_IN_TWO_KOMMUNER = 12


def _example(world: World) -> list[Sequence[object]]:
    """A row per contact: some persons have several rows, some rows contradict each other, a few persons move."""
    names = world.names
    in_sabo = {row["kommun_kod"]: int(row["kommunal_primarvard"]) for row in world.published_rows("bilden_sabo.csv")}
    at_home = world.share_out(world.deck["kommunal_primarvard_ordinart_boende"])
    rows: list[Sequence[object]] = []
    moved_count = 0
    for boendeform, per_kommun in (("Särskilt boende", in_sabo), ("Ordinärt boende", at_home)):
        for kod, antal in per_kommun.items():
            for person in (next(world.people) for _ in range(antal)):
                rub = world.random.choices(["", 0, 1, 2, 3, 4, 5], [2, 1, 3, 12, 40, 28, 14])[0]
                contact = world.random.choices(["Ja", "Nej", ""], [70 + int(kod) % 7, 24, 4])[0]
                row = (person.id, names[kod], boendeform, person.alder, person.kon, rub, contact)
                rows.append(row)
                for _ in range(world.random.choices([0, 1, 2], [70, 22, 8])[0]):
                    rows.append(_earlier_contact(world.random, row))
                if boendeform == "Ordinärt boende" and moved_count < _IN_TWO_KOMMUNER:
                    moved_count += 1
                    other_kod = world.random.choice([k for k in names if k != kod])
                    rows.append((person.id, names[other_kod], *row[2:]))
    world.random.shuffle(rows)
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


SOURCE = Source(
    id="cosmic",
    title="Kommunal primärvård (Cosmic)",
    provider="Cosmic",
    description="Personer som är inskrivna i kommunal primärvård: boendeform, RUB-nivå och fast läkarkontakt.",
    grain="en rad per person eller per kontakt",
    columns=(
        PERSON_ID,
        KOMMUN,
        replace(BOENDEFORM, required=True),
        replace(ALDER, rule="högsta åldern gäller"),
        FODELSEDATUM,
        FODELSEAR,
        KON,
        RUB,
        FAST_LAKARKONTAKT,
        DATUM,
    ),
    table="niva varchar, kommun_kod varchar, uppdelning varchar, grupp varchar, antal bigint, tecken varchar",
    row_checks=(
        RowCheck(
            Level.NOTE,
            "alder is null and (select count(alder) from rader) > 0",
            "ålder saknas, och personen räknas i gruppen uppgift saknas",
        ),
    ),
    count_sql=_COUNT,
    every_kommun=True,
    persons=Persons(
        (
            Division("boendeform", ("ordinart", "sabo", "korttid", "uppgift_saknas")),
            Division("rub", (*_LEVELS, "uppgift_saknas")),
            Division("fast_lakarkontakt", ("ja", "nej", "uppgift_saknas")),
            Division("aldersgrupp", ("0-64", "65-79", "80+", "uppgift_saknas")),
            Division("kon", ("kvinna", "man", "uppgift_saknas")),
        )
    ),
    measures_sql=PERSONS_BY_AGE,
    example=Example(_example, place=1, encoding="cp1252"),
)
SOURCE = replace(
    SOURCE,
    forms=(
        replace(
            SOURCE,
            grain="en rad per kommun, eller per kommun och grupp, redan räknad",
            columns=(
                KOMMUN,
                *map(
                    in_table,
                    (BOENDEFORM, replace(RUB, kind="category"), FAST_LAKARKONTAKT, ALDERSGRUPP, KON),
                ),
                ANTAL,
            ),
            row_checks=(
                RowCheck(
                    Level.ERROR,
                    f"exists (select 1 from rader as r where r.kommun = rader.kommun and {_SET.format('r')} "
                    f"<> {_SET.format('rader')} and {_SET.format('r')} & {_SET.format('rader')} > 0)",
                    "raderna blandar grupper och delsummor av samma grupper, så att personer skulle räknas två gånger",
                    "Ta bort delsummorna, eller lämna bara en uppdelning i taget",
                ),
                RowCheck(
                    Level.ERROR,
                    "boendeform is null and rub is null and fast_lakarkontakt is null and aldersgrupp is null and "
                    "kon is null and antal < (select max(grupper) from (select sum(antal) as grupper from rader as r "
                    "where r.kommun = rader.kommun and coalesce(boendeform, rub, fast_lakarkontakt, aldersgrupp, kon) "
                    "is not null group by boendeform is null, rub is null, fast_lakarkontakt is null, "
                    "aldersgrupp is null, kon is null))",
                    "totalen är mindre än gruppernas summa",
                    "Är raden en grupp som saknar namn: skriv ”uppgift saknas” i gruppens cell",
                ),
            ),
            count_sql=_AGGREGATED,
            areas=("kommun", "lan"),
            key=("kommun", "boendeform", "rub", "fast_lakarkontakt", "aldersgrupp", "kon"),
            sums=("antal",),
        ),
    ),
)
