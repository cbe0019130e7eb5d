"""Indicators: each SQL file in `queries/` with its front matter, found by looking.

The SQL returns counts only. Required columns: `kommun_kod, matperiod, grupp, taljare, namnare`. It may add
`uttag_id` (the extract of the row, which decides whether it is exempt from hiding), `namnare_uttag_id` (the
extract of the denominator, where it is another), `taljare_ar` and `namnare_ar` (years of numerator and
denominator), `varde` (a value that someone else computed and published without its counts) and `kalla` (who
did, where the rows of an extract come from several).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import yaml
from rapidfuzz import process

from naravard.base import settings
from naravard.base.errors import NotFound, UserError
from naravard.base.model import NO_GROUP
from naravard.figures.kinds import Kind, kinds

Direction = Literal["higher_is_better", "lower_is_better", "neutral"]
_CHARTS = Path(__file__).parents[1] / "charts"
_SERIES = "timeline"
"""The chart of the län's figures over the years, without kommuner."""

REQUIRED_COLUMNS = ("kommun_kod", "matperiod", "grupp", "taljare", "namnare")
OPTIONAL_COLUMNS = ("uttag_id", "taljare_ar", "namnare_ar", "namnare_uttag_id", "varde", "kalla", "tecken")
_FRONT_MATTER = re.compile(r"\A\s*/\*\s*---\n(.*?)\n---\s*\*/\s*(.*)\Z", re.DOTALL)


class Sets(NamedTuple):
    """Names of the sets of persons (or visits) that a row counts, each with its other names after the first."""

    taljare: tuple[str, ...]
    namnare: tuple[str, ...]


@dataclass(frozen=True)
class Indicator:
    """The front matter of one SQL file, and its SQL. `id` is the file's stem."""

    id: str
    sql: str
    titel: str
    """What the figure is, as a heading."""
    kind: Kind
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
    ordnade_grupper: bool = False
    """The groups have an order, from low to high, which the colours show."""
    per: int = 1000
    """A rate is per this many."""
    decimaler: int = 0
    """Decimals on screen. Files for machines have one more."""
    diagram: str = "ranked_bar"
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
    mangder: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of the sets that `taljare` and `namnare` count, as paths in which `{grupp}` stands for the group.

    The same name is the same count wherever it stands, and a path lies within what it begins with (protection.py).
    """

    def sets(self, grupp: str) -> Sets:
        """The sets that the rows of a group count; the indicator's own where the front matter names none."""
        own = {"taljare": (f"{self.id}/{{grupp}}",), "namnare": (f"{self.id}.namnare/{{grupp}}",)}
        if self.kind.parts_add_up:
            own["namnare"] = (f"{self.id}.namnare",)
        return Sets(*(tuple(_set_name(path, grupp) for path in {**own, **self.mangder}[name]) for name in Sets._fields))

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
    def file(self) -> str:
        """Where the indicator is defined, for those who want to read or copy it."""
        return f"queries/{self.id}.sql"


def _set_name(path: str, grupp: str) -> str:
    """A set's name for one group; the group of all is the set itself."""
    if grupp == NO_GROUP:
        return path.removesuffix("/{grupp}")
    return path.replace("{grupp}", grupp.replace("/", "|"))


_REQUIRED_KEYS = ("titel", "kind", "enhet", "riktning", "taljare", "kalla", "definition")
_IN_SENTENCES = ("varde", "antal", "av", "lan")
_FREE_TEXTS = ("tolka_varsamt", "behover", "kort", "fynd", "huvudgrupp")
_KEYS = tuple(f.name for f in fields(Indicator) if f.name not in {"id", "sql"})
_CHOICES = {
    "kind": tuple(kinds()),
    "riktning": get_args(Direction),
    "diagram": tuple(sorted(path.stem for path in _CHARTS.glob("[!_]*.py"))),
}


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by id, in alphabetical order."""
    return {path.stem: parse(path) for path in sorted(settings.QUERIES.glob("*.sql"))}


def indicator(indicator_id: str) -> Indicator:
    """One indicator. Raises NotFound with the nearest id."""
    found = indicators().get(indicator_id)
    if found is None:
        near = process.extractOne(indicator_id, list(indicators()), score_cutoff=60)
        hint = f" Menas {near[0]}?" if near else ""
        raise NotFound(f"Indikatorn {indicator_id!r} finns inte.{hint} Se ”python -m naravard indikatorer”.")
    return found


@cache
def views() -> dict[str, str]:
    """SQL of the shared views in `queries/vyer/`, by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((settings.QUERIES / "vyer").glob("*.sql"))}


def parse(path: Path) -> Indicator:
    """Read one SQL file. Raises UserError that tells every wrong, unknown or missing key of its front matter."""
    try:
        match = _FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise UserError(f"Filen queries/{path.name} är inte UTF-8. Spara om den som UTF-8.") from error
    if match is None:
        raise UserError(f"Filen queries/{path.name} ska börja med en rubrik ”/* --- … --- */” och sedan SQL.")
    try:
        front = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise UserError(f"Rubriken i queries/{path.name} är inte giltig YAML, se rad {line}.") from error
    if not isinstance(front, dict):
        raise UserError(f"Rubriken i queries/{path.name} ska ha en nyckel per rad, till exempel ”titel: …”.")
    problems = _problems(front)
    if problems:
        raise UserError(f"Rubriken i queries/{path.name} är fel: {'; '.join(problems)}.")
    front = {key: value for key, value in front.items() if value is not None}
    front["grupper"] = {str(code): str(label) for code, label in front.get("grupper", {}).items()}
    front["mangder"] = {
        name: (paths,) if isinstance(paths, str) else tuple(paths) for name, paths in front.get("mangder", {}).items()
    }
    front["malbild"] = tuple(front.get("malbild", ()))
    front["kind"] = kinds()[front["kind"]]
    front.setdefault("diagram", front["kind"].diagram(len(front["grupper"])))
    return Indicator(id=path.stem, sql=match[2].rstrip().rstrip(";"), **front)


def _problems(front: dict[str, Any]) -> list[str]:
    problems = []
    for key in front:
        if key not in _KEYS:
            near = process.extractOne(str(key), _KEYS)
            problems.append(
                f"nyckeln {key!r} är okänd, närmast är {near[0]!r}" if near else f"nyckeln {key!r} är okänd"
            )
    indicator_kind = kinds().get(str(front.get("kind")))
    required = [*_REQUIRED_KEYS, *(["namnare"] if indicator_kind and indicator_kind.has_denominator else [])]
    problems += [f"nyckeln {key!r} saknas" for key in required if front.get(key) in (None, "")]
    for key, allowed in _CHOICES.items():
        if key in front and front[key] not in allowed:
            near = process.extractOne(str(front[key]), allowed)
            hint = f", närmast är {near[0]}" if near else ""
            problems.append(f"{key} är {front[key]!r} men ska vara en av {', '.join(allowed)}{hint}")
    for key in ("titel", "enhet", "taljare", "namnare", "kalla", "definition", *_FREE_TEXTS):
        if front.get(key) is not None and not isinstance(front[key], str):
            problems.append(f"{key} ska vara text, sätt citattecken om värdet")
    types: dict[str, type] = {"grupper": dict, "rubriker": dict, "decimaler": int, "per": int, "bild": int}
    for key, kind in types.items():
        if front.get(key) is not None and not isinstance(front[key], kind):
            problems.append(f"{key} ska vara {'en lista med kod: namn' if kind is dict else 'ett heltal'}")
    if isinstance(front.get("fynd"), str):
        problems += _sentence_problems(front["fynd"])
    if not isinstance(front.get("malbild", []), list):
        problems.append("malbild ska vara en lista med id ur data/malbild.toml")
    return problems + _set_problems(front.get("mangder"))


def _sentence_problems(sentence: str) -> list[str]:
    """A sentence for slides must hold the value, and no other names than those that are filled in."""
    try:
        sentence.format(**dict.fromkeys(_IN_SENTENCES, ""))
    except (KeyError, IndexError, ValueError):
        return [f"fynd får ha {', '.join(f'{{{name}}}' for name in _IN_SENTENCES)} och inget annat inom klamrar"]
    return [] if "{varde}" in sentence else ["fynd ska ha {varde}, där talet sätts in"]


def _set_problems(mangder: object) -> list[str]:
    if mangder is None:
        return []
    if not isinstance(mangder, dict) or not set(mangder) <= set(Sets._fields):
        return ["mangder ska ha taljare och namnare, var sin text"]
    lists = [[paths] if isinstance(paths, str) else paths for paths in mangder.values()]
    if not all(isinstance(paths, list) and paths and all(isinstance(p, str) and p for p in paths) for paths in lists):
        return ["i mangder ska varje värde vara en text, eller en lista med texter"]
    return []
