/* ---
titel: Ålder bland 65+ med insats av sjuksköterska
kind: distribution
enhet: procent
riktning: neutral
taljare: personer i åldern med insats av sjuksköterska i ordinärt boende
namnare: personer 65 år och äldre med insats av sjuksköterska i ordinärt boende
kalla: Ensolutions
definition: >-
  Hur personerna 65+ med minst en insats av sjuksköterska i ordinärt boende fördelar sig på 65–79 år och 80 år och
  äldre. Uttag som lästes in före november 2026 har inte den uppdelningen.
behover: ensolutions
ordnade_grupper: true
grupper:
  65-79: 65–79 år
  80+: 80 år och äldre
huvudgrupp: 80+
kort: 80+ bland 65+ med sjuksköterska
fynd: "{varde} av dem som är 65 år och äldre och har insats av sjuksköterska är 80 år eller äldre"
malbild: [systemperspektiv]
mangder:
  taljare: ensolutions.ssk_alder.{grupp}
  namnare: ensolutions.profession_65plus.ssk
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
where uppdelning = 'ssk_alder'
window omrade as (partition by kommun_kod, matperiod, uttag_id)
