"""Nyckeltal: values that others have computed (Kolada, Socialstyrelsen, SKR), a row per value."""

from naravard.base.codes import Level
from naravard.base.model import Column, RowCheck, Source
from naravard.sources._columns import KON_BEFOLKNING, filled_on_all_rows

# Kolada's long files have the sex inside the title (", kvinnor"), and files often have the title but not the code.
# What is known by its title gets its code; else the title itself is the code.
_COUNT = r"""
-- $kolada is Kolada's catalogue of what concerns nära vård, as [titel, kod]
with kanda as (
    select lower(post[1]) as titel, post[2] as kod from (select unnest($kolada) as post)
    union all
    values ('besök vid sjukhusbundna akutmottagningar per 1 000 invånare 80+', 'akutbesok_80plus')
),

lasta as (
    select
        *,
        -- a code is one word; Kolada's long files have the title in that column
        case
            when regexp_full_match(nyckeltal, '[nu][0-9]{5}') then upper(nyckeltal)
            when not contains(nyckeltal, ' ') then nyckeltal
        end as kod,
        -- with a name and a measure of it, both are the title: "Akutbesök, antal"
        regexp_replace(
            case
                when contains(nyckeltal, ' ') and nyckeltal <> titel then nyckeltal || ', ' || titel
                else coalesce(titel, nyckeltal)
            end,
            '\s+', ' ', 'g'
        ) as skriven_titel,
        regexp_replace(skriven_titel, '(?i)\s(kvinnor|män|totalt)$', '') as titel_utan_kon,
        concat_ws(', ', '', ovrigt, nullif(regexp_replace(alder, '(^|[-–])0+(\d)', '\1\2', 'g'), '')) as tillagg
    from rader
    where
        varde is not null or varde_tecken in ('dolt', 'ungefarligt', 'ej_tillampligt')
        -- what Kolada itself says that it lacks takes the place of a value that it had
        or (varde_tecken = 'saknas' and kalla = 'Kolada ' || nyckeltal)
),

-- some write the sex behind a known title, without a sign between: "…, andel (%) kvinnor"
-- grain: one row per row of the file
med_titel as (
    select
        lasta.*,
        if(kant.titel is null, skriven_titel, concat_ws(', ', titel_utan_kon, split_part(skriven_titel, ' ', -1)))
            as hel_titel,
        lower(regexp_extract(hel_titel, '(?i)[,(–-]\s*(kvinnor|män|totalt)\b', 1)) as kon_i_titel
    from lasta
    left join (select distinct titel from kanda) as kant
        on lower(titel_utan_kon) = kant.titel and titel_utan_kon <> skriven_titel
),

namngivna as (
    select
        * exclude (titel, kon),
        trim(regexp_replace(hel_titel, '(?i)\s*[,(–-]\s*(kvinnor|män|totalt)\b\)?', '')) as titel,
        coalesce(
            kon, case kon_i_titel when 'kvinnor' then 'kvinna' when 'män' then 'man' else 'totalt' end
        ) as kon
    from med_titel
)

select
    case
        when omrade = '00' then 'riket'
        when omrade = $lan then 'lan'
        when starts_with(omrade, $lan) then 'kommun'
        else 'annat'
    end as niva,
    omrade as kommun_kod,
    coalesce(
        namngivna.kod,
        upper(nullif(regexp_extract(namngivna.titel, '(?i)\b[NU][0-9]{5}\b'), '')),
        kanda.kod,
        namngivna.titel
    ) || tillagg as nyckeltal,
    namngivna.titel || tillagg as titel,
    ar,
    kon,
    varde,
    coalesce(enhet, case
        when contains(namngivna.titel, '(%)') or namngivna.titel ilike '%procent%' then 'procent'
        when regexp_matches(namngivna.titel, '(?i)(/|per )100\s?000(\D|$)') then 'per 100 000'
        when regexp_matches(namngivna.titel, '(?i)(/|per )1\s?000(\s?[^\d\s]|$)') then 'per 1 000'
        else 'enhet ej angiven'
    end) as enhet,
    coalesce(kalla, 'källa ej angiven') as kalla,
    varde_tecken as tecken
from namngivna
left join kanda on lower(namngivna.titel) = kanda.titel
order by all
"""

_UNITS_OF_SAME = (
    "(select count(distinct lower(andra.enhet)) from rader as andra "
    "where andra.varde is not null and andra.nyckeltal is not distinct from rader.nyckeltal "
    "and andra.titel is not distinct from rader.titel and andra.ovrigt is not distinct from rader.ovrigt "
    "and andra.alder is not distinct from rader.alder)"
)
"""How many units the nyckeltal of a row has."""

SOURCE = Source(
    id="nyckeltal",
    title="Nyckeltal från andra (Kolada, Socialstyrelsen, SKR)",
    provider="Kolada, Socialstyrelsen, SKR",
    description="Färdiga nyckeltal per kommun, län och riket, med sin källa på varje rad.",
    open_figures="nyckeltal, som Kolada, Socialstyrelsen och SKR publicerar",
    grain="en rad per nyckeltal, område, år och kön",
    columns=(
        Column(
            "nyckeltal",
            "text",
            "nyckeltalets kod, till exempel N21704",
            (
                *("kod", "nyckeltalskod", "indikator", "kpi", "kpi id", "nyckeltals id", "nyckeltal id"),
                *("variabelkod", "indikatorkod", "nyckeltalets id", "nyckeltalets kod"),
            ),
            looks=r"[NU]\d{5}",
        ),
        Column(
            "titel",
            "text",
            "nyckeltalets namn",
            (
                *("nyckeltalsnamn", "namn", "mått", "title", "variabel", "indikatornamn", "mätetal"),
                *("kpi title", "kpi name", "kpi namn", "nyckeltal namn", "nyckeltalets namn"),
            ),
            otherwise="rubrik",
        ),
        Column(
            "omrade",
            "area",
            "kommun, län eller riket",
            (
                *("omrade_kod", "områdeskod", "område", "region", "kommun", "kommunnamn", "kommun/region", "län"),
                *("municipality", "kommunkod", "kommun_kod", "geografi", "landsting", "regionnamn"),
                *(
                    "kommun/landsting",
                    "landsting/kommun",
                    "landsting/region",
                    "region/landsting",
                    "region/kommun",
                    "geo",
                    "regionkod",
                    "municipality_name",
                ),
                *("kommun namn", "municipality_code", "kommun eller region", "geografiskt område"),
                *("municipality id", "municipality title", "kommun id", "kommunid", "huvudman", "länsnamn", "länskod"),
            ),
            required=True,
        ),
        Column(
            "ar",
            "year",
            "mätår, tomt där källan inte anger det",
            ("år", "mätår", "period", "year", "tid", "mätperiod", "årtal", "kalenderår"),
            minimum=1900,
            maximum=2120,
        ),
        KON_BEFOLKNING,
        Column("alder", "text", "åldersgrupp, läggs till titeln", ("ålder", "åldersgrupp")),
        Column("ovrigt", "text", "vad som mer skiljer tabellen från andra, läggs till titeln", otherwise="ovriga"),
        Column(
            "varde",
            "number",
            "värdet",
            ("värde", "value", "utfall", "visat värde", "values value", "värde procent", "värde i procent", "värde kr"),
            required=True,
            minimum=-1e9,
            maximum=1e9,
        ),
        Column("enhet", "text", "värdets enhet", ("måttenhet", "unit")),
        Column("kalla", "text", "vem som har räknat", ("källa",), otherwise="kalla"),
    ),
    table=(
        "niva varchar, kommun_kod varchar, nyckeltal varchar, titel varchar, ar integer, kon varchar, "
        "varde double, enhet varchar, kalla varchar, tecken varchar"
    ),
    count_sql=_COUNT,
    period_sql=(
        "select case when min(ar) is null then 'ej angiven' when min(ar) = max(ar) then min(ar)::varchar "
        "else min(ar) || '–' || max(ar) end from rader"
    ),
    areas=("kommun", "lan", "riket"),
    key=("nyckeltal", "titel", "alder", "ovrigt", "omrade", "ar", "kon"),
    row_checks=(
        RowCheck(
            Level.WARNING,
            "ar is null and varde is not null and (select count(ar) from rader) > 0",
            "år saknas på raden, men finns på andra rader. Talet får inget år",
            "Fyll i året, om det är känt",
        ),
        filled_on_all_rows("kon", "kön"),
        filled_on_all_rows("alder", "ålder"),
        RowCheck(
            Level.ERROR,
            "nyckeltal is null and titel is null and varde is not null",
            "nyckeltalets namn saknas på raden",
            "Skriv namnet på varje rad, också där det är detsamma som på raden ovanför",
        ),
        RowCheck(
            Level.ERROR,
            f"varde is not null and enhet is null and {_UNITS_OF_SAME} = 1",
            "enheten saknas på raden, men finns på andra rader med samma nyckeltal",
            "Skriv enheten på varje rad",
        ),
        RowCheck(
            Level.ERROR,
            f"varde is not null and {_UNITS_OF_SAME} > 1",
            "nyckeltalet har olika enheter på olika rader",
            "Skriv talen i en enhet, eller ge dem olika namn",
        ),
    ),
    one_of=("nyckeltal", "titel"),
    cumulative=True,
    ready_values=True,
    cell=("kommun_kod", "nyckeltal", "ar", "kon", "varde"),
    wide=True,
)
