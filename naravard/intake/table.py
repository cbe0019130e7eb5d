"""A file as one table of text: which sheet, where it begins, what stands above and below it, years as rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.base.mask import masked
from naravard.base.model import Finding, Source
from naravard.base.numbers import joined
from naravard.intake import layout as layouts
from naravard.intake.column_map import Headings
from naravard.intake.read.body import ROW
from naravard.intake.read.files import File
from naravard.intake.read.limits import HEAD_ROWS
from naravard.intake.read.refusals import no_rows

_LONGEST_FOOTER = 40
_DELIMITED = re.compile(r"[;\t|\n]|,\S.*,\S")
_SOURCE_LINE = re.compile(r"(?:käll(?:a|or)|source)\s*:?\s*(.+)", re.IGNORECASE)


@dataclass(frozen=True)
class TextTable:
    """One table of text. `table` has int64 `rad` and one dictionary-encoded column (`k0`, …) per heading.

    `cells` are the first rows as text. `title` stands above the table and `origin` in the source line below it.
    """

    headings: Headings
    table: pa.Table
    cells: tuple[tuple[str, ...], ...]
    sheet: str | None
    layout: layouts.Layout
    title: str = ""
    origin: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def row_count(self) -> int:
        """Rows of data, as they stand in the file."""
        return len(set(self.table[ROW].to_pylist())) if self.layout.years else int(self.table.num_rows)

    def column(self, position: int) -> pa.DictionaryArray:
        """One column as text, by its position."""
        return _one(self.table[f"k{position}"])


def read_table(
    file: File,
    forms: Sequence[Source],
    *,
    sheet: str | None = None,
    first: int | None = None,
    depth: int | None = None,
) -> TextTable:
    """The table that looks most like one of `forms`, or the one on the chosen sheet and row.

    Raises UserError when there is none.
    """
    name, layout, others = _find(file, forms, sheet, first, depth)
    source = file.sheet(name)
    if not layout.headings.whole:
        raise no_rows(file.filename)
    body = source.body(layout.body, len(layout.headings.whole))
    table, footer, about_footer = _without_footer(body.table)
    if table.num_rows == 0 and not body.findings:
        raise no_rows(file.filename)
    headings = layouts.long_headings(layout)
    if layout.years:
        table = _years_as_rows(table, layout)
    cells = tuple(tuple(map(str, row.values())) for row in table.drop_columns([ROW]).slice(0, HEAD_ROWS).to_pylist())
    return TextTable(
        headings=headings,
        table=table,
        cells=cells,
        sheet=name,
        layout=layout,
        title=layout.title,
        origin=footer,
        findings=(*_about_layout(layout), *body.findings, *about_footer, *_about_sheets(name, others)),
    )


def _find(
    file: File, forms: Sequence[Source], sheet: str | None, first: int | None, depth: int | None
) -> tuple[str | None, layouts.Layout, list[str]]:
    """The sheet whose first rows look most like a source, and those that do so as much. Hidden ones must be chosen."""
    visible = [name for name, seen in file.sheets if seen] or [name for name, _ in file.sheets]
    names = [sheet] if sheet is not None else visible
    found: list[tuple[tuple[int, int], str | None, layouts.Layout]] = []
    for name in names:
        rows = file.sheet(name).head
        if not any(cell.strip() for row in rows for cell in row):
            continue
        layout, score = layouts.find(rows, forms, first=first, depth=depth)
        found.append((score, name, layout))
    if not found:
        raise _empty(file, names)
    best = max(score for score, _, _ in found)
    (name, layout), *others = [(name, layout) for score, name, layout in found if score == best]
    return name, layout, [str(other) for other, _ in others]


def _about_layout(layout: layouts.Layout) -> list[Finding]:
    if not layout.doubt:
        return []
    action = "Lägg till rubrikerna, dela filen, eller välj rubrikrad"
    return [Finding(Level.ERROR, FindingCode.HEADINGS_DOUBTFUL, layout.doubt, "en tabell med rubriker överst", action)]


def _about_sheets(name: str | None, others: Sequence[str]) -> list[Finding]:
    if not others:
        return []
    what = f"bara fliken {name} läses. {joined(list(others))} har också en tabell"
    action = "Lägg ihop flikarna, eller läs in dem var för sig"
    return [Finding(Level.WARNING, FindingCode.OTHER_SHEETS, what, "en flik i taget", action)]


def _empty(file: File, names: Sequence[str | None]) -> UserError:
    what = f"Fliken {names[0]} i filen {file.filename} är tom." if names[0] else f"Filen {file.filename} är tom."
    return UserError(f"{what} Hämta uttaget på nytt, eller välj en annan flik.")


def _without_footer(table: pa.Table) -> tuple[pa.Table, str, list[Finding]]:
    """The table without the lines of text below it, and the source that they name."""
    tail = table.slice(max(0, table.num_rows - _LONGEST_FOOTER)).to_pylist()
    lines: list[str] = []
    while tail and _is_line_of_text([str(v).strip() for k, v in tail[-1].items() if k != ROW]):
        row = tail.pop()
        lines.append(" ".join(str(v).strip() for k, v in row.items() if k != ROW and str(v).strip()))
    if not lines:
        return table, "", []
    kept = table.slice(0, table.num_rows - len(lines))
    named = next((found[1] for line in reversed(lines) if (found := _SOURCE_LINE.fullmatch(line))), "")
    first = table[ROW][kept.num_rows].as_py()
    what = "text under tabellen läses inte som uppgifter"
    told = Finding(Level.NOTE, FindingCode.TEXT_BELOW_TABLE, what, row=first, count=len(lines))
    return kept, masked(named), [told]


def _is_line_of_text(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    if not filled or any(masked(cell) != cell or _DELIMITED.search(cell) for cell in filled):
        return False  # a person, or several cells that a stray quotation mark has made one
    if _SOURCE_LINE.fullmatch(" ".join(filled)):
        return True
    lan, text = settings.lan_kod(), filled[0]
    letters = sum(map(str.isalpha, text))
    # what is like a kommun is a row of data that someone has misspelled
    return len(filled) == 1 and letters > 3 and not (kommuner.resolve(text, lan) or kommuner.nearest(text, lan))


def _years_as_rows(table: pa.Table, layout: layouts.Layout) -> pa.Table:
    """One row for each row and year: the columns without a year, then år, värde and what the heading says more."""
    kept = [i for i in range(len(layout.headings.whole)) if i not in layout.years]
    has_rest = bool(layouts.rest_heading(layout))
    blocks = []
    for position, (year, rest) in layout.years.items():
        columns = [_one(table[f"k{i}"]).cast(pa.string()) for i in kept]
        columns += [pa.repeat(year, table.num_rows), _one(table[f"k{position}"]).cast(pa.string())]
        columns += [pa.repeat(rest, table.num_rows)] if has_rest else []
        blocks.append(pa.table({**{f"k{i}": c for i, c in enumerate(columns)}, ROW: table[ROW]}))
    long = pa.concat_tables(blocks)
    encoded = {
        name: long[name] if name == ROW else long[name].combine_chunks().dictionary_encode()
        for name in long.column_names
    }
    return pa.table(encoded)


def _one(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    if isinstance(column, pa.ChunkedArray):
        return column.chunk(0) if column.num_chunks == 1 else column.unify_dictionaries().combine_chunks()
    return column
