/* ---
titel: "Oplanerad återinskrivning, äldre, andel (%)"
kind: proportion
enhet: procent
riktning: lower_is_better
taljare: äldre med oplanerad återinskrivning
namnare: utskrivna äldre
kalla: Kolada N20506
definition: >-
  Andel utskrivna äldre som oplanerat skrivs in igen. Definition: Kolada (RKA). Koladas egen
  beskrivning ingår inte i underlaget. Lågt är bättre: en utskrivning som håller kräver ingen ny inskrivning.
tolka_varsamt: >-
  Läs Koladas beskrivning innan talen används. Källan ger inte antalen bakom talen.
rubriker: {varde: Andel}
behover: nyckeltal
nyckeltal: N20506
decimaler: 1
kort: Återinskrivning, äldre
fynd: "{varde} av de äldre i {lan} skrivs oplanerat in igen"
fraga: "Var planeringen klar när de skrevs ut, och vem följde upp de första dagarna hemma?"
malbild: [samordning]
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
where nyckeltal = 'N20506' and kon = 'totalt'
