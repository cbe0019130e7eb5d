/* ---
titel: Invånare per ålder, SCB:s prognos
kind: count
enhet: personer
riktning: neutral
taljare: beräknat antal personer i åldern den 31 december
kalla: SCB
definition: >-
  SCB:s framskrivning av antalet invånare i åldern den 31 december, de år då alla åldrar är framskrivna. 0–64 år är alla minus 65 år och
  äldre, 65–79 år är 65 år och äldre minus 80 år och äldre.
behover: befolkning
ordnade_grupper: true
grupper:
  0-64: 0–64 år
  65-79: 65–79 år
  80+: 80 år och äldre
huvudgrupp: 80+
kort: Invånare 80+, prognos per ålder
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
where ar_prognos
