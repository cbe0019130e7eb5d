/* ---
titel: Andel med fast läkarkontakt
kind: proportion
enhet: procent
riktning: higher_is_better
taljare: personer i kommunal primärvård med fast läkarkontakt
namnare: personer i kommunal primärvård med uppgift om fast läkarkontakt
kalla: Cosmic
definition: >-
  En fast läkarkontakt är en namngiven läkare i primärvården (HSL 7 kap. 3 §). Den är något annat än fast
  vårdkontakt och fast omsorgskontakt. Personer utan uppgift, varken ja eller nej, är inte med.
tolka_varsamt: Andelen visar vad som är registrerat i Cosmic. En läkarkontakt som inte är registrerad syns inte.
bild: 4
rubriker: {namnare: Personer med uppgift, taljare: Med fast läkarkontakt, varde: Andel}
behover: cosmic
mangder:
  taljare: cosmic.fast_lakarkontakt.ja
  namnare: cosmic.fast_lakarkontakt.ja + cosmic.fast_lakarkontakt.nej
kort: Fast läkarkontakt
fynd: "{varde} av dem med kommunal primärvård har en fast läkarkontakt"
fraga: "Är uppgiften registrerad för alla, och vet patienterna vem deras läkare är?"
malbild: [samordning]
--- */
select
    kommun_kod,
    matperiod,
    'totalt' as grupp,
    if(count(*) = count(antal), coalesce(sum(antal) filter (where grupp = 'ja'), 0), null)::bigint as taljare,
    if(count(*) = count(antal), sum(antal), null)::bigint as namnare,
    uttag_id,
    taljare_ar,
    min(tecken) as tecken
from kommunal_primarvard
where uppdelning = 'fast_lakarkontakt' and grupp in ('ja', 'nej')
group by kommun_kod, matperiod, uttag_id, taljare_ar
