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
huvudgrupp: 65-79
kort: Invånare 65–79
malbild: [systemperspektiv]
--- */
select
    kommun_kod,
    ar::varchar as matperiod,
    grupp,
    antal as taljare,
    null::bigint as namnare,
    uttag_id,
    ar as taljare_ar
from befolkning_tre_aldrar
where not ar_prognos
