"""Cosmic: persons enrolled in kommunal primärvård, a row per person or per contact."""

from dataclasses import replace

from naravard.model import Column, Source
from naravard.sources._columns import ALDER, BOENDEFORM, KOMMUN, KON, PERSON_ID

# A person's rows can differ. The same rule holds in the kommun and in the län: SÄBO goes before korttid
# before ordinärt boende, any "ja" wins for fast läkarkontakt, and the highest RUB and age count.
_COUNT = """
-- grain: one row per person and kommun, and one per person in the whole län
with personer as (
    select
        if(grouping(kommun) = 0, 'kommun', 'lan') as niva,
        if(grouping(kommun) = 0, kommun, $lan) as kommun_kod,
        min(list_position(['sabo', 'korttid', 'ordinart'], boendeform)) as boende_rang,
        bool_or(fast_lakarkontakt = 'ja') as har_lakarkontakt,
        max(rub) as rub,
        max(alder) as alder,
        min(kon) as kon
    from rader
    group by grouping sets ((person_id, kommun), (person_id))
),

egenskaper as (
    select
        niva,
        kommun_kod,
        'totalt' as totalt,
        coalesce(['sabo', 'korttid', 'ordinart'][boende_rang], 'uppgift_saknas') as boendeform,
        case har_lakarkontakt when true then 'ja' when false then 'nej' else 'uppgift_saknas' end as fast_lakarkontakt,
        coalesce(rub::varchar, 'uppgift_saknas') as rub,
        case
            when alder is null then 'uppgift_saknas'
            when alder < 65 then '0-64'
            when alder < 80 then '65-79'
            else '80+'
        end as aldersgrupp,
        coalesce(kon, 'uppgift_saknas') as kon
    from personer
),

-- grain: one row per person, area and division
uppdelade as (
    unpivot egenskaper
    on totalt, boendeform, fast_lakarkontakt, rub, aldersgrupp, kon
    into name uppdelning value grupp
),

antal as (
    select niva, kommun_kod, uppdelning, grupp, count(*) as antal from uppdelade group by all
)

-- grain: one row per area, division and group; a group that an area lacks but another has is 0, not missing
select niva, kommun_kod, uppdelning, grupp, coalesce(antal.antal, 0) as antal
from (select distinct niva, kommun_kod from antal)
cross join (select distinct uppdelning, grupp from antal)
left join antal using (niva, kommun_kod, uppdelning, grupp)
order by all
"""

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
        ALDER,
        KON,
        Column("rub", "integer", "RUB-nivå 0–5", ("rub-nivå", "rubnivå", "acg rub"), minimum=0, maximum=5),
        Column(
            "fast_lakarkontakt",
            "category",
            "ja eller nej",
            ("fast läkarkontakt", "fast läkare", "har fast läkarkontakt", "flk"),
            values={
                "ja": "ja",
                "j": "ja",
                "1": "ja",
                "true": "ja",
                "nej": "nej",
                "n": "nej",
                "0": "nej",
                "false": "nej",
            },
        ),
    ),
    table="niva varchar, kommun_kod varchar, uppdelning varchar, grupp varchar, antal bigint",
    count_sql=_COUNT,
    every_kommun=True,
)
