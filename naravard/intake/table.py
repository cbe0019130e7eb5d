"""A file as one table of text: which sheet, where it begins, what stands above and below it, years as rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.base.kommuner import match_key
from naravard.base.mask import mask_ids
from naravard.base.model import Finding, Source
from naravard.base.numbers import enumeration, number, quantity
from naravard.intake import layout as layouts
from naravard.intake import measures, outline
from naravard.intake.column_map import Headings
from naravard.intake.looks import is_kommun
from naravard.intake.lost_letters import about_lost_letters
from naravard.intake.part_and_whole import with_rest
from naravard.intake.read.as_seen import as_seen
from naravard.intake.read.body import ROW, first_and_count
from naravard.intake.read.cube import RowsSheet
from naravard.intake.read.files import File
from naravard.intake.read.limits import HEAD_ROWS
from naravard.intake.read.refusals import no_rows_error
from naravard.intake.read.text import TextSheet
from naravard.intake.read.workbook import WorkbookSheet
from naravard.intake.sheet import Sheet
from naravard.intake.turned import row_of_kommuner, turned

_LONGEST_FOOTER = 40
_PAGE = re.compile(r"\b(?:sida|page|utskri\w+)\b", re.IGNORECASE)
_OF_PART = re.compile(
    r"\bfilter|begränsa[dt]|\b(?:trunkera[dt]|avkorta[dt])|truncated|limited to|exceed|\bvisar (?:bara|de första)",
    re.IGNORECASE,
).search
"""What reports write below a table of which not all is there."""
_DELIMITED = re.compile(r"[;\t|\n]|,\S.*,\S")
_ROW_COUNT = re.compile(
    r"^\(?(?P<affected>\d[\d ]*) (?:rows?|rader?|poster)\b|^antal (?:rader|poster)\D{0,3}(?P<said>\d[\d ]*)",
    re.IGNORECASE,
)
"""What a database writes below what it has given: `(36 rows affected)`."""
_LINES_OF_PAGE = 3
_FEWEST_HEADINGS, _MOST_HEADINGS = 2, 0.6
"""So many headings, and so large a share of a table's, are those of another sheet that is like it."""
_REMARK = re.compile(r"(?:obs|anm|anmärkning|fotnot|kommentar)\s?[.:!]\s", re.IGNORECASE)
_SOURCE_LINE = re.compile(r"(?:käll(?:a|or)|source)\s*:?\s*(.+)", re.IGNORECASE)


@dataclass(frozen=True)
class TextTable:
    """One table of text. `table` has int64 `rad` and one dictionary-encoded column (`k0`, …) per heading.

    `cells` are the first rows as text, `cells_of_file` those before any columns became rows. `title` stands above the
    table, `below` is what stands under it and `origin` the source that it names.
    """

    headings: Headings
    table: pa.Table
    cells: tuple[tuple[str, ...], ...]
    sheet: str | None
    layout: layouts.Layout
    title: str = ""
    origin: str = ""
    below: str = ""
    filename: str = ""
    name: str = ""
    """What an analyst says that its numbers are."""
    findings: tuple[Finding, ...] = ()
    cells_of_file: tuple[tuple[str, ...], ...] = ()

    @property
    def row_count(self) -> int:
        """Rows of data, as they stand in the file."""
        is_long = len(self.headings.whole) != len(self.layout.headings.whole) or bool(self.layout.years)
        return len(set(self.table[ROW].to_pylist())) if is_long else int(self.table.num_rows)

    @property
    def row_numbers(self) -> pa.Array:
        """The number in the file of each row."""
        return _whole(self.table[ROW])

    def column(self, position: int) -> pa.DictionaryArray:
        """One column as text, by its position."""
        return _whole(self.table[f"k{position}"])


def read_table(
    file: File,
    forms: Sequence[Source],
    *,
    sheet: str | None = None,
    first: int | None = None,
    depth: int | None = None,
    name: str = "",
) -> TextTable:
    """The table that looks most like one of `forms`, or the one on the chosen sheet and row.

    `name` is what its numbers are, where that is given.
    Raises UserError when there is none.
    """
    place = _find(file, forms, sheet, first, depth)
    layout, source = place.layout, place.sheet
    is_of_nyckeltal = {form.id for form in forms} == {"nyckeltal"}
    if layout.years and not layout.title:
        # who has chosen nyckeltal is asked for a name, and not told that it is a population
        layout = replace(layout, title=name, has_names=layout.has_names or is_of_nyckeltal)
    hidden_sheets = _hidden_sheets(file) if sheet is None else []
    if not layout.headings.whole:
        raise no_rows_error(file.filename, hidden_sheets)
    body = source.body(layout.body, len(layout.headings.whole))
    table = as_seen(body.table)
    below = _footer_lines(table)
    table, footer, about_footer = _without_footer(table, below)
    if table.num_rows == 0 and not body.findings:
        raise no_rows_error(file.filename, hidden_sheets)
    table, about_headings = _without_headings(table, layout)
    table, about_labels = outline.filled_down(table, layout.headings, forms)
    layout = replace(layout, headings=_without_twins(layout.headings, table))
    headings, cells_of_file = layouts.long_headings(layout), _first_cells(table)
    if layout.years:
        table = _years_as_rows(table, layout, name or layout.title)
    cells = _first_cells(table)
    about_parts: list[Finding] = []
    if not layout.years:
        headings, table, about_parts = with_rest(headings, table, cells, forms)
        cells = _first_cells(table)
    about_measures: list[Finding] = []
    if not layout.years and (parts := measures.positions_of_parts(headings, cells)):
        is_named = is_of_nyckeltal or any(map(layouts.is_name_of_measure, headings.whole))
        headings, table = measures.parts_as_rows(headings, table, parts, layout.title, is_named=is_named)
        cells = _first_cells(table)
    elif not layout.years and (groups := measures.positions_of_groups(headings, cells, forms, layout.title)):
        about_measures = [measures.about_groups(headings, groups)]
        headings, table = measures.parts_as_rows(headings, table, groups, "", is_named=False)
        cells = _first_cells(table)
    elif not layout.years and len({form.id for form in forms}) == 1:
        positions = measures.measure_positions(headings, cells, forms[0])
        if positions:
            about_measures = [measures.about_measures(headings, positions)]
            headings, table = measures.measures_as_rows(headings, table, cells, positions, forms[0])
            cells = _first_cells(table)
    return TextTable(
        headings=headings,
        table=table,
        cells=cells,
        sheet=place.name,
        layout=layout,
        title=layout.title,
        origin=footer,
        below=mask_ids(" ".join(below)),
        filename=file.filename,
        name=name,
        findings=(
            *_about_layout(layout),
            *body.findings,
            *about_lost_letters([*headings.whole, *(cell for row in cells for cell in row)]),
            *about_footer,
            *about_headings,
            *about_labels,
            *about_measures,
            *about_parts,
            *place.findings,
            *_about_sheets(place.name, place.other_sheets),
            *_about_hidden_sheets(hidden_sheets),
        ),
        cells_of_file=cells_of_file,
    )


def _without_twins(headings: Headings, table: pa.Table) -> Headings:
    """The headings with a number behind each that stands over the same cells as one before it: `Kommun (2)`."""
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(headings.whole):
        places.setdefault(match_key(heading), []).append(place)
    whole, last = list(headings.whole), list(headings.last)
    for key, (first, *others) in places.items():
        for nth, place in enumerate(others, 2):
            if key and table[f"k{place}"].equals(table[f"k{first}"]):
                whole[place] = last[place] = f"{headings.whole[place]} ({nth})"
    return Headings(tuple(whole), tuple(last))


def _first_cells(table: pa.Table) -> tuple[tuple[str, ...], ...]:
    rows = table.drop_columns([ROW]).slice(0, HEAD_ROWS).to_pylist()
    return tuple(tuple(map(str, row.values())) for row in rows)


@dataclass(frozen=True)
class _Place:
    """Where a table stands: its sheet (turned where its kommuner are columns), and others as good."""

    name: str | None
    layout: layouts.Layout
    sheet: Sheet
    findings: tuple[Finding, ...]
    other_sheets: tuple[str, ...] = ()


def _find(file: File, forms: Sequence[Source], sheet: str | None, first: int | None, depth: int | None) -> _Place:
    """The sheet whose first rows look most like a source, and those that do so as much. Hidden ones must be chosen."""
    visible_names = [name for name, is_visible in file.sheets if is_visible] or [name for name, _ in file.sheets]
    names = [sheet] if sheet is not None else visible_names
    candidates: list[tuple[tuple[int, int], _Place]] = []
    for name in names:
        candidate = file.sheet(name)
        if any(cell.strip() for row in candidate.head for cell in row):
            candidates.append(_best_on_sheet(candidate, forms, first, depth))
    if not candidates:
        raise _empty_sheet(file, names)
    best_score = max(score for score, _ in candidates)
    place = next(place for score, place in candidates if score == best_score)
    others = [
        other for score, other in candidates if other is not place and (score == best_score or _goes_on(place, other))
    ]
    return replace(place, other_sheets=tuple(str(other.name) for other in others))


def _goes_on(place: _Place, other: _Place) -> bool:
    """Whether another sheet has rows like those of a table: without headings, or under most of the same."""
    headings, own = ({match_key(heading) for heading in each.layout.headings.whole} - {""} for each in (other, place))
    if len(headings & own) >= max(_FEWEST_HEADINGS, _MOST_HEADINGS * len(own)):
        return True
    rows = [each.sheet.head[number : number + 1] for each, number in ((place, place.layout.body), (other, 0))]
    if not all(rows):
        return False
    (first,), (next_row,) = rows
    is_as_wide = len(list(filter(None, next_row))) >= _MOST_HEADINGS * len(own) and len(own) > 1
    return is_as_wide and any(is_kommun(one) and is_kommun(two) for one, two in zip(first, next_row, strict=False))


def _best_on_sheet(
    sheet: TextSheet | WorkbookSheet | RowsSheet, forms: Sequence[Source], first: int | None, depth: int | None
) -> tuple[tuple[int, int], _Place]:
    """The likeliest table of a sheet, and how likely it is."""
    number = row_of_kommuner(sheet.head)
    if number is not None and first in {None, number}:
        turned_sheet = turned(sheet, number, forms)
        if turned_sheet is not None:
            layout, score = layouts.find(turned_sheet[0].head, forms)
            return score, _Place(sheet.name, layout, turned_sheet[0], tuple(turned_sheet[1]))
    unfolded_sheet = outline.unfolded(sheet) if first is None else None
    if unfolded_sheet is not None:
        layout, score = layouts.find(unfolded_sheet[0].head, forms)
        return score, _Place(sheet.name, layout, unfolded_sheet[0], tuple(unfolded_sheet[1]))
    layout, score = layouts.find(sheet.head, forms, first=first, depth=depth)
    return score, _Place(sheet.name, layout, sheet, ())


def _about_layout(layout: layouts.Layout) -> list[Finding]:
    if not layout.doubt:
        return []
    action = "Lägg till rubrikerna, dela filen, eller välj rubrikrad"
    return [Finding(Level.ERROR, FindingCode.HEADINGS_DOUBTFUL, layout.doubt, "en tabell med rubriker överst", action)]


def _about_sheets(name: str | None, other_sheets: Sequence[str]) -> list[Finding]:
    if not other_sheets:
        return []
    what = f"bara fliken {name} läses. {enumeration(list(other_sheets))} har också en tabell"
    action = "Lägg ihop flikarna, eller läs in dem var för sig"
    return [Finding(Level.WARNING, FindingCode.OTHER_SHEETS, what, "en flik i taget", action)]


def _hidden_sheets(file: File) -> list[str]:
    """The names of those sheets that nobody sees, where others are seen: they are read only where one is chosen."""
    names = [str(name) for name, is_visible in file.sheets if not is_visible]
    return names if len(names) < len(file.sheets) else []


def _about_hidden_sheets(names: Sequence[str]) -> list[Finding]:
    if not names:
        return []
    who, how = ("fliken", "dold") if len(names) == 1 else ("flikarna", "dolda")
    what = f"{who} {enumeration(list(names))} är {how} och läses inte"
    return [Finding(Level.NOTE, FindingCode.HIDDEN_SHEETS, what, action="Välj fliken om det är den som ska läsas")]


def _empty_sheet(file: File, names: Sequence[str | None]) -> UserError:
    what = f"Fliken {names[0]} i filen {file.filename} är tom." if names[0] else f"Filen {file.filename} är tom."
    return UserError(f"{what} Hämta uttaget på nytt, eller välj en annan flik.")


def _without_headings(table: pa.Table, layout: layouts.Layout) -> tuple[pa.Table, list[Finding]]:
    """The table without rows that are the headings once more, as each page of a printed table begins with.

    Where they have a title of their own they are another table's, and it ends there.
    """
    headings = layout.headings
    is_again: pa.Array | None = None
    columns = [_whole(table[f"k{i}"]) for i in range(len(headings.whole))]
    # those with few texts first: they tell at once, where others have a text for each row
    for position in sorted(range(len(columns)), key=lambda i: len(columns[i].dictionary)):
        column = columns[position]
        names = (headings.whole[position].casefold(), headings.last[position].casefold())
        codes = [code for code, text in enumerate(column.dictionary.to_pylist()) if text.strip().casefold() in names]
        if not codes:
            return table, []
        is_name = pc.is_in(column.indices, value_set=pa.array(codes, column.indices.type))
        is_again = is_name if is_again is None else pc.and_(is_again, is_name)
    rows = None if is_again is None else first_and_count(_whole(table[ROW]), is_again)
    if rows is None or not any(headings.whole):
        return table, []
    lines = _lines_above(table, is_again)
    titles = [place for place, line in lines.items() if not (_PAGE.search(line) or line == layout.title)]
    if titles:
        title = titles[0]
        row = table[ROW][title].as_py()
        what = f"en till tabell börjar på rad {row}, med samma rubriker"
        action = "Läs in tabellerna var för sig, som en fil eller en flik var"
        finding = Finding(Level.ERROR, FindingCode.HEADINGS_DOUBTFUL, what, "en tabell", action)
        return table.slice(0, title), [finding]
    what = "rubrikerna står en gång till i tabellen, och de raderna läses inte"
    finding = Finding(Level.NOTE, FindingCode.HEADINGS_AGAIN, what, row=rows[0], count=rows[1])
    is_line = pa.array(np.isin(np.arange(table.num_rows), list(lines)))
    return table.filter(pc.invert(pc.or_(is_again, is_line))), [finding]


def _lines_above(table: pa.Table, is_again: pa.Array) -> dict[int, str]:
    """The lines of text that stand alone above repeated headings, by their place: a page, or another title."""
    lines = {}
    for heading in np.flatnonzero(is_again.to_numpy(zero_copy_only=False)):
        for place in range(int(heading) - 1, max(0, int(heading) - 1 - _LINES_OF_PAGE), -1):
            row = table.slice(place, 1).drop_columns([ROW]).to_pylist()[0]
            texts = [cell for value in row.values() if (cell := str(value).strip())]
            if len(texts) != 1 or not _is_line_of_text(texts):
                break
            lines[place] = texts[0]
    return dict(sorted(lines.items()))


def _without_footer(table: pa.Table, lines: Sequence[str]) -> tuple[pa.Table, str, list[Finding]]:
    """The table without the lines of text below it, and the source that they name."""
    if not lines:
        return table, "", []
    matches = filter(None, map(_SOURCE_LINE.fullmatch, lines))
    source_name = next((match[1] for match in matches), "")
    rows = table.slice(0, table.num_rows - len(lines))
    what, first = "text under tabellen läses inte som uppgifter", table[ROW][rows.num_rows].as_py()
    finding = Finding(Level.NOTE, FindingCode.TEXT_BELOW_TABLE, what, row=first, count=len(lines))
    if any(map(_OF_PART, lines)):
        what = "texten under tabellen säger att den är ett urval: ett filter, eller bara de första raderna"
        action = "Läs texten i filen, och kontrollera att alla rader är med"
        finding = Finding(Level.WARNING, FindingCode.TEXT_BELOW_TABLE, what, "", action, row=first, count=len(lines))
    counts = [int("".join(match[match.lastgroup or 0].split())) for match in map(_ROW_COUNT.search, lines) if match]
    if any(count > rows.num_rows for count in counts):
        stated_rows = quantity(max(counts), "rad", "rader")
        what = f"texten under tabellen säger {stated_rows}, men filen har {number(rows.num_rows)}"
        action = "Hämta uttaget på nytt: rader kan fattas"
        finding = Finding(Level.WARNING, FindingCode.TEXT_BELOW_TABLE, what, "", action, row=first, count=len(lines))
    return rows, mask_ids(source_name), [finding]


def _footer_lines(table: pa.Table) -> list[str]:
    """The lines of text below a table."""
    lines = []
    for record in table.slice(max(0, table.num_rows - _LONGEST_FOOTER)).drop_columns([ROW]).to_pylist()[::-1]:
        cells = [str(value).strip() for value in record.values()]
        if not _is_line_of_text(cells):
            break
        lines.append(" ".join(_in_all_cells(cells)))
    return lines[::-1]


def _in_all_cells(cells: Sequence[str]) -> list[str]:
    """The texts of a row; one, where a cell that is merged over the table's width has it in all of its cells."""
    texts = [cell for cell in cells if cell]
    return texts[:1] if len(texts) == len(cells) and len(set(texts)) == 1 else texts


def _is_line_of_text(cells: Sequence[str]) -> bool:
    texts = _in_all_cells(cells)
    if texts and _REMARK.match(texts[0]) and not any(map(str.isdigit, "".join(texts[1:]))):
        return not any(mask_ids(text) != text for text in texts)
    if not texts or any(mask_ids(text) != text or _DELIMITED.search(text) for text in texts):
        return False  # a person, or several cells that a stray quotation mark has made one
    if _SOURCE_LINE.fullmatch(" ".join(texts)):
        return True
    lan, text = settings.lan_kod(), texts[0]
    letter_count = sum(map(str.isalpha, text))
    # what is like a kommun is a row of data that someone has misspelled
    return len(texts) == 1 and letter_count > 3 and not (kommuner.resolve(text, lan) or kommuner.nearest(text, lan))


def _years_as_rows(table: pa.Table, layout: layouts.Layout, name: str) -> pa.Table:
    """One row for each row and year (unpivot): the columns without a year, then år, värde and what else is said.

    Where some years say nothing else, they are of what the whole table is called, and the others of something of that.
    """
    positions = [i for i in range(len(layout.headings.whole)) if i not in layout.years]
    has_rest = bool(layouts.rest_heading(layout))
    has_bare_year = not all(rest for _, rest in layout.years.values())
    own_name = name if has_bare_year and layouts.has_measures(layout) else ""
    blocks = []
    for position, (year, rest) in layout.years.items():
        columns = [_whole(table[f"k{i}"]).cast(pa.string()) for i in positions]
        columns += [pa.repeat(year, table.num_rows), _whole(table[f"k{position}"]).cast(pa.string())]
        columns += [pa.repeat(", ".join(filter(None, (own_name, rest))), table.num_rows)] if has_rest else []
        blocks.append(pa.table({**{f"k{i}": c for i, c in enumerate(columns)}, ROW: table[ROW]}))
    long_table = pa.concat_tables(blocks)
    return pa.table(
        {
            name: long_table[name] if name == ROW else long_table[name].combine_chunks().dictionary_encode()
            for name in long_table.column_names
        }
    )


def _whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries() if pa.types.is_dictionary(column.type) else column
        return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return column
