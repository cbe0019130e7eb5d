-- Inhabitants 0–64, 65–79 and 80+: out of all, 65+ and 80+, where all three are known alike, counted or forecast.
with kanda as (
    -- grain: area and year
    select
        niva,
        kommun_kod,
        ar,
        kvalitet = 'prognos' as ar_prognos,
        max(antal) filter (where aldersgrupp = 'totalt') as alla,
        max(antal) filter (where aldersgrupp = '65+') as fran_65,
        max(antal) filter (where aldersgrupp = '80+') as fran_80,
        max(uttag_id) as uttag_id
    from befolkning_gallande
    where kon = 'totalt' and aldersgrupp in ('totalt', '65+', '80+')
    group by niva, kommun_kod, ar, kvalitet = 'prognos'
    having count(distinct aldersgrupp) = 3
)

-- grain: area, year and age
select
    kanda.niva,
    kanda.kommun_kod,
    kanda.ar,
    kanda.ar_prognos,
    delar.grupp,
    case delar.grupp
        when '0-64' then kanda.alla - kanda.fran_65
        when '65-79' then kanda.fran_65 - kanda.fran_80
        else kanda.fran_80
    end as antal,
    kanda.uttag_id
from kanda
cross join (values ('0-64'), ('65-79'), ('80+')) as delar (grupp)
