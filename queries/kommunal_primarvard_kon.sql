/* ---
titel: Kön i kommunal primärvård
kind: distribution
enhet: procent
riktning: neutral
taljare: personer i kommunal primärvård i gruppen
namnare: personer i kommunal primärvård med uppgift om kön
kalla: Cosmic
definition: >-
  Hur personerna i kommunal primärvård fördelar sig på kvinnor och män. Personer utan uppgift är inte med.
behover: cosmic
grupper:
  kvinna: Kvinnor
  man: Män
huvudgrupp: kvinna
kort: Kvinnor i kommunal primärvård
fynd: "{varde} av dem med kommunal primärvård är kvinnor"
malbild: [systemperspektiv]
mangder:
  taljare: cosmic.kon.{grupp}
  namnare: cosmic.kon.kvinna + cosmic.kon.man
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
where uppdelning = 'kon'
