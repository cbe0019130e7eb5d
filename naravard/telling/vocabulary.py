"""The words for what chance can and cannot explain: one phrase for one thing, wherever it stands.

Each stands in docs/ord.md with what it means; tests/test_vocabulary.py holds them together. "Säker" is not used of a
difference: what chance does not explain may be registration, or age.
"""

from __future__ import annotations

SPAN = "Slumpens spann (95 %)"
"""The heading of a figure's own interval."""
SPAN_MEANS = (
    "Talet är exakt för dem som räknades. Intervallet visar hur mycket det kan ändras av tillfälligheter, utan att "
    "något har blivit annorlunda. Fel i registreringen ingår inte."
)
INSIDE, DIFFERS, DIFFERS_CLEARLY = "inom slumpen", "avviker", "avviker tydligt"
VERDICTS = {0: INSIDE, 1: DIFFERS, 2: DIFFERS_CLEARLY}
"""By how far out the figure lies: inside 95 %, outside 95 %, outside 99.8 %."""
NOT_ENOUGH = "talen räcker inte"
AMONG = "inom spridningen"
AMONG_MEANS = "Inom spridningen: kommunerna skiljer sig mer än slumpen ger, och den här ligger inom det."
SHAPES = f"▲ högre, ▼ lägre: {DIFFERS} (95 %). ▲▲ ▼▼ {DIFFERS_CLEARLY} (99,8 %)."
MARKS = f"{DIFFERS} (95 %). ▲▲ ▼▼ {DIFFERS_CLEARLY} (99,8 %)."
WITHOUT_MARK = f"Utan tecken: {INSIDE}, eller {NOT_ENOUGH}."
WITHOUT_MARK_AMONG = f"Utan tecken: {AMONG}."

RYMS = "Skillnaden mot {other} ryms inom slumpens gränser."
RYMS_AMONG = "Skillnaden är inte större än den brukar vara mellan kommunerna."
RARELY = "Större skillnad mot {other} än slumpen brukar ge: {side}."
HARDLY_EVER = "Så stor skillnad mot {other} ger slumpen nästan aldrig: {side}."
OTHER_CAUSES = "Den kan bero på registrering eller ålder."
REGISTRATION = "Den kan bero på hur det registreras."
NOT_ENOUGH_TO_TELL = "Talen räcker inte för att säga om kommunen skiljer sig."
WOULD_BE_SEEN = "En skillnad på minst {seen} skulle synas i fyra fall av fem."
NEVER_SEEN = "Talen är så små att inte ens den största skillnaden skulle synas i fyra fall av fem."
A_PART = (
    "Spannet når länets tal, och skillnaden är ändå större än slumpen brukar ge: kommunen är själv en del av länet."
)

MORE_THAN_CHANCE = "Kommunerna skiljer sig mer än slumpen ger."
OUTSIDE_EVEN_SO = "Avviker mer än kommunerna brukar skilja sig"
ASK_FIRST = "Fråga först om registrering och ålder. Att flera avviker är ett enda fynd, inte ett för varje kommun."
ASK_OF_REGISTRATION = "Fråga först om registrering. Att flera avviker är ett enda fynd, inte ett för varje kommun."
SAME_PERSONS = "{names} räknar samma personer: en enda orsak, som hur de registreras, kan ligga bakom."
NOT_COMPARED = "Jämförs inte"
YEARS_APART = "Ingen jämförelse görs: täljaren och nämnaren är från år som ligger mer än ett isär, eller är okända."
OUTGROWN = (
    "Ingen jämförelse görs: nämnaren är från ett annat år, och har ändrats så mycket att det kan se ut som en skillnad."
)
HAS_OUTGROWN = "nämnaren är från ett annat år och har ändrats för mycket"
AGE = "Ingen jämförelse görs: talet följer hur gammal befolkningen är, och åldern går inte att utjämna här."
AGE_IN_DIFFERENCE = (
    "Talet följer hur gammal befolkningen är: en kommun med fler äldre har ett högre tal utan att vården är en annan."
)
EQUAL_AGES = "Med länets åldrar"
ADJUSTED = "Jämförelsen är utjämnad för ålder: varje ålder jämförs med samma ålder i länet."
A_GROUP_FOLLOWS = "Grupperna är alla tillsammans, så en av dem följer av de andra och räknas inte."
NO_CHANGE = "Talen ändras inte mer över tid än slumpen kan ge"
SHARED_DAYS = "Perioderna går i varandra och räknar delvis detsamma: om de ökar eller minskar sägs inte."
TOO_SMALL = "Talen ändras mer än slumpen ger, men mycket lite"
COUNTS_UNKNOWN = "Källan ger inte antalen bakom talen, så det går inte att säga om en skillnad är större än slumpen."
CHANCE_IS_UNKNOWN = "Om den är större än slumpen går inte att säga."
