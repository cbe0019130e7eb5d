"""Real HTML tables, which are read aloud and printed as tables. All text is escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

from naravard import periods
from naravard.difference import Change
from naravard.disclosure import ProtectedResult, ProtectedRow
from naravard.format import NBSP, number
from naravard.model import NO_GROUP, UNKNOWN_PERIOD, Finding
from naravard.wording import against, count, example_mark, interval, kommun_marks, shape, told, tone, value, why

_YEAR = "Mätår"
_TEXT_HEADING = ' class="text"'
_SHORT = 12
"""Cells of so few characters (dates, numbers) are kept on one line."""
_MANY_COLUMNS = 5
_LONG_HEADING = 40
"""Tables of more columns keep their width on a phone and scroll sideways."""


class _Cell(NamedTuple):
    text: str
    why: str = ""
    kind: str = ""
    mark: str = ""
    said: str = ""
    tone: str = ""
    """`over` or `under`: the colour of the mark."""


_CellsOf = Callable[[str], list[_Cell]]


def result_table(result: ProtectedResult) -> str:
    """One row per area. Groups become columns; a share shows its counts as well."""
    if result.matperiod == periods.EVERY:
        return _by_year(result)
    headings, cells_of = _by_group(result) if len(result.groups) > 1 else _by_measure(result)
    marks = kommun_marks(result.remarks)
    areas = dict.fromkeys((row.kommun_kod, row.kommun) for row in result.rows)
    body = "".join(
        f'<tr class="{_row_class(kod, result)}"><th scope="row">{escape(name)}{_mark(marks.get(kod))}</th>'
        f"{''.join(map(_td, cells_of(kod)))}</tr>"
        for kod, name in areas
    )
    kind = "tal smal" if len(areas) == 1 else "tal"
    return _table(_caption(result), ["Område", *headings], body, kind=kind, seen=result.is_example)


def records_table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain table of texts, the first column being the row's heading."""

    def td(text: str) -> str:
        return f'<td class="{"kort" if len(text) <= _SHORT else "lang"}">{escape(text)}</td>'

    body = "".join(f'<tr><th scope="row">{escape(first)}</th>{"".join(map(td, rest))}</tr>' for first, *rest in rows)
    return _table(caption, headings, body, kind="text bred" if len(headings) > _MANY_COLUMNS else "text")


def findings_table(caption: str, findings: Sequence[Finding]) -> str:
    """Findings of a check: what, where, which value, what is allowed, what to do."""
    rows = [
        (
            _sentence_case(f.what),
            f.sheet or "",
            number(f.row) + (f" (och {number(f.count - 1)} till)" if f.count > 1 else "") if f.row else "",
            f.column or "",
            f.value or "",
            f.allowed,
            f.action,
        )
        for f in findings
    ]
    headings = ["Vad", "Flik", "Rad", "Kolumn", "Värde", "Tillåtet", "Gör så här"]
    return records_table(caption, *_without_empty(headings, rows))


def preview_table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The first rows of a file, already masked."""
    head = [heading if len(heading) <= _LONG_HEADING else f"{heading[:_LONG_HEADING]}…" for heading in headings]
    return records_table(caption, head, [tuple(row) for row in rows])


def changes_table(caption: str, changes: Sequence[Change]) -> str:
    """Old and new figures side by side, with the marked ones in words."""
    grouped = any(change.group for change in changes)
    several = len({(change.period, change.old_period) for change in changes}) > 1
    divided = [*(["Grupp"] if grouped else []), *(["Mätperiod"] if several else [])]
    headings = ["Område", *divided, "Före", "Efter", "Ändring", "Att titta på"]
    body = "".join(
        f'<tr class="{"lan" if len(c.kommun_kod) == 2 else "kommun"}"><th scope="row">{escape(c.kommun)}</th>'
        + (f'<td class="text">{escape(c.group)}</td>' if grouped else "")
        + (f'<td class="text">{escape(_periods(c))}</td>' if several else "")
        + f"<td>{escape(value(c.old, c.indicator, _decimals(c)) if c.old else '–')}</td>"
        + f"<td>{escape(value(c.new, c.indicator, _decimals(c)) if c.new else '–')}</td>"
        + f"<td>{escape(_step(c))}</td>"
        + f'<td class="text">{escape(_note(c))}</td></tr>'
        for c in changes
    )
    where = "" if several else f'<p class="kalla">Mätperiod: {escape(_periods(changes[0]))}</p>'
    return where + _table(caption, headings, body, kind=f"tal andringar text{len(divided)}")


def _periods(change: Change) -> str:
    if change.old_period in {"", change.period}:
        return periods.when(change.period)
    earlier = "LGL:s bild" if change.old_period == UNKNOWN_PERIOD else change.old_period
    return f"{periods.when(change.period)}, jämfört med {earlier}"


def _step(change: Change) -> str:
    """The change itself: persons, or percentage points."""
    old, new = change.old, change.new
    if old is None or new is None or old.varde is None or new.varde is None:
        return ""
    step = new.varde - old.varde
    in_percent = change.indicator.in_percent
    decimals = _decimals(change)
    sign = "+" if round(step, decimals) > 0 else ""
    return f"{sign}{number(step, decimals)}{f'{NBSP}procentenheter' if in_percent else ''}"


def _decimals(change: Change) -> int:
    """One more than on the pages for shares, so that the change can be followed."""
    in_percent = change.indicator.in_percent
    return max(1, change.indicator.decimaler) if in_percent else change.indicator.decimaler


def _note(change: Change) -> str:
    return ", ".join(filter(None, ["" if change.kind == "ändrat" else change.kind, change.mark]))


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _without_empty(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """Without columns that are empty in all rows."""
    kept = [i for i in range(len(headings)) if any(row[i] for row in rows)]
    return [headings[i] for i in kept], [[row[i] for i in kept] for row in rows]


def _table(caption: str, headings: Sequence[str], body: str, *, kind: str = "tal", seen: bool = False) -> str:
    """A table whose caption is for screen readers, since a heading stands above it, unless it is to be `seen`."""
    # a table that is wider than the screen scrolls by itself, so it must be reachable by keyboard
    head = "".join(
        f'<th scope="col"{_TEXT_HEADING if heading.startswith("Jämfört") else ""}>{escape(heading)}</th>'
        for heading in headings
    )
    caption_class = "exempel" if seen else "upplast"
    return (
        f'<div class="tabell {kind}" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table><caption class="{caption_class}">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _caption(result: ProtectedResult) -> str:
    return ". ".join(filter(None, [example_mark(result), result.indicator.titel]))


def _by_measure(result: ProtectedResult) -> tuple[list[str], _CellsOf]:
    """Columns for counts and value; a count that no row has (Kolada gives the share alone) has no column."""
    group = result.groups[0] if result.groups else NO_GROUP
    names = [] if result.indicator.kind == "count" else ["namnare", "taljare"]
    names = [name for name in names if any(getattr(row, name) is not None for row in result.rows)]
    enhet = result.indicator.enhet
    default = {"taljare": "Antal", "namnare": "Av", "varde": enhet[:1].upper() + enhet[1:]}
    headings = [{**default, **result.indicator.rubriker}[name] for name in (*names, "varde")]
    years = {row.namnare_ar for row in result.rows if row.namnare_ar}
    if "namnare" in names and len(years) == 1 and result.notes:  # the denominator's year is not the numerator's
        headings[0] += f" {years.pop()}"
    sure = any(row.nedre is not None for row in result.rows)
    compared = any(row.jamforelse is not None for row in result.rows)
    headings += [*(["95 % osäkerhet"] if sure else []), *([f"Jämfört med {against(result)}"] if compared else [])]
    if result.indicator.period_per_omrade:
        headings.append(_YEAR)

    def cells(kod: str) -> list[_Cell]:
        row = result.row(kod, group)
        limits = [_Cell(interval(row, result.indicator))] if sure else []
        verdict = [_verdict(row, result)] if compared else []
        return [*(_count(row, name) for name in names), _value(row, result), *limits, *verdict, *_year(row, result)]

    return headings, cells


def _by_group(result: ProtectedResult) -> tuple[list[str], _CellsOf]:
    headings = [result.group_label(group) for group in result.groups]
    total = result.indicator.kind == "distribution"
    if total:
        headings.insert(0, result.indicator.rubriker.get("namnare", "Personer"))
    if result.indicator.period_per_omrade:
        headings.append(_YEAR)

    def cells(kod: str) -> list[_Cell]:
        rows = [result.row(kod, group) for group in result.groups]
        first = next((row for row in rows if row is not None), None)
        persons = [_count(first, "namnare")] if total else []
        return [*persons, *(_marked(row, result) for row in rows), *_year(first, result)]

    return headings, cells


def _by_year(result: ProtectedResult) -> str:
    """The län's rows, one per period, for what is only followed over time."""
    heading = result.indicator.rubriker.get("varde", result.indicator.enhet)
    body = "".join(
        f'<tr><th scope="row">{escape(row.matperiod)}</th>{_td(_value(row, result))}</tr>'
        for row in result.rows
        if row.kommun_kod == result.lan_kod
    )
    return _table(_caption(result), ["År", heading], body, seen=result.is_example)


def _count(row: ProtectedRow | None, name: str) -> _Cell:
    antal = getattr(row, name, None)
    return _Cell(count(row, antal), why(row) if antal is None else "")


def _value(row: ProtectedRow | None, result: ProtectedResult) -> _Cell:
    return _Cell(value(row, result.indicator), why(row))


def _verdict(row: ProtectedRow | None, result: ProtectedResult) -> _Cell:
    """The comparison in words. Which way it goes is told by the shape, and to those who listen in words."""
    words = told(row, result.indicator)
    if row is None or not shape(row):
        return _Cell(words, kind="text")
    text, _, way = words.removeprefix(shape(row)).strip().partition(", ")
    return _Cell(
        text,
        kind="text",
        mark=shape(row),
        said=way,
        tone=tone(row.level, result.indicator),
    )


def _marked(row: ProtectedRow | None, result: ProtectedResult) -> _Cell:
    """A group's value with the shape of what differs; the words are read aloud."""
    cell = _value(row, result)
    if row is None or not shape(row):
        return cell
    said = f"{told(row, result.indicator)} än {against(result)}".strip("▲▼ ")
    return cell._replace(mark=shape(row), said=said, tone=tone(row.level, result.indicator))


def _year(row: ProtectedRow | None, result: ProtectedResult) -> list[_Cell]:
    """The year of an area's figure, where each area has its own."""
    if row is None or not result.indicator.period_per_omrade:
        return []
    return [_Cell(periods.year(row.matperiod).removeprefix("mätår "))]


def _td(cell: _Cell) -> str:
    if cell.mark:
        return (
            f'<td class="{cell.kind or "tal"}" title="{escape(cell.said)}">'
            f'<span class="form {cell.tone}" aria-hidden="true">{cell.mark}</span> '
            f'{escape(cell.text)}<span class="upplast">, {escape(cell.said)}</span></td>'
        )
    if not cell.why:
        return f'<td class="{cell.kind}">{escape(cell.text)}</td>' if cell.kind else f"<td>{escape(cell.text)}</td>"
    return (
        f'<td class="utan" title="{escape(cell.why)}"><span aria-hidden="true">{escape(cell.text)}</span>'
        f'<span class="upplast">{escape(cell.why)}</span></td>'
    )


def _row_class(kod: str, result: ProtectedResult) -> str:
    return "lan" if kod == result.lan_kod else "riket" if len(kod) == 2 else "kommun"


def _mark(mark: int | None) -> str:
    return f"<sup>{mark}</sup>" if mark else ""
