"""Bars before a room: the areas' names once, and beside them a column of bars for each group or figure.

All columns of one unit have one scale, so that a long bar is more than a short one wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from textwrap import wrap
from typing import Any

from plotly.graph_objects import Figure

from naravard.base.model import NO_GROUP
from naravard.base.numbers import HIDDEN
from naravard.charts._frame import Part, area_name, bar, bars_height, frame, notes_on_absent, outline
from naravard.charts._whiskers import whiskers
from naravard.charts._yardsticks import Place, dotted, yardsticks
from naravard.charts._yardsticks import names as names_of_lines
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.telling.amounts import MISSING_WHY, count, value
from naravard.telling.provenance import footnote_numbers
from naravard.telling.tables import bar_colour, drawn_groups
from naravard.telling.verdicts import shape

MOST = 4
"""So many columns have room beside each other."""
_PAPER = 490.0
"""Units of type that the columns share; a letter is half of 15, and the names stand outside."""
_LETTER, _BOLD, _GAP = 8.0, 7.7, 12.0
_LINE = 19
_HEAD_LINES = 2


def draw(results: Sequence[ProtectedResult]) -> Figure:
    """Columns of results that have kommuner, on one axis of areas: each area has its row in all of them."""
    is_narrow = count_of(results) > MOST
    columns = [_Column(result, group, len(results) > 1, is_narrow) for result in results for group in _groups(result)]
    kods = _areas(results)
    labels = _labels(kods, results)
    spans = _spans(columns)
    parts: list[Part] = []
    notes: list[Part] = []
    lines: list[Part] = []
    axes: dict[str, Any] = {}
    heads = [column.heading(span[1] - span[0]) for column, span in zip(columns, spans, strict=True)]
    for number, (column, (left, right, top)) in enumerate(zip(columns, spans, strict=True), start=1):
        xref = f"x{number}" if number > 1 else "x"
        parts += column.bars(labels, xref)
        notes += column.words(labels, xref)
        lines += [dotted(at, colour, xref) for at, _, colour in column.lines]
        notes += names_of_lines(column.lines, xref) if column.has_names_of_lines else []
        notes += [_head(heads[number - 1], left)] if len(columns) > 1 else []
        look = {"domain": [left, right], "range": [0, top], "showticklabels": False, "showgrid": False}
        axes[xref.replace("x", "xaxis")] = {**look, "fixedrange": True, "zeroline": False}
    head_lines = max(len(head.split("<br>")) for head in heads) if len(columns) > 1 else 0
    foot = _LINE + 3 if any(column.has_names_of_lines for column in columns) else 4
    return frame(
        parts,
        results[0],
        bars_height(len(kods)) + head_lines * _LINE,
        margin={"l": 4, "r": 4, "t": 4 + head_lines * _LINE, "b": foot},
        shapes=lines,
        annotations=notes,
        yaxis={"autorange": "reversed", "domain": [0, 1], "anchor": "x"},
        **axes,
    )


def count_of(results: Sequence[ProtectedResult]) -> int:
    """How many columns the results would be."""
    return sum(len(_groups(result)) for result in results)


def _groups(result: ProtectedResult) -> Sequence[str]:
    if len(result.groups) == 1:
        return result.groups
    groups = {*drawn_groups(result), NO_GROUP}
    return [group for group in result.groups if group in groups]


def _areas(results: Sequence[ProtectedResult]) -> list[str]:
    """All kommuner that any of them has, then the län and riket; not for counts, whose bars they would flatten."""
    kommuner = dict.fromkeys(row.kommun_kod for result in results for row in result.kommuner)
    others = dict.fromkeys(
        row.kommun_kod
        for result in results
        if not result.indicator.kind.is_size
        for row in result.rows
        if not row.is_kommun
    )
    return [*kommuner, *others]


def _labels(kods: Sequence[str], results: Sequence[ProtectedResult]) -> dict[str, str]:
    """What each area is called at the axis, with the number of its footnote."""
    marks = footnote_numbers(results[0].remarks)
    names = {row.kommun_kod: area_name(row, result) for result in results for row in result.rows}
    return {kod: f"{names[kod]}{f' ({marks[kod]})' if kod in marks else ''}" for kod in kods}


def _head(text: str, left: float) -> Part:
    look = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "align": "left"}
    return {**look, "x": left, "y": 1, "text": text, "showarrow": False}


@dataclass(frozen=True)
class _Column:
    """One group of one result. It `is_beside` other results, or one of so many that it `is_narrow`."""

    result: ProtectedResult
    group: str
    is_beside: bool
    is_narrow: bool

    @cached_property
    def rows(self) -> dict[str, ProtectedRow]:
        """By area."""
        return {row.kommun_kod: row for row in self.result.rows if row.grupp == self.group}

    @cached_property
    def lines(self) -> list[Place]:
        """Those that bars are compared with; only where a result is one column."""
        return yardsticks(self.result) if len(self.result.groups) == 1 else []

    @property
    def has_names_of_lines(self) -> bool:
        """Not the län's alone, which its own bar ends at, where several columns share the height."""
        return bool(self.lines) and not (self.is_beside and len(self.lines) == 1)

    @cached_property
    def has_intervals(self) -> bool:
        """Not where there is hardly room for the bars."""
        return not self.is_narrow and any(row.nedre is not None for row in self.rows.values())

    @cached_property
    def drawn_rows(self) -> list[ProtectedRow]:
        """The län's count has no bar."""
        return self._those_with_bars(self.rows.values())

    def _those_with_bars(self, rows: Iterable[ProtectedRow]) -> list[ProtectedRow]:
        return [row for row in rows if row.is_kommun or not self.result.indicator.kind.is_size]

    @property
    def longest(self) -> float:
        """The largest of what is drawn here and in the other parts; 0 where there is nothing."""
        rows_of_all = self._those_with_bars(row for row in self.result.measured_rows if row.grupp == self.group)
        high_ends = [row.ovre for row in rows_of_all] if self.has_intervals else []
        ends = [end for end in (*(row.varde for row in rows_of_all), *high_ends) if end is not None]
        return max([*ends, *(at for at, _, _ in self.lines)], default=0)

    @property
    def room(self) -> float:
        """Room beyond the longest bar for its number."""
        return _LETTER * max([1, *(len(self.number(row)) for row in self.drawn_rows if row.varde is not None)])

    @property
    def least(self) -> float:
        """Room for its name on two lines, and for what stands where there is no bar."""
        longest_word = max(map(len, self.name.split()))
        letters = next(n for n in range(longest_word, len(self.name) + 1) if len(self.lines_of_name(n)) <= _HEAD_LINES)
        absent = len(self.absent) if any(row.varde is None for row in self.drawn_rows) else 0
        return max(_LETTER * absent, _BOLD * letters)

    def lines_of_name(self, letters: int) -> list[str]:
        """Its name in lines of so many letters."""
        return wrap(self.name, max(letters, 1), break_long_words=False)

    @property
    def absent(self) -> str:
        """What stands where a value is hidden; the bare sign where its column is narrow."""
        return HIDDEN if self.is_narrow else f"{HIDDEN} (dolt)"

    @property
    def unit(self) -> str:
        """What the bars are measured in."""
        return self.result.indicator.enhet

    @property
    def name(self) -> str:
        """What the column is."""
        is_one = len(self.result.groups) == 1
        return self.result.indicator.short if is_one else self.result.group_label(self.group)

    def heading(self, width: float) -> str:
        """What the column is, and the län's figure where it has no bar; in lines that its width has room for."""
        spec = self.result.indicator
        lines = self.lines_of_name(int(width * _PAPER / _BOLD))
        lan = self.rows.get(self.result.lan_kod)
        total = [f"länet {value(lan, spec)}"] if spec.kind.is_size and lan is not None else []
        return "<br>".join([*(f"<b>{line}</b>" for line in lines), *total])

    def number(self, row: ProtectedRow) -> str:
        """The value, with the shape of what differs; a share that stands alone has what it is a share of."""
        text = f"{shape(row)} {value(row, self.result.indicator)}".strip()
        has_counts = row.taljare is not None and row.namnare is not None
        if self.is_beside or not (
            self.result.indicator.kind.part_of_whole and has_counts and len(self.result.groups) == 1
        ):
            return text
        return f"{text} ({count(row, row.taljare)} av {count(row, row.namnare)})"

    def bars(self, labels: dict[str, str], xref: str) -> list[Part]:
        """A bar for each area that has a value, and its interval."""
        rows = [self.rows[kod] for kod in labels if kod in self.rows]
        names = [labels[row.kommun_kod] for row in rows]
        colours = [bar_colour(row, self.result.indicator) for row in rows]
        look = {
            "marker": {"color": colours, "line": outline(rows, self.result)},
            "text": [self.number(row) if row.varde is not None else "" for row in rows],
            "xaxis": xref,
            **({"textposition": "none"} if self.has_intervals else {}),
        }
        own_bars = bar(rows, names, self.result, **look)
        intervals = [{**part, "xaxis": xref} for part in whiskers(rows, names)] if self.has_intervals else []
        return [own_bars, *intervals]

    def words(self, labels: dict[str, str], xref: str) -> list[Part]:
        """Numbers beyond the intervals, and why there is no bar."""
        rows = [self.rows[kod] for kod in labels if kod in self.rows]
        names = [labels[row.kommun_kod] for row in rows]
        look = {"x": 1, "xref": f"{xref} domain", "xanchor": "right", "showarrow": False}
        numbers = [
            {**look, "y": name, "text": self.number(row), "name": row.kommun_kod}
            for row, name in zip(rows, names, strict=True)
            if self.has_intervals and row.varde is not None
        ]
        lacking = [
            {"x": 0, "y": name, "text": MISSING_WHY, "xanchor": "left", "showarrow": False, "xshift": 2}
            for kod, name in labels.items()
            if kod not in self.rows
        ]
        absent = [
            {**note, "text": self.absent if note["text"].startswith(HIDDEN) else note["text"]}
            for note in notes_on_absent(rows, names)
        ]
        return [*numbers, *({**note, "xref": xref} for note in (*absent, *lacking))]


def _spans(columns: Sequence[_Column]) -> list[tuple[float, float, float]]:
    """Left, right and the end of the axis of each column: those of one unit have one scale, and share what there is."""
    longest: dict[str, float] = {}
    for column in columns:
        longest[column.unit] = max(longest.get(column.unit, 0), column.longest) or 1
    room = _PAPER - _GAP * (len(columns) - 1)

    def widths(length: float) -> list[float]:
        """Of the columns, when the longest bar of each unit is so long."""
        return [max(column.longest * length / longest[column.unit] + column.room, column.least) for column in columns]

    low, length = 1.0, _PAPER
    while length - low > 1:
        middle = (low + length) / 2
        low, length = (middle, length) if sum(widths(middle)) <= room else (low, middle)
    whole = max(sum(widths(low)), room) + _GAP * (len(columns) - 1)
    spans: list[tuple[float, float, float]] = []
    left = 0.0
    for column, width in zip(columns, widths(low), strict=True):
        spans.append((left / whole, (left + width) / whole, width * longest[column.unit] / low))
        left += width + _GAP
    return spans
