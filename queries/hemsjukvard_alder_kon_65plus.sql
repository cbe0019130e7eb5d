/* ---
titel: Kön och ålder i hemsjukvård, 65+
kind: count
enhet: personer
riktning: neutral
taljare: personer av könet och i åldern med insats i hemsjukvård i ordinärt boende
kalla: Ensolutions
definition: Kvinnor och män 65–79 år och 80 år och äldre med minst en insats i hemsjukvård i ordinärt boende.
behover: ensolutions
grupper:
  kon_65_79.kvinna: Kvinnor 65–79 år
  kon_80plus.kvinna: Kvinnor 80 år och äldre
  kon_65_79.man: Män 65–79 år
  kon_80plus.man: Män 80 år och äldre
huvudgrupp: kon_80plus.kvinna
kort: Kvinnor 80+ i hemsjukvård
malbild: [systemperspektiv]
mangder:
  taljare: ensolutions.{grupp}
--- */
select
    kommun_kod,
    matperiod,
    uppdelning || '.' || grupp as grupp,
    antal as taljare,
    null::bigint as namnare,
    uttag_id,
    taljare_ar,
    tecken
from hemsjukvard
where uppdelning in ('kon_65_79', 'kon_80plus') and grupp in ('kvinna', 'man')
