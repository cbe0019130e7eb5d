/* ---
titel: "Tio eller fler läkemedel samtidigt hos äldre, andel (%)"
kind: proportion
enhet: procent
riktning: lower_is_better
taljare: äldre med tio eller fler läkemedel samtidigt
namnare: äldre
kalla: Kolada N79175
definition: >-
  Tio eller fler läkemedel samtidigt hos äldre, andel (%). Definition: Kolada (RKA). Koladas beskrivning ingår
  inte i underlaget, bara namnet.
tolka_varsamt: >-
  Många läkemedel kan vara befogat för den enskilde. Kolada ger talet per region, inte per kommun.
rubriker: {varde: Andel}
behover: nyckeltal
nyckeltal: N79175
decimaler: 1
diagram: timeline
kort: Tio läkemedel
fynd: "{varde} av de äldre i {lan} har tio eller fler läkemedel samtidigt"
fraga: "När gjordes läkemedelsgenomgång senast, och vem tar initiativet till nästa?"
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
where nyckeltal = 'N79175' and kon = 'totalt'
