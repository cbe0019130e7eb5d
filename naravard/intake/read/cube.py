"""Tables with a value for each combination of their variables (PC-Axis, json-stat), as rows of texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

import pyarrow as pa

from naravard.base.kommuner import match_key
from naravard.base.model import Finding
from naravard.intake.read.body import Body, body_of, encode, with_row_numbers
from naravard.intake.read.limits import HEAD_ROWS, MOST_CELLS
from naravard.intake.read.refusals import damaged_cube_error, too_large_error

_CONTENTS = {"tabellinnehall", "contentscode", "contents", "matt", "innehall"}
_OF_MANY = re.compile(r"\d-?tal\b|hundratal|tusental|\b1[ \u00a0]?000\b|tusen|miljon", re.IGNORECASE)
"""A unit of hundreds, thousands or millions; a plain count is `antal`."""
_POPULATION = ("folkmangd", "befolkning", "population", "antal personer")


@dataclass(frozen=True)
class Variable:
    """A variable of a table: its name, and its values in order."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class RowsSheet:
    """A file whose rows are in memory already. It has one sheet, without a name."""

    rows: Sequence[Sequence[str]]
    filename: str
    name: str | None = None
    sheets: tuple[tuple[str | None, bool], ...] = field(default=((None, True),), repr=False)
    findings: tuple[Finding, ...] = ()

    @property
    def head(self) -> list[list[str]]:
        """The first rows."""
        return [list(row) for row in self.rows[:HEAD_ROWS]]

    def sheet(self, name: str | None) -> RowsSheet:
        """The file itself, whatever sheet is asked for."""
        return self

    def body(self, first: int, width: int) -> Body:
        """The rows from `first` (0 is the first), each `width` cells wide."""
        columns = {f"k{i}": encode([row[i] if i < len(row) else "" for row in self.rows[first:]]) for i in range(width)}
        body = body_of(with_row_numbers(pa.table(columns), first), self.filename)
        return Body(body.table, (*self.findings, *body.findings))


def cube(
    variables: Sequence[Variable],
    values: Sequence[str],
    *,
    contents: str,
    title: str,
    unit: str,
    filename: str,
    findings: tuple[Finding, ...] = (),
) -> RowsSheet:
    """One row for each value. `contents` is what the values are where no variable says it.

    Raises UserError where the values are not as many as the combinations.
    """
    if len(values) != prod(len(variable.values) for variable in variables):
        raise damaged_cube_error(filename)
    if len(values) * (len(variables) + 1) > MOST_CELLS:
        raise too_large_error(filename, len(values), len(variables) + 1)
    names = [variable.name for variable in variables]
    measure = next((v for v in variables if match_key(v.name) in _CONTENTS), None)
    only_measure = measure.values[0] if measure and len(measure.values) == 1 else contents
    is_population = (measure is None or len(measure.values) == 1) and match_key(only_measure).startswith(_POPULATION)
    headings = ["titel" if variable is measure else variable.name for variable in variables]
    rows = [
        [*combination, value]
        for combination, value in zip(product(*(v.values for v in variables)), values, strict=True)
    ]
    if is_population:
        left_out = names.index(measure.name) if measure else None
        positions = [i for i in range(len(names)) if i != left_out]
        # a unit that is no plain count stands above the table, where it is looked for
        above = [[f"{title}, {unit}"]] if _OF_MANY.search(unit) else []
        return RowsSheet([*above, [*(headings[i] for i in positions), "Folkmängd"],
                          *([*(row[i] for i in positions), row[-1]] for row in rows)], filename,
                         findings=findings)  # fmt: skip
    table = [[*headings, "värde", "enhet"], *([*row, unit] for row in rows)]
    return RowsSheet([[title or contents], *table] if measure is None else table, filename, findings=findings)
