-- The population that a measurement is divided by: from its own year, else from the nearest year in which
-- the län and as many kommuner as ever are known (the earlier of two equally near).
with observerad as (
    select
        *,
        -- the yearly growth since the year known before, else until the one known after
        coalesce(
            (antal / lag(antal) over serie - 1) / (ar - lag(ar) over serie),
            (lead(antal) over serie / antal - 1) / (lead(ar) over serie - ar)
        ) as tillvaxt
    from befolkning_gallande
    where kvalitet <> 'prognos' and niva in ('kommun', 'lan')
    window serie as (partition by kommun_kod, aldersgrupp, kon order by ar)
),

-- grain: age group, sex and year
fullstandiga_ar as (
    select aldersgrupp, kon, ar
    from observerad
    group by aldersgrupp, kon, ar
    qualify count(*) = max(count(*)) over (partition by aldersgrupp, kon)
),

matar as (
    select distinct ar as matar from uttag where ar is not null
    union
    select distinct ar from bilden where ar is not null
),

-- grain: measurement year, age group and sex
narmaste as (
    select matar.matar, fullstandiga_ar.aldersgrupp, fullstandiga_ar.kon, fullstandiga_ar.ar
    from matar
    cross join fullstandiga_ar
    qualify row_number() over (
        partition by matar.matar, fullstandiga_ar.aldersgrupp, fullstandiga_ar.kon
        order by abs(fullstandiga_ar.ar - matar.matar), fullstandiga_ar.ar
    ) = 1
)

-- grain: measurement year, age group, sex and area
select
    narmaste.matar,
    narmaste.aldersgrupp,
    narmaste.kon,
    observerad.kommun_kod,
    narmaste.ar as namnare_ar,
    observerad.antal,
    observerad.uttag_id as namnare_uttag_id,
    observerad.tillvaxt * (narmaste.matar - narmaste.ar) as namnare_andring
from narmaste
inner join observerad using (aldersgrupp, kon, ar)
