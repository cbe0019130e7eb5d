-- The population of both sexes that a measurement is divided by (see befolkning_matar).
-- grain: measurement year, age group and area
select * exclude (kon)
from befolkning_matar
where kon = 'totalt'
