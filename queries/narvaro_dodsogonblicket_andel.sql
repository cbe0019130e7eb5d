/* ---
titel: "Närvaro vid dödsögonblicket, andel (%)"
kind: proportion
enhet: procent
riktning: higher_is_better
taljare: avlidna som hade någon hos sig i dödsögonblicket
namnare: avlidna
kalla: Kolada N20416
definition: >-
  Andel avlidna som hade någon hos sig i dödsögonblicket. Definition: Kolada (RKA). Koladas egen
  beskrivning ingår inte i underlaget. Högt är bättre: ingen ska behöva dö ensam.
tolka_varsamt: >-
  Läs Koladas beskrivning innan talen används. Källan ger inte antalen bakom talen.
rubriker: {varde: Andel}
behover: nyckeltal
nyckeltal: N20416
decimaler: 1
kort: Närvaro i livets slut
fynd: "{varde} i {lan} hade någon hos sig i dödsögonblicket"
fraga: "Dokumenteras närvaron lika på alla enheter, och fanns tid att kalla någon?"
malbild: [personcentrerat]
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
where nyckeltal = 'N20416' and kon = 'totalt'
