"""Indicators: each SQL file in `queries/` with its front matter, found by looking.

The SQL returns counts only. Required columns: `kommun_kod, matperiod, grupp, taljare, namnare`. It may add
`uttag_id` (the extract of the row, which decides whether it is exempt from hiding), `namnare_uttag_id` (the
extract of the denominator, where it is another), `taljare_ar` and `namnare_ar` (years of numerator and
denominator), `namnare_andring` (how much the denominator changes from the one to the other, as a part of itself),
`varde` (a value that someone else computed and published without its counts) and `kalla` (who did, where the rows of
an extract come from several).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from rapidfuzz import process

from naravard import sources
from naravard.base import persons, settings, structs
from naravard.base.breaks import MEASURED_ANEW, Break
from naravard.base.errors import NotFound, UserError
from naravard.base.model import NO_GROUP, Source
from naravard.base.persons import Form
from naravard.figures.kinds import Kind, kinds

Direction = Literal["higher_is_better", "lower_is_better", "neutral"]
_CHARTS = Path(__file__).parents[1] / "charts"
_DIVIDED = re.compile(r"\.\w+\.\{grupp\}")
"""A division by the group of the row."""
_SERIES = "timeline"
"""The chart of the län's figures over the years, without kommuner."""

REQUIRED_COLUMNS = ("kommun_kod", "matperiod", "grupp", "taljare", "namnare")
OPTIONAL_COLUMNS = (
    "uttag_id",
    "taljare_ar",
    "namnare_ar",
    "namnare_uttag_id",
    "namnare_andring",
    "varde",
    "kalla",
    "tecken",
)
_FRONT_MATTER = re.compile(r"\A\s*/\*\s*---\n(.*?)\n---\s*\*/\s*(.*)\Z", re.DOTALL)


@cache
def _charts() -> dict[str, str]:
    """The names of all charts, by themselves; their modules lie in a layer above."""
    return {path.stem: path.stem for path in sorted(_CHARTS.glob("[!_]*.py"))}


class Sets(NamedTuple):
    """Which persons (or visits) a row counts, as sums of sets that sources declare; empty where none are named."""

    taljare: Form
    namnare: Form


@dataclass(frozen=True)
class Indicator:
    """The front matter of one SQL file, and its SQL. `id` is the file's stem."""

    id: str
    sql: str
    titel: str
    """What the figure is, as a heading."""
    kind: Annotated[Kind, structs.OneOf(kinds)]
    """How the value is made of numerator and denominator; a `count` has no denominator."""
    enhet: str
    """The unit of the value, as a reader sees it."""
    riktning: Direction
    """Whether a high value is good. Where it is `neutral` no figure is called better or worse."""
    taljare: str
    """What is counted, in words."""
    kalla: str
    """Who the figures come from, as a reader sees it."""
    definition: str
    """What is counted and how, in a few sentences."""
    namnare: str = ""
    """What it is counted out of, in words. Required unless `kind` is `count`."""
    tolka_varsamt: str = ""
    """What to beware of, in the yellow box on the page."""
    fraga: str = ""
    """What to ask the care about where the figure is worse than others', has become so, or is doubtful."""
    bild: int | None = None
    """The number of the slide of LGL that it stands on."""
    behover: str = ""
    """The source whose extract fills the indicator, for the empty state."""
    grupper: Mapping[str, str] = field(default_factory=dict)
    """Group code → label, in the order of display."""
    rubriker: Mapping[str, str] = field(default_factory=dict)
    """Short table headings for `taljare`, `namnare` and `varde`."""
    grupper_overlappar: bool = False
    """One person can be in several groups: they are never summed."""
    foljer_alder: bool = False
    """It follows how old the inhabitants are: areas are compared with equal ages alone, by `per_alder`."""
    per_alder: str = ""
    """The indicator that has the same persons by age, by which it is adjusted; its groups are those of inhabitants.

    Where this one has groups too, they are a part of the codes of its groups: `kon_80plus.kvinna` is of `kvinna`.
    """
    invanare_per_alder: str = "befolkning_per_alder"
    """The indicator that has all inhabitants by the same ages."""
    rangordna: bool = True
    """Whether the kommuner may be set in the order of their values; not where registration sets them apart."""
    ordnade_grupper: bool = False
    """The groups have an order, from low to high, which the colours show."""
    per: int = 1000
    """A rate is per this many."""
    decimaler: int = 0
    """Decimals on screen. Files for machines have one more."""
    diagram: Annotated[str, structs.OneOf(_charts)] = "ranked_bar"
    """The first chart; where none is given, one that suits `kind` and the number of groups."""
    kort: str = ""
    """The title in a few words, for the head of a column; the title itself where none is given."""
    fynd: str = ""
    """The län's figure as a sentence, for a slide's title. It has `{varde}` and may have `{antal}`, `{av}`, `{lan}`."""
    huvudgrupp: str = ""
    """The group that stands for the indicator where only one number fits; that of all where there is one."""
    malbild: tuple[str, ...] = ()
    """Which parts of the county's vision it follows: ids in data/malbild.toml."""
    period_per_omrade: bool = False
    """Each area is shown with its own latest period, because the areas are never measured together."""
    nyckeltal: str = ""
    """Kolada's id of what it shows: by it the figures are fetched, and those of other kommuner are known."""
    brott: tuple[int, ...] = ()
    """Years from which it is measured in another way: no line is drawn and no change is told across them."""
    mangder: Mapping[str, str] = field(default_factory=dict)
    """Which persons `taljare` and `namnare` count: sums of the sets that sources declare, as `cosmic.rub.{grupp}`.

    `{grupp}` stands for the group of the row. For the group of all the division is left out: `cosmic`.
    """

    def sets(self, grupp: str) -> Sets:
        """The sets that the rows of a group count."""
        return _sets(self.mangder.get("taljare", ""), self.mangder.get("namnare", ""), grupp)

    @property
    def short(self) -> str:
        """The title for the head of a column."""
        return self.kort or self.titel

    @property
    def in_percent(self) -> bool:
        """Whether the values are shares of a whole, in percent."""
        return self.kind.in_percent

    @property
    def scale(self) -> int:
        """What numerator by denominator is multiplied by to give the value."""
        return self.per if self.kind.scaled_by_per else 100

    @property
    def is_series(self) -> bool:
        """Whether it is shown over all its periods at once, for the län alone."""
        return self.diagram == _SERIES

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The breaks that stand in its head."""
        return tuple(Break(date(year, 1, 1), MEASURED_ANEW, indikator=self.id) for year in self.brott)

    @property
    def file(self) -> str:
        """Where the indicator is defined, for those who want to read or copy it."""
        return f"queries/{self.id}.sql"


@cache
def _sets(taljare: str, namnare: str, grupp: str) -> Sets:
    return Sets(_form(taljare, grupp), _form(namnare, grupp))


@cache
def _form(expression: str, grupp: str) -> Form:
    """A sum of sets for one group; the group of all is all that is divided."""
    if not expression:
        return ()
    text = _DIVIDED.sub("", expression) if grupp == NO_GROUP else expression
    # a group is part of a name, whatever signs it has: it must not be read as a sum
    return tuple(term._replace(name=term.name.replace("{grupp}", grupp)) for term in persons.parse(text))


_IN_SENTENCES = ("varde", "antal", "av", "lan")


@cache
def registry() -> dict[str, Indicator]:
    """All indicators by id, in alphabetical order."""
    return {path.stem: parse(path) for path in sorted(settings.QUERIES.glob("*.sql"))}


def by_id(indicator_id: str) -> Indicator:
    """One indicator. Raises NotFound with the nearest id."""
    indicator = registry().get(indicator_id)
    if indicator is None:
        near = process.extractOne(indicator_id, list(registry()), score_cutoff=60)
        hint = f" Menar du {near[0]}?" if near else ""
        raise NotFound(f"Indikatorn {indicator_id!r} finns inte.{hint} Se ”python -m naravard indikatorer”.")
    return indicator


@cache
def views() -> dict[str, str]:
    """SQL of the shared views in `queries/vyer/`, by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((settings.QUERIES / "vyer").glob("*.sql"))}


def parse(path: Path) -> Indicator:
    """Read one SQL file. Raises UserError that tells every wrong, unknown or missing key of its front matter."""
    front, sql = _front_matter(path)
    problems = _problems(front)
    indicator = structs.build(
        {key: value for key, value in front.items() if key not in problems},
        Indicator,
        f"Rubriken i queries/{path.name}",
        list(problems.values()),
        beside={"id": path.stem, "sql": sql.rstrip().rstrip(";")},
    )
    if "diagram" in front:
        return indicator
    return replace(indicator, diagram=indicator.kind.diagram(len(indicator.grupper)))


def _front_matter(path: Path) -> tuple[dict[str, Any], str]:
    """The keys of a file that have a value, and its SQL. Raises UserError where it cannot be told which they are."""
    try:
        match = _FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise UserError(f"Filen queries/{path.name} är inte UTF-8. Spara om den som UTF-8.") from error
    if match is None:
        raise UserError(f"Filen queries/{path.name} ska börja med en rubrik ”/* --- … --- */” och sedan SQL.")
    lines_before = match.string.count("\n", 0, match.start(1))
    content = structs.parse_yaml(match[1], f"Rubriken i queries/{path.name}", lines_before)
    if not isinstance(content, dict):
        raise UserError(f"Rubriken i queries/{path.name} ska ha en nyckel per rad, till exempel ”titel: …”.")
    return {str(key): _in_full(str(key), value) for key, value in content.items() if value not in (None, "")}, match[2]


def _in_full(key: str, value: Any) -> Any:
    """The value of a key where the file may write it shorter: a label as a number."""
    if key == "grupper" and isinstance(value, dict):
        return {code: label if label is None else str(label) for code, label in value.items()}
    return value


def _problems(front: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with the values beyond their types, or can be said better than by their types; by key."""
    problems = {}
    kind = kinds().get(str(front.get("kind")))
    if kind and kind.has_denominator and "namnare" not in front:
        problems["namnare"] = "nyckeln 'namnare' saknas"
    if not isinstance(front.get("malbild", []), list):
        problems["malbild"] = "malbild ska vara en lista med id ur data/malbild.toml"
    if problem := _sentence_problem(front.get("fynd", "{varde}")):
        problems["fynd"] = problem
    if problem := _set_problem(front.get("mangder", {})):
        problems["mangder"] = problem
    return problems


def _sentence_problem(sentence: object) -> str:
    """A sentence for slides must hold the value, and no other names than those that are filled in."""
    if not isinstance(sentence, str):
        return ""
    try:
        sentence.format(**dict.fromkeys(_IN_SENTENCES, ""))
    except (KeyError, IndexError, ValueError):
        return f"fynd får ha {', '.join(f'{{{name}}}' for name in _IN_SENTENCES)} och inget annat inom klamrar"
    return "" if "{varde}" in sentence else "fynd ska ha {varde}, där talet sätts in"


def _set_problem(mangder: object) -> str:
    if not isinstance(mangder, dict) or not set(mangder) <= set(Sets._fields):
        return "mangder ska ha taljare och namnare, var sin text"
    if not all(isinstance(text, str) and text.strip() for text in mangder.values()):
        return "i mangder ska varje värde vara en text, till exempel ”cosmic.rub.{grupp}”"
    return "; ".join(problem for text in mangder.values() for problem in _unknown_sets(text))


def _unknown_sets(text: str) -> list[str]:
    """Names in a sum that no source declares; `{grupp}` stands for any part."""
    try:
        form = persons.parse(text)
    except ValueError:
        return [f"mangder: ”{text}” ska vara mängder med + eller - emellan, med mellanslag på båda sidor"]
    known_sets = {name for source in sources.sources().values() if source.persons for name in _names(source)}
    unknown = [name for _, name in form if name not in known_sets]
    return [f"mangder: {name} är ingen mängd, närmast är {process.extractOne(name, known_sets)[0]}" for name in unknown]


def _names(source: Source) -> Iterator[str]:
    assert source.persons
    yield from persons.names(source.id, source.persons)
    yield f"{source.id}.{{grupp}}"  # a group that names its division and part
    for division in source.persons.divisions:
        yield f"{source.id}.{division.name}.{{grupp}}"
