"""What is said of a file that cannot be read at all."""

from __future__ import annotations

from collections.abc import Sequence

from naravard.base.errors import UserError
from naravard.base.numbers import enumeration, number, quantity
from naravard.intake.read.limits import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS


def no_rows_error(filename: str, hidden_sheets: Sequence[str] = ()) -> UserError:
    """The file has nothing below its headings; what is asked for may be on a sheet that is hidden."""
    hidden = f"Dolda flikar läses inte: {enumeration(list(hidden_sheets))}. Välj en av dem, eller h"
    way_on = hidden if hidden_sheets else "H"
    return UserError(f"Filen {filename} har rubriker men inga rader. {way_on}ämta uttaget på nytt.")


def long_cell_error(filename: str) -> UserError:
    """A cell is longer than any that a program has written on purpose."""
    return UserError(
        f"Filen {filename} har en cell med fler än {number(LONGEST_CELL)} tecken. Ett citattecken utan par kan vara "
        "orsaken: öppna filen i Excel och spara om den."
    )


def too_large_error(filename: str, rows: int, columns: int, most_cells: int = MOST_CELLS) -> UserError:
    """The file has more columns or cells than fit in memory."""
    size = f"{quantity(rows, 'rad', 'rader')} och {quantity(columns, 'kolumn', 'kolumner')}"
    return UserError(
        f"Filen {filename} har {size}. Högst {number(MOST_COLUMNS)} kolumner "
        f"och {number(most_cells)} celler går att läsa. Ta bort kolumner som inte behövs."
    )


def password_error(filename: str) -> UserError:
    """The workbook has a password."""
    return UserError(f"Filen {filename} är lösenordsskyddad. Öppna den i Excel och spara om den utan lösenord.")


def damaged_error(filename: str) -> UserError:
    """The workbook is damaged."""
    return UserError(
        f"Filen {filename} går inte att öppna som Excelfil. Den kan vara skadad eller lösenordsskyddad: "
        "öppna den i Excel och spara om den utan lösenord."
    )


def damaged_cube_error(filename: str) -> UserError:
    """The file is a table in a format for programs, and is broken or not whole."""
    return UserError(f"Filen {filename} går inte att läsa: tabellen är inte hel. Hämta den på nytt, eller som CSV.")
