/* ---
titel: "Åtgärder mot fall m.m. i hemsjukvård, andel (%)"
kind: proportion
enhet: procent
riktning: neutral
taljare: personer i hemsjukvård med åtgärder mot fall med mera
namnare: personer i hemsjukvård
kalla: Kolada U21432
definition: >-
  Andel i hemsjukvård med åtgärder mot fall med mera. Definition: Kolada (RKA). Koladas egen
  beskrivning ingår inte i underlaget. Ingen riktning: vad som räknas som åtgärd är inte känt här.
tolka_varsamt: >-
  Läs Koladas beskrivning innan talen används. Källan ger inte antalen bakom talen.
rubriker: {varde: Andel}
behover: nyckeltal
nyckeltal: U21432
decimaler: 1
kort: Åtgärder mot fall
fynd: "{varde} i hemsjukvård i {lan} har åtgärder mot fall med mera"
fraga: "Görs bedömningen när någon skrivs in, och följs åtgärderna upp?"
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
where nyckeltal = 'U21432' and kon = 'totalt'
