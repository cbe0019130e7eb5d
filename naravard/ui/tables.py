"""Real HTML tables, which are read aloud and printed as tables. All text is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from naravard.base import periods
from naravard.base.model import UNKNOWN_PERIOD, Finding
from naravard.base.numbers import capital, number
from naravard.figures.changes import Change, ChangeKind
from naravard.figures.gate import ProtectedResult
from naravard.telling.amounts import difference, value
from naravard.telling.tables import Cell, table_of

_TEXT_HEADING = ' class="text"'
_SHORT = 16
"""Cells of so few characters (dates, numbers) are kept on one line."""
_MANY_COLUMNS = 5
_LONG_HEADING = 40
"""Tables of more columns keep their width on a phone and scroll sideways."""


def result_table(result: ProtectedResult) -> str:
    """One row per area. Groups become columns; a share shows its counts as well."""
    table = table_of(result)
    body = "".join(
        f'<tr class="{_row_class(row.kommun_kod, result)}"><th scope="row">{escape(row.name)}{_mark(row.note)}</th>'
        f"{''.join(map(_td, row.cells))}</tr>"
        for row in table.rows
    )
    kind = "tal smal" if len(table.rows) == 1 else "tal"
    return _table(table.caption, table.headings, body, kind=kind, seen=result.is_example)


def records_table(
    caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = False
) -> str:
    """A plain table of texts, or of numbers, the first column being the row's heading."""

    def td(text: str) -> str:
        return f'<td class="{"kort" if len(text) <= _SHORT else "lang"}">{escape(text)}</td>'

    body = "".join(f'<tr><th scope="row">{escape(first)}</th>{"".join(map(td, rest))}</tr>' for first, *rest in rows)
    kind = "tal poster" if numbers else "text bred" if len(headings) > _MANY_COLUMNS else "text"
    return _table(caption, headings, body, kind=kind)


def findings_table(caption: str, findings: Sequence[Finding]) -> str:
    """Findings of a check: what, where, which value, what is allowed, what to do."""
    rows = [
        (
            capital(f.what),
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
    return difference(new.varde - old.varde, change.indicator)


def _decimals(change: Change) -> int:
    """One more than on the pages for shares, so that the change can be followed."""
    in_percent = change.indicator.in_percent
    return max(1, change.indicator.decimaler) if in_percent else change.indicator.decimaler


def _note(change: Change) -> str:
    return ", ".join(filter(None, ["" if change.kind is ChangeKind.CHANGED else change.kind, change.mark]))


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


def _td(cell: Cell) -> str:
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
