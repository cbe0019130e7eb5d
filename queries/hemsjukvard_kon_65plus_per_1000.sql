/* ---
titel: Hemsjukvård 65+ per 1 000 kvinnor och män
kind: rate
enhet: per 1 000
per: 1000
foljer_alder: true
per_alder: hemsjukvard_alder_kon_65plus
invanare_per_alder: befolkning_per_alder_kon
riktning: neutral
taljare: kvinnor respektive män 65 år och äldre med insats i hemsjukvård i ordinärt boende
namnare: kvinnor respektive män 65 år och äldre, 31 december
kalla: Ensolutions och SCB
definition: >-
  Kvinnor och män 65+ med minst en insats i hemsjukvård i ordinärt boende, per 1 000 kvinnor respektive män 65+.
  Kvinnor blir äldre än män: med länets åldrar jämförs en kommuns kvinnor med länets kvinnor i samma ålder, och män med män.
tolka_varsamt: Personer utan uppgift om kön är inte med. Uttag utan kolumn för kön har inget tal här.
bild: 6
rubriker: {namnare: Invånare 65+, taljare: Personer 65+ med hemsjukvård, varde: Per 1 000}
behover: ensolutions
grupper:
  kvinna: Kvinnor
  man: Män
huvudgrupp: kvinna
mangder:
  taljare: ensolutions.kon_65_79.{grupp} + ensolutions.kon_80plus.{grupp}
kort: Hemsjukvård 65+ per 1 000 kvinnor
fynd: "{varde} av 1 000 kvinnor 65 år och äldre har kommunal hemsjukvård i ordinärt boende"
malbild: [forebyggande]
--- */
with personer as (
    -- grain: area, matperiod and sex, where both ages are known
    select
        kommun_kod,
        matperiod,
        uttag_id,
        taljare_ar,
        grupp,
        sum(antal)::bigint as antal,
        min(tecken) as tecken
    from hemsjukvard
    where uppdelning in ('kon_65_79', 'kon_80plus') and grupp in ('kvinna', 'man')
    group by all
    having count(antal) = 2
),

folkmangd as (
    select * from befolkning_matar where aldersgrupp = '65+'
)

select
    personer.kommun_kod,
    personer.matperiod,
    personer.grupp,
    personer.antal as taljare,
    folkmangd.antal as namnare,
    personer.uttag_id,
    personer.taljare_ar,
    folkmangd.namnare_ar,
    folkmangd.namnare_uttag_id,
    folkmangd.namnare_andring,
    personer.tecken
from personer
left join folkmangd
    on
        personer.taljare_ar = folkmangd.matar
        and personer.kommun_kod = folkmangd.kommun_kod
        and personer.grupp = folkmangd.kon
