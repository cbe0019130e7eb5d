"""Which heading in the file is which column of which source: by choice, by profile, by name, by content."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import folded
from naravard.base.mask import has_id_form
from naravard.base.model import Column, Finding, Source

NEAR = 84
"""How alike (0–100) a heading must be to stand for a column without being one of its names."""
_MOSTLY = 0.7
_FEW = 3
"""So many cells at least before their content says what they are."""
NOT_MAPPED = -1
"""The place of a column that an analyst has said is not in the file."""


@dataclass(frozen=True)
class Headings:
    """The headings of a table: `whole` as the rows of headings say them together, `last` as the lowest row does."""

    whole: tuple[str, ...]
    last: tuple[str, ...]

    @classmethod
    def of(cls, whole: Sequence[str]) -> Headings:
        """Headings of one row."""
        return cls(tuple(whole), tuple(whole))


@dataclass(frozen=True)
class Mapping:
    """Column name → position in the file with the reason, and the positions that no column wanted."""

    positions: dict[str, int]
    reasons: dict[str, str]
    unused: tuple[int, ...]
    findings: tuple[Finding, ...]
    lacking: bool
    """Whether a column that must be there is not."""


def map_columns(
    headings: Headings,
    source: Source,
    *,
    chosen: Dict[str, int] | None = None,
    cells: Sequence[Sequence[str]] = (),
    title: str = "",
) -> Mapping:
    """Find each column of the source among the headings. `cells` are the rows below them, `title` stands above."""
    positions = {name: place for name, place in (chosen or {}).items() if name in source.columns_by_name}
    reasons = dict.fromkeys(positions, "vald")
    findings: list[Finding] = []
    _by_name(headings, source, positions, reasons, findings)
    _by_likeness(headings, source, positions, reasons, findings)
    _by_content(headings, source, positions, reasons, findings, cells)
    positions = {name: place for name, place in positions.items() if place != NOT_MAPPED}
    missing = [_missing(c) for c in source.columns if c.required and c.name not in positions]
    if source.one_of and not title and not any(name in positions for name in source.one_of):
        what = f"{source.columns_by_name[source.one_of[-1]].description} saknas"
        allowed = f"en kolumn {' eller '.join(source.one_of)}, eller en rad ovanför tabellen"
        action = "Skriv namnet på en rad ovanför tabellen"
        missing.append(Finding(Level.ERROR, FindingCode.NAME_MISSING, what, allowed, action))
    taken = set(positions.values())
    unused = tuple(i for i in range(len(headings.whole)) if i not in taken)
    return Mapping(positions, reasons, unused, (*findings, *missing), lacking=bool(missing))


def known_columns(headings: Headings, source: Source) -> tuple[int, bool]:
    """How many columns of the source the headings name, and whether those that it must have are among them."""
    (best,) = most_known(headings, (source,))
    return best


def most_known(headings: Headings, forms: tuple[Source, ...]) -> list[tuple[int, bool]]:
    """`known_columns` of several forms at once."""
    meanings = _meanings(forms)
    named: list[set[str]] = [set() for _ in forms]
    for heading in {*map(folded, headings.whole), *map(folded, headings.last)}:
        for form, column in meanings.get(heading, ()):
            named[form].add(column)
    return [(len(n), all(c.name in n for c in f.columns if c.required)) for n, f in zip(named, forms, strict=True)]


@cache
def _meanings(forms: tuple[Source, ...]) -> dict[str, list[tuple[int, str]]]:
    """Folded heading → the columns that it names, as (which form, column)."""
    found: dict[str, list[tuple[int, str]]] = {}
    for position, form in enumerate(forms):
        for column in form.columns:
            for spelling in spellings(column):
                found.setdefault(spelling, []).append((position, column.name))
    return found


def recognise(
    headings: Headings, forms: Sequence[Source], cells: Sequence[Sequence[str]] = (), title: str = ""
) -> tuple[Source | None, list[Source]]:
    """The form of a source that explains the most headings, and those that do so equally well when several do."""
    scores: dict[int, tuple[int, int, int]] = {}
    for position, form in enumerate(forms):
        mapping = map_columns(headings, form, cells=cells, title=title)
        if not mapping.lacking:
            exact, _ = known_columns(headings, form)
            scores[position] = (exact, len(mapping.positions), -len(mapping.unused))
    best = [forms[position] for position, score in scores.items() if score == max(scores.values())]
    return (best[0] if len({form.id for form in best}) == 1 else None), best


@cache
def spellings(column: Column) -> tuple[str, ...]:
    """All headings that mean the column, folded, its own name first."""
    return tuple(dict.fromkeys(folded(name) for name in (column.name, *column.aliases)))


def _places(headings: Headings) -> dict[str, list[int]]:
    """Folded heading → positions. The lowest row of headings counts where the rows together say nothing known."""
    places: dict[str, list[int]] = {}
    for position, heading in enumerate(headings.whole):
        places.setdefault(folded(heading), []).append(position)
    for position, heading in enumerate(headings.last):
        if folded(heading) not in places:
            places[folded(heading)] = [position]
    places.pop("", None)
    return places


def _by_name(
    headings: Headings, source: Source, positions: dict[str, int], reasons: dict[str, str], findings: list[Finding]
) -> None:
    places = _places(headings)
    for column in source.columns:
        if column.name in positions:
            continue
        # a heading that another column has as its own name is that column's
        free = [p for s in spellings(column) for p in places.get(s, []) if p not in positions.values()]
        found = list(dict.fromkeys(free))
        if not found:
            continue
        heading = headings.whole[found[0]]
        same = [p for p in found if folded(headings.whole[p]) == folded(heading)]
        if len(same) > 1:
            what = f"rubriken ”{heading}” finns {len(same)} gånger"
            action = "Byt namn på den ena, eller välj kolumn"
            findings.append(Finding(Level.ERROR, FindingCode.HEADING_REPEATED, what, "en gång", action))
        positions[column.name] = found[0]
        reasons[column.name] = "rubriken är känd"


def _by_likeness(
    headings: Headings, source: Source, positions: dict[str, int], reasons: dict[str, str], findings: list[Finding]
) -> None:
    for column in source.columns:
        free = {i: folded(h) for i, h in enumerate(headings.whole) if i not in positions.values() and folded(h)}
        if column.name in positions or not free:
            continue
        found = [process.extractOne(s, free, scorer=fuzz.ratio, score_cutoff=NEAR) for s in spellings(column)]
        best = max((f for f in found if f), key=lambda f: f[1], default=None)
        if best is None:
            continue
        heading = headings.whole[best[2]]
        positions[column.name] = best[2]
        reasons[column.name] = f"liknar ”{shown(column)}”"
        what = f"rubriken ”{heading}” läses som ”{shown(column)}” ({column.description})"
        action = "Kontrollera att det stämmer, eller välj en annan kolumn"
        findings.append(Finding(Level.WARNING, FindingCode.HEADING_NEAR, what, "", action))


def _by_content(
    headings: Headings,
    source: Source,
    positions: dict[str, int],
    reasons: dict[str, str],
    findings: list[Finding],
    cells: Sequence[Sequence[str]],
) -> None:
    """Kommuner and person ids are known by their looks, whatever stands above them."""
    for column in source.columns:
        looks = {"area": _is_area, "person": has_id_form}.get(column.kind)
        if column.name in positions or looks is None or (column.kind == "person" and not source.has_persons):
            continue
        for position in range(len(headings.whole)):
            texts = [row[position].strip() for row in cells if position < len(row) and row[position].strip()]
            if position in positions.values() or len(texts) < _FEW:
                continue
            if sum(map(looks, texts)) >= _MOSTLY * len(texts):
                positions[column.name] = position
                reasons[column.name] = "innehållet ser ut som " + ("kommuner" if column.kind == "area" else "person-id")
                break


def _is_area(text: str) -> bool:
    # a bare number is a code only where it has all four digits
    return not (text.isdigit() and len(text) != 4) and kommuner.resolve(text, settings.lan_kod()) is not None


def shown(column: Column) -> str:
    """What a column is called before people: a name as they would write it, not our identifier."""
    same = [alias for alias in column.aliases if folded(alias) == folded(column.name.replace("_", " "))]
    own = [] if "_" in column.name else [column.name]
    return next(iter([*same, *own, *(alias for alias in column.aliases if "_" not in alias)]), column.name)


def _missing(column: Column) -> Finding:
    allowed = ", ".join(name for name in (column.name, *column.aliases) if "_" not in name)
    told = f"{shown(column)} ({column.description})"
    what = f"kolumnen {column.description if column.description.startswith(f'{shown(column)}:') else told} saknas"
    action = "Lägg till kolumnen, döp om rubriken eller välj kolumn"
    return Finding(Level.ERROR, FindingCode.COLUMN_MISSING, what, f"rubriken {allowed}", action)
