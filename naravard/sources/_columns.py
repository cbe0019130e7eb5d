"""Columns that several sources share."""

import re
from dataclasses import replace
from itertools import product

from naravard.base.codes import Level
from naravard.base.model import Column, RowCheck

MOST_PERSONS = 9_999_999
"""No count in a län has eight digits; a date has, and ids have more."""
PERSON_ID = Column(
    "person_id",
    "person",
    "person-, samordnings- eller reservnummer, eller ett internt nummer",
    (
        *("personnummer", "pnr", "person-id", "personid", "patient-id", "patientid", "patient"),
        *("personnr", "patientnummer", "patientnr", "brukar-id", "klient-id", "individ-id", "individnummer"),
        *("patientnyckel", "personnyckel", "patientkod", "personkod", "pseudonym", "pseudonymiserat id"),
        *("samordningsnummer", "reservnummer", "personbeteckning", "personidentitet", "personidentifierare"),
        *("pat-id", "patnr", "pid", "kund-id", "kundnummer", "kundnr", "klientnummer", "klientnr", "brukarnummer"),
        *("brukarnr", "individnr", "invånar-id", "vårdtagar-id", "journalnummer", "journalnr", "studie-id"),
        *("pseudo-id", "pseudonym-id", "avidentifierat id", "krypterat id", "patientlöpnummer", "löpnr patient"),
        # last: they can be the row's, where another column is the person's
        *("löpnummer", "löpnr", "id", "unikt id", "id-nummer"),
    ),
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
    "boendeform: ordinärt, SÄBO eller korttid",
    ("boende", "boendetyp", "typ av boende"),
    values={
        "ordinärt boende": "ordinart",
        "ordinärt": "ordinart",
        **dict.fromkeys(("eget boende", "egen bostad", "ordinär bostad", "ob", "ord", "hemma", "i hemmet"), "ordinart"),
        **dict.fromkeys(("ordb", "obo", "ord boende", "ord bo", "ordinärt bo", "ordinär", "ordinärt hem"), "ordinart"),
        **dict.fromkeys(("eget", "eget hem", "hem", "hemmet", "bostad", "ordinärt boende med hemtjänst"), "ordinart"),
        **dict.fromkeys(("hemmaboende", "hemmavarande", "bor hemma", "eget boende med hemtjänst"), "ordinart"),
        # housing for older people without a decision of the kommun is ordinary housing
        **dict.fromkeys(("trygghetsboende", "trygghetsbostad", "seniorboende", "seniorbostad"), "ordinart"),
        "särskilt boende": "sabo",
        "särskilt boende för äldre": "sabo",
        **dict.fromkeys(("säbo", "särbo", "sb", "särskilt", "särsk boende", "vårdboende", "äldreboende"), "sabo"),
        **dict.fromkeys(("säb", "sbo", "äbo", "vbo", "vob", "våbo", "särskild boendeform", "säbo demens"), "sabo"),
        **dict.fromkeys(("permanent säbo", "säbo permanent", "permanent särskilt boende", "s.ä.b.o"), "sabo"),
        **dict.fromkeys(("särskilt boende sol", "särskilt boende 5:5 sol", "gruppboende demens"), "sabo"),
        **dict.fromkeys(
            ("vård- och omsorgsboende", "vård & omsorgsboende", "vobo", "demensboende", "ålderdomshem", "sjukhem"),
            "sabo",
        ),
        "korttidsboende": "korttid",
        **dict.fromkeys(("korttidsplats", "korttid", "ktb", "ktv", "kt", "korttidsvård", "korttidsenhet"), "korttid"),
        **dict.fromkeys(("kort", "korttids", "kbo", "ktp", "korttidsvistelse", "korttidsboende/växelvård"), "korttid"),
        **dict.fromkeys(("korttidsb", "korttid på säbo", "korttidsplats på säbo"), "korttid"),
        **dict.fromkeys(("växelvård", "växelboende", "avlastning", "avlastningsplats"), "korttid"),
    },
    rule="nyaste datum gäller, annars SÄBO före korttid före ordinärt boende",
)
ALDER = Column(
    "alder",
    "integer",
    "ålder i hela år, 0–125",
    (
        *("ålder", "ålder (år)", "ålder i år", "ålder hela år", "age"),
        *("ålder vid uttag", "ålder vid mätning", "ålder vid mättillfälle", "ålder vid kontakt", "ålder vid besök"),
        *("ålder vid insats", "ålder vid registrering", "åldersgrupp", "åldersklass", "åldersintervall"),
    ),
    minimum=0,
    maximum=125,
    unit="år",
    open_from=80,
    limits=(65, 80),
)
FODELSEDATUM = Column(
    "fodelsedatum",
    "date",
    "födelsedatum, när åldern saknas",
    ("födelsedatum", "född", "födelsedag", "födelsetid", "birth date", "birthdate", "date of birth", "dob"),
)
FODELSEAR = Column(
    "fodelsear",
    "birth_year",
    "födelseår, när åldern och födelsedatum saknas",
    ("födelseår", "född år", "född (år)", "födelseår (åååå)", "födelsår", "birth year", "year of birth"),
)
DATUM = Column(
    "datum",
    "date",
    "dagen som raden gäller: den nyaste går före",
    ("kontaktdatum", "besöksdatum", "registreringsdatum", "senast ändrad", "uppdaterad", "insatsdatum"),
)
ALDERSGRUPP = Column(
    "aldersgrupp",
    "category",
    "åldersgrupp: 0–64, 65–79 eller 80+",
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


def filled_on_all_rows(name: str, word: str) -> RowCheck:
    """A column that an area can be divided by is filled on all rows, or on none: an empty cell is not all of them."""
    return RowCheck(
        Level.ERROR,
        f"{name} is null and (select count({name}) from rader) > 0",
        f"{word} saknas på raden, men finns på andra rader",
        "Fyll i värdet",
    )


_ALL = re.compile(r"totalt|alla|samtliga|unika")
_TOTALS = [
    " ".join(filter(None, words))
    for words in product(
        ("", "totalt", "alla", "samtliga"),
        ("", "antal"),
        ("", "unika"),
        ("", "individer", "personer", "patienter", "brukare"),
        ("", "totalt"),
    )
]
"""What a report calls a row or a column of all: `Totalt antal unika personer`, `Unika individer`."""


def in_table(column: Column) -> Column:
    """A column of groups in a table that is counted already: a row can be all of them, or those that are unknown."""
    every: dict[str, str | None] = dict.fromkeys(
        ("totalt", "alla", "summa", "samtliga", "totalsumma", *filter(_ALL.search, _TOTALS))
    )
    unknown = dict.fromkeys(("uppgift saknas", "okänd", "okänt", "ej angivet"), "uppgift_saknas")
    return replace(column, values={**column.values, **unknown, **every}, required=False, rule="")


ANTAL = Column(
    "antal",
    "integer",
    "antal personer",
    (
        "antal personer",
        "antal personer med kommunal primärvård",
        "antal personer med insats",
        "antal patienter",
        "antal individer",
        "unika individer",
        "personer",
        "patienter",
        "antal unika",
        *(
            f"{words} {people}"
            for words in ("antal unika", "unika", "totalt antal", "antal inskrivna", "inskrivna")
            for people in ("patienter", "personer", "individer", "brukare")
        ),
        *("antal inskrivna", "inskrivna", "antal brukare"),
    ),
    required=True,
    minimum=0,
    maximum=MOST_PERSONS,
)
KON = Column(
    "kon",
    "category",
    "kön: kvinna eller man",
    (
        "kön",
        "juridiskt kön",
        "patientens kön",
        "kön (juridiskt)",
        "gender",
        "sex",
        "kvinna/man",
        "man/kvinna",
        "k/m",
        "m/k",
    ),
    values={
        "kvinna": "kvinna",
        **dict.fromkeys(("k", "f", "kvinnor", "flicka", "female"), "kvinna"),
        "man": "man",
        **dict.fromkeys(("m", "män", "pojke", "male"), "man"),
    },
    rule="räknas som kvinna",
)
KON_BEFOLKNING = Column(
    "kon",
    "category",
    "kön: kvinnor, män eller totalt",
    ("kön", "gender", "sex", "values gender"),
    values={
        "totalt": "totalt",
        "total": "totalt",
        "båda": "totalt",
        "båda könen": "totalt",
        "kvinnor och män": "totalt",
        "samtliga": "totalt",
        **dict.fromkeys(("alla", "båda kön", "alla kön", "samtliga kön", "totalt kön", "män och kvinnor"), "totalt"),
        **dict.fromkeys(("both", "both sexes", "all", "men and women", "women and men"), "totalt"),
        "kvinnor": "kvinna",
        "kvinna": "kvinna",
        "män": "man",
        "man": "man",
        **dict.fromkeys(("women", "woman", "female"), "kvinna"),
        **dict.fromkeys(("men", "male"), "man"),
        # as Kolada's own files write it
        "t": "totalt",
        "k": "kvinna",
        "m": "man",
        # SCB's codes
        "1": "man",
        "2": "kvinna",
        "1+2": "totalt",
    },
)

PERSONS_BY_AGE = """
select kommun_kod, 'personer', 'totalt', antal from antal where uppdelning = 'totalt'
union all
select kommun_kod, 'personer 80+', '80+', antal from antal where uppdelning = 'aldersgrupp' and grupp = '80+'
union all
select kommun_kod, 'personer 65+', '65+', sum(antal)::bigint
from antal
where uppdelning = 'aldersgrupp' and grupp in ('65-79', '80+')
group by all
having count(antal) = 2
"""
"""What counts of persons are compared by (Source.measures_sql)."""
