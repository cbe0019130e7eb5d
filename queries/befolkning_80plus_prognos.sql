/* ---
titel: Invånare 80 år och äldre, SCB:s prognos
kind: count
enhet: personer
riktning: neutral
taljare: beräknat antal personer 80 år och äldre den 31 december
kalla: SCB, befolkningsframskrivning 2024-06-11 (TAB698 och TAB6008)
definition: >-
  SCB:s framskrivning av antalet invånare 80 år och äldre den 31 december: per kommun till 2040, länet också 2050.
tolka_varsamt: >-
  En ökning ska alltid ha sitt startår. ”Över 40 % till 2030” gäller Kalmar län, från 2018 och 2019 (16 479 personer
  2019 till 24 116 år 2030 är 46 %). Från 2023 (18 585 personer) är ökningen 30 %.
rubriker: {varde: Invånare 80+}
behover: befolkning
diagram: timeline
kort: Invånare 80+, prognos
malbild: [systemperspektiv, kompetens]
--- */
select
    kommun_kod,
    ar::varchar as matperiod,
    'totalt' as grupp,
    antal as taljare,
    null::bigint as namnare,
    uttag_id,
    ar as taljare_ar
from befolkning_gallande
where aldersgrupp = '80+' and kon = 'totalt' and kvalitet = 'prognos'
