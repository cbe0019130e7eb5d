-- grain: one row per value, area of the län or riket, year and sex; a newer extract goes before an older one, also where
-- it says that there is no value any more
with nyaste as (
    select uttag_id, niva, kommun_kod, nyckeltal, titel, ar, kon, varde, enhet, kalla, tecken
    from nyckeltal
    where niva <> 'annat'
    qualify row_number() over (partition by nyckeltal, kommun_kod, ar, kon order by uttag_id desc) = 1
)

from nyaste where varde is not null or tecken is distinct from 'saknas'
