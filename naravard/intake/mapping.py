"""Which heading in the file is which column of which source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process

from naravard.errors import UserError
from naravard.kommuner import folded
from naravard.model import Column, Finding, Source

NEAR = 75


@dataclass(frozen=True)
class Mapping:
    """Column name → position in the file, and the headings that no column wanted."""

    positions: dict[str, int]
    unused: tuple[str, ...]
    findings: tuple[Finding, ...]


def map_columns(headings: Sequence[str], source: Source) -> Mapping:
    """Find each column of the source among the headings: by name first, then by alias."""
    places: dict[str, list[int]] = {}
    for position, heading in enumerate(headings):
        places.setdefault(folded(heading), []).append(position)
    positions: dict[str, int] = {}
    findings: list[Finding] = []
    for column in source.columns:
        # a heading that another column has as its own name is that column's
        found = [p for spelling in spellings(column) for p in places.get(spelling, []) if p not in positions.values()]
        if len(found) > 1 and folded(headings[found[0]]) == folded(headings[found[1]]):
            findings.append(
                Finding(
                    "fel",
                    f"rubriken {headings[found[0]]!r} finns {len(found)} gånger",
                    "en gång",
                    "Byt namn på den ena",
                )
            )
        if found:
            positions[column.name] = found[0]
        elif column.required:
            findings.append(_missing(column, headings))
    unused = tuple(h for i, h in enumerate(headings) if i not in positions.values())
    return Mapping(positions, unused, tuple(findings))


def recognise(headings: Sequence[str], sources: Sequence[Source]) -> Source:
    """The source that explains the most headings. Raises UserError when none or several do."""
    scores = {}
    for source in sources:
        mapping = map_columns(headings, source)
        if not mapping.findings:
            scores[source.id] = (len(mapping.positions), -len(mapping.unused))
    best = [source for source in sources if scores and scores.get(source.id) == max(scores.values())]
    if len(best) == 1:
        return best[0]
    choices = ", ".join(s.id for s in best or sources)
    reason = "passar flera källor" if best else "passar ingen känd källa"
    raise UserError(f"Rubrikerna i filen {reason}. Ange källan med --kalla, en av: {choices}.")


def spellings(column: Column) -> tuple[str, ...]:
    """All headings that mean the column, folded, its own name first."""
    return tuple(dict.fromkeys(folded(name) for name in (column.name, *column.aliases)))


def _missing(column: Column, headings: Sequence[str]) -> Finding:
    near = process.extractOne(folded(column.name), [folded(h) for h in headings], score_cutoff=NEAR)
    hint = f"Menas {headings[near[2]]!r}? Döp om rubriken" if near else "Lägg till kolumnen eller döp om rubriken"
    allowed = ", ".join((column.name, *column.aliases))
    return Finding("fel", f"kolumnen {column.name} ({column.description}) saknas", f"rubriken {allowed}", hint)
