/* ---
titel: "Invånare 80+, andel (%)"
kind: proportion
enhet: procent
riktning: neutral
taljare: invånare 80 år och äldre
namnare: alla invånare
kalla: Kolada N01813 (SCB)
definition: >-
  Antal invånare 80+ den 31 december, delat med alla invånare. Definition: Kolada (RKA). Källa: SCB. Andelen
  visar behov, inte vård: högt är varken bra eller dåligt i sig.
tolka_varsamt: >-
  Andelen säger hur gammal befolkningen är, inte hur vården fungerar.
rubriker: {varde: Andel}
behover: nyckeltal
nyckeltal: N01813
decimaler: 1
kort: Andel 80+
fynd: "{varde} av invånarna i {lan} är 80 år eller äldre"
malbild: [systemperspektiv]
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
where nyckeltal = 'N01813' and kon = 'totalt'
