-- Values of kommuner in other län, which are only compared with.
-- grain: one row per value, kommun and year, both sexes together; a newer extract goes before an older one
with nyaste as (
    select kommun_kod, nyckeltal, ar, varde
    from nyckeltal
    where niva = 'annat' and kon = 'totalt' and length(kommun_kod) = 4
    qualify row_number() over (partition by nyckeltal, kommun_kod, ar order by uttag_id desc) = 1
)

from nyaste where varde is not null
