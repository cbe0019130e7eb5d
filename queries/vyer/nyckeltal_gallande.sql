-- grain: one row per value, area, year and sex; a newer extract goes before an older one
select uttag_id, niva, kommun_kod, nyckeltal, titel, ar, kon, varde, enhet, kalla, tecken
from nyckeltal
qualify row_number() over (partition by nyckeltal, kommun_kod, ar, kon order by uttag_id desc) = 1
