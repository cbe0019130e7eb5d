/* ---
titel: Ålder i hemsjukvård, 65+
kind: distribution
enhet: procent
riktning: neutral
taljare: personer i åldern med insats i hemsjukvård i ordinärt boende
namnare: personer 65 år och äldre med insats i hemsjukvård i ordinärt boende
kalla: Ensolutions
definition: >-
  Hur personerna 65+ med minst en insats i hemsjukvård i ordinärt boende fördelar sig på 65–79 år och 80 år och äldre.
behover: ensolutions
ordnade_grupper: true
grupper:
  65-79: 65–79 år
  80+: 80 år och äldre
huvudgrupp: 80+
kort: 80+ i hemsjukvård 65+
fynd: "{varde} av dem som är 65 år och äldre i hemsjukvården är 80 år eller äldre"
malbild: [systemperspektiv]
mangder:
  taljare: ensolutions.aldersgrupp.{grupp}
  namnare: ensolutions.aldersgrupp.65-79 + ensolutions.aldersgrupp.80+
--- */
select
    kommun_kod,
    matperiod,
    grupp,
    antal as taljare,
    if(count(antal) over omrade = 2, sum(antal) over omrade, null)::bigint as namnare,
    uttag_id,
    taljare_ar,
    tecken
from hemsjukvard
where uppdelning = 'aldersgrupp' and grupp in ('65-79', '80+')
window omrade as (partition by kommun_kod, matperiod, uttag_id)
