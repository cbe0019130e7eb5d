/* ---
titel: Antal personer med kommunal primärvård
kind: count
enhet: personer
riktning: neutral
taljare: personer som är inskrivna i kommunal primärvård
kalla: Cosmic
definition: >-
  Kommunal primärvård är kommunens del av primärvården, hemsjukvård inräknad. En person räknas en gång i
  varje kommun och en gång i länet. En person som finns i två kommuner gör att kommunerna tillsammans kan
  bli fler än länet. Den som har flera boendeformer räknas till SÄBO före korttidsboende före ordinärt boende.
tolka_varsamt: Antalet går inte att jämföra med hemsjukvårdens. Det är ett annat mått ur en annan källa (Ensolutions).
bild: 1
behover: cosmic
grupper:
  totalt: Alla
  ordinart: Ordinärt boende
  sabo: SÄBO
  korttid: Korttidsboende
  uppgift_saknas: Uppgift saknas
diagram: grouped_bar
mangder:
  taljare: cosmic.boendeform.{grupp}
kort: Kommunal primärvård, personer
fynd: "{varde} personer i {lan} har kommunal primärvård"
malbild: [systemperspektiv]
--- */
select
    kommun_kod,
    matperiod,
    grupp,
    antal as taljare,
    null::bigint as namnare,
    uttag_id,
    taljare_ar,
    kalla,
    tecken
from kommunal_primarvard
where uppdelning in ('totalt', 'boendeform')
