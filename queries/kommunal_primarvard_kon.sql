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
  taljare: kommunal_primarvard/kon/{grupp}
  namnare: kommunal_primarvard/kon
--- */
with grupper as (
    select * from kommunal_primarvard where uppdelning = 'kon' and grupp <> 'uppgift_saknas'
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
