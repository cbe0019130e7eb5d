"""Befolkning: SCB's population and population forecast, a row per area, year, age group and sex."""

from naravard.model import Column, Source
from naravard.sources._columns import KON_BEFOLKNING

_COUNT = """
select
    case kommun when '00' then 'riket' when $lan then 'lan' else 'kommun' end as niva,
    kommun as kommun_kod,
    ar,
    aldersgrupp,
    coalesce(kon, 'totalt') as kon,
    antal,
    -- a year that has not ended cannot have been observed
    case when ar >= $importar then 'prognos' else coalesce(kvalitet, 'uppgift saknas') end as kvalitet
from rader
where antal is not null
order by all
"""

SOURCE = Source(
    id="befolkning",
    title="Befolkning och befolkningsprognos (SCB)",
    provider="SCB",
    description="Folkmängd 31 december per kommun, ålder och kön. År som ännu inte har varit blir prognos.",
    grain="en rad per område, år, åldersgrupp och kön",
    columns=(
        Column(
            "kommun", "area", "område", ("kommun_kod", "kommunkod", "region", "område", "omrade_kod"), required=True
        ),
        Column("ar", "year", "år (31 december)", ("år",), required=True, minimum=1968, maximum=2120),
        Column(
            "aldersgrupp",
            "category",
            "totalt, 65+, 75+, 80+ eller 85+",
            ("åldersgrupp", "ålder", "alder"),
            required=True,
            values={
                "totalt": "totalt",
                "alla": "totalt",
                **{
                    form.format(age): f"{age}+"
                    for age in (65, 75, 80, 85)
                    for form in ("{}+", "0{}+", "{} år och äldre")
                },
            },
        ),
        KON_BEFOLKNING,
        Column(
            "antal",
            "integer",
            "antal personer",
            ("folkmängd", "befolkning", "antal personer"),
            required=True,
            minimum=0,
        ),
        Column(
            "kvalitet",
            "category",
            "direkt, härledd eller prognos",
            values={"direkt": "direkt", "härledd": "härledd", "prognos": "prognos", "uppgift saknas": "uppgift saknas"},
        ),
    ),
    table=(
        "niva varchar, kommun_kod varchar, ar integer, aldersgrupp varchar, kon varchar, antal bigint, kvalitet varchar"
    ),
    count_sql=_COUNT,
    period_sql="select case when min(ar) = max(ar) then min(ar)::varchar else min(ar) || '–' || max(ar) end from rader",
    areas=("kommun", "lan", "riket"),
    key=("kommun", "ar", "aldersgrupp", "kon"),
    cumulative=True,
)
