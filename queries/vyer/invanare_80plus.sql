-- Inhabitants 80+ on 31 December as counted: SCB's, and Kolada's (N01957, which are SCB's too) where SCB's are not loaded.
-- grain: area and year
with ur_scb as (
    select uttag_id, kommun_kod, ar, antal
    from befolkning_gallande
    where aldersgrupp = '80+' and kon = 'totalt' and kvalitet <> 'prognos'
),

ur_kolada as (
    select uttag_id, kommun_kod, ar, varde::bigint as antal
    from nyckeltal_gallande
    where
        nyckeltal = 'N01957' and kon = 'totalt' and varde is not null and ar is not null
        and (kommun_kod, ar) not in (select (kommun_kod, ar) from ur_scb)
)

from ur_scb
union all
from ur_kolada
