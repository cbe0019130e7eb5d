"""What the persons of a source are divided into: the one place from which counts are known to hang together.

The gate (disclosure control) derives its equations from this and from nothing else, and so does the attack on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_TERM = re.compile(r"(?:(?P<sign>[+-])\s+)?(?P<name>\S+)\s*")


class Term(NamedTuple):
    """A set of persons in a sum: `sign` is 1 or -1."""

    sign: int
    name: str


Form = tuple[Term, ...]
"""A sum of sets, and of sets that are taken away: what a count counts."""


def parse(expression: str) -> Form:
    """`cosmic - cosmic.rub.uppgift_saknas` as terms. Raises ValueError for what is no such sum."""
    terms: list[Term] = []
    position = 0
    text = expression.strip()
    while position < len(text):
        match = _TERM.match(text, position)
        if match is None or (bool(terms) != bool(match["sign"])):
            raise ValueError(f"not a sum of sets: {expression!r}")
        terms.append(Term(-1 if match["sign"] == "-" else 1, match["name"]))
        position = match.end()
    if not terms:
        raise ValueError("an empty sum of sets")
    return tuple(terms)


@dataclass(frozen=True)
class Division:
    """One way in which persons fall in parts: a value of `uppdelning` in the source's table, and its values of `grupp`.

    Each person is in exactly one part, or in one or more where they overlap. `within` is an expression of the persons
    that are divided, where they are not all of them; the parts are then what those have in common with the parts of
    the division `of`.
    """

    name: str
    parts: tuple[str, ...]
    overlaps: bool = False
    within: str = ""
    of: str = ""

    @property
    def within_form(self) -> Form:
        """The persons that are divided, as a sum of sets; empty where they are all of them."""
        return parse(self.within) if self.within else ()


@dataclass(frozen=True)
class Persons:
    """The persons that a source counts, once in each area and period, and how they are divided.

    Sets are named by source, division and part: `cosmic`, `cosmic.rub.5`. `columns` says which column of the source's
    table has the count of a set (without the source's name; `""` is all persons), where the table has no divisions.
    `same_as` are sets that are the same persons as a set of another source, where both have the same counts.
    """

    divisions: tuple[Division, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    same_as: Mapping[str, str] = field(default_factory=dict)


def names(source_id: str, persons: Persons) -> Iterator[str]:
    """All sets of a source by name, all of its persons first."""
    yield source_id
    for division in persons.divisions:
        for part in division.parts:
            yield f"{source_id}.{division.name}.{part}"
