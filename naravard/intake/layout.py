"""Header detection: where a table begins, the title above it, its rows of headings, years as columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from naravard.base import kommuner, settings
from naravard.base.errors import UserError
from naravard.base.kommuner import match_key
from naravard.base.mask import MASKED, mask_ids, without_names
from naravard.base.model import Source
from naravard.base.numbers import quantity
from naravard.intake.age_groups import is_age
from naravard.intake.column_map import Headings, counts_of_named
from naravard.intake.heading_rows import whole_extent
from naravard.intake.looks import (
    MOSTLY,
    are_mostly,
    cells_below,
    has_part,
    is_code,
    is_code_of_kommun,
    is_data,
    is_number,
    is_rank,
    year_in,
)
from naravard.intake.sexes import MEN, WOMEN

_SAMPLE = 30
_SEARCHED = 3
"""So many rows are tried together at each place; more are added above and below."""
_NAMES_OF_MEASURES = {
    *("nyckeltal", "titel", "indikator", "matt", "kpi", "kpi id", "kpi title", "nyckeltals id", "nyckeltal id"),
    *("nyckeltalskod", "nyckeltalsnamn", "indikatornamn", "variabel"),
}
_WORDS_FOR_VALUE = {"varde", "value", "utfall"}
"""What says nothing beside a year: `Värde 2024`."""
_POPULATION_TITLE = re.compile(
    r"(?:(?:framskrivning|prognos)(?: av| över| för)? )?(?:folkmängd|befolkning|population)", re.IGNORECASE
)
_VALUE, _POPULATION, _MEASURE = "värde", "folkmängd", "mått"
_SUM_OF_AGES = {"totalt", "total", "samtliga", "alla"}
_SPACES = re.compile(r"\s+")
_LONGEST = 40
_HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SPLIT_WORD = re.compile(r"(?<=[^\W\d_])- (?!och\b|eller\b)(?=[a-zåäö])")
"""`Folk- ökning`: a word over two rows, but not `Vård- och`."""


@dataclass(frozen=True)
class Layout:
    """`first` is the first row of headings (0 is the first row of the file), `depth` how many rows they are.

    `years` has the columns that hold a year each: position → (year, what else the heading says).
    """

    first: int
    depth: int
    headings: Headings
    title: str
    reason: str
    years: dict[int, tuple[str, str]] = field(default_factory=dict)
    has_names: bool = False
    """Whether a column without heading holds names, as the wide files of Kolada have their nyckeltal."""
    has_decimals: bool = False
    """Whether the numbers under the years are no counts, whatever they are."""
    doubt: str = ""
    """Why the layout may be wrong, so that no rows are lost in silence."""

    @property
    def body(self) -> int:
        """The first row below the headings."""
        return self.first + self.depth


def find(
    rows: Sequence[Sequence[str]], forms: Sequence[Source], *, first: int | None = None, depth: int | None = None
) -> tuple[Layout, tuple[int, int]]:
    """The likeliest layout of a sheet's first rows, and how likely it is (to choose between sheets).

    `first` and `depth` are an analyst's own choice. Raises UserError for a row that the file does not have.
    """
    if first is not None and not 0 <= first < len(rows):
        first_rows = (
            "på filens enda rad" if len(rows) == 1 else f"bland filens första {quantity(len(rows), 'rad', 'rader')}"
        )
        raise UserError(f"Rad {first + 1} finns inte {first_rows}. Välj en annan rubrikrad.")
    rows = [[_clean(cell) for cell in row] for row in rows]
    candidates = _candidates(rows, forms, first, depth)
    best = max(candidates, key=lambda candidate: candidate.score, default=None)
    if best is None or (best.score[0] == 0 and first is None):
        return _without_data(_with_title(_widest(rows), rows)), (0, 0)
    layout = _with_title(best.layout if depth is not None else _grown(best.layout, rows, first), rows)
    earlier = [c.layout.first for c in candidates if c.is_whole_table and c.layout.first < layout.first]
    if earlier and first is None:
        doubt = f"en tabell börjar redan på rad {earlier[0] + 1}, men rubrikerna på rad {layout.first + 1} är fler"
        layout = replace(layout, doubt=doubt)
    elif not best.is_complete:
        layout = _without_data(layout)
    # a source that has no years as columns reads "RUB 2024" as the heading that it is
    return layout if any(form.wide for form in forms) else replace(layout, years={}), best.score[:2]


def _grown(layout: Layout, rows: Sequence[Sequence[str]], chosen_first: int | None) -> Layout:
    """The layout with the rows of headings that stand around those which name the columns."""
    first, depth = whole_extent(rows, layout.first, layout.depth, lambda at, count: _merge(rows[at : at + count])[0])
    if chosen_first is not None:
        first, depth = layout.first, depth - (layout.first - first)
    return layout if (first, depth) == (layout.first, layout.depth) else _layout(rows, first, depth)


@dataclass(frozen=True)
class _Candidate:
    """Rows that may be the headings: how many columns of a source they name, and whether all that must be there."""

    layout: Layout
    named_count: int
    is_complete: bool

    @property
    def score(self) -> tuple[int, int, int, int]:
        """The more columns the better, then few rows of headings, high up."""
        # a heading that we make up ourselves earns nothing
        return (
            self.named_count - has_measures(self.layout),
            int(self.is_complete),
            -self.layout.depth,
            -self.layout.first,
        )

    @property
    def is_whole_table(self) -> bool:
        """Whether one row alone makes a table, which must not be passed over in silence."""
        return self.is_complete and self.layout.depth == 1 and self.named_count > 1


def _candidates(
    rows: Sequence[Sequence[str]], forms: Sequence[Source], first: int | None, depth: int | None
) -> list[_Candidate]:
    """All places where headings may stand, from above."""
    forms_by_width = {False: tuple(forms), True: tuple(form for form in forms if form.wide)}
    candidates = []
    for row in range(len(rows)) if first is None else [first]:
        for heading_rows in range(1, _SEARCHED + 1) if depth is None else [depth]:
            heading = rows[row : row + heading_rows]
            is_title = _has_year_of_title(heading[0], rows[row + 1 :])
            may_be_headings = first is not None or not (any(map(is_data, heading)) or is_title)
            if row + heading_rows <= len(rows) and may_be_headings and _may_be_headings(heading):
                layout = _layout(rows, row, heading_rows)
                layout = layout if forms_by_width[True] else replace(layout, years={})
                counts = counts_of_named(long_headings(layout), forms_by_width[bool(layout.years)])
                candidates.append(_Candidate(layout, *max(counts, default=(0, False))))
    return candidates


def _without_data(layout: Layout) -> Layout:
    """The layout, its headings hidden and doubted where they are a row of data."""
    if not _looks_like_data(layout.headings.whole):
        return layout
    neutral_headings = tuple(f"kolumn {i + 1}" for i in range(len(layout.headings.whole)))
    doubt = f"rubriker saknas: rad {layout.first + 1} ser ut som uppgifter"
    return replace(layout, headings=Headings(neutral_headings, neutral_headings), years={}, doubt=doubt)


def _looks_like_data(headings: Sequence[str]) -> bool:
    """A row with an id, or with a kommun, is no row of headings."""
    # a number alone can be a year: 2023 is also a kommun's code
    words = [heading for heading in headings if heading and not heading.isdigit()]
    return any(MASKED in word or len(kommuner.resolve(word, settings.lan_kod()) or "") == 4 for word in words)


def long_headings(layout: Layout) -> Headings:
    """The headings after years have been turned into rows: those without a year, then år, värde and what is left."""
    if not layout.years:
        return layout.headings
    positions = [i for i in range(len(layout.headings.whole)) if i not in layout.years]
    new_headings = ("år", value_heading(layout), *rest_heading(layout))
    whole, last = layout.headings.whole, layout.headings.last
    return Headings((*(whole[i] for i in positions), *new_headings), (*(last[i] for i in positions), *new_headings))


def value_heading(layout: Layout) -> str:
    """What the numbers are: said beside the years, or by the title. Tables without any name are SCB's population."""
    rests = {rest for _, rest in layout.years.values() if rest and not _is_sex(rest) and not _is_age(rest)}
    if rests:
        return _POPULATION if all(map(_is_population, rests)) else _VALUE
    names = {match_key(heading) for heading in layout.headings.whole} & _NAMES_OF_MEASURES
    has_name = layout.title or layout.has_names or layout.has_decimals or names
    return _VALUE if has_name and not _is_population(layout.title) else _POPULATION


def rest_heading(layout: Layout) -> tuple[str, ...]:
    """The heading of what the year headings say beside the year: a sex, an age, a measure, or nothing."""
    rests = {rest for _, rest in layout.years.values() if rest}
    if rests and all(map(_is_sex, rests)):
        return ("kön",)
    if rests and all(_is_age(rest) or match_key(rest) in _SUM_OF_AGES for rest in rests):
        return ("ålder",)
    return (_MEASURE,) if rests and value_heading(layout) == _VALUE else ()


def has_measures(layout: Layout) -> bool:
    """Whether the headings of years say what is measured, some of them at least."""
    return rest_heading(layout) == (_MEASURE,)


def unnamed_years(layout: Layout) -> list[str]:
    """Years whose numbers nothing names, beside others that say what they are: `2024`, `Index 2024`."""
    if layout.title or not has_measures(layout):
        return []
    return [year for year, rest in layout.years.values() if not rest]


def is_name_of_measure(heading: str) -> bool:
    """Whether a heading stands above names or codes of nyckeltal."""
    return match_key(heading) in _NAMES_OF_MEASURES


def _is_population(text: str) -> bool:
    return _POPULATION_TITLE.match(text) is not None or text.casefold() == "pop"


def _is_age(text: str) -> bool:
    return not text.isdigit() and is_age(text)


def _is_sex(text: str) -> bool:
    return match_key(text) in WOMEN | MEN | {"totalt", "total"}


def _layout(rows: Sequence[Sequence[str]], first: int, depth: int) -> Layout:
    whole, last = _merge(rows[first : first + depth])
    body = rows[first + depth :][:_SAMPLE]
    years = {
        i: (year[0], "" if match_key(year[1]) in _WORDS_FOR_VALUE else year[1])
        for i, heading in enumerate(whole)
        if body  # the last row is of data, however it looks
        and (year := year_in(heading))
        and _may_be_values(body, i, year[0])
        and not is_rank(heading, cells_below(body, i))
    }
    has_bare_year = any(not rest for _, rest in years.values())
    has_other_headings = any(heading for i, heading in enumerate(whole) if i not in years)
    # a single year is a column only beside others, with its measure or with numbers below it
    has_numbers = len(years) == 1 and len(whole) > 1 and _has_numbers(body, next(iter(years)))
    is_only_of_title = len(years) == 1 and year_in(last[next(iter(years))]) is None
    if len(years) < 2 and (is_only_of_title or not (has_numbers if has_bare_year else has_other_headings)):
        years = {}
    title = _title(rows[:first]) if years else ""
    has_names = any(not whole[i] and _has_names(body, i) for i in range(len(whole)) if i not in years)
    has_decimals = any(are_mostly(cells_below(body, position), has_part) for position in years)
    return Layout(first, depth, Headings(whole, last), title, "", years, has_names, has_decimals)


def _may_be_values(body: Sequence[Sequence[str]], position: int, year: str) -> bool:
    """Whether a column under a year can hold its values: numbers, that are neither codes nor the same year again."""
    cells = cells_below(body, position)
    is_row_of_data = are_mostly(cells, lambda cell: cell == year) or are_mostly(cells, is_code)
    return not cells or (
        are_mostly(cells, is_number) and not are_mostly(cells, is_code_of_kommun) and not is_row_of_data
    )


def _has_numbers(body: Sequence[Sequence[str]], position: int) -> bool:
    """Whether a column holds numbers from its first cell on."""
    cells = cells_below(body, position)
    return are_mostly(cells, is_number) and is_number(cells[0])


def _has_names(body: Sequence[Sequence[str]], position: int) -> bool:
    """Whether a column holds words that are no areas."""
    cells = cells_below(body, position)
    words = [cell for cell in cells if any(map(str.isalpha, cell)) and not kommuner.resolve(cell, settings.lan_kod())]
    return bool(cells) and len(words) >= MOSTLY * len(cells)


def _with_title(layout: Layout, rows: Sequence[Sequence[str]]) -> Layout:
    """The layout with the lines above it as its title, and without anything that looks like an id."""
    reason = f"rubriker på rad {layout.first + 1}" + (f"–{layout.body}" if layout.depth > 1 else "")
    headings = Headings(
        tuple(map(_without_persons, layout.headings.whole)), tuple(map(_without_persons, layout.headings.last))
    )
    return replace(
        layout, headings=headings, title=mask_ids(_title(rows[: layout.first])), reason=layout.reason or reason
    )


def _without_persons(heading: str) -> str:
    """A heading without ids and names: the first row of a file without headings is a person."""
    return without_names(mask_ids(heading))


def _title(rows: Sequence[Sequence[str]]) -> str:
    # a title that is merged over the table's width stands in all of its cells
    return _clean(" ".join(" ".join(dict.fromkeys(filter(None, row))) for row in rows))


def _merge(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Rows of headings as one, column by column.

    An upper heading stands for the empty cells to its right too, as far as the heading above it does.
    """
    width = max(map(len, rows))
    levels: list[list[str]] = []
    for position, row in enumerate(rows):
        cells = [*row, *[""] * (width - len(row))]
        if position < len(rows) - 1:
            above = levels[-1] if levels else [""] * width
            for i in range(1, width):
                cells[i] = cells[i] or (cells[i - 1] if above[i] == above[i - 1] else "")
        levels.append(cells)
    whole, last = [], []
    for column in zip(*levels, strict=True):
        parts = list(dict.fromkeys(filter(None, column)))
        whole.append(_SPLIT_WORD.sub("", " ".join(parts)))
        last.append(parts[-1] if parts else "")
    return tuple(whole), tuple(last)


def _clean(text: str) -> str:
    plain = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    return plain if plain.isprintable() else "".join(c for c in plain if c.isprintable())


def _has_year_of_title(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row has a long text with a year in it, and no data below it: a title beside its number."""
    next_row = next((cells for cells in below if any(cells)), ())
    return any(len(cell) > _LONGEST and _HAS_YEAR.search(cell) for cell in row) and not is_data(next_row)


def _may_be_headings(rows: Sequence[Sequence[str]]) -> bool:
    """A line that has text in its first cell alone is a title, not an upper row of headings."""
    return bool(_cell_count(rows[0])) and all(
        len(set(filter(None, row))) > 1 or (row and not row[0]) for row in rows if len(rows) > 1
    )


def _cell_count(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _widest(rows: Sequence[Sequence[str]]) -> Layout:
    """For headings that nobody knows: the first row with as many cells as any."""
    most = max(map(_cell_count, rows), default=0)
    first = next((i for i, row in enumerate(rows) if _cell_count(row) == most), 0)
    # above the numbers of a table, the heading of its kommuner may be empty
    first -= (
        first > 0
        and is_data(rows[first])
        and not is_data(rows[first - 1])
        and _cell_count(rows[first - 1]) >= most - 1 > 1
    )
    layout = _layout(rows, first, 1) if rows else Layout(0, 0, Headings((), ()), "", "")
    return replace(layout, reason=f"rubriker på rad {first + 1}: ingen rubrik är känd, men raden är bredast")
