"""A protected value in Swedish: with its unit, its confidence interval, or why it is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from naravard.base.numbers import HIDDEN, MISSING, NBSP, NOT_KNOWN, number, percent, with_unit
from naravard.figures.gate import ProtectedRow
from naravard.figures.indicators import Indicator

HIDDEN_WHY = "dolt för att skydda enskilda"


MISSING_WHY = "uppgift saknas"
NO_FIGURES = "Siffror saknas"
_MOST_MORE = 3
"""So many decimals more at most: further digits are of no use to a reader."""
NOT_RECKONED = "kan inte räknas eller jämföras"
_WHOLE = 100
"""All of them, in percent."""
_MOST_DECIMALS = 6


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
    return written_value(row.varde, indicator, decimals)


def value_in_words(row: ProtectedRow | None, indicator: Indicator) -> str:
    """The row's value as a sentence has it, with its unit where it is no share: `5 241 per 100 000 invånare 80+`."""
    text = value(row, indicator)
    return text if indicator.in_percent or row is None or row.varde is None else with_unit(text, indicator.enhet)


def written_value(varde: float, indicator: Indicator, decimals: int | None = None) -> str:
    """A value with its unit sign. More than none never reads as none (`<1 %`), nor fewer than all as all (`>99 %`)."""
    decimals = indicator.decimaler if decimals is None else decimals
    write = percent if indicator.in_percent else number
    least, most = rounds_to_an_end(varde, indicator, decimals)
    smallest = 10**-decimals
    if least:
        return f"<{write(smallest, decimals)}"
    return f">{write(_WHOLE - smallest, decimals)}" if most else write(varde, decimals)


def rounds_to_an_end(varde: float, indicator: Indicator, decimals: int) -> tuple[bool, bool]:
    """Whether a value that is more than none would read as none, and whether one that is fewer than all as all."""
    half = 10**-decimals / 2  # a half is rounded to the even 0
    return 0 < varde <= half, indicator.in_percent and _WHOLE - half <= varde < _WHOLE


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
    return written_value(row.jamforelse.reference, indicator, decimals_of(row, indicator))


def decimals_of(row: ProtectedRow, indicator: Indicator) -> int:
    """So many more that rounding contradicts no verdict, up to three.

    A limit must not meet the value that the row is compared with, nor a value that differs be equal to that: those
    with the län's ages, where it is these that are compared.
    """
    first = indicator.decimaler
    if row.jamforelse is None or row.nedre is None or row.ovre is None:
        return first
    reference_value, differs = row.jamforelse.reference, bool(row.level)
    limits = (row.utjamnad.direct.low, row.utjamnad.direct.high) if row.utjamnad else (row.nedre, row.ovre)
    apart = [*limits, *([_own_value(row)] if differs else [])]
    enough = (
        decimals
        for decimals in range(first, first + _MOST_MORE + 1)
        if all(number(reference_value, decimals) != number(each, decimals) for each in apart)
    )
    return next(enough, first)


def _own_value(row: ProtectedRow) -> float:
    """The value that the comparison is of: with the län's ages where it is adjusted."""
    return row.utjamnad.direct.value if row.utjamnad else row.varde or 0.0


def interval(row: ProtectedRow | None, indicator: Indicator, decimals: int | None = None) -> str:
    """What chance could make of the figure (95 %), `2–12 %`; a dash where that is not known.

    `decimals` are those of its column (`decimals_of_column`), where it stands in one.
    """
    if row is None or row.nedre is None or row.ovre is None:
        return NOT_KNOWN
    limits = _span(row.nedre, row.ovre, indicator, decimals_of(row, indicator) if decimals is None else decimals)
    return f"{limits}{f'{NBSP}%' if indicator.in_percent else ''}"


def decimals_of_column(rows: Iterable[ProtectedRow | None], indicator: Indicator) -> int:
    """As many as the interval of some row needs, so that all of a column are written alike."""
    return max(
        (
            decimals_without_ends(limits, indicator, decimals_of(row, indicator))
            for row in rows
            if row is not None
            for limits in _limits(row)
        ),
        default=indicator.decimaler,
    )


def _limits(row: ProtectedRow) -> Iterator[tuple[float, float]]:
    """Those of a figure, and those of what it would be with the län's ages."""
    if row.nedre is not None and row.ovre is not None:
        yield row.nedre, row.ovre
    if row.utjamnad is not None:
        yield row.utjamnad.direct.low, row.utjamnad.direct.high


def _span(low: float, high: float, indicator: Indicator, decimals: int) -> str:
    """`2–12`; with so many decimals that no limit reads as none or all unless it is."""
    enough_decimals = decimals_without_ends([low, high], indicator, decimals)
    return f"{number(low, enough_decimals)}–{number(high, enough_decimals)}"


def decimals_without_ends(values: Iterable[float], indicator: Indicator, decimals: int) -> int:
    """The fewest decimals from so many with which none of the values reads as none or all unless it is."""
    ends = list(values)
    return next(
        (n for n in range(decimals, _MOST_DECIMALS) if not any(any(rounds_to_an_end(v, indicator, n)) for v in ends)),
        decimals,
    )


def adjusted(row: ProtectedRow | None, indicator: Indicator, decimals: int | None = None) -> str:
    """What it would be with the län's ages, and what chance could make of that: `2,4 % (2,2–2,6)`; a dash for none."""
    if row is None or row.utjamnad is None:
        return NOT_KNOWN
    direct = row.utjamnad.direct
    decimals = decimals_of(row, indicator) if decimals is None else decimals
    limits = _span(direct.low, direct.high, indicator, decimals)
    return f"{written_value(direct.value, indicator, decimals)} ({limits})"


def compared_value(row: ProtectedRow, indicator: Indicator) -> str:
    """The value that the comparison is of: with the län's ages where it is adjusted, and that is said."""
    decimals = decimals_of(row, indicator)
    if row.utjamnad is None:
        return value(row, indicator, decimals)
    return f"{written_value(row.utjamnad.direct.value, indicator, decimals)} med länets åldrar"


def difference(change: float | None, indicator: Indicator, decimals: int | None = None) -> str:
    """A difference between two periods: `+3,2 procentenheter`, `−12`, `0`; a dash where it cannot be told."""
    if change is None:
        return NOT_KNOWN
    decimals = decimals_of_changes([change], indicator) if decimals is None else decimals
    sign = "+" if round(change, decimals) > 0 else ""
    size = f"{sign}{number(change, decimals)}"
    return with_unit(size, "procentenheter").replace(" ", NBSP) if indicator.in_percent else size


def decimals_of_changes(figures: Iterable[float], indicator: Indicator) -> int:
    """Between shares in whole percent one decimal is told, but where the source itself has them whole."""
    is_whole = indicator.decimaler == 0 and all(figure == round(figure) for figure in figures)
    return max(1, indicator.decimaler) if indicator.in_percent and not is_whole else indicator.decimaler


def difference_from_reference(row: ProtectedRow, indicator: Indicator) -> str:
    """How much a row differs from the value that it is compared with."""
    if row.jamforelse is None or row.varde is None:
        return NOT_KNOWN
    return difference(row.varde - row.jamforelse.reference, indicator)
