"""How the figures are taken into other programs, a recipe for each: steps, and what is pasted.

The guide of the API (`/api/v1/`) and docs/api.md have the same recipes. `ADDRESS` in them stands for the server's own.
"""

from __future__ import annotations

from typing import NamedTuple

ADDRESS = "https://naravard.exempel.se"


class Recipe(NamedTuple):
    """One program: its name, what one does there, and what is pasted, in which language."""

    program: str
    steps: tuple[str, ...]
    code: str
    language: str


_POWER_QUERY = f"""\
let
    Svar = Json.Document(Web.Contents("{ADDRESS}", [
        RelativePath = "api/v1/indikatorer/sabo_andel_primarvard/siffror.json",
        Query = [matperiod = "alla"]
    ])),
    Rader = Table.FromRecords(Svar[rader]),
    Typer = Table.TransformColumnTypes(Rader, {{
        {{"varde", type number}}, {{"nedre", type number}}, {{"ovre", type number}},
        {{"taljare", Int64.Type}}, {{"namnare", Int64.Type}}, {{"fran", type date}}, {{"till", type date}}
    }}, "en-US")
in
    Typer
"""
_KEY_IN_POWER_QUERY = (
    'Kräver servern en nyckel: skriv dessutom Headers = [Authorization = "Bearer nv_…"] efter Query = […], med ett '
    "komma emellan, och välj Anonym när programmet frågar hur det ska logga in: nyckeln är redan med."
)
RECIPES = (
    Recipe(
        "Excel",
        (
            "Data, Hämta data, Från andra källor, Tom fråga. Välj Avancerad redigerare, ersätt det som står där med "
            "raderna nedan, och Klar. Stäng och läs in.",
            "Data, Uppdatera alla hämtar de senaste siffrorna.",
            _KEY_IN_POWER_QUERY,
        ),
        _POWER_QUERY,
        "powerquery",
    ),
    Recipe(
        "Power BI",
        (
            "Hämta data, Tom fråga, Avancerad redigerare, och samma rader som i Excel. Eller hela kolumntyperna på en "
            "gång ur Parquet, med raderna nedan.",
            "Servern i ett internt nät uppdateras från Power BI:s tjänst genom organisationens gateway.",
            _KEY_IN_POWER_QUERY,
        ),
        f"""\
let
    Fil = Web.Contents("{ADDRESS}", [
        RelativePath = "api/v1/indikatorer/sabo_andel_primarvard/siffror.parquet",
        Query = [matperiod = "alla"]
    ]),
    Rader = Parquet.Document(Binary.Buffer(Fil))
in
    Rader
""",
        "powerquery",
    ),
    Recipe(
        "Python (pandas)",
        ('Med nyckel: lägg till storage_options={"Authorization": "Bearer nv_…"} i read_parquet.',),
        f"""\
import pandas as pd

tal = pd.read_parquet(
    "{ADDRESS}/api/v1/indikatorer/sabo_andel_primarvard/siffror.parquet?matperiod=alla"
)
kommuner = tal[tal.niva == "kommun"].pivot(index="kommun", columns="matperiod", values="varde")
""",
        "python",
    ),
    Recipe(
        "DuckDB",
        (
            "Tillägget httpfs hämtar DuckDB själv, en gång, på din egen dator. Når datorn inte internet: spara filen "
            "och läs den därifrån.",
            "Med nyckel: create secret (type http, bearer_token 'nv_…').",
        ),
        f"""\
install httpfs; load httpfs;
select kommun, varde, skydd
from read_parquet('{ADDRESS}/api/v1/indikatorer/sabo_andel_primarvard/siffror.parquet')
where niva = 'kommun' order by varde desc nulls last;
""",
        "sql",
    ),
    Recipe(
        "R",
        ('Med nyckel: library(httr2), och req_auth_bearer_token("nv_…") på frågan.',),
        f"""\
tal <- read.csv(
  "{ADDRESS}/api/v1/indikatorer/sabo_andel_primarvard/siffror.csv?matperiod=alla",
  fileEncoding = "UTF-8", na.strings = "", colClasses = c(kommun_kod = "character", matperiod = "character")
)
""",
        "r",
    ),
    Recipe(
        "Kommandoraden (curl)",
        ('Med nyckel: -H "Authorization: Bearer nv_…". Med --compressed blir svaret mindre.',),
        f"""\
curl --fail "{ADDRESS}/api/v1/indikatorer"
curl --fail -OJ "{ADDRESS}/api/v1/indikatorer/sabo_andel_primarvard/siffror.csv?kommun=0880&matperiod=alla"
""",
        "sh",
    ),
)
