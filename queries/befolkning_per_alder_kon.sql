/* ---
titel: Invånare 65+ per ålder och kön
kind: count
enhet: personer
riktning: neutral
taljare: folkbokförda av könet och i åldern den 31 december
kalla: SCB
definition: >-
  Folkbokförda kvinnor och män den 31 december, de år då båda åldrarna är kända. 65–79 år är 65 år och äldre minus
  80 år och äldre.
behover: befolkning
grupper:
  kon_65_79.kvinna: Kvinnor 65–79 år
  kon_80plus.kvinna: Kvinnor 80 år och äldre
  kon_65_79.man: Män 65–79 år
  kon_80plus.man: Män 80 år och äldre
huvudgrupp: kon_80plus.kvinna
kort: Kvinnor 80+, invånare
malbild: [systemperspektiv]
--- */
with kanda as (
    -- grain: area, year and sex in which both ages are known
    select
        kommun_kod,
        ar,
        kon,
        max(antal) filter (where aldersgrupp = '65+') as fran_65,
        max(antal) filter (where aldersgrupp = '80+') as fran_80,
        max(uttag_id) as uttag_id
    from befolkning_gallande
    where kon in ('kvinna', 'man') and kvalitet <> 'prognos' and aldersgrupp in ('65+', '80+')
    group by kommun_kod, ar, kon
    having count(distinct aldersgrupp) = 2
)

select
    kanda.kommun_kod,
    kanda.ar::varchar as matperiod,
    delar.del || '.' || kanda.kon as grupp,
    if(delar.del = 'kon_80plus', kanda.fran_80, kanda.fran_65 - kanda.fran_80) as taljare,
    null::bigint as namnare,
    kanda.uttag_id,
    kanda.ar as taljare_ar
from kanda
cross join (values ('kon_65_79'), ('kon_80plus')) as delar (del)
