"""Bilden: the figures printed on LGL's slides, which are totals for the län without kommun rows."""

from naravard.base.model import Column, Source

_COUNT = """
select
    'lan' as niva,
    $lan as kommun_kod,
    matt,
    varde,
    enhet,
    coalesce(kalla, 'källa ej angiven') as kalla,
    coalesce(matperiod, 'ej angiven') as matperiod,
    coalesce(namnare_ar, try_cast(regexp_extract(matperiod, '(19|20)\\d\\d') as integer)) as ar,
    anmarkning
from rader
order by all
"""

SOURCE = Source(
    id="bilden",
    title="LGL-bildernas tryckta siffror",
    provider="LGL",
    description="Länets totaler så som de står på LGL:s bilder.",
    open_figures="tryckta på LGL:s bilder",
    only_lan="08",
    grain="en rad per mått",
    columns=(
        Column("matt", "text", "måttets id", ("mått",), required=True),
        Column("varde", "number", "värdet på bilden", ("värde",), required=True, minimum=0, maximum=1e9),
        Column("enhet", "text", "värdets enhet", (), required=True),
        Column("kalla", "text", "bildens källa", ("källa",)),
        Column("matperiod", "text", "bildens mätperiod, tomt där bilden inte anger den", ("mätperiod",)),
        Column("namnare_ar", "year", "befolkningens år i bildens andel", ("nämnarens år",)),
        Column("anmarkning", "text", "vad man ska veta om siffran", ("anmärkning",)),
    ),
    table=(
        "niva varchar, kommun_kod varchar, matt varchar, varde double, enhet varchar, kalla varchar, "
        "matperiod varchar, ar integer, anmarkning varchar"
    ),
    count_sql=_COUNT,
    period_sql="select 'LGL-bilderna'",
    areas=(),
    key=("matt", "matperiod"),
)
