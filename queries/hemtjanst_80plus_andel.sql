/* ---
titel: "Andel 80+ med hemtjänst i ordinärt boende"
kind: proportion
enhet: procent
foljer_alder: true
riktning: neutral
taljare: invånare 80 år och äldre med hemtjänst i ordinärt boende
namnare: invånare 80 år och äldre
kalla: Kolada N21704 (Socialstyrelsen och SCB)
definition: >-
  Kolada: Invånare 80+ med hemtjänst i ordinärt boende, andel (%). Personer 80+ med hemtjänst, delat med
  invånare 80+ den 31 december. Bara trygghetslarm, matdistribution, avlösning eller ledsagning räknas inte.
  Till och med 2020 ett snitt av årets månader, sedan en median. Definition: Kolada (RKA). Källa: SCB och
  Socialstyrelsen. Högt är varken bra eller dåligt i sig: det beror på behov och på vad som finns i stället.
  Antalen är räknade här: andelen gånger SCB:s invånare 80+, avrundat till hela personer. Länet är kommunerna
  tillsammans.
tolka_varsamt: >-
  Jämför inte över 2021, då mätsättet ändrades.
rubriker: {namnare: Invånare 80+, taljare: Med hemtjänst, varde: Andel}
behover: nyckeltal
nyckeltal: N21704
decimaler: 1
brott: [2021]
kort: Hemtjänst 80+
fynd: "{varde} av alla 80 år och äldre i {lan} har hemtjänst i ordinärt boende"
malbild: [forebyggande]
--- */
select
    kommun_kod,
    ar::varchar as matperiod,
    kon as grupp,
    taljare,
    namnare,
    uttag_id,
    namnare_uttag_id,
    ar as taljare_ar,
    ar as namnare_ar,
    varde,
    kalla,
    tecken
from nyckeltal_80plus
where nyckeltal = 'N21704'
