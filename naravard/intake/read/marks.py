"""What a sheet of a workbook says beside the values of its cells, whatever kind of file it is."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class SheetMarks:
    """Rows and columns are counted from 0. `uncomputed` are rows with a formula whose stored value is 0 or none."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncomputed: list[int] = field(default_factory=list)
    formula_count: int = 0
    may_have_booleans: bool = True
    """Whether a number can be TRUE or FALSE, which would be read as 1 or 0."""
