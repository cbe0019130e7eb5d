/* ---
titel: "SÄBO 80+ (Kolada N23806), andel (%)"
kind: proportion
enhet: procent
foljer_alder: true
riktning: neutral
taljare: invånare 80 år och äldre i särskilt boende
namnare: invånare 80 år och äldre
kalla: Kolada N23806
definition: >-
  Ett mått på särskilt boende för 80 år och äldre, vid sidan av N23801. Definition: Kolada (RKA). Koladas egen
  beskrivning ingår inte i underlaget. Ingen riktning: hur många som bor på särskilt boende beror på behov och på vad som finns i stället.
tolka_varsamt: >-
  Läs Koladas beskrivning innan talen används. Källan ger inte antalen bakom talen.
rubriker: {namnare: Invånare 80+, taljare: I särskilt boende, varde: Andel}
behover: nyckeltal
nyckeltal: N23806
decimaler: 1
kort: SÄBO 80+ (N23806)
fynd: "{varde} av alla 80 år och äldre i {lan} bor i särskilt boende (N23806)"
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
where nyckeltal = 'N23806' and kon = 'totalt'
