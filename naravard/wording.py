"""How a protected figure is said in Swedish: values, lead sentences, where a figure comes from."""

from __future__ import annotations

from naravard import periods
from naravard.disclosure import ProtectedResult, ProtectedRow
from naravard.format import HIDDEN, MISSING, number, percent
from naravard.indicators import Indicator

HIDDEN_WHY = "dolt: så få personer (1–4) att någon kan kännas igen"
MISSING_WHY = "uppgift saknas"


def value(row: ProtectedRow | None, indicator: Indicator, decimals: int | None = None) -> str:
    """The row's value with its unit sign: `77 %`, `5 793`, `..` where hidden, `-` where missing."""
    if row is None or row.varde is None:
        return HIDDEN if row is not None and row.skydd == HIDDEN else MISSING
    decimals = indicator.decimaler if decimals is None else decimals
    if indicator.kind in {"proportion", "distribution"}:
        return percent(row.varde, decimals)
    return number(row.varde, decimals)


def why(row: ProtectedRow | None) -> str:
    """Why a row has no value, empty where it has one."""
    if row is None or row.skydd == MISSING:
        return MISSING_WHY
    return HIDDEN_WHY if row.skydd == HIDDEN else ""


def source(result: ProtectedResult) -> str:
    """Source, period and version of a result, as one line."""
    parts = [
        f"Källa: {origin(result)}",
        f"Mätperiod: {period(result)}",
        f"Inläst {loaded(result)}" if result.extracts else "",
        f"Version {result.version}",
        "EXEMPELDATA" if result.is_example and "EXEMPELDATA" not in origin(result) else "",
    ]
    return " · ".join(part for part in parts if part)


def origin(result: ProtectedResult) -> str:
    """Who measured: told by the rows where they come from several, else by the extracts."""
    by_row = [row.kalla for row in result.rows if row.kalla]
    told = {row.uttag_id for row in result.rows if row.kalla}
    by_extract = [extract.ursprung for extract in result.extracts if extract.uttag_id not in told]
    return "; ".join(dict.fromkeys([*by_row, *by_extract])) or result.indicator.kalla


def loaded(result: ProtectedResult) -> str:
    """The day on which the newest extract behind the result was read, empty where there is none."""
    return max((extract.nar[:10] for extract in result.extracts), default="")


def period(result: ProtectedResult) -> str:
    """The result's period in words; each period once where the areas have their own."""
    found = dict.fromkeys(row.matperiod for row in result.rows)
    names = [periods.when(matperiod) for matperiod in found]
    if len(names) > 3:
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names) or periods.label(result.matperiod)


def hidden_note(result: ProtectedResult) -> str:
    """What `..` means, where the result has any; and that published figures are exempt, where they are."""
    if result.hidden:
        return f"{HIDDEN} betyder dolt: 1–4 personer, eller så få kvar att det går att räkna ut. Det är inte noll."
    return ""
