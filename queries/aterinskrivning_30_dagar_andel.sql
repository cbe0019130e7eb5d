/* ---
titel: "Patienter med oplanerad återinskrivning inom 30 dagar, andel (%)"
kind: proportion
enhet: procent
riktning: lower_is_better
taljare: patienter 65 år och äldre med oplanerad återinskrivning inom 30 dagar
namnare: utskrivna patienter 65 år och äldre
kalla: Kolada U79092 (Socialstyrelsen)
definition: >-
  Andel patienter 65 år och äldre där oplanerad återinskrivning skett inom 30 dagar. Definition: Kolada (RKA).
  Källa: Patientregistret, Socialstyrelsen via Vården i siffror.
tolka_varsamt: >-
  Källan ger hela procent, så en ändring på en procentenhet kan vara avrundning. Kolada ger talet per region,
  inte per kommun.
rubriker: {varde: Andel}
behover: nyckeltal
nyckeltal: U79092
decimaler: 0
diagram: timeline
kort: Återinskrivning 30 dagar
fynd: "{varde} av patienterna 65 år och äldre i {lan} skrivs in igen oplanerat inom 30 dagar"
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
where nyckeltal = 'U79092' and kon = 'totalt'
