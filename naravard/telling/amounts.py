"""A protected value in Swedish: with its unit, its confidence interval, or why it is not there."""

from __future__ import annotations

from naravard.base.numbers import (
    HIDDEN,
    MISSING,
    NBSP,
    number,
    percent,
)
from naravard.figures.gate import ProtectedRow
from naravard.figures.indicators import Indicator

HIDDEN_WHY = "dolt för att skydda enskilda"


MISSING_WHY = "uppgift saknas"
NO_FIGURES = "Siffror saknas"
_MOST_MORE = 3
"""So many decimals more at most: further digits are of no use to a reader."""
_WHOLE = 100
"""All of them, in percent."""


_WHY = {
    "skyddat": HIDDEN_WHY,
    "dolt": "dolt av den som lämnade uppgiften",
    "ungefarligt": "uppgift saknas: källan har bara ett ungefärligt tal",
    "ej_tillampligt": "ej tillämpligt",
    "saknas": MISSING_WHY,
}


def value(row: ProtectedRow | None, indicator: Indicator, decimals: int | None = None) -> str:
    """The row's value with its unit sign: `77 %`, `5 793`, `..` where hidden, `-` where missing."""
    if row is None or row.varde is None:
        return _sign(row)
    decimals = indicator.decimaler if decimals is None else decimals
    write = percent if indicator.in_percent else number
    smallest = 10**-decimals
    if 0 < row.varde <= smallest / 2:  # more than none must not read as none: a half is rounded to the even 0
        return f"<{write(smallest, decimals)}"
    if indicator.in_percent and _WHOLE - smallest / 2 <= row.varde < _WHOLE:  # nor fewer than all as all
        return f">{write(_WHOLE - smallest, decimals)}"
    return write(row.varde, decimals)


def count(row: ProtectedRow | None, antal: int | None) -> str:
    """One of the row's counts, or the sign of why it is not there."""
    return _sign(row) if antal is None else number(antal)


def _sign(row: ProtectedRow | None) -> str:
    return HIDDEN if row is not None and row.skydd == HIDDEN else MISSING


def why(row: ProtectedRow | None) -> str:
    """Why a row has no value, empty where it has one."""
    if row is None:
        return MISSING_WHY
    return _WHY.get(row.skal or "", "")


def reference(row: ProtectedRow, indicator: Indicator) -> str:
    """The value that a row is compared with."""
    if row.jamforelse is None:
        return MISSING
    write = percent if indicator.in_percent else number
    return write(row.jamforelse.reference, decimals_of(row, indicator))


def decimals_of(row: ProtectedRow, indicator: Indicator) -> int:
    """So many more that rounding contradicts no verdict, up to three.

    A limit must not meet the value that the row is compared with, nor a value that differs be equal to that.
    """
    first = indicator.decimaler
    if row.jamforelse is None or row.nedre is None or row.ovre is None:
        return first
    reference_value, differs = row.jamforelse.reference, bool(row.level)
    apart = [row.nedre, row.ovre, *([_own_value(row)] if differs else [])]
    enough = (
        decimals
        for decimals in range(first, first + _MOST_MORE + 1)
        if all(number(reference_value, decimals) != number(each, decimals) for each in apart)
    )
    return next(enough, first)


def _own_value(row: ProtectedRow) -> float:
    """The value that the comparison is of: with the län's ages where it is adjusted."""
    return row.utjamnad.direct.value if row.utjamnad else row.varde or 0.0


def interval(row: ProtectedRow | None, indicator: Indicator) -> str:
    """What chance could make of the figure (95 %), `2–12 %`; a dash where that is not known."""
    if row is None or row.nedre is None or row.ovre is None:
        return "–"
    in_percent = indicator.in_percent
    decimals = decimals_of(row, indicator)
    low, high = (number(limit, decimals) for limit in (row.nedre, row.ovre))
    return f"{low}–{high}{f'{NBSP}%' if in_percent else ''}"


def adjusted(row: ProtectedRow | None, indicator: Indicator) -> str:
    """What it would be with the län's ages, and what chance could make of that: `2,4 % (2,2–2,6)`; a dash for none."""
    if row is None or row.utjamnad is None:
        return "–"
    direct, decimals = row.utjamnad.direct, decimals_of(row, indicator)
    write = percent if indicator.in_percent else number
    return f"{write(direct.value, decimals)} ({number(direct.low, decimals)}–{number(direct.high, decimals)})"


def compared_value(row: ProtectedRow, indicator: Indicator) -> str:
    """The value that the comparison is of: with the län's ages where it is adjusted, and that is said."""
    decimals = decimals_of(row, indicator)
    if row.utjamnad is None:
        return value(row, indicator, decimals)
    write = percent if indicator.in_percent else number
    return f"{write(row.utjamnad.direct.value, decimals)} med länets åldrar"


def difference(change: float | None, indicator: Indicator) -> str:
    """A difference between two periods: `+3 procentenheter`, `−12`, `0`; a dash where it cannot be told."""
    if change is None:
        return "–"
    decimals = max(1, indicator.decimaler) if indicator.in_percent else indicator.decimaler
    sign = "+" if round(change, decimals) > 0 else ""
    return f"{sign}{number(change, decimals)}{f'{NBSP}procentenheter' if indicator.in_percent else ''}"


def difference_from_reference(row: ProtectedRow, indicator: Indicator) -> str:
    """How much a row differs from the value that it is compared with."""
    if row.jamforelse is None or row.varde is None:
        return "–"
    return difference(row.varde - row.jamforelse.reference, indicator)
