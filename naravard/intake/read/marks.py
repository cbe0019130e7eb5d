"""What a sheet of a workbook says beside the values of its cells, whatever kind of file it is."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class SheetMarks:
    """Rows and columns are counted from 0. `uncomputed` are rows with a formula whose stored value is 0 or none."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    """What cells are seen as that the reader gives otherwise: errors, and raised digits."""
    uncomputed: list[int] = field(default_factory=list)
    formula_count: int = 0
    percents: list[tuple[int, int]] = field(default_factory=list)
    """Cells that are shown in per cent: 0.235 is seen as 23,5 %."""
    may_have_booleans: bool = True
    """Whether a number can be TRUE or FALSE, which would be read as 1 or 0."""
