/* ---
titel: "Invånare 80+ i särskilt boende, andel (%)"
kind: proportion
enhet: procent
foljer_alder: true
riktning: neutral
taljare: invånare 80 år och äldre i särskilt boende
namnare: invånare 80 år och äldre
kalla: Kolada N23801 (Socialstyrelsen)
definition: >-
  Personer 80+ i särskilt boende, delat med invånare 80+ den 31 december. Till och med 2020 ett snitt av årets
  månader, sedan en median. Definition: Kolada (RKA). Källa: Socialstyrelsen. Högt är varken bra eller dåligt i
  sig: det beror på behov och på vad som finns i stället. Antalen är räknade här: andelen gånger SCB:s invånare
  80+, avrundat till hela personer. Länet är kommunerna tillsammans.
tolka_varsamt: >-
  Jämför inte över 2021, då mätsättet ändrades.
rubriker: {namnare: Invånare 80+, taljare: I särskilt boende, varde: Andel}
behover: nyckeltal
nyckeltal: N23801
decimaler: 1
brott: [2021]
kort: SÄBO 80+
fynd: "{varde} av alla 80 år och äldre i {lan} bor i särskilt boende"
malbild: [systemperspektiv]
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
where nyckeltal = 'N23801'
