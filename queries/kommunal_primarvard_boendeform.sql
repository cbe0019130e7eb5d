/* ---
titel: Boendeform i kommunal primärvård
kind: distribution
enhet: procent
riktning: neutral
taljare: personer i kommunal primärvård med boendeformen
namnare: personer i kommunal primärvård
kalla: Cosmic
definition: >-
  Hur personerna i kommunal primärvård fördelar sig på boendeformer. Den som har flera räknas till SÄBO före
  korttidsboende före ordinärt boende.
behover: cosmic
grupper:
  ordinart: Ordinärt boende
  sabo: SÄBO
  korttid: Korttidsboende
  uppgift_saknas: Uppgift saknas
huvudgrupp: sabo
kort: Andel med kommunal primärvård som bor på SÄBO
fynd: "{varde} av dem med kommunal primärvård bor på SÄBO"
fraga: "Är boendeformen registrerad för alla, och ändras den när någon flyttar?"
malbild: [systemperspektiv]
mangder:
  taljare: cosmic.boendeform.{grupp}
  namnare: cosmic
--- */
with grupper as (
    select * from kommunal_primarvard where uppdelning = 'boendeform' and uttag_id in (select uttag_id from cosmic)
),

alla as (
    select * from kommunal_primarvard where uppdelning = 'totalt'
)

select
    grupper.kommun_kod,
    grupper.matperiod,
    grupper.grupp,
    grupper.antal as taljare,
    alla.antal as namnare,
    grupper.uttag_id,
    grupper.taljare_ar,
    grupper.tecken
from grupper
inner join alla using (kommun_kod, matperiod, uttag_id)
