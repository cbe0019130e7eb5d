/* ---
titel: "Vårdplatser belagda av utskrivningsklara patienter, andel (%)"
kind: proportion
enhet: procent
riktning: lower_is_better
taljare: vårdplatser belagda av utskrivningsklara patienter
namnare: vårdplatser
kalla: Kolada N79176
definition: >-
  Vårdplatser belagda av utskrivningsklara patienter, andel (%). Definition: Kolada (RKA). Koladas beskrivning
  ingår inte i underlaget, bara namnet.
tolka_varsamt: >-
  Lagen om samverkan vid utskrivning (2017:612) gäller från den 1 januari 2018 och ändrade vad kommunen betalar för
  utskrivningsklara. Jämför inte åren före med åren efter. Kolada ger talet per region, inte per kommun.
rubriker: {varde: Andel}
behover: nyckeltal
nyckeltal: N79176
decimaler: 1
diagram: timeline
kort: Utskrivningsklara
fynd: "{varde} av vårdplatserna i {lan} beläggs av utskrivningsklara patienter"
fraga: "Vad väntade de på: beslut, plats på boende, hemtjänst eller hjälpmedel?"
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
where nyckeltal = 'N79176' and kon = 'totalt'
