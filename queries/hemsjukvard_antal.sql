/* ---
titel: Antal personer med insats i kommunal hemsjukvård
kind: count
enhet: personer
riktning: neutral
taljare: personer med minst en insats i kommunal hemsjukvård i ordinärt boende
kalla: Ensolutions
definition: >-
  Unika personer med minst en insats av legitimerad personal i kommunal hemsjukvård i ordinärt boende under
  mätningen. Korttidsboende och SÄBO är inte med. En person räknas en gång i varje kommun och en gång i länet.
tolka_varsamt: Antalet går inte att jämföra med kommunal primärvård. Det är ett annat mått ur en annan källa (Cosmic).
bild: 2
rubriker: {varde: Personer}
behover: ensolutions
mangder:
  taljare: ensolutions
kort: Hemsjukvård, personer
fynd: "{varde} personer har insats i kommunal hemsjukvård i ordinärt boende"
malbild: [systemperspektiv]
--- */
select
    kommun_kod,
    matperiod,
    'totalt' as grupp,
    antal as taljare,
    null::bigint as namnare,
    uttag_id,
    taljare_ar,
    kalla,
    tecken
from hemsjukvard
where uppdelning = 'totalt'
