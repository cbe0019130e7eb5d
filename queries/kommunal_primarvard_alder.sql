/* ---
titel: Ålder i kommunal primärvård
kind: distribution
enhet: procent
riktning: neutral
taljare: personer i kommunal primärvård i gruppen
namnare: personer i kommunal primärvård med uppgift om ålder
kalla: Cosmic
definition: >-
  Hur personerna i kommunal primärvård fördelar sig på åldrar. Personer utan uppgift är inte med.
behover: cosmic
ordnade_grupper: true
grupper:
  0-64: 0–64 år
  65-79: 65–79 år
  80+: 80 år och äldre
huvudgrupp: 80+
kort: 80+ i kommunal primärvård
fynd: "{varde} av dem med kommunal primärvård är 80 år eller äldre"
malbild: [systemperspektiv]
mangder:
  taljare: cosmic.aldersgrupp.{grupp}
  namnare: cosmic - cosmic.aldersgrupp.uppgift_saknas
--- */
select
    kommun_kod,
    matperiod,
    grupp,
    antal as taljare,
    namnare,
    uttag_id,
    taljare_ar,
    tecken
from kommunal_primarvard_andelar
where uppdelning = 'aldersgrupp'
