/* ---
titel: Personer med insats i hemsjukvård, per profession
kind: count
enhet: personer
riktning: neutral
taljare: personer med minst en insats av professionen
kalla: Ensolutions
definition: >-
  Unika personer i ordinärt boende med minst en insats av sjuksköterska, arbetsterapeut eller fysioterapeut
  under mätningen. Korttidsboende och SÄBO är inte med.
bild: 2
behover: ensolutions
grupper_overlappar: true
grupper:
  ssk: Sjuksköterska
  at: Arbetsterapeut
  ft: Fysioterapeut
mangder:
  taljare: ensolutions.profession.{grupp}
kort: Insats av sjuksköterska
huvudgrupp: ssk
fynd: "{varde} personer har insats av sjuksköterska i kommunal hemsjukvård"
malbild: [kompetens]
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
from hemsjukvard
where uppdelning = 'profession' and grupp in ('ssk', 'at', 'ft')
