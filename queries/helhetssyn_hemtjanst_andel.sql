/* ---
titel: "Brukarbedömning hemtjänst äldreomsorg - helhetssyn, andel (%)"
kind: proportion
enhet: procent
riktning: higher_is_better
taljare: svarande som uppgett ”mycket nöjd” eller ”ganska nöjd”
namnare: svarande utom ”vet ej” och ”ingen åsikt”
kalla: Kolada U21468 (Socialstyrelsen)
definition: >-
  Andel som svarat ”mycket nöjd” eller ”ganska nöjd” på frågan ”Hur nöjd eller missnöjd är du sammantaget med
  den hemtjänst du har?”, av de svarande 65+ med hemtjänst i ordinärt boende. Vet ej och ingen åsikt är inte
  med. Definition: Kolada (RKA). Källa: Undersökningen av äldres uppfattning, Socialstyrelsen.
tolka_varsamt: >-
  Antalet svar ingår inte i underlaget. I en liten kommun kan några få svar ändra mycket. Kolada ger inget tal
  för länet. Undersökningen gjordes inte 2021.
rubriker: {varde: Andel}
behover: nyckeltal
nyckeltal: U21468
decimaler: 0
kort: Nöjda med hemtjänsten
fynd: "{varde} med hemtjänst i {lan} är nöjda med den"
fraga: "Vad säger de som är minst nöjda, och hur många har svarat?"
malbild: [invanarperspektiv, personcentrerat]
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
where nyckeltal = 'U21468' and kon = 'totalt'
