"""The words that all modules share: frozen data, no behaviour beyond reading it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from naravard.base.codes import FindingCode, Level
from naravard.base.numbers import quantity
from naravard.base.persons import Persons

if TYPE_CHECKING:  # which reads periods, and they the words here
    from naravard.base.breaks import Break

UNKNOWN_PERIOD = "ej angiven"
"""`matperiod` of figures whose source does not say when they were measured."""
NO_GROUP = "totalt"
"""`grupp` of a row that is not split into groups."""
EXAMPLE = "EXEMPELDATA"
"""What synthetic data is called wherever it is seen, the names of its files included."""
PRELIMINARY = "PRELIMINÄR"
"""What figures for analysts alone are called, likewise."""


def mark(*, is_example: bool, is_preliminary: bool) -> str:
    """What must stand wherever figures are seen, as short as can be; empty for the real ones that all may see."""
    return ", ".join(word for word, is_so in ((EXAMPLE, is_example), (PRELIMINARY, is_preliminary)) if is_so)


ColumnKind = Literal[
    "person", "area", "category", "integer", "number", "percent", "year", "birth_year", "date", "text", "ages"
]
Tecken = Literal["dolt", "ungefarligt", "saknas", "ej_tillampligt"]
"""Why a cell of a file holds no number: hidden by its owner, only approximate, missing, or not applicable."""


@dataclass(frozen=True)
class Finding:
    """One thing that a check found in a file.

    `value` is None where it could identify a person. `row` is the row in the file as a spreadsheet numbers
    it; where many rows share the finding it is the first of them and `count` says how many. `column` is the
    heading in the file.
    """

    level: Level
    code: FindingCode
    what: str
    allowed: str = ""
    action: str = ""
    column: str | None = None
    row: int | None = None
    value: str | None = None
    count: int = 1
    sheet: str | None = None
    file: str | None = None

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Finding:
        """A finding out of a stored report, which may be older than the codes."""
        return cls(**{**record, "level": Level(record["level"]), "code": FindingCode(record.get("code", ""))})

    def sentence(self) -> str:
        """The finding as one line of Swedish."""
        place = [
            f"flik {self.sheet}" if self.sheet else "",
            f"rad {self.row}" if self.row else "",
            f"kolumn {self.column}" if self.column else "",
        ]
        where = ", ".join(part for part in place if part)
        more = f" (”{self.value}”)" if self.value else ""
        more += f" ({quantity(self.count, 'rad', 'rader')})" if self.count > 1 else ""
        parts = [f"{where}: {self.what}{more}" if where else f"{self.what}{more}"]
        parts += [f"Tillåtet: {self.allowed}" if self.allowed else "", self.action]
        return " ".join(part if part.endswith(("?", ".")) else f"{part}." for part in parts if part)


@dataclass(frozen=True)
class Column:
    """One column that a source can hold.

    `values` maps each accepted spelling of a category to its code (None: no group); `aliases` are other headings that
    mean this column. Spellings and headings are compared without case, diacritics and punctuation.
    """

    name: str
    kind: ColumnKind
    description: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    values: Mapping[str, str | None] = field(default_factory=dict, hash=False)
    minimum: float | None = None
    maximum: float | None = None
    rule: str = ""
    """Which value counts when rows of one person differ, in words; empty where they may differ."""
    part: str = ""
    """A pattern that, above the table or in its headings, means that all rows are about one value of the column."""
    otherwise: Literal["", "rubrik", "kalla", "ovriga"] = ""
    """Where the value stands when no column holds it: in the lines above the table, in its source line, or in what else
    tells the rows apart."""
    looks: str = ""
    """A pattern that all cells of the column have where they are codes, and that no other column's cells have."""
    unit: str = ""
    """A word that may stand after a number."""
    open_from: int | None = None
    """From this number on, a cell may say `100+`: all that can mean is counted in one group."""
    limits: tuple[int, ...] = ()
    """The numbers from which another group is counted."""
    unknown: str = ""
    """The code that a word has which is none of `values`; empty where such a word is an error."""


@dataclass(frozen=True)
class RowCheck:
    """Something that ought to hold on each row: SQL over the columns of the source, true where it does not."""

    level: Level
    broken_when: str
    what: str
    action: str = ""

    def is_broken_by_empty(self, column: str) -> bool:
        """Whether an empty cell in a column breaks it."""
        return f"{column} is null" in self.broken_when


@dataclass(frozen=True)
class Example:
    """Synthetic rows of a source, the headings first. `rows` makes them out of a `sources._example.World`.

    Those with a lower `place` are made first, of the same chance: a new example comes last and changes no other.
    """

    rows: Callable[[Any], Sequence[Sequence[object]]]
    place: int = 99
    encoding: str = "utf-8-sig"
    earlier: Callable[[Any], Mapping[str, Sequence[Sequence[object]]]] | None = None
    """The extracts of earlier periods, by matperiod; already counted. None where there is one period alone."""
    breaks: tuple[Break, ...] = ()
    """The breaks in series that are planted in them."""


@dataclass(frozen=True)
class Source:
    """What one kind of extract holds and how it is counted.

    `count_sql` is plain SQL over the relation `rader` (one row per row of the file, the columns of
    `columns`, plus `rad`, and `X_tecken` for each number column X of a source without persons) with the
    parameter `$lan`. It returns the columns of `table` in order.
    `table` is the DDL of those columns; the table itself is named by `id`.
    """

    id: str
    title: str
    provider: str
    description: str
    grain: str
    columns: tuple[Column, ...]
    table: str
    count_sql: str
    period_sql: str | None = None
    """Where the file itself holds its years: SQL over `rader` that gives the matperiod."""
    areas: tuple[Literal["kommun", "lan", "riket"], ...] = ("kommun",)
    """The kinds of area that may stand in the kommun column."""
    whole_country: bool = False
    """Whether kommuner of other län are kept, to be compared with."""
    every_kommun: bool = False
    """Whether each kommun of the län ought to have rows."""
    key: tuple[str, ...] = ()
    """Columns that together may stand on one row only; none where rows are persons or insatser."""
    row_checks: tuple[RowCheck, ...] = ()
    ready_values: bool = False
    """Values that someone else has worked out, without the counts that they come from."""
    cumulative: bool = False
    """Whether extracts add to each other, the newest going first cell by cell. Else the same period is replaced."""
    one_of: tuple[str, ...] = ()
    """Columns of which at least one must be there, in a column or in the lines above the table."""
    cell: tuple[str, ...] = ()
    """Of a cumulative source: the columns of its table that name a cell, the value last."""
    sums: tuple[str, ...] = ()
    """Number columns whose kommuner add up to the län, so that a sum row can control them."""
    measures_sql: str = ""
    """What its counts are compared by with inhabitants and with the period before: SQL over the relation `antal` (the
    counts) that gives kommun_kod, a measure in words (in the plural), the age group that it cannot be more than (or
    null), and the count. Empty for a source that has other checks."""
    wide: bool = False
    """Whether the file may have its years as columns, which are turned into rows."""
    persons: Persons | None = field(default=None, compare=False)
    """What its persons are divided into; None where what it counts are not persons, or are public."""
    open_figures: str = ""
    """Why its figures may be seen as they are, in words; required where it has no `persons`."""
    only_lan: str = ""
    """The code of the one län that has it, as the figures printed on LGL's slides; empty where all may."""
    example: Example | None = field(default=None, compare=False)
    """How its synthetic extract is made; None where the example store has real figures, or none."""
    forms: tuple[Source, ...] = ()
    """Other forms of the same extract, with the same id and table: an already aggregated table, for example."""

    @property
    def has_persons(self) -> bool:
        """Whether its rows are about persons, who must not be seen."""
        return any(column.kind == "person" for column in self.columns)

    @property
    def columns_by_name(self) -> dict[str, Column]:
        """The columns by their own name."""
        return {column.name: column for column in self.columns}


@dataclass(frozen=True)
class Correction:
    """A known error of a provider: what stands in its files in a column, what it ought to be, and why."""

    kalla: str
    kolumn: str
    fel_varde: str
    ratt_varde: str
    varfor: str


@dataclass(frozen=True)
class Remark:
    """A known trap in an extract, shown beside figures of `indikatorer`.

    Without a kommun or periods it is about all of them.
    """

    text: str
    indikatorer: tuple[str, ...]
    kommun_kod: str | None = None
    matperioder: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extract:
    """One uttag as it stands in a snapshot."""

    uttag_id: int
    kalla: str
    titel: str
    matperiod: str
    matdatum: date | None
    filnamn: str
    sha256: str
    rader_lasta: int
    rader_raknade: int
    vem: str
    nar: str
    status: Literal["gallande", "ersatt"]
    publicerad: bool
    ursprung: str
    rapport: str

    @property
    def is_in_force(self) -> bool:
        """Whether its counts are in the version, and no later extract has replaced them."""
        return self.status == "gallande"

    @property
    def findings(self) -> list[Finding]:
        """What the check of the file found, as far as it may be kept."""
        return [Finding.of_record(record) for record in json.loads(self.rapport)]


@dataclass(frozen=True)
class Version:
    """One publication of the store."""

    nummer: int
    handelse: str
    nar: str
    vem: str
    varfor: str
    uttag: tuple[int, ...]
