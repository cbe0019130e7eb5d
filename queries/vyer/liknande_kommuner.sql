-- The newest of Kolada's groups. grain: kommun of the län and kommun that is like it
select kommungrupper.kommun_kod, kommungrupper.grupp, kommungrupper.medlem
from kommungrupper
inner join uttag using (uttag_id)
qualify rank() over (partition by kommungrupper.kommun_kod order by uttag.ar desc nulls last, uttag_id desc) = 1
