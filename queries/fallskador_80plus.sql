/* ---
titel: "Fallskador bland personer 80+, 3-årsm, antal slutenvårdstillfällen/100 000 inv"
kind: rate
enhet: per 100 000 invånare 80+
foljer_alder: true
riktning: lower_is_better
taljare: vård i slutenvård för fallskada bland personer 80 år och äldre
namnare: invånare 80 år och äldre
kalla: Kolada N20402 (Socialstyrelsen)
definition: >-
  Slutenvård på grund av fall (orsakskod W00–W19) per 100 000 invånare 80+, i snitt för året och de två före.
  Definition: Kolada (RKA). Källa: Socialstyrelsen, Patientregistret.
tolka_varsamt: >-
  Talet är ett snitt av tre år och ändras långsamt. I små kommuner ändrar några få fall mycket.
rubriker: {varde: Per 100 000}
behover: nyckeltal
nyckeltal: N20402
decimaler: 0
per: 100000
kort: Fallskador 80+
fynd: "{varde} fallskador per 100 000 invånare 80 år och äldre i {lan}"
fraga: "Var och när faller de, hemma eller på boende, dag eller natt, och vad görs för den som har fallit?"
malbild: [forebyggande]
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
where nyckeltal = 'N20402' and kon = 'totalt'
-- years in which only the län is known are not shown: the kommuner's newest are
qualify bool_or(length(kommun_kod) = 4) over (partition by ar)
