/* ---
titel: "Invånare 80+ i särskilt boende eller med hemtjänst i ordinärt boende, andel (%)"
kind: proportion
enhet: procent
foljer_alder: true
riktning: neutral
taljare: invånare 80 år och äldre i särskilt boende eller med hemtjänst
namnare: invånare 80 år och äldre
kalla: Kolada N20892 (Socialstyrelsen och SCB)
definition: >-
  Personer 80+ i särskilt boende eller med hemtjänst i ordinärt boende, delat med invånare 80+ den 31 december.
  Bara trygghetslarm, matdistribution, avlösning eller ledsagning räknas inte. Till och med 2020 ett snitt av
  årets månader, sedan en median. Definition: Kolada (RKA). Källa: SCB och Socialstyrelsen. Högt är varken bra
  eller dåligt i sig: det beror på behov. Antalen är räknade här: andelen gånger SCB:s invånare 80+, avrundat
  till hela personer. Länet är kommunerna tillsammans.
tolka_varsamt: >-
  Jämför inte över 2021, då mätsättet ändrades.
rubriker: {namnare: Invånare 80+, taljare: Med något av dem, varde: Andel}
behover: nyckeltal
nyckeltal: N20892
decimaler: 1
brott: [2021]
kort: SÄBO eller hemtjänst 80+
fynd: "{varde} av alla 80 år och äldre i {lan} har hemtjänst eller bor i särskilt boende"
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
where nyckeltal = 'N20892'
