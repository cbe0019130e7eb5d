"""Nyckeltal: values that others have computed (Kolada, Socialstyrelsen, SKR), a row per value."""

from naravard.model import Column, Source
from naravard.sources._columns import KON_BEFOLKNING

_COUNT = """
select
    case omrade when '00' then 'riket' when $lan then 'lan' else 'kommun' end as niva,
    omrade as kommun_kod,
    nyckeltal,
    coalesce(titel, nyckeltal) as titel,
    ar,
    coalesce(kon, 'totalt') as kon,
    varde,
    enhet,
    coalesce(kalla, 'källa ej angiven') as kalla
from rader
where varde is not null
order by all
"""

SOURCE = Source(
    id="nyckeltal",
    title="Nyckeltal från andra (Kolada, Socialstyrelsen, SKR)",
    provider="Kolada, Socialstyrelsen, SKR",
    description="Färdiga nyckeltal per kommun, län och riket, med sin källa på varje rad.",
    grain="en rad per nyckeltal, område, år och kön",
    columns=(
        Column("nyckeltal", "text", "nyckeltalets kod, till exempel N21704", ("kod", "nyckeltalskod"), required=True),
        Column("titel", "text", "nyckeltalets namn", ("nyckeltalsnamn", "namn")),
        Column(
            "omrade", "area", "kommun, län eller riket", ("omrade_kod", "områdeskod", "område", "region"), required=True
        ),
        Column("ar", "year", "mätår, tomt där källan inte anger det", ("år", "mätår"), minimum=1968, maximum=2120),
        KON_BEFOLKNING,
        Column("varde", "number", "värdet", ("värde",), required=True, minimum=0, maximum=1e9),
        Column("enhet", "text", "värdets enhet", (), required=True),
        Column("kalla", "text", "vem som har räknat", ("källa",)),
    ),
    table=(
        "niva varchar, kommun_kod varchar, nyckeltal varchar, titel varchar, ar integer, kon varchar, "
        "varde double, enhet varchar, kalla varchar"
    ),
    count_sql=_COUNT,
    period_sql=(
        "select case when min(ar) is null then 'ej angiven' when min(ar) = max(ar) then min(ar)::varchar "
        "else min(ar) || '–' || max(ar) end from rader"
    ),
    areas=("kommun", "lan", "riket"),
    key=("nyckeltal", "omrade", "ar", "kon"),
    cumulative=True,
)
