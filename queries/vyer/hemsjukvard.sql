-- Persons with insats in hemsjukvård: from Ensolutions, and from LGL's slides for periods without an extract.
with ur_ensolutions as (
    select
        ensolutions.uttag_id,
        ensolutions.niva,
        ensolutions.kommun_kod,
        uttag.matperiod,
        uttag.ar as taljare_ar,
        ensolutions.uppdelning,
        ensolutions.grupp,
        ensolutions.antal,
        null::varchar as kalla,
        ensolutions.tecken
    from ensolutions
    inner join uttag using (uttag_id)
),

matt (matt, uppdelning, grupp) as (
    values
        ('hemsjukvard_unika_individer', 'totalt', 'totalt'),
        ('hemsjukvard_sjukskoterska', 'profession', 'ssk'),
        ('hemsjukvard_arbetsterapeut', 'profession', 'at'),
        ('hemsjukvard_fysioterapeut', 'profession', 'ft')
),

ur_bilden as (
    select
        bilden.uttag_id,
        bilden.niva,
        bilden.kommun_kod,
        bilden.matperiod,
        bilden.ar as taljare_ar,
        matt.uppdelning,
        matt.grupp,
        bilden.varde::bigint as antal,
        'LGL:s bild (' || bilden.kalla || ')' as kalla,
        null::varchar as tecken
    from bilden
    inner join matt using (matt)
    where bilden.matperiod not in (select matperiod from ur_ensolutions)
)

-- grain: area, matperiod, division and group
from ur_ensolutions
union all
from ur_bilden
