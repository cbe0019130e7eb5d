"""Columns that several sources share."""

from naravard.model import Column

PERSON_ID = Column(
    "person_id",
    "person",
    "person-, samordnings- eller reservnummer, eller ett internt nummer",
    ("personnummer", "pnr", "person-id", "personid", "patient-id", "patientid", "patient", "id", "löpnummer"),
)
KOMMUN = Column(
    "kommun",
    "area",
    "kommunens namn eller kod",
    ("kommunnamn", "kommunkod", "kommun_kod", "vårdkommun", "kommun (vård)", "region"),
    required=True,
)
BOENDEFORM = Column(
    "boendeform",
    "category",
    "ordinärt, SÄBO eller korttid",
    ("boende", "boendetyp", "typ av boende"),
    values={
        "ordinärt boende": "ordinart",
        "ordinärt": "ordinart",
        "eget boende": "ordinart",
        "ob": "ordinart",
        "särskilt boende": "sabo",
        "särskilt boende för äldre": "sabo",
        "säbo": "sabo",
        "korttidsboende": "korttid",
        "korttidsplats": "korttid",
        "korttid": "korttid",
    },
    rule="nyaste datum gäller, annars SÄBO före korttid före ordinärt boende",
)
ALDER = Column("alder", "integer", "ålder i hela år, 0–125", ("ålder", "ålder (år)"), minimum=0, maximum=125)
FODELSEDATUM = Column("fodelsedatum", "date", "födelsedatum, när åldern saknas", ("födelsedatum", "född", "födelsedag"))
DATUM = Column(
    "datum",
    "date",
    "dagen som raden gäller: den nyaste går före",
    ("kontaktdatum", "besöksdatum", "registreringsdatum", "senast ändrad", "uppdaterad", "insatsdatum"),
)
ALDERSGRUPP = Column(
    "aldersgrupp",
    "category",
    "0–64, 65–79 eller 80+",
    ("åldersgrupp", "ålder"),
    values={
        "0-64": "0-64",
        "0–64 år": "0-64",
        "65-79": "65-79",
        "65–79 år": "65-79",
        "80+": "80+",
        "80 år och äldre": "80+",
    },
)
ANTAL = Column(
    "antal",
    "integer",
    "antal personer",
    ("antal personer", "antal patienter", "antal individer", "unika individer", "personer", "patienter", "antal unika"),
    required=True,
    minimum=0,
)
KON = Column(
    "kon",
    "category",
    "kvinna eller man",
    ("kön",),
    values={"kvinna": "kvinna", "k": "kvinna", "f": "kvinna", "man": "man", "m": "man"},
)
KON_BEFOLKNING = Column(
    "kon",
    "category",
    "kvinnor, män eller totalt",
    ("kön",),
    values={
        "totalt": "totalt",
        "total": "totalt",
        "båda": "totalt",
        "kvinnor": "kvinna",
        "kvinna": "kvinna",
        "män": "man",
        "man": "man",
    },
)
