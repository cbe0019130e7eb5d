-- Groups of persons in kommunal primärvård, from Cosmic, each beside the persons whose group is known in its division.
-- grain: area, matperiod, division and group
select
    *,
    -- unknown as soon as one group is
    if(count(*) over division = count(antal) over division, sum(antal) over division, null)::bigint as namnare
from kommunal_primarvard
where grupp <> 'uppgift_saknas' and uttag_id in (select uttag_id from cosmic)
window division as (partition by kommun_kod, matperiod, uttag_id, uppdelning)
