"""Kommungrupper: the kommuner that Kolada says are like a kommun, a row per member."""

from naravard.base.model import Column, Source
from naravard.sources._columns import KOMMUN

SOURCE = Source(
    id="kommungrupper",
    title="Liknande kommuner (Kolada)",
    provider="Kolada (RKA)",
    description="Vilka kommuner i landet som liknar varje kommun i länet, enligt Kolada.",
    grain="en rad per kommun och liknande kommun",
    columns=(
        KOMMUN,
        Column("grupp", "text", "gruppens namn hos Kolada", ("gruppens namn",), required=True),
        Column("medlem", "area", "en liknande kommun", ("liknande kommun",), required=True),
    ),
    table="niva varchar, kommun_kod varchar, grupp varchar, medlem varchar",
    count_sql="select 'kommun' as niva, kommun as kommun_kod, grupp, medlem from rader order by all",
    whole_country=True,
    key=("kommun", "medlem"),
    open_figures="kommungrupper, som Kolada publicerar",
)
