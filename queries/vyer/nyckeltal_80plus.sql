-- Kolada's shares of the inhabitants 80+, with the persons behind them: the share times SCB's inhabitants of the same
-- year, in whole persons. Kolada has no figure of the län: it is its kommuner together, where all are known.
with andelar as (
    select
        nyckeltal_gallande.*,
        invanare_80plus.antal as invanare,
        invanare_80plus.uttag_id as invanare_uttag_id,
        nyckeltal_gallande.varde * invanare_80plus.antal / 100 as personer
    from nyckeltal_gallande
    left join invanare_80plus
        on nyckeltal_gallande.kommun_kod = invanare_80plus.kommun_kod and nyckeltal_gallande.ar = invanare_80plus.ar
    where nyckeltal_gallande.nyckeltal in ('N20892', 'N21704', 'N23801') and nyckeltal_gallande.kon = 'totalt'
),

med_antal as (
    select
        uttag_id, kommun_kod, nyckeltal, ar, kon, varde, kalla, tecken, personer,
        round(personer)::bigint as taljare,
        if(personer is null, null, invanare) as namnare,
        if(personer is null, null, invanare_uttag_id) as namnare_uttag_id
    from andelar
),

lanet as (
    select
        -- the persons of several extracts are of none, which could be exempt from hiding
        if(min(uttag_id) = max(uttag_id), min(uttag_id), null) as uttag_id,
        substr(kommun_kod, 1, 2) as kommun_kod,
        nyckeltal,
        ar,
        kon,
        100 * sum(personer) / sum(namnare) as varde,
        min(kalla) as kalla,
        null::varchar as tecken,
        round(sum(personer))::bigint as taljare,
        sum(namnare)::bigint as namnare,
        if(min(namnare_uttag_id) = max(namnare_uttag_id), min(namnare_uttag_id), null) as namnare_uttag_id
    from med_antal
    where length(kommun_kod) = 4
    group by substr(kommun_kod, 1, 2), nyckeltal, ar, kon
    having count(personer) = (select count(distinct kommun_kod) from befolkning_gallande where niva = 'kommun')
)

-- grain: nyckeltal, area and year
select * exclude (personer) from med_antal
union all by name
from lanet where (kommun_kod, nyckeltal, ar) not in (select (kommun_kod, nyckeltal, ar) from med_antal)
