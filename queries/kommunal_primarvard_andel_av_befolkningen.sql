/* ---
titel: Andel av befolkningen med kommunal primärvård
kind: proportion
enhet: procent
foljer_alder: true
per_alder: kommunal_primarvard_alder
riktning: neutral
taljare: personer som är inskrivna i kommunal primärvård
namnare: folkmängd 31 december
kalla: Cosmic och SCB
definition: >-
  Personer som är inskrivna i kommunal primärvård, delat med folkmängden den 31 december samma år. Finns
  inte folkmängden för det året tas närmaste år, och då står året i tabellen.
tolka_varsamt: En kommun med fler äldre har normalt en högre andel. Jämförs med länets åldrar, där de är kända.
bild: 1
rubriker: {namnare: Folkmängd, taljare: Personer, varde: Andel}
behover: cosmic
decimaler: 1
mangder:
  taljare: cosmic
kort: Andel av invånarna med kommunal primärvård
fynd: "{varde} av befolkningen i {lan} har kommunal primärvård"
fraga: "Är alla som får kommunal primärvård registrerade, och är de som har slutat avslutade?"
malbild: [systemperspektiv]
--- */
with personer as (
    select * from kommunal_primarvard where uppdelning = 'totalt'
),

folkmangd as (
    select * from befolkning_namnare where aldersgrupp = 'totalt'
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
    personer.kalla,
    personer.tecken
from personer
left join folkmangd on personer.matar = folkmangd.matar and personer.kommun_kod = folkmangd.kommun_kod
