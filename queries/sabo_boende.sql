/* ---
titel: Antal boende på SÄBO
kind: count
enhet: personer
riktning: neutral
taljare: boende på särskilt boende för äldre
kalla: Cosmic
definition: >-
  Personer som bor permanent på särskilt boende för äldre. Länet är kommunernas summa, eftersom en person
  är folkbokförd på ett ställe; har uttaget en egen summarad gäller den.
bild: 3
rubriker: {varde: Boende på SÄBO}
behover: sabo
mangder:
  taljare: sabo
kort: Boende på SÄBO
fynd: "{varde} personer bor på SÄBO i {lan}"
malbild: [systemperspektiv]
--- */
select
    sabo.kommun_kod,
    uttag.matperiod,
    'totalt' as grupp,
    sabo.boende as taljare,
    null::bigint as namnare,
    sabo.uttag_id,
    uttag.ar as taljare_ar,
    sabo.boende_tecken as tecken
from sabo
inner join uttag using (uttag_id)
