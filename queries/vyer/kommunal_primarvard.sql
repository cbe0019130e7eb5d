-- Persons in kommunal primärvård: from Cosmic, and from LGL's slides for periods that no Cosmic extract covers.
with ur_cosmic as (
    select
        cosmic.uttag_id,
        cosmic.niva,
        cosmic.kommun_kod,
        uttag.matperiod,
        uttag.ar as taljare_ar,
        uttag.ar as matar,
        cosmic.uppdelning,
        cosmic.grupp,
        cosmic.antal,
        null::varchar as kalla,
        cosmic.tecken
    from cosmic
    inner join uttag using (uttag_id)
),

matt (matt, uppdelning, grupp) as (
    values
        ('kommunal_primarvard_totalt', 'totalt', 'totalt'),
        ('kommunal_primarvard_ordinart_boende', 'boendeform', 'ordinart'),
        ('sabo_kommunal_primarvard', 'boendeform', 'sabo')
),

-- the slide does not say when Cosmic was read: its year is unknown, and the population year is its own (2022)
ur_bilden as (
    select
        bilden.uttag_id,
        bilden.niva,
        bilden.kommun_kod,
        bilden.matperiod,
        null::integer as taljare_ar,
        bilden.ar as matar,
        matt.uppdelning,
        matt.grupp,
        bilden.varde::bigint as antal,
        'LGL:s bild (' || bilden.kalla || ')' as kalla,
        null::varchar as tecken
    from bilden
    inner join matt using (matt)
    where bilden.matperiod not in (select matperiod from ur_cosmic)
)

-- grain: area, matperiod, division and group
from ur_cosmic
union all
from ur_bilden
