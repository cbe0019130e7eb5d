/* ---
titel: Invånare 80 år och äldre
kind: count
enhet: personer
riktning: neutral
taljare: folkbokförda 80 år och äldre den 31 december
kalla: SCB
definition: >-
  Folkbokförda personer 80 år och äldre den 31 december. Samma tal som Kolada N01957 (Invånare 80+, antal).
rubriker: {varde: Invånare 80+}
behover: befolkning
nyckeltal: N01957
diagram: ranked_bar
kort: Invånare 80+
fynd: "{varde} invånare i {lan} är 80 år eller äldre"
malbild: [systemperspektiv]
--- */
select
    kommun_kod,
    ar::varchar as matperiod,
    'totalt' as grupp,
    antal as taljare,
    null::bigint as namnare,
    uttag_id,
    ar as taljare_ar
from befolkning_gallande
where aldersgrupp = '80+' and kon = 'totalt' and kvalitet <> 'prognos'
