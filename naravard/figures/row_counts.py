"""How many rows or persons a file has, coarsened where the exact number could disclose persons."""

from __future__ import annotations

from naravard.base.numbers import noun, number
from naravard.figures import rules

_MANY = 100
"""From so many persons in an extract, their number is hardly ever hidden."""


def few(count: int) -> str:
    """How many rows or persons, unless they are so few that the number itself is hidden."""
    current = rules.in_force()
    return f"högst {current.high}" if current.small(count) else number(count)


def rows_in_words(read_count: int, counted_rows: int | None) -> str:
    """`480 rader lästa, 470 räknade`; without the last where nothing could be counted."""
    read_rows = few(read_count)
    rest = "" if counted_rows is None else f", {few(counted_rows)} {noun(few(counted_rows), 'räknad', 'räknade')}"
    return f"{read_rows} {noun(read_rows, 'rad läst', 'rader lästa')}{rest}"


def about(count: int) -> str:
    """How many persons or rows of persons; of few, their number could be the total from which a hidden one follows."""
    return number(count) if count >= _MANY else f"färre än {_MANY}"
