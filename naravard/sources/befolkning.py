"""Befolkning: SCB's population and population forecast, a row per area, year, age group and sex."""

from dataclasses import replace

from naravard.base.model import Column, Source
from naravard.sources._columns import KON_BEFOLKNING, filled_on_all_rows

# Tables from SCB often lack what can be added: both sexes together, and the län. From reference year 2025 SCB's sums
# have noise, so a sum that the file holds itself goes before ours.
_COUNT = r"""
with inlasta as (
    select
        kommun as kommun_kod,
        ar,
        coalesce(aldersgrupp, 'totalt') as aldersgrupp,
        coalesce(kon, 'totalt') as kon,
        antal,
        -- a year that has not ended cannot have been observed
        case when ar >= $importar then 'prognos' else coalesce(kvalitet, 'uppgift saknas') end as kvalitet
    from rader
    where antal is not null
),

-- ages one by one or in groups: from which age to which, the oldest without end
-- grain: one row per row of the file that is about some ages
aldrar as (
    select
        * exclude (aldersgrupp),
        regexp_extract(aldersgrupp, '^\d+')::integer as fran,
        if(aldersgrupp like '%+', 999, regexp_extract(aldersgrupp, '\d+$')::integer) as till
    from inlasta
    where aldersgrupp <> 'totalt'
),

-- without groups that hold smaller ones: 85+ beside 85-89 and 90+
minsta as (
    select * from aldrar
    where not exists (
        select 1 from aldrar as del
        where
            del.kommun_kod = aldrar.kommun_kod and del.ar = aldrar.ar and del.kon = aldrar.kon
            and del.fran >= aldrar.fran and del.till <= aldrar.till
            and del.till - del.fran < aldrar.till - aldrar.fran
    )
),

-- grain: one row per smallest group and age from which one wants to count
fran_alder as (
    select
        minsta.*,
        onskad.fran as onskad,
        lag(till) over (partition by kommun_kod, ar, kon, onskad.fran order by minsta.fran) as foregaende
    from minsta
    inner join (values (0), (65), (75), (80), (85)) as onskad (fran) on minsta.fran >= onskad.fran
),

-- only where the groups cover all ages from the first to the end, without a gap
summerade as (
    select
        kommun_kod,
        ar,
        if(onskad = 0, 'totalt', onskad || '+') as aldersgrupp,
        kon,
        sum(antal)::bigint as antal,
        min(kvalitet) as kvalitet
    from fran_alder
    group by kommun_kod, ar, kon, onskad
    having min(fran) = onskad and max(till) = 999 and bool_and(foregaende is null or fran = foregaende + 1)
),

observerad as (
    from inlasta where aldersgrupp in ('totalt', '65+', '75+', '80+', '85+')
    union all
    from summerade
    where (kommun_kod, ar, aldersgrupp, kon) not in (select (kommun_kod, ar, aldersgrupp, kon) from inlasta)
),

bada_konen as (
    select kommun_kod, ar, aldersgrupp, 'totalt' as kon, sum(antal)::bigint as antal, min(kvalitet) as kvalitet
    from observerad
    group by kommun_kod, ar, aldersgrupp
    having count(*) filter (kon in ('kvinna', 'man')) = 2 and count(*) = 2
),

per_omrade as (
    from observerad
    union all
    from bada_konen
),

lanet as (
    select $lan as kommun_kod, ar, aldersgrupp, kon, sum(antal)::bigint as antal, min(kvalitet) as kvalitet
    from per_omrade
    where
        length(kommun_kod) = 4
        and (ar, aldersgrupp, kon) not in (select (ar, aldersgrupp, kon) from per_omrade where kommun_kod = $lan)
    group by ar, aldersgrupp, kon
    having count(*) = $antal_kommuner
)

select case kommun_kod when '00' then 'riket' when $lan then 'lan' else 'kommun' end as niva, *
from (from per_omrade union all from lanet)
order by all
"""

_YEAR_HEADINGS = ("år", "year", "tid", "period", "årtal", "kalenderår")

SOURCE = Source(
    id="befolkning",
    title="Befolkning och befolkningsprognos (SCB)",
    provider="SCB",
    description="Folkmängd 31 december per kommun, ålder och kön. År som ännu inte har varit blir prognos.",
    open_figures="folkmängd, som SCB publicerar",
    grain="en rad per område, år, åldersgrupp och kön",
    columns=(
        Column(
            "kommun",
            "area",
            "område",
            (
                "kommun_kod",
                "kommunkod",
                "region",
                "område",
                "omrade_kod",
                "kommunnamn",
                "municipality",
                "code",
                "municipality_code",
                *("municipality id", "municipality name", "municipality title", "kommun namn", "kommun id", "kommunid"),
                *("knkod", "knnamn", "områdeskod", "kommun/region", "region/kommun", "geografi", "geografiskt område"),
            ),
            required=True,
        ),
        Column(
            "ar",
            "year",
            "år (31 december)",
            ("år", "year", "tid", "period", "årtal", "kalenderår"),
            required=True,
            minimum=1900,
            maximum=2120,
        ),
        Column(
            "aldersgrupp",
            "ages",
            "ålder: totalt, en ålder i taget, femårsgrupper, eller 65+, 75+, 80+ och 85+",
            ("åldersgrupp", "ålder", "alder", "age"),
            part=r"\d\s?\+|\d\s?år\b|\båldr|\bäldre|(?<![\d-])\d{1,2}\s?[-–]\s?\d{1,2}\b(?!-)",
            values={
                "totalt": "totalt",
                "alla": "totalt",
                "total": "totalt",
                "tot": "totalt",
                "totalt ålder": "totalt",
                **dict.fromkeys(("samtliga åldrar", "samtliga", "alla åldrar", "totalt alla åldrar"), "totalt"),
                **{
                    form.format(age): f"{age}+"
                    for age in (65, 75, 80, 85)
                    for form in ("{}+", "0{}+", "{}+ år", "{}-w", "{} år och äldre", "{} år eller äldre")
                },
            },
        ),
        replace(KON_BEFOLKNING, part=r"\bkvinn|\bmän\b|\bman\b|\bflick|\bpojk"),
        Column(
            "antal",
            "integer",
            "antal personer",
            (
                *("folkmängd", "folkmängden", "befolkning", "antal personer", "antal invånare", "population"),
                "be0101n1",  # SCB's own name of it
                *("invånare", "invånarantal", "folkmängd 31 december", "inhabitants", "pop"),
            ),
            required=True,
            minimum=0,
            # the country has eleven million; a date has eight digits that begin with 18, 19 or 20
            maximum=11_999_999,
        ),
        Column(
            "kvalitet",
            "category",
            "kvalitet: direkt, härledd, brus (SCB har lagt till ett litet fel) eller prognos",
            values={
                quality: quality
                for quality in ("direkt", "härledd", "brus", "härledd_brus", "prognos", "uppgift saknas")
            },
        ),
    ),
    table=(
        "niva varchar, kommun_kod varchar, ar integer, aldersgrupp varchar, kon varchar, antal bigint, kvalitet varchar"
    ),
    count_sql=_COUNT,
    period_sql="select case when min(ar) = max(ar) then min(ar)::varchar else min(ar) || '–' || max(ar) end from rader",
    areas=("kommun", "lan", "riket"),
    key=("kommun", "ar", "aldersgrupp", "kon"),
    row_checks=(
        filled_on_all_rows("ar", "år"),
        filled_on_all_rows("kon", "kön"),
        filled_on_all_rows("aldersgrupp", "ålder"),
    ),
    cumulative=True,
    cell=("kommun_kod", "ar", "aldersgrupp", "kon", "antal"),
    wide=True,
)
