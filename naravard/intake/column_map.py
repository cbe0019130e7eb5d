"""Schema mapping: which heading in the file is which column of which source.

Columns are mapped by choice, by profile, by name (aliases), by likeness (fuzzy matching), and by content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz, process

from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import match_key
from naravard.base.mask import has_id_form
from naravard.base.model import Column, Finding, Source
from naravard.base.numbers import enumeration, quantity
from naravard.intake.age_groups import is_age
from naravard.intake.areas import HEADINGS_OF_REGIONS
from naravard.intake.folding import codes_of, folded_with_signs
from naravard.intake.heading_words import FEW_CELLS, OF_OTHERS, can_hold, plain_heading, says_name, spellings, turns
from naravard.intake.looks import MOSTLY, are_mostly, cells_below, is_code_of_kommun, is_number, is_rank, year_in

NEAR = 84
"""How alike (0–100) a heading must be to stand for a column without being one of its names."""
WORDS_FOR_ALL = frozenset({"totalt", "total", "summa", "totalsumma", "samtliga", "alla"})
"""What a column of all is called, beside those of parts, folded."""
_FEW_TIMES = 4
"""Years are repeated so many times at least, where the heading does not say that they are years."""
_MANY_CODES = 6
"""Of all numbers of three digits one in ten is a kommun's code."""
_YEAR_HEADING = re.compile(r"\bår\b|\b(?!vår\b)\w+år\b|\byear\b", re.IGNORECASE)
_OTHER_YEAR = re.compile(r"född|föd|bas|start|slut|först|sist|jämför|antal|\d", re.IGNORECASE)
"""Years that are not those that the rows are of."""
_YEAR = re.compile(r"(?:19|20|21)\d\d(?:[.,]0+)?")
_OF_SHARE = re.compile(r"%|\bandel|\bprocent|\bper (?!(?:19|20)\d\d)\d", re.IGNORECASE)
_OF_KOMMUN = re.compile(r"kommun", re.IGNORECASE)
_WITH_YEAR = re.compile(r"^(?:19|20)\d\d[\s_:,-]+|[\s_(,-]+(?:19|20)\d\d\)?$")
_AGE_HEADINGS = {"alder", "aldersgrupp", "age"}
_OF_SUM = re.compile(r"(?:summa av|sum of|sum(?=\s*\())\s*\(?\s*(.+?)\)?", re.IGNORECASE)
_OF_COUNT = re.compile(
    r"(?P<distinct>(?:distinkt|unikt|distinct)\s)?(?:antal|count)\s(?:av|of)\s"
    r"(?:(?:person|patient|brukar|klient|individ)[\s_-]?(?:nummer|nr|id|nyckel|kod)?|pnr)",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"^\((?:alla|all)\)\s+", re.IGNORECASE)
"""A filter of a pivot table that leaves nothing out, above the heading."""
_MOST_NAMES = 6
"""So many headings stand as examples of what a column may be called."""
NOT_MAPPED = -1
"""The position of a column that an analyst has said is not in the file."""


@dataclass(frozen=True)
class Headings:
    """The headings of a table: `whole` as the rows of headings say them together, `last` as the lowest row does."""

    whole: tuple[str, ...]
    last: tuple[str, ...]

    @classmethod
    def of(cls, whole: Sequence[str]) -> Headings:
        """Headings of one row."""
        return cls(tuple(whole), tuple(whole))

    def label(self, position: int) -> str:
        """What a column is called in a report: its heading, or its number where it has none."""
        return self.whole[position] or f"nummer {position + 1}"


@dataclass(frozen=True)
class ColumnMap:
    """Column name → position in the file and the reason for it, and the positions that no column has."""

    positions: dict[str, int]
    reasons: dict[str, str]
    unused_positions: tuple[int, ...]
    findings: tuple[Finding, ...]
    is_incomplete: bool
    """Whether a column that must be there is not."""


def map_columns(
    headings: Headings,
    source: Source,
    *,
    decisions: Mapping[str, int] | None = None,
    cells: Sequence[Sequence[str]] = (),
    title: str = "",
    constants: Collection[str] = (),
) -> ColumnMap:
    """Find each column of the source among the headings. `cells` are the rows below them, `title` stands above.

    `constants` are the columns that an analyst has given one value for, for all rows.

    `decisions` are column name → position, as an analyst or a profile has it.
    """
    search = _Search(headings, source, cells)
    for name, position in (decisions or {}).items():
        if name in source.columns_by_name:
            search.assign(name, position, "vald")
    search.by_codes()
    search.by_name_with_year()
    search.by_name()
    search.by_name_of_total()
    search.by_name_of_sum()
    search.by_name_of_count()
    search.by_years()
    search.by_words(is_first=True)
    search.by_likeness()
    search.by_content()
    search.by_words()
    search.about_several_by_words()
    positions = {name: position for name, position in search.positions.items() if position != NOT_MAPPED}
    present = {*positions, *constants}
    about_missing = [*_about_missing(source, present), *_about_name(source, present, title)]
    unused_positions = tuple(i for i in range(len(headings.whole)) if i not in positions.values())
    findings = (*search.findings, *about_missing)
    return ColumnMap(positions, search.reasons, unused_positions, findings, is_incomplete=bool(about_missing))


@dataclass
class _Search:
    """A map in the making: each step assigns columns that the steps before it have not found."""

    headings: Headings
    source: Source
    cells: Sequence[Sequence[str]] = ()
    positions: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def assign(self, name: str, position: int, reason: str) -> None:
        self.positions[name], self.reasons[name] = position, reason

    def is_free(self, position: int) -> bool:
        return position not in self.positions.values()

    def can_be(self, column: Column, position: int) -> bool:
        """Whether a free heading can be a column's: "Kommunal primärvård (%)" is no count."""
        is_share = column.kind == "integer" and _OF_SHARE.search(self.headings.whole[position])
        return self.is_free(position) and not is_share

    def is_of_areas(self, column: Column, position: int) -> bool:
        """Whether what is called as a name is the kommun's: `Kod` and `Namn` over codes and names of kommuner."""
        return column.name in self.source.one_of and _are_areas(cells_below(self.cells, position))

    def columns(self) -> list[Column]:
        """Columns that have no position yet."""
        return [column for column in self.source.columns if column.name not in self.positions]

    def by_codes(self) -> None:
        """A column of codes alone is known by them; what else is called so has their names."""
        for column in (column for column in self.columns() if column.looks):
            looks_right = re.compile(column.looks).fullmatch
            for position in filter(self.is_free, range(len(self.headings.whole))):
                texts = [row[position].strip() for row in self.cells if position < len(row) and row[position].strip()]
                if texts and all(map(looks_right, texts)):
                    self.assign(column.name, position, "innehållet är koder")
                    self._assign_names_of_codes(column)
                    break

    def _assign_names_of_codes(self, column: Column) -> None:
        name = self.source.one_of[-1]
        positions_by_heading = _positions_by_heading(self.headings)
        own_spellings = spellings(self.source.columns_by_name[name])
        if name in self.positions or any(spelling in positions_by_heading for spelling in own_spellings):
            return
        places = [p for s in spellings(column) for p in positions_by_heading.get(s, []) if self.is_free(p)]
        if places:
            self.assign(name, places[0], "rubriken är känd")

    def by_name(self) -> None:
        positions_by_heading = _positions_by_heading(self.headings)
        for column in self.columns():
            # a heading that another column has as its own name is that column's
            own_places = (p for s in spellings(column) for p in positions_by_heading.get(s, []))
            places = [p for p in own_places if self.can_be(column, p) and not self.is_of_areas(column, p)]
            if len(places) == 1 and self._is_turned_by_row_above(column, places[0]):
                continue
            if places and not self._is_region_beside_kommun(column, places[0]):
                self._refuse_repeated(list(dict.fromkeys(places)))
                self.assign(column.name, places[0], "rubriken är känd")

    def by_name_of_total(self) -> None:
        """A count of all, beside those of parts: `Boende totalt`; or one over a row of units: `Boende antal`."""
        names = {
            i: " ".join(word for word in match_key(heading).split() if word not in WORDS_FOR_ALL | {"antal"})
            for i, heading in enumerate(self.headings.whole)
        }
        counts = [c for c in self.columns() if c.kind == "integer" and not self.source.has_persons]
        for column in counts:
            places = [i for i, name in names.items() if name in spellings(column) and self.can_be(column, i)]
            if len(places) == 1:
                self.assign(column.name, places[0], "rubriken är känd, och säger alla")

    def by_name_of_sum(self) -> None:
        """A count that a pivot table or a report has added up: `Summa av Boende`, `Sum of Boende`, `Sum(Boende)`."""
        names = {i: match_key(match[1]) for i, h in enumerate(self.headings.whole) if (match := _OF_SUM.fullmatch(h))}
        for column in (column for column in self.columns() if column.kind == "integer"):
            places = [i for i, name in names.items() if name in spellings(column) and self.can_be(column, i)]
            if len(places) == 1:
                self._assign_near(column, places[0], "rubriken är en summa av kolumnen")

    def by_name_of_count(self) -> None:
        """A count of ids, as a pivot table calls it: `Antal av Personnummer`, `Distinct Count of Patient-id`."""
        column = self.source.columns_by_name.get("antal")
        headings = (_OF_ALL.sub("", heading) for heading in self.headings.whole)
        matches = {i: match for i, heading in enumerate(headings) if (match := _OF_COUNT.fullmatch(heading))}
        places = list(filter(self.is_free, matches))
        if column is None or column.name in self.positions or self.source.cumulative or len(places) != 1:
            return
        self.assign(column.name, places[0], "rubriken är ett antal av person-id")
        if not matches[places[0]]["distinct"]:
            what = f"”{self.headings.whole[places[0]]}” läses som antal personer, men en pivottabell räknar rader"
            action = "Kontrollera att varje person har en rad. Annars: räkna unika värden i pivottabellen"
            self.findings.append(Finding(Level.WARNING, FindingCode.HEADING_NEAR, what, "", action))

    def _is_turned_by_row_above(self, column: Column, place: int) -> bool:
        """Whether the lowest row of headings has a column's name, and the rows together another: `Utan` above it."""
        whole = match_key(plain_heading(self.headings.whole[place]))
        return whole != match_key(self.headings.last[place]) and turns(column, whole)

    def _is_region_beside_kommun(self, column: Column, place: int) -> bool:
        """Whether a heading is a region's where persons have a kommun of their own: `Hemkommun`."""
        is_region = column.kind == "area" and match_key(self.headings.whole[place]) == "region"
        return is_region and self.source.has_persons and any(map(_OF_KOMMUN.search, self.headings.whole))

    def by_name_with_year(self) -> None:
        """A heading that is known but for its year, in a source whose years are no columns: `RUB 2024`."""
        if self.source.wide:
            return
        whole = {i: match_key(h) for i, h in enumerate(self.headings.whole) if self.is_free(i)}
        names = {i: match_key(_WITH_YEAR.sub("", self.headings.whole[i])) for i in whole}
        for column in self.columns():
            own_spellings = spellings(column)
            places = [i for i, name in names.items() if name in own_spellings and self.can_be(column, i)]
            if any(whole[place] in own_spellings for place in places):
                continue  # one that says no year goes first
            if len(places) > 1:
                listing = ", ".join(self.headings.whole[place] for place in places)
                what, action = f"samma kolumn finns för flera år: {listing}", "Välj kolumn, eller ta bort de andra"
                self.findings.append(Finding(Level.ERROR, FindingCode.HEADING_REPEATED, what, "ett år", action))
            if places:
                self._assign_near(column, places[-1], "rubriken är känd, bortsett från året")

    def _refuse_repeated(self, places: Sequence[int]) -> None:
        heading, last = self.headings.whole[places[0]], self.headings.last[places[0]]
        count = sum(match_key(self.headings.whole[place]) == match_key(heading) for place in places)
        others = [self.headings.whole[p] for p in places if match_key(self.headings.last[p]) == match_key(last)]
        if len(set(others)) > 1 and match_key(heading) != match_key(last):
            what = f"{quantity(len(others), 'kolumn', 'kolumner')} heter ”{last}”: {', '.join(others)}"
            action = "Välj kolumn, eller läs in dem var för sig"
            self.findings.append(Finding(Level.ERROR, FindingCode.HEADING_REPEATED, what, "en kolumn", action))
        elif count > 1:
            what, action = f"rubriken ”{heading}” finns {count} gånger", "Byt namn på den ena, eller välj kolumn"
            self.findings.append(Finding(Level.ERROR, FindingCode.HEADING_REPEATED, what, "en gång", action))

    def by_years(self) -> None:
        """The only column of years that says so, or repeats a few, is the year that the rows are of: `Avser år`."""
        for column in (column for column in self.columns() if column.kind == "year" and _is_year_of_rows(column)):
            places = [
                position
                for position in filter(self.is_free, range(len(self.headings.whole)))
                if not _OTHER_YEAR.search(self.headings.whole[position])
                and _are_years(
                    [row[position].strip() for row in self.cells if position < len(row) and row[position].strip()],
                    is_said=bool(_YEAR_HEADING.search(self.headings.whole[position])),
                )
            ]
            if len(places) == 1:
                self._assign_near(column, places[0], "rubriken säger år")

    def _assign_near(self, column: Column, position: int, reason: str) -> None:
        name = display_name(column)
        self.assign(column.name, position, reason)
        what = f"rubriken ”{self.headings.whole[position]}” läses som ”{name}” ({column.description})"
        action = "Kontrollera att det stämmer, eller välj en annan kolumn"
        self.findings.append(Finding(Level.WARNING, FindingCode.HEADING_NEAR, what, "", action))

    def by_likeness(self) -> None:
        for column in self.columns():
            names = {i: match_key(h) for i, h in enumerate(self.headings.whole) if self.can_be(column, i)}
            headings = {i: name for i, name in names.items() if name and not turns(column, name)}
            position = _nearest(column, headings)
            while position is not None and self.is_of_areas(column, position):
                del headings[position]
                position = _nearest(column, headings)
            if position is None or self._is_region_beside_kommun(column, position):
                continue
            self._assign_near(column, position, f"liknar ”{display_name(column)}”")

    def by_content(self) -> None:
        """Kommuner, person ids and known words are recognised by their looks, whatever stands above them."""
        for column in self.columns():
            looks_right = self._looks_of(column)
            if looks_right is None:
                continue
            for position in filter(self.is_free, self._likeliest_first(column)):
                texts = [row[position].strip() for row in self.cells if position < len(row) and row[position].strip()]
                is_so = len(texts) >= FEW_CELLS and are_mostly(texts, looks_right)
                if is_so or (column.kind == "area" and _are_codes_without_zero(texts)):
                    self._assign_by_content(column, position)
                    break
        self._name_by_content()

    def by_words(self, *, is_first: bool = False) -> None:
        """A column whose name is among the words of a heading, over cells that it reads: `RUB-kategori`, `Legalt kön`.

        First those that nothing but their words can find: another heading can be more like their name.
        """
        for column in (c for c in self.columns() if not is_first or not (c.required or c.kind == "person")):
            places = self._places_by_words(column)
            if len(places) == 1:
                self._assign_near(column, places[0], f"har ordet ”{display_name(column)}”")

    def about_several_by_words(self) -> None:
        """Columns that several headings have the name of: none is taken."""
        for column in self.columns():
            places = self._places_by_words(column)
            if len(places) > 1:
                listing = enumeration([self.headings.whole[place] for place in places])
                what = f"flera kolumner kan vara {display_name(column)}, och ingen av dem läses: {listing}"
                self.findings.append(Finding(Level.WARNING, FindingCode.HEADING_NEAR, what, "", "Välj kolumn"))

    def _places_by_words(self, column: Column) -> list[int]:
        return [
            place
            for place in (() if self.source.wide else range(len(self.headings.whole)))
            if says_name(column, self.headings.whole[place])
            and self.can_be(column, place)
            and can_hold(column, [text.strip() for text in cells_below(self.cells, place) if text.strip()])
        ]

    def _likeliest_first(self, column: Column) -> list[int]:
        """All positions; for the kommun of persons those whose heading says so before others, and none of a län."""
        positions = list(range(len(self.headings.whole)))
        if column.kind != "area" or not self.source.has_persons:
            return positions
        positions = [i for i in positions if match_key(self.headings.whole[i]) not in HEADINGS_OF_REGIONS]
        return sorted(positions, key=lambda i: _OF_KOMMUN.search(self.headings.whole[i]) is None)

    def _looks_of(self, column: Column) -> Callable[[str], bool] | None:
        """What tells a column's cells from others; None where nothing does."""
        if column.kind == "area":
            return _is_area
        if column.kind == "person" and self.source.has_persons:
            return has_id_form
        # ja and nej, 1 and 0 stand in many a column
        if column.kind == "category" and column.required and self.source.has_persons:
            spellings_of_column = {
                spelling for spelling in codes_of(column) if not spelling.isdigit() and len(spelling) > 1
            }
            return lambda text: folded_with_signs(text) in spellings_of_column
        return None

    def _assign_by_content(self, column: Column, position: int) -> None:
        contents = {"area": "kommuner", "person": "person-id"}
        content = contents.get(column.kind, display_name(column))
        if column.kind in contents and OF_OTHERS.search(self.headings.whole[position]):
            self._assign_near(column, position, f"innehållet ser ut som {content}")
        self.assign(column.name, position, f"innehållet ser ut som {content}")
        other_kommuner = [h for i, h in enumerate(self.headings.whole) if i != position and _OF_KOMMUN.search(h)]
        if column.kind == "area" and self.source.has_persons and other_kommuner:
            what = f"kommunen läses ur ”{self.headings.label(position)}”, men också {other_kommuner[0]} finns"
            action = "Kontrollera att det är rätt kommun, eller välj en annan kolumn"
            self.findings.append(Finding(Level.WARNING, FindingCode.HEADING_NEAR, what, "", action))
        if column.kind == "category":
            what = f"rubriken ”{self.headings.label(position)}” läses som ”{content}”: innehållet ser ut så"
            action = "Kontrollera att det stämmer, eller välj en annan kolumn"
            self.findings.append(Finding(Level.WARNING, FindingCode.HEADING_NEAR, what, "", action))

    def _name_by_content(self) -> None:
        """A column without heading that holds words is what the numbers are called, in a source that needs it."""
        if not self.source.one_of or any(name in self.positions for name in self.source.one_of):
            return
        for position in filter(self.is_free, range(len(self.headings.whole))):
            texts = [row[position].strip() for row in self.cells if position < len(row) and row[position].strip()]
            words = [text for text in texts if any(map(str.isalpha, text)) and not _is_area(text)]
            if not self.headings.whole[position] and texts and len(words) >= MOSTLY * len(texts):
                self.assign(self.source.one_of[-1], position, "kolumnen utan rubrik har namn")
                return


def count_of_named(headings: Headings, source: Source) -> tuple[int, bool]:
    """How many columns of the source the headings name, and whether those that it must have are among them."""
    (count,) = counts_of_named(headings, (source,))
    return count


def counts_of_named(headings: Headings, forms: tuple[Source, ...]) -> list[tuple[int, bool]]:
    """`count_of_named` of several forms at once."""
    meanings = _meanings(forms)
    names: list[set[str]] = [set() for _ in forms]
    own_headings = (*headings.whole, *headings.last)
    for heading in {*map(match_key, own_headings), *map(match_key, map(plain_heading, own_headings))}:
        for form, column in meanings.get(heading, ()):
            names[form].add(column)
    return [(len(n), all(c.name in n for c in f.columns if c.required)) for n, f in zip(names, forms, strict=True)]


@cache
def _meanings(forms: tuple[Source, ...]) -> dict[str, list[tuple[int, str]]]:
    """Folded heading → the columns that it names, as (which form, column)."""
    meanings: dict[str, list[tuple[int, str]]] = {}
    for position, form in enumerate(forms):
        for column in form.columns:
            for spelling in spellings(column):
                meanings.setdefault(spelling, []).append((position, column.name))
    return meanings


def recognise(
    headings: Headings,
    forms: Sequence[Source],
    cells: Sequence[Sequence[str]] = (),
    title: str = "",
    constants: Collection[str] = (),
) -> tuple[Source | None, list[Source]]:
    """The form of a source that explains the most headings, and those that do so equally well when several do.

    Of equals, the one with a column of its own that it must have is meant: only a file of insatser has professions.
    Where none fits, one that lacks the year alone, or the name alone, does: that can be given for all rows.
    """
    scores: dict[int, tuple[int, int, int, int]] = {}
    scores_without_one: dict[int, tuple[int, int, int, int]] = {}
    named_counts = [named_count for named_count, _ in counts_of_named(headings, tuple(forms))]
    for position, (form, named_count) in enumerate(zip(forms, named_counts, strict=True)):
        columns = map_columns(headings, form, cells=cells, title=title, constants=constants)
        # a likeness is no reason where the headings name more columns of another source, which is told instead
        is_alike = any(finding.code is FindingCode.HEADING_NEAR for finding in columns.findings)
        if (is_alike and named_count < max(named_counts)) or _has_other_ages(form, columns, headings, cells):
            continue
        own_count = sum(name in columns.positions for name in _own_columns(form, tuple(forms)))
        score = (named_count, own_count, len(columns.positions), -len(columns.unused_positions))
        if not columns.is_incomplete:
            scores[position] = score
        elif _lacks_one_alone(columns, headings, cells):
            scores_without_one[position] = score
    scores = scores or scores_without_one
    best_forms = [forms[position] for position, score in scores.items() if score == max(scores.values())]
    return (best_forms[0] if len({form.id for form in best_forms}) == 1 else None), best_forms


def _has_other_ages(form: Source, columns: ColumnMap, headings: Headings, cells: Sequence[Sequence[str]]) -> bool:
    """Whether a table that is counted already is of other ages than the form's: five-year groups count no patients."""
    if form.has_persons or form.cumulative:
        return False
    codes_by_position = {
        columns.positions[c.name]: codes_of(c)
        for c in form.columns
        if c.kind == "category" and c.name in columns.positions
    }
    unused = (i for i in columns.unused_positions if match_key(headings.whole[i]) in _AGE_HEADINGS)
    codes_by_position |= {position: {} for position in unused}
    for position, codes in codes_by_position.items():
        texts = {row[position].strip() for row in cells if position < len(row)}
        ages = [text for text in texts if is_age(text) and not text.isdigit()]
        if ages and not any(folded_with_signs(text) in codes for text in ages):
            return True
    return False


def _lacks_one_alone(columns: ColumnMap, headings: Headings, cells: Sequence[Sequence[str]]) -> bool:
    """Whether nothing but the year or the name lacks, and no other numbers stand beside what the form reads."""
    missing_codes = [finding.code for finding in columns.findings if finding.level is Level.ERROR]
    unused = {i: cells_below(cells, i) for i in columns.unused_positions}
    others = [texts for i, texts in unused.items() if not is_rank(headings.whole[i], texts)]
    return missing_codes in ([FindingCode.YEAR_MISSING], [FindingCode.NAME_MISSING]) and not any(
        are_mostly(texts, is_number) and not are_mostly(texts, is_code_of_kommun) for texts in others
    )


@cache
def _own_columns(form: Source, forms: tuple[Source, ...]) -> tuple[str, ...]:
    """Columns that a form must have and that no other source names."""
    others = {s for other in forms if other.id != form.id for c in other.columns for s in spellings(c)}
    return tuple(c.name for c in form.columns if c.required and others.isdisjoint(spellings(c)))


def nearest_form(headings: Headings, forms: Sequence[Source]) -> tuple[Source, list[Column]] | None:
    """The form that the headings are most like without being it, and the columns that lack; None where none is."""
    count_and_form = [(count_of_named(headings, form)[0], form) for form in forms]
    count, form = max(count_and_form, key=lambda pair: pair[0], default=(0, None))
    if form is None or not count:
        return None
    positions = map_columns(headings, form).positions
    return form, [column for column in form.columns if column.required and column.name not in positions]


def has_ids(headings: Headings, forms: Sequence[Source]) -> bool:
    """Whether a column is called as ids are: then the rows are persons."""
    ids = {s for form in forms for column in form.columns if column.kind == "person" for s in spellings(column)}
    return not ids.isdisjoint(map(match_key, headings.whole))


def display_name(column: Column) -> str:
    """What a column is called before people: a name as they would write it, not our identifier."""
    aliases_like_name = [
        alias for alias in column.aliases if match_key(alias) == match_key(column.name.replace("_", " "))
    ]
    own_name = [] if "_" in column.name else [column.name]
    readable_aliases = (alias for alias in column.aliases if "_" not in alias)
    return next(iter([*aliases_like_name, *own_name, *readable_aliases]), column.name)


def _positions_by_heading(headings: Headings) -> dict[str, list[int]]:
    """Folded heading → positions, without the mark of a footnote where that makes it another.

    The lowest row of headings counts where the rows together name nothing.
    """
    positions: dict[str, list[int]] = {}
    for position, heading in enumerate(headings.whole):
        positions.setdefault(match_key(heading), []).append(position)
    for others in (map(plain_heading, headings.whole), headings.last):
        found_headings = set(positions)
        for position, heading in enumerate(others):
            if match_key(heading) not in found_headings:
                positions.setdefault(match_key(heading), []).append(position)
    positions.pop("", None)
    return positions


def _nearest(column: Column, headings: Mapping[int, str]) -> int | None:
    """The position of the heading that is most like a name of the column, if any is like enough."""
    matches = [process.extractOne(s, headings, scorer=fuzz.ratio, score_cutoff=NEAR) for s in spellings(column)]
    best = max((match for match in matches if match), key=lambda match: match[1], default=None)
    return None if best is None else int(best[2])


def _are_years(texts: Sequence[str], *, is_said: bool) -> bool:
    """Whether a column's cells are years and nothing else: as its heading says, or as no count repeats itself."""
    repeats = len(texts) >= _FEW_TIMES * len(set(texts))
    return len(texts) >= FEW_CELLS and (is_said or repeats) and all(map(_is_one_year, texts))


def _is_one_year(text: str) -> bool:
    """Whether a cell is a year, or its last day."""
    return _YEAR.fullmatch(text) is not None or (year_in(text) or ("", "more"))[1] == ""


def _is_year_of_rows(column: Column) -> bool:
    return "år" in column.aliases


def _is_area(text: str) -> bool:
    # a bare number is a code only where it has all four digits
    return not (text.isdigit() and len(text) != 4) and kommuner.resolve(text, settings.lan_kod()) is not None


def _are_areas(texts: Sequence[str]) -> bool:
    return are_mostly(texts, _is_area) or _are_codes_without_zero(texts)


def _are_codes_without_zero(texts: Sequence[str]) -> bool:
    """Whether all of a column's numbers are kommuner's codes that have lost their zero, and too many for chance."""
    if not all(len(text) == 3 and text.isdigit() for text in texts):
        return False
    return len(set(texts)) >= _MANY_CODES and all(kommuner.resolve(text, settings.lan_kod()) for text in texts)


def _about_missing(source: Source, positions: Collection[str]) -> list[Finding]:
    """Columns that must be there, and are not."""
    findings = []
    for column in source.columns:
        if column.required and column.name not in positions:
            if column.kind == "year" and source.period_sql is not None:
                findings.append(_about_year(column))
                continue
            name = display_name(column)
            starts_with_name = column.description.startswith(f"{name}:")
            what = f"kolumnen {column.description if starts_with_name else f'{name} ({column.description})'} saknas"
            names = [spelling for spelling in (column.name, *column.aliases) if "_" not in spelling]
            aliases = ", ".join([*names[:_MOST_NAMES], *(["…"] if len(names) > _MOST_NAMES else [])])
            action = "Lägg till kolumnen, döp om rubriken eller välj kolumn"
            findings.append(Finding(Level.ERROR, FindingCode.COLUMN_MISSING, what, f"rubriken {aliases}", action))
    return findings


def _about_year(column: Column) -> Finding:
    """That no year stands in the table or above it; one can be given for all rows."""
    headings = ", ".join(column.aliases)
    what = "året saknas: det står varken i tabellen eller i rubriken ovanför den"
    action = "Skriv året som talen gäller i fältet År, för alla rader, eller lägg till en kolumn för det"
    return Finding(Level.ERROR, FindingCode.YEAR_MISSING, what, f"ett årtal, eller rubriken {headings}", action)


def _about_name(source: Source, positions: Collection[str], title: str) -> list[Finding]:
    """Whether the table says nowhere what its numbers are, in a source that needs it."""
    if not source.one_of or title or any(name in positions for name in source.one_of):
        return []
    what = f"{source.columns_by_name[source.one_of[-1]].description} saknas"
    names = " eller ".join(display_name(source.columns_by_name[name]) for name in source.one_of)
    allowed = f"en kolumn {names}, eller en rad ovanför tabellen"
    action = "Skriv namnet i fältet, eller på en rad ovanför tabellen"
    return [Finding(Level.ERROR, FindingCode.NAME_MISSING, what, allowed, action)]
