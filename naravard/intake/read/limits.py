"""How large a file, a table and a cell may be."""

from __future__ import annotations

MOST_BYTES = 600 * 2**20
MOST_CELLS = 100_000_000
MOST_WORKBOOK_CELLS = 40_000_000
"""Each cell of a workbook is an object in memory."""
MOST_COLUMNS = 1_000
LONGEST_CELL = 32_767
"""What a cell of Excel can hold."""
HEAD_ROWS = 60
"""How far down the headings of a table are looked for."""
