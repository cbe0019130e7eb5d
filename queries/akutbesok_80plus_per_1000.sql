/* ---
titel: Akutbesök per 1 000 invånare 80+
kind: rate
enhet: besök per 1 000 invånare 80+
riktning: neutral
taljare: besök på sjukhusbundna akutmottagningar av personer 80 år och äldre
namnare: invånare 80 år och äldre
kalla: Socialstyrelsen och SKR
definition: >-
  Antal besök på sjukhusbundna akutmottagningar under ett år, per 1 000 invånare 80 år och äldre. Källorna
  ger bara det färdiga talet, inte antalet besök.
tolka_varsamt: >-
  Det är besök, inte personer: en person kan göra flera besök, och talet kan bli större än 1 000. Länets tal
  är ur SKL:s rapport 2019, som inte anger mätår, och ska inte jämföras rakt av med rikets. Inget tal finns
  per kommun.
bild: 7
rubriker: {varde: Besök per 1 000}
behover: nyckeltal
grupper:
  totalt: Alla
  kvinna: Kvinnor
  man: Män
per: 1000
period_per_omrade: true
diagram: grouped_bar
kort: Akutbesök 80+
fynd: "{varde} akutbesök per 1 000 invånare 80 år och äldre i {lan}"
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
where nyckeltal in ('akutbesok_80plus', 'U79029')
