/* ---
titel: Andel 80+ med hemtjänst i ordinärt boende
kind: proportion
enhet: procent
foljer_alder: true
riktning: neutral
taljare: invånare 80 år och äldre med hemtjänst i ordinärt boende
namnare: invånare 80 år och äldre
kalla: Kolada N21704
definition: Kolada N21704, invånare 80+ med hemtjänst i ordinärt boende, delat med alla invånare 80+. Andel i procent.
tolka_varsamt: Kolada ger andelen men inte antalen. Länets tal ingår inte i underlaget.
rubriker: {varde: Andel}
behover: nyckeltal
decimaler: 1
kort: Hemtjänst 80+
fynd: "{varde} av alla 80 år och äldre har hemtjänst i ordinärt boende"
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
where nyckeltal = 'N21704' and kon = 'totalt'
