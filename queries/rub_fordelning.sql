/* ---
titel: RUB-nivå i kommunal primärvård
kind: distribution
enhet: procent
riktning: neutral
taljare: personer i kommunal primärvård på RUB-nivån
namnare: personer i kommunal primärvård med RUB-nivå
kalla: Cosmic (Johns Hopkins ACG)
definition: >-
  RUB (Resource Utilization Band) delar in personer efter förväntat vårdbehov, från 0 (ingen vård under
  perioden) till 5 (mycket högt). Nivåerna är en ordning, inte en mängd: därför visas fördelningen och
  aldrig ett medelvärde. Nivå 0 är en egen nivå, inte en saknad uppgift. Personer utan nivå är inte med.
tolka_varsamt: Nivån bygger på registrerade diagnoser. Kommuner som registrerar olika får olika fördelning.
bild: 5
behover: cosmic
ordnade_grupper: true
grupper:
  "0": 0 – ingen vård
  "1": 1 – frisk
  "2": 2 – lågt behov
  "3": 3 – måttligt behov
  "4": 4 – högt behov
  "5": 5 – mycket högt behov
mangder:
  taljare: cosmic.rub.{grupp}
  namnare: cosmic - cosmic.rub.uppgift_saknas
kort: Mycket högt vårdbehov (RUB 5)
huvudgrupp: "5"
fynd: "{varde} av dem med kommunal primärvård har mycket högt vårdbehov (RUB 5)"
fraga: "Är diagnoserna registrerade på samma sätt i alla kommuner?"
malbild: [forebyggande, samordning]
--- */
with nivaer as (
    select * from kommunal_primarvard where uppdelning = 'rub' and grupp <> 'uppgift_saknas'
),

-- grain: one row per area and period that has any level, with all six levels
alla_nivaer as (
    select omraden.*, unnest(['0', '1', '2', '3', '4', '5']) as grupp
    from (
        select
            kommun_kod,
            matperiod,
            uttag_id,
            taljare_ar,
            -- unknown as soon as one level is
            if(count(*) = count(antal), sum(antal), null)::bigint as namnare
        from nivaer
        group by all
    ) as omraden
)

select
    alla_nivaer.kommun_kod,
    alla_nivaer.matperiod,
    alla_nivaer.grupp,
    if(nivaer.grupp is null, 0, nivaer.antal) as taljare,
    alla_nivaer.namnare,
    alla_nivaer.uttag_id,
    alla_nivaer.taljare_ar,
    nivaer.tecken
from alla_nivaer
left join nivaer using (kommun_kod, matperiod, uttag_id, grupp)
