"""How a protected figure is said in Swedish: values, lead sentences, where a figure comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from naravard import periods, rules
from naravard.disclosure import ProtectedResult, ProtectedRow
from naravard.format import HIDDEN, MISSING, number, percent
from naravard.indicators import Indicator
from naravard.model import EXAMPLE, Extract, Remark

HIDDEN_WHY = "dolt för att skydda enskilda: få personer, eller så att få personer inte kan räknas ut ur andra tal"
MISSING_WHY = "uppgift saknas"
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
    write = percent if indicator.kind in {"proportion", "distribution"} else number
    smallest = 10**-decimals
    if 0 < row.varde < smallest / 2:  # more than none must not read as none
        return f"<{write(smallest, decimals)}"
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


def kommun_marks(remarks: Sequence[Remark]) -> Mapping[str, int]:
    """Footnote number of each kommun that has a remark of its own."""
    koder = dict.fromkeys(remark.kommun_kod for remark in remarks if remark.kommun_kod)
    return {kod: position + 1 for position, kod in enumerate(koder) if kod}


def example_mark(result: ProtectedResult) -> str:
    """What stands on every chart and table while example data is shown, empty otherwise."""
    if not result.is_example:
        return ""
    if all(extract.publicerad for extract in result.extracts):
        return f"{EXAMPLE} – men just dessa tal är verkliga"
    return f"{EXAMPLE} – påhittade personer"


def source(result: ProtectedResult) -> str:
    """Source, period and version of a result, as one line."""
    parts = [
        f"Källa: {origin(result)}",
        f"Mätperiod: {period(result)}",
        f"Inläst {loaded(result)}" if result.extracts else "",
        f"Version {result.version}",
        EXAMPLE if result.is_example and EXAMPLE not in origin(result) else "",
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


def few(count: int) -> str:
    """How many rows or persons, unless they are so few that the number itself is hidden."""
    in_force = rules.rules()
    return f"högst {in_force.high}" if in_force.small(count) else number(count)


def rows(extract: Extract) -> dict[str, int | str]:
    """Rows read and counted. In a file of so few rows they would tell the count that is hidden."""
    counts = {"rader_lasta": extract.rader_lasta, "rader_raknade": extract.rader_raknade}
    if extract.publicerad:
        return dict(counts)
    return {name: few(count) if rules.rules().small(count) else count for name, count in counts.items()}


def when(result: ProtectedResult) -> str:
    """The period in parentheses, for a lead sentence."""
    return f"({periods.label(result.matperiod)})"


def period(result: ProtectedResult) -> str:
    """The result's period in words; each period once where the areas have their own."""
    found = dict.fromkeys(row.matperiod for row in result.rows)
    names = [periods.when(matperiod) for matperiod in found]
    if len(names) > 3:
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names) or periods.label(result.matperiod)


def signs(result: ProtectedResult) -> str:
    """What the signs in the result's cells mean, those that it has."""
    small = result.rules.span
    hidden = (
        f"{HIDDEN} betyder dolt: {small} personer, alla utom {small}, eller ett tal som de annars kan räknas ut ur. "
        "Det är inte noll."
        if result.hidden
        else ""
    )
    full = len({row.kommun_kod for row in result.rows}) * len(result.groups)
    gaps = any(row.skydd == MISSING for row in result.rows) or (
        result.matperiod != periods.EVERY and len(result.rows) < full
    )
    missing = f"{MISSING} betyder att uppgiften saknas." if gaps else ""
    return " ".join(filter(None, [hidden, missing]))
