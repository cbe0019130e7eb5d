/* ---
titel: "Invånare 65+ som varit mottagare av hälso- och sjukvård som kommunen ansvarar för (hemsjukvård), andel (%)"
kind: proportion
enhet: procent
foljer_alder: true
riktning: neutral
taljare: invånare 65 år och äldre med en insats enligt HSL i september
namnare: invånare 65 år och äldre
kalla: Kolada N20897 (Socialstyrelsen och SCB)
definition: >-
  Personer 65+ som kommunen registrerat en HSL-insats för under september, delat med invånare 65+ den 31
  december. Definition: Kolada (RKA). Källa: SCB och Socialstyrelsen. Högt är varken bra eller dåligt i sig:
  andelen följer behov och hur kommunen registrerar.
tolka_varsamt: >-
  Skillnaderna mellan kommunerna beror troligen på registrering. Rangordna inte kommunerna. Kolada ger inget tal för länet.
rubriker: {varde: Andel}
rangordna: false
behover: nyckeltal
nyckeltal: N20897
decimaler: 1
bild: 6
kort: Hemsjukvård 65+ (Kolada)
fynd: "{varde} av alla 65 år och äldre i {lan} har kommunal hemsjukvård"
fraga: "Räknas samma insatser som i andra kommuner, och skrivs den ut som inte längre har hemsjukvård?"
malbild: [forebyggande, uppfoljning]
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
where nyckeltal = 'N20897' and kon = 'totalt'
