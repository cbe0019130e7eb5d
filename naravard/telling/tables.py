"""A result as what any format writes in its own way: the cells of a table, and what a bar is called and coloured."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from naravard.base import periods
from naravard.base.kommuner import RIKET
from naravard.base.model import NO_GROUP
from naravard.base.numbers import MISSING, NOT_KNOWN, capital
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.telling import series, theme
from naravard.telling.amounts import NOT_RECKONED, adjusted, count, decimals_of_column, interval, value, why
from naravard.telling.provenance import footnote_numbers, mark_in_words, with_footnote
from naravard.telling.verdicts import comparison_name, shape, tone, verdict_with_shape
from naravard.telling.vocabulary import EQUAL_AGES, SPAN

_YEAR = "Mätår"
_DARK_FROM = 3
"""The step of something ordinal from which text on it is light."""


class Cell(NamedTuple):
    """A text, and what a reader has to know of it.

    `why` tells why there is no value. `mark` is the triangle of a difference, `said` the same in words and `tone` its
    colour (`battre`, `samre`, `skiljer`). `kind` is `text` where the cell is not a number.
    """

    text: str
    why: str = ""
    kind: str = ""
    mark: str = ""
    aloud: str = ""
    tone: str = ""


class Row(NamedTuple):
    """One area: `kommun_kod` empty where the rows are periods, `note` the number of its footnote."""

    kommun_kod: str
    name: str
    note: int | None
    cells: tuple[Cell, ...]
    is_marked: bool = False
    """Whether it is the kommun that the reader calls theirs."""


class Table(NamedTuple):
    """Headings, that of the areas first, and the rows."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def beside_each_other(named_tables: Sequence[tuple[str, Table]]) -> Table:
    """Several tables of areas as one: the columns of each after its name. An area that one lacks is missing there."""
    tables = [table for _, table in named_tables]
    if len(tables) == 1:
        return tables[0]
    headings = [f"{name}: {heading}" for name, table in named_tables for heading in table.headings[1:]]
    by_area = [{row.kommun_kod: row for row in table.rows} for table in tables]
    areas = {row.kommun_kod: row for table in tables for row in table.rows}
    lacking = [tuple(Cell(MISSING, why(None)) for _ in table.headings[1:]) for table in tables]
    rows = (
        first._replace(
            cells=tuple(
                cell
                for rows, empty in zip(by_area, lacking, strict=True)
                for cell in (rows[kod].cells if kod in rows else empty)
            )
        )
        for kod, first in areas.items()
    )
    return Table(tables[0].caption, (tables[0].headings[0], *headings), tuple(rows))


_CellsOf = Callable[[str], list[Cell]]


def table_of(result: ProtectedResult) -> Table:
    """One row per area. Groups become columns; a share shows its counts as well."""
    caption = ". ".join(filter(None, [mark_in_words(result), result.indicator.titel]))
    if result.matperiod == periods.EVERY:
        return _by_year(result, caption)
    headings, cells_of = _by_group(result) if len(result.groups) > 1 else _by_measure(result)
    marks = footnote_numbers(result.remarks)
    areas = dict.fromkeys((row.kommun_kod, row.kommun) for row in result.rows)
    rows = tuple(Row(kod, name, marks.get(kod), tuple(cells_of(kod)), kod == result.own_kommun) for kod, name in areas)
    return Table(caption, ("Område", *headings), rows)


def _by_measure(result: ProtectedResult) -> tuple[list[str], _CellsOf]:
    """Columns for counts and value; a count that no row has (Kolada gives the share alone) has no column."""
    group = result.groups[0] if result.groups else NO_GROUP
    names = ["namnare", "taljare"] if result.indicator.kind.has_denominator else []
    names = [name for name in names if any(getattr(row, name) is not None for row in result.rows)]
    enhet = result.indicator.enhet
    default = {"taljare": "Antal", "namnare": "Av", "varde": capital(enhet)}
    headings = [{**default, **result.indicator.rubriker}[name] for name in (*names, "varde")]
    years = {row.namnare_ar for row in result.rows if row.namnare_ar}
    if "namnare" in names and len(years) == 1 and result.notes:  # the denominator's year is not the numerator's
        headings[0] += f" {years.pop()}"
    sure = any(row.nedre is not None for row in result.rows)
    has_verdicts = any(row.jamforelse is not None for row in result.rows)
    has_equal_ages = any(row.utjamnad is not None for row in result.rows)
    headings += [
        *([SPAN] if sure else []),
        *([EQUAL_AGES] if has_equal_ages else []),
        *([f"Jämfört med {comparison_name(result)}"] if has_verdicts else []),
    ]
    if result.indicator.period_per_omrade:
        headings.append(_YEAR)

    decimals = decimals_of_column(result.rows, result.indicator)

    def cells(kod: str) -> list[Cell]:
        row = result.row(kod, group)
        limits = [reckoned_cell(interval(row, result.indicator, decimals))] if sure else []
        equal_ages = [reckoned_cell(adjusted(row, result.indicator, decimals))] if has_equal_ages else []
        verdict = [_verdict(row, result)] if has_verdicts else []
        counts = [_count(row, name) for name in names]
        return [*counts, _value(row, result), *limits, *equal_ages, *verdict, *_year(row, result)]

    return headings, cells


def _by_group(result: ProtectedResult) -> tuple[list[str], _CellsOf]:
    headings = [result.group_label(group) for group in result.groups]
    total = result.indicator.kind.parts_add_up
    if total:
        headings.insert(0, result.indicator.rubriker.get("namnare", "Personer"))
    has_equal_ages = any(row.utjamnad is not None for row in result.rows)
    if has_equal_ages:
        headings += [f"{result.group_label(group)}, {EQUAL_AGES.lower()}" for group in result.groups]
    if result.indicator.period_per_omrade:
        headings.append(_YEAR)

    decimals = decimals_of_column(result.rows, result.indicator)

    def cells(kod: str) -> list[Cell]:
        rows = [result.row(kod, group) for group in result.groups]
        first = next((row for row in rows if row is not None), None)
        persons = [_count(first, "namnare")] if total else []
        equal_ages = [Cell(adjusted(row, result.indicator, decimals)) for row in rows] if has_equal_ages else []
        return [*persons, *(_with_shape(row, result) for row in rows), *equal_ages, *_year(first, result)]

    return headings, cells


def _by_year(result: ProtectedResult, caption: str) -> Table:
    """One row per period. Areas are columns; where the län alone is known its column is called what is measured."""
    # the län and riket can lack a figure in the first period: they come last all the same
    places = {result.lan_kod: 1, RIKET: 2}
    names = dict.fromkeys((row.kommun_kod, row.kommun) for row in result.rows)
    areas = sorted(names, key=lambda area: places.get(area[0], 0))
    group = result.lead_group
    figures = {(row.matperiod, row.kommun_kod): row for row in result.rows if row.grupp == group}
    if len(result.groups) > 1:
        caption = f"{caption}. {result.group_label(group)}"
    lan_rows = [row for (_, kod), row in figures.items() if kod == result.lan_kod]
    signals = {row.matperiod for row in series.signals(lan_rows, result.indicator, result.breaks)}
    own = result.indicator.rubriker.get("varde", result.indicator.enhet)
    headings = [with_footnote(name, kod, result.remarks) for kod, name in areas] if len(areas) > 1 else [own]
    rows = tuple(
        Row(
            "",
            periods.when(period),
            None,
            tuple(_point(figures.get((period, kod)), result, signals) for kod, _ in areas),
        )
        for period in dict.fromkeys(row.matperiod for row in result.rows)
    )
    is_years = all(row.matperiod.isdigit() for row in result.rows)
    return Table(caption, ("År" if is_years and not result.has_kommuner else "Mätperiod", *headings), rows)


def _point(row: ProtectedRow | None, result: ProtectedResult, signals: Collection[str]) -> Cell:
    """A value over time; the län's has a mark where a control chart says that it stands out."""
    cell = _value(row, result)
    if row is None or row.kommun_kod != result.lan_kod or row.matperiod not in signals:
        return cell
    return cell._replace(mark="◆", aloud="utanför den vanliga variationen (styrdiagram)")


def _count(row: ProtectedRow | None, name: str) -> Cell:
    antal = getattr(row, name, None)
    return Cell(count(row, antal), why(row) if antal is None else "")


def _value(row: ProtectedRow | None, result: ProtectedResult) -> Cell:
    return Cell(value(row, result.indicator), why(row))


def reckoned_cell(text: str) -> Cell:
    """What is reckoned of a figure; a dash tells why it is not."""
    return Cell(text, NOT_RECKONED if text == NOT_KNOWN else "")


def about_dash(table: Table) -> str:
    """What the dash in a table means; empty where there is none."""
    has_dash = any(cell.text == NOT_KNOWN for row in table.rows for cell in row.cells)
    return f"{NOT_KNOWN} {NOT_RECKONED}." if has_dash else ""


def _verdict(row: ProtectedRow | None, result: ProtectedResult) -> Cell:
    """The comparison in words. Which way it goes is told by the shape, and to those who listen in words."""
    words = verdict_with_shape(row, result.indicator)
    if row is None or not shape(row):
        return reckoned_cell(words)._replace(kind="text")
    text, _, way = words.removeprefix(shape(row)).strip().partition(", ")
    return Cell(
        text,
        kind="text",
        mark=shape(row),
        aloud=way,
        tone=tone(row.level, result.indicator),
    )


def _with_shape(row: ProtectedRow | None, result: ProtectedResult) -> Cell:
    """A group's value with the shape of what differs; the words are read aloud."""
    cell = _value(row, result)
    if row is None or not shape(row):
        return cell
    words = f"{verdict_with_shape(row, result.indicator)} än {comparison_name(result)}".strip("▲▼ ")
    return cell._replace(mark=shape(row), aloud=words, tone=tone(row.level, result.indicator))


def _year(row: ProtectedRow | None, result: ProtectedResult) -> list[Cell]:
    """The year of an area's figure, where each area has its own."""
    if row is None or not result.indicator.period_per_omrade:
        return []
    return [Cell(periods.year(row.matperiod).removeprefix("mätår "))]


def bar_colour(row: ProtectedRow, indicator: Indicator) -> str:
    """The län or riket; a kommun by whether it differs, where that can be told. The shape beside it says the same.

    Where the kommuner differ more than chance all are one grey: that is the finding, and not which they are.
    """
    if row.jamforelse is not None and row.is_kommun and row.jamforelse.spread:
        return theme.UNSURE
    if row.is_judged and row.is_kommun:
        return theme.TONES[tone(row.level, indicator)]
    if row.is_kommun:
        return theme.FIGURE
    return theme.NATION if row.kommun_kod == RIKET else theme.COMPARATOR


def part_colours(result: ProtectedResult) -> list[tuple[str, str]]:
    """The colour of each part of a whole, and of the text on it. It deepens where the parts are in order."""
    if not result.indicator.ordnade_grupper:
        return [(theme.GROUPS[i % len(theme.GROUPS)], theme.PAPER) for i in range(len(result.groups))]
    inks = [theme.TEXT if i < _DARK_FROM else theme.PAPER for i in range(len(theme.ORDERED))]
    return [(theme.ORDERED[i % len(inks)], inks[i % len(inks)]) for i in range(len(result.groups))]


def rows_with_bars(result: ProtectedResult, rows: Sequence[ProtectedRow]) -> list[ProtectedRow]:
    """Of the first group. Of counts the län's has no bar: it would flatten the others, and is in the table."""
    without_lan = result.indicator.kind.is_size and result.has_kommuner
    return [row for row in rows if row.grupp == result.groups[0] and (row.is_kommun or not without_lan)]


def drawn_groups(result: ProtectedResult) -> list[str]:
    """The groups that have a bar in some kommun."""
    used_groups = {row.grupp for row in result.kommuner if row.skydd != MISSING and row.varde != 0}
    return [group for group in result.groups if group in used_groups and group != NO_GROUP]


def group_name(row: ProtectedRow, result: ProtectedResult) -> str:
    """The group; with its area where there are several, and its year where each area has its own."""
    label = result.group_label(row.grupp)
    if len({row.kommun for row in result.rows}) > 1:
        label = row.kommun if row.grupp == NO_GROUP else f"{row.kommun}, {label.lower()}"
    return f"{label} ({periods.year(row.matperiod)})" if result.indicator.period_per_omrade else label
