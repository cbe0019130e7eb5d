/* ---
titel: Invånare per ålder
kind: count
enhet: personer
riktning: neutral
taljare: folkbokförda i åldern den 31 december
kalla: SCB
definition: >-
  Folkbokförda personer i åldern den 31 december, de år då alla åldrar är kända. 0–64 år är alla minus 65 år och
  äldre, 65–79 år är 65 år och äldre minus 80 år och äldre.
behover: befolkning
ordnade_grupper: true
grupper:
  0-64: 0–64 år
  65-79: 65–79 år
  80+: 80 år och äldre
huvudgrupp: 80+
kort: Invånare per ålder
malbild: [systemperspektiv]
--- */
with kanda as (
    -- grain: area and year in which all three are known
    select
        kommun_kod,
        ar,
        max(antal) filter (where aldersgrupp = 'totalt') as alla,
        max(antal) filter (where aldersgrupp = '65+') as fran_65,
        max(antal) filter (where aldersgrupp = '80+') as fran_80,
        max(uttag_id) as uttag_id
    from befolkning_gallande
    where kon = 'totalt' and kvalitet <> 'prognos' and aldersgrupp in ('totalt', '65+', '80+')
    group by kommun_kod, ar
    having count(distinct aldersgrupp) = 3
)

select
    kanda.kommun_kod,
    kanda.ar::varchar as matperiod,
    delar.grupp,
    case delar.grupp
        when '0-64' then kanda.alla - kanda.fran_65
        when '65-79' then kanda.fran_65 - kanda.fran_80
        else kanda.fran_80
    end as taljare,
    null::bigint as namnare,
    kanda.uttag_id,
    kanda.ar as taljare_ar
from kanda
cross join (values ('0-64'), ('65-79'), ('80+')) as delar (grupp)
