-- The population that a measurement is divided by: from its own year, else from the nearest year in which
-- the län and as many kommuner as ever are known (the earlier of two equally near).
with observerad as (
    select *
    from befolkning_gallande
    where kon = 'totalt' and kvalitet <> 'prognos' and niva in ('kommun', 'lan')
),

-- grain: age group and year
fullstandiga_ar as (
    select aldersgrupp, ar
    from observerad
    group by aldersgrupp, ar
    qualify count(*) = max(count(*)) over (partition by aldersgrupp)
),

matar as (
    select distinct ar as matar from uttag where ar is not null
    union
    select distinct ar from bilden where ar is not null
),

-- grain: measurement year and age group
narmaste as (
    select matar.matar, fullstandiga_ar.aldersgrupp, fullstandiga_ar.ar
    from matar
    cross join fullstandiga_ar
    qualify row_number() over (
        partition by matar.matar, fullstandiga_ar.aldersgrupp
        order by abs(fullstandiga_ar.ar - matar.matar), fullstandiga_ar.ar
    ) = 1
)

-- grain: measurement year, age group and area
select
    narmaste.matar,
    narmaste.aldersgrupp,
    observerad.kommun_kod,
    narmaste.ar as namnare_ar,
    observerad.antal,
    observerad.uttag_id as namnare_uttag_id
from narmaste
inner join observerad using (aldersgrupp, ar)
