"""The guide at the API's own address: a page for people, without figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import htpy
from htpy import Element, Node
from markupsafe import Markup

from naravard.access.problems import API, TITLES
from naravard.api import formats, limits
from naravard.api.catalogue import FIGURES, INDICATORS
from naravard.api.fields import FIELDS
from naravard.api.operations import operations
from naravard.api.questions import JAMFOR, KOMMUN, MATPERIOD, VERSION, Question
from naravard.api.recipes import ADDRESS, RECIPES, Recipe
from naravard.api.resources import Answer
from naravard.base.model import EXAMPLE
from naravard.telling import theme

TITLE = "Siffror till andra program"
SPECIFICATION = f"{API}openapi.json"
_KINDS = {"string": "text", "integer": "heltal", "number": "tal", "boolean": "sant/falskt", "date": "dag"}
_WHAT_TO_DO = {
    401: "Gör en ny nyckel.",
    403: "Där man loggar in för att läsa: skicka en nyckel. Äldre versioner kräver dessutom rollen analytiker.",
    410: "Ta bort version ur adressen, eller välj en annan.",
    429: "Vänta så många sekunder som står i Retry-After.",
    500: "Meddela den som sköter tjänsten, med numret som står i svaret.",
}
_STYLE = """
@font-face { font-family: "Source Sans"; src: url("/rum/font.woff2") format("woff2"); font-weight: 200 900; }
:root { color-scheme: light dark; }
body { font: 1rem/1.5 "Source Sans", "Source Sans 3", "Segoe UI", sans-serif; max-width: 60rem; margin: 0 auto;
  padding: 1.5rem; color: var(--nv-text); background: var(--nv-paper); }
h1 { font-size: 2rem; line-height: 1.2; } h2 { margin-top: 2.5rem; } h3 { margin-top: 1.5rem; }
a { color: var(--nv-figure); }
table { border-collapse: collapse; } caption { text-align: left; font-weight: 600; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--nv-line); }
.rulle { overflow-x: auto; }
pre { overflow-x: auto; padding: .8rem 1rem; border: 1px solid var(--nv-line); border-radius: .4rem; }
code { font-size: .95em; } td code { white-space: nowrap; }
@media (max-width: 45rem) { td code { white-space: normal; overflow-wrap: anywhere; } }
"""


def answer(question: Question) -> Answer:
    """The page, with the address of this server in what is pasted."""
    page = htpy.html(lang="sv")[
        htpy.head[
            htpy.meta(charset="utf-8"),
            htpy.meta(name="viewport", content="width=device-width, initial-scale=1"),
            htpy.title[f"{TITLE} – Nära vård i siffror"],
            htpy.link(rel="icon", href="/rum/icon.svg"),
            htpy.style[Markup(theme.css() + _STYLE)],  # noqa: S704 (of our own tables alone)
        ],
        htpy.body[htpy.main[list(_content(question.origin))]],
    ]
    return Answer(str(page).encode(), "text/html; charset=utf-8")


def _content(origin: str) -> Iterator[Node]:
    yield htpy.h1[TITLE]
    yield htpy.p[
        "De publicerade siffrorna, skyddade så som på sidorna. ",
        htpy.a(href=f"{API}{INDICATORS}")["Katalogen"],
        " säger vilka indikatorer som finns, och ",
        htpy.a(href=SPECIFICATION)["beskrivningen för program (OpenAPI)"],
        " vad varje adress tar emot och svarar. ",
        htpy.a(href="/")["Till appen"],
        ".",
    ]
    yield htpy.h2["Adresser"]
    yield _table(
        "Alla adresser går bara att läsa (GET). I siffrornas adress är indikator ett id ur katalogen.",
        ("Adress", "Vad"),
        [(htpy.code[f"{API}{each.path}"], f"{each.what}.") for each in operations()],
    )
    yield htpy.p[
        f"Adresser med {EXAMPLE.lower()} i sig svarar med påhittade personer, för den som vill prova. Talen är märkta "
        f"{EXAMPLE} i varje format."
    ]
    yield htpy.h2["Val"]
    yield _table(
        "Det som kan stå efter ? i adressen. Något annat ger fel 400.",
        ("Parameter", "Betyder", "Till exempel"),
        [
            (htpy.code[each.name], each.what.replace("`", ""), htpy.code[f"{each.name}={each.example}"])
            for each in (KOMMUN, MATPERIOD, JAMFOR, VERSION)
        ],
    )
    yield htpy.h2["Format"]
    yield _table(
        "Slutet på adressen väljer format.",
        ("Format", "För"),
        [(htpy.code[f"{FIGURES}.{name}"], f"{each.what}.") for name, each in formats.formats().items()],
    )
    yield htpy.p[
        "datapackage.json bredvid dem beskriver kolumnerna (Frictionless Data Package). Ett tal som är dolt eller "
        "saknas är tomt, aldrig 0, och skydd säger vilket. anmarkning har allt som måste sägas om talet: ta med den."
    ]
    yield from _recipes(origin)
    yield htpy.h2["Nyckel"]
    yield htpy.p[
        "På en server där man loggar in behöver ett program en nyckel: gör en i appen, på sidan Program och API (för "
        "rollen läsare). Den skickas i huvudet Authorization: Bearer och läser det som du får läsa. På en egen dator "
        "och på en öppen server behövs ingen."
    ]
    yield from _rest()


def _recipes(origin: str) -> Iterator[Node]:
    yield htpy.h2["Så gör du"]
    for recipe in RECIPES:
        yield htpy.h3[recipe.program]
        yield htpy.ul[[htpy.li[step] for step in recipe.steps]]
        yield _code(recipe, origin)


def _code(recipe: Recipe, origin: str) -> Element:
    return htpy.pre(tabindex="0", role="group", aria_label=f"Att klistra in i {recipe.program}")[
        htpy.code[recipe.code.replace(ADDRESS, origin)]
    ]


def _rest() -> Iterator[Node]:
    yield htpy.h2["Kolumner"]
    yield _table(
        "Samma i alla format.",
        ("Kolumn", "Slag", "Vad"),
        [(htpy.code[each.name], _KINDS[each.kind], each.what.replace("`", "")) for each in FIELDS],
    )
    yield htpy.h2["Sparade svar och gränser"]
    yield htpy.ul[
        htpy.li["Varje svar har en ETag. Skickas den i If-None-Match blir svaret 304 tills något är nytt."],
        htpy.li[f"Högst {limits.MOST_A_MINUTE} frågor i minuten från en adress."],
        htpy.li[
            "Sidor på andra webbplatser får inte läsa svaren i en webbläsare (inga CORS-huvuden). Program får det."
        ],
    ]
    yield htpy.h2["Fel"]
    yield htpy.p["Fel är JSON (application/problem+json, RFC 9457) med en mening i detail och det tillåtna i tillatna."]
    yield htpy.ul[
        [
            htpy.li(id=f"fel-{status}")[htpy.b[str(status)], f" {text}. {_WHAT_TO_DO.get(status, '')}".rstrip()]
            for status, text in TITLES.items()
        ]
    ]


def _table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[Node]]) -> Element:
    return htpy.div(".rulle", tabindex="0", role="group", aria_label=caption)[
        htpy.table[
            htpy.caption[caption],
            htpy.thead[htpy.tr[[htpy.th(scope="col")[heading] for heading in headings]]],
            htpy.tbody[[htpy.tr[[htpy.td[cell] for cell in row]] for row in rows]],
        ]
    ]
