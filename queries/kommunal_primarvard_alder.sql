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
  taljare: kommunal_primarvard/alder/{grupp}
  namnare: kommunal_primarvard/alder
--- */
with grupper as (
    select * from kommunal_primarvard where uppdelning = 'aldersgrupp' and grupp <> 'uppgift_saknas'
),

-- grain: one row per area and period; unknown as soon as one group is
omraden as (
    select
        kommun_kod,
        matperiod,
        uttag_id,
        if(count(*) = count(antal), sum(antal), null)::bigint as namnare
    from grupper
    group by all
)

select
    grupper.kommun_kod,
    grupper.matperiod,
    grupper.grupp,
    grupper.antal as taljare,
    omraden.namnare,
    grupper.uttag_id,
    grupper.taljare_ar,
    grupper.tecken
from grupper
inner join omraden using (kommun_kod, matperiod, uttag_id)
where grupper.uttag_id in (select uttag_id from cosmic)
