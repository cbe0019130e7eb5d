"""One view on paper: its finding, chart and table, and all that is known of the figures.

Places are parts of a width or a height, from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from naravard.base import periods
from naravard.base.numbers import HIDDEN, MISSING, capital, number, percent
from naravard.charts import chart_of
from naravard.exports import View
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.slides.slide import slide_of
from naravard.telling import phrases, provenance, series, tables, verdicts
from naravard.telling.lines import AreaLine, area_lines
from naravard.telling.tables import Cell, Row, Table, about_dash, part_colours, table_of


@dataclass(frozen=True)
class Bar:
    """A row's value and its interval, and the parts of its whole where it is drawn as such."""

    at: float
    low: float | None
    high: float | None
    colour: str
    parts: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """An area over time; `label` is empty for one that is drawn among many."""

    label: str
    colour: str
    strong: bool
    parts: tuple[tuple[tuple[float, float], ...], ...]
    end: float


@dataclass(frozen=True)
class Page:
    """A view as it is set on paper."""

    title: str
    heading: str
    short: str
    mark: str
    sentences: tuple[str, ...]
    caption: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    bars: tuple[Bar | None, ...]
    legend: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    levels: tuple[tuple[float, str], ...]
    alt: str
    about: tuple[str, ...]
    remarks: tuple[str, ...]
    signs: tuple[str, ...]
    sources: tuple[str, ...]
    version: int
    wide: bool


def page_of(result: ProtectedResult, view: View) -> Page:
    """The page of a result as it is looked at."""
    slide, table = slide_of([result], filters=view.filters), table_of(result)
    spec = result.indicator
    is_over_time = result.matperiod == periods.EVERY
    lines, ticks, levels = _over_time(result) if is_over_time else ((), (), ())
    counts = [f"Det som räknas: {spec.taljare}.", *([f"Av: {spec.namnare}."] if spec.namnare else [])]
    return Page(
        title=slide.title,
        heading=spec.titel,
        short=spec.short,
        mark=provenance.mark_in_words(result),
        sentences=tuple(view.filters),
        caption=table.caption,
        headings=table.headings,
        rows=tuple(row._replace(cells=tuple(map(_in_words, row.cells))) for row in table.rows),
        bars=() if is_over_time else _bars(result, table.rows),
        legend=() if is_over_time else _legend(result),
        lines=lines,
        ticks=ticks,
        levels=levels,
        alt=phrases.alt(result),
        about=(spec.definition, *counts, *verdicts.about_comparison(result)),
        remarks=slide.remarks,
        signs=tuple(_signs(result, table)),
        version=result.version,
        sources=tuple(text for text in slide.sources if text not in view.filters),
        wide=len(table.headings) > 9,
    )


def _signs(result: ProtectedResult, table: Table) -> Iterator[str]:
    """What the words and signs of the table mean, those that it has."""
    texts = {cell.text for row in table.rows for cell in row.cells}
    if HIDDEN in texts:
        yield capital(provenance.what_is_hidden(result))
    yield from filter(None, [about_dash(table), provenance.about_counts(result)])


def _in_words(cell: Cell) -> Cell:
    """Why a number is not there, in a word instead of its sign."""
    words = {HIDDEN: "dolt", MISSING: "saknas"}
    return cell._replace(text=words.get(cell.text, cell.text))


def _bars(result: ProtectedResult, table_rows: Sequence[Row]) -> tuple[Bar | None, ...]:
    """A bar for each row of the table; none where a row is several numbers that are not parts of a whole."""
    native = chart_of(result).native
    if native == "steps":
        return tuple(_steps(result, row.kommun_kod) for row in table_rows)
    if len(result.groups) > 1 or result.indicator.period_per_omrade:
        return ()
    rows = {row.kommun_kod: row for row in result.rows}
    drawn_rows = [row for row in result.rows if row.is_kommun or not result.indicator.kind.is_size]
    top = max((row.ovre or row.varde or 0 for row in drawn_rows), default=0)
    return tuple(
        _bar(rows[row.kommun_kod], result, top) if rows[row.kommun_kod] in drawn_rows else None for row in table_rows
    )


def _bar(row: ProtectedRow, result: ProtectedResult, top: float) -> Bar | None:
    if row.varde is None or not top:
        return None
    low, high = (None if limit is None else limit / top for limit in (row.nedre, row.ovre))
    return Bar(row.varde / top, low, high, tables.bar_colour(row, result.indicator))


def _steps(result: ProtectedResult, kod: str) -> Bar | None:
    """One bar of 100 % in parts. What is hidden is a gap: nothing is rescaled."""
    rows = [result.row(kod, group) for group in result.groups]
    if all(row is None or row.varde is None for row in rows):
        return None
    colours = [colour for colour, _ in part_colours(result)]
    parts = [
        (row.varde / 100, colour) if row is not None and row.varde is not None else (0.0, colour)
        for row, colour in zip(rows, colours, strict=True)
    ]
    return Bar(0, None, None, "", tuple(parts))


def _legend(result: ProtectedResult) -> tuple[tuple[str, str], ...]:
    if chart_of(result).native != "steps":
        return ()
    names = [result.group_label(group) for group in result.groups]
    return tuple((name, colour) for name, (colour, _) in zip(names, part_colours(result), strict=True))


def _over_time(
    result: ProtectedResult,
) -> tuple[tuple[Line, ...], tuple[tuple[float, str], ...], tuple[tuple[float, str], ...]]:
    """The lines of the group that stands for the result, what stands below them, and the levels beside them."""
    rows = [row for row in result.rows if row.grupp == result.lead_group]
    names = next(iter(series.lengths(row.matperiod for row in rows)), [])
    values = [row.varde for row in rows if row.varde is not None and row.matperiod in names]
    if len(names) < 2 or not values:
        return (), (), ()
    days = {name: series.middle(name).toordinal() for name in names}
    first, length = days[names[0]], days[names[-1]] - days[names[0]]
    top = _round_top(_drawn_values(rows, names, result))
    places = {name: (day - first) / length for name, day in days.items()}
    lines = tuple(_line(each, rows, places, top, result) for each in _areas(rows, result))
    ticks = tuple(((day.toordinal() - first) / length, text) for day, text in zip(*series.ticks(names), strict=True))
    levels = tuple((part, _level(part * top, result)) for part in (0, 0.5, 1))
    return tuple(line for line in lines if line.parts), ticks, levels


def _drawn_values(rows: Sequence[ProtectedRow], names: Sequence[str], result: ProtectedResult) -> float:
    koder = {each.kod for each in _areas(rows, result)}
    return max((r.varde or 0 for r in rows if r.kommun_kod in koder and r.matperiod in names), default=0)


def _round_top(largest: float) -> float:
    """The next even number of two digits above the largest value."""
    if not largest:
        return 1
    unit = 10 ** floor(log10(largest))
    return float(ceil(largest / unit * 5) / 5 * unit)


def _level(varde: float, result: ProtectedResult) -> str:
    decimals = 0 if float(varde).is_integer() else 1
    return percent(varde, decimals) if result.indicator.in_percent else number(varde, decimals)


def _areas(rows: Sequence[ProtectedRow], result: ProtectedResult) -> list[AreaLine]:
    return area_lines((row.kommun_kod for row in rows), result)


def _line(
    of: AreaLine,
    rows: Sequence[ProtectedRow],
    places: Mapping[str, float],
    top: float,
    result: ProtectedResult,
) -> Line:
    own_rows = {row.matperiod: row for row in rows if row.kommun_kod == of.kod}
    points = {
        name: (at, row.varde / top)
        for name, at in places.items()
        if (row := own_rows.get(name)) is not None and row.varde is not None
    }
    parts = tuple(
        tuple(points[name] for name in run) for run in series.runs(list(places), points, result.breaks, of.kod)
    )
    name = next(row.kommun for row in own_rows.values())
    return Line("" if of.faint else name, of.colour, not of.faint, parts, parts[-1][-1][1] if parts else 0)
