/* ---
titel: "Akutbesök per 1 000 invånare 80+"
kind: rate
enhet: besök per 1 000 invånare 80+
riktning: neutral
taljare: besök på sjukhusbundna akutmottagningar av personer 80 år och äldre
namnare: invånare 80 år och äldre
kalla: Kolada U79029 (Socialstyrelsen)
definition: >-
  Kolada: Besök på akutmottagning - 80 år och äldre, antal/1000 inv. Besök av personer 80+ vid sjukhusbundna
  akutmottagningar under ett år, per 1 000 invånare 80+. Definition: Kolada (RKA). Källa: Socialstyrelsen via
  Vården i siffror. Högt är varken bra eller dåligt i sig: färre besök kan betyda bättre nära vård eller sämre
  tillgång.
tolka_varsamt: >-
  Det är besök, inte personer: en person kan göra flera besök, och talet kan bli större än 1 000. 2020 och 2021
  påverkas av pandemin. Kolada ger talet per region, inte per kommun.
rubriker: {varde: Besök per 1 000}
behover: nyckeltal
nyckeltal: U79029
decimaler: 0
bild: 7
diagram: timeline
kort: Akutbesök 80+
fynd: "{varde} akutbesök per 1 000 invånare 80 år och äldre i {lan}"
fraga: "Vilken tid på dygnet och varifrån kommer de, och hur många besök hade kunnat tas emot någon annanstans?"
malbild: [forebyggande, samordning, uppfoljning]
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
where nyckeltal in ('akutbesok_80plus', 'U79029') and kon = 'totalt'
-- Socialstyrelsens own table has the same figures: the newest extract goes first
qualify row_number() over (partition by kommun_kod, ar order by uttag_id desc, nyckeltal) = 1
