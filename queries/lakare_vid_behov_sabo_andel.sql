/* ---
titel: "Brukarbedömning särskilt boende äldreomsorg - läkare vid behov, andel (%)"
kind: proportion
enhet: procent
riktning: higher_is_better
taljare: svarande som uppgett ”mycket lätt” eller ”ganska lätt”
namnare: svarande utom ”vet ej” och ”ingen åsikt”
kalla: Kolada U23482 (Socialstyrelsen)
definition: >-
  Andel som svarat ”mycket lätt” eller ”ganska lätt” på frågan ”Hur lätt eller svårt är det att få träffa läkare
  vid behov?”, av de svarande 65+ i särskilt boende. Vet ej och ingen åsikt är inte med. Definition: Kolada
  (RKA). Källa: Undersökningen av äldres uppfattning, Socialstyrelsen.
tolka_varsamt: >-
  Antalet svar ingår inte i underlaget. I en liten kommun kan några få svar ändra mycket. Kolada ger inget tal
  för länet. Undersökningen gjordes inte 2021.
rubriker: {varde: Andel}
behover: nyckeltal
nyckeltal: U23482
decimaler: 0
kort: Läkare vid behov, SÄBO
fynd: "{varde} på SÄBO i {lan} tycker att det är lätt att få träffa läkare vid behov"
fraga: "Hur når personalen läkare på kvällar och helger, och hur länge dröjer det?"
malbild: [samordning, invanarperspektiv]
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
where nyckeltal = 'U23482' and kon = 'totalt'
