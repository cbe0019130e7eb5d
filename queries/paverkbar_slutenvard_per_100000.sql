/* ---
titel: "Påverkbar slutenvård vid kronisk sjukdom, antal/100 000 inv"
kind: rate
enhet: per 100 000 invånare
riktning: lower_is_better
taljare: slutenvårdsperioder för hjärtsvikt, astma, KOL eller diabetes
namnare: invånare 20 år och äldre
kalla: Kolada U79133 (Socialstyrelsen)
definition: >-
  Slutenvårdsperioder för hjärtsvikt, astma, KOL eller diabetes per 100 000 invånare 20 år och äldre,
  åldersstandardiserat. Definition: Kolada (RKA). Källa: Patientregistret, Socialstyrelsen via Vården i siffror.
tolka_varsamt: >-
  2020 och 2021 påverkas av pandemin. Kolada ger talet per region, inte per kommun.
rubriker: {varde: Per 100 000}
behover: nyckeltal
nyckeltal: U79133
decimaler: 0
per: 100000
diagram: timeline
kort: Påverkbar slutenvård
fynd: "{varde} påverkbara vårdtillfällen per 100 000 invånare i {lan}"
fraga: "Vilka diagnoser är det, och hade de en fast läkarkontakt?"
malbild: [forebyggande, samordning]
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
where nyckeltal = 'U79133' and kon = 'totalt'
