/* ---
titel: Andel boende på SÄBO med kommunal primärvård
kind: proportion
enhet: procent
riktning: neutral
taljare: boende på SÄBO som är inskrivna i kommunal primärvård
namnare: boende på SÄBO
kalla: Cosmic
definition: >-
  Boende på särskilt boende för äldre som är inskrivna i kommunal primärvård enligt Cosmic, delat med alla
  boende på SÄBO vid samma tillfälle.
tolka_varsamt: >-
  I riket hade 91 % av de boende 65+ på SÄBO kommunal hälso- och sjukvård 2023. En låg andel i en kommun
  beror troligen på hur man registrerar. Rangordna inte kommunerna.
bild: 3
rubriker: {namnare: Boende på SÄBO, taljare: Med kommunal primärvård, varde: Andel}
rangordna: false
behover: sabo
mangder:
  taljare: sabo.primarvard.med
  namnare: sabo
kort: SÄBO-boende med kommunal primärvård
fynd: "{varde} av de boende på SÄBO har kommunal primärvård ({antal} av {av})"
fraga: "Är alla som bor på boendet registrerade, med rätt boendeform?"
malbild: [samordning, uppfoljning]
--- */
select
    sabo.kommun_kod,
    uttag.matperiod,
    'totalt' as grupp,
    sabo.med_primarvard as taljare,
    sabo.boende as namnare,
    sabo.uttag_id,
    uttag.ar as taljare_ar,
    uttag.ar as namnare_ar,
    coalesce(sabo.med_primarvard_tecken, sabo.boende_tecken) as tecken
from sabo
inner join uttag using (uttag_id)
