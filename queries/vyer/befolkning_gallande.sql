-- grain: one row per area, year, age group and sex; a newer extract goes before an older one
select uttag_id, niva, kommun_kod, ar, aldersgrupp, kon, antal, kvalitet
from befolkning
qualify row_number() over (partition by kommun_kod, ar, aldersgrupp, kon order by uttag_id desc) = 1
