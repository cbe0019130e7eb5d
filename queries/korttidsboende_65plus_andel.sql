/* ---
titel: "Invånare 65+ som var beviljade korttidsboende i ordinärt boende, andel (%)"
kind: proportion
enhet: procent
foljer_alder: true
riktning: neutral
taljare: invånare 65 år och äldre i korttidsboende
namnare: invånare 65 år och äldre
kalla: Kolada N21817 (Socialstyrelsen och SCB)
definition: >-
  Personer 65+ i korttidsboende, delat med invånare 65+ den 31 december. Till och med 2020 ett snitt av årets
  månader, sedan en median. Samtlig regi. Definition: Kolada (RKA). Källa: SCB och Socialstyrelsen. Högt är
  varken bra eller dåligt i sig: korttidsboende används olika.
tolka_varsamt: >-
  Andelen är ett fåtal personer i de flesta kommuner. Jämför inte över 2021, då mätsättet ändrades.
rubriker: {varde: Andel}
behover: nyckeltal
nyckeltal: N21817
decimaler: 2
brott: [2021]
kort: Korttidsboende 65+
fynd: "{varde} av alla 65 år och äldre i {lan} har korttidsboende"
malbild: [samordning]
--- */
select
    kommun_kod,
    coalesce(ar::varchar, 'ej angiven') as matperiod,
    kon as grupp,
    null::bigint as taljare,
    null::bigint as namnare,
    uttag_id,
    ar as taljare_ar,
    ar as namnare_ar,
    varde,
    kalla,
    tecken
from nyckeltal_gallande
where nyckeltal = 'N21817' and kon = 'totalt'
