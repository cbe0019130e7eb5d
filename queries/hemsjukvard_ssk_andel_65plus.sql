/* ---
titel: Andel 65+ med insats av sjuksköterska i hemsjukvård
kind: proportion
enhet: procent
foljer_alder: true
per_alder: hemsjukvard_ssk_alder_65plus
riktning: neutral
taljare: personer 65 år och äldre med insats av sjuksköterska i ordinärt boende
namnare: folkmängd 65 år och äldre, 31 december
kalla: Ensolutions och SCB
definition: >-
  Personer 65+ med minst en insats av sjuksköterska i ordinärt boende, delat med alla invånare 65+. I nämnaren
  ingår också de som bor på SÄBO, för att folkmängden inte är delad efter boendeform.
tolka_varsamt: Folkmängden 65+ per kommun finns bara för några år. Vilket år som används står i tabellen.
bild: 6
rubriker: {namnare: Invånare 65+, taljare: Personer 65+ med insats av sjuksköterska, varde: Andel}
behover: ensolutions
decimaler: 1
mangder:
  taljare: ensolutions.profession_65plus.ssk
kort: Insats av sjuksköterska, 65+
fynd: "{varde} av alla 65 år och äldre har insats av sjuksköterska i hemsjukvården"
fraga: "Räknas samma insatser som i andra kommuner, och skrivs den ut som inte längre har hemsjukvård?"
malbild: [forebyggande, kompetens]
--- */
with personer as (
    select kommun_kod, matperiod, uttag_id, taljare_ar, antal, tecken
    from hemsjukvard
    where uppdelning = 'profession_65plus' and grupp = 'ssk'
),

folkmangd as (
    select * from befolkning_namnare where aldersgrupp = '65+'
)

select
    personer.kommun_kod,
    personer.matperiod,
    'totalt' as grupp,
    personer.antal as taljare,
    folkmangd.antal as namnare,
    personer.uttag_id,
    personer.taljare_ar,
    folkmangd.namnare_ar,
    folkmangd.namnare_uttag_id,
    folkmangd.namnare_andring,
    personer.tecken
from personer
left join folkmangd on personer.taljare_ar = folkmangd.matar and personer.kommun_kod = folkmangd.kommun_kod
