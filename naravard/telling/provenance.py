"""Where figures come from and what must be known beside them: source, period, notes, signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from naravard.base import clock, kommuner, periods
from naravard.base.model import (
    EXAMPLE,
    PRELIMINARY,
    Remark,
)
from naravard.base.numbers import (
    HIDDEN,
    MISSING,
    enumeration,
    number,
)
from naravard.figures.gate import ProtectedResult
from naravard.telling import breaks

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
OVERLAP = "Samma person kan finnas i flera grupper. Antalen ska aldrig läggas ihop."


def footnote_numbers(remarks: Sequence[Remark]) -> Mapping[str, int]:
    """Footnote number of each kommun that has a remark of its own, in the order of the rows."""
    koder = {remark.kommun_kod for remark in remarks if remark.kommun_kod}
    in_order = sorted(koder, key=lambda kod: kommuner.swedish_key(kommuner.area_name(kod)))
    return {kod: position for position, kod in enumerate(in_order, start=1)}


def with_footnote(name: str, kommun_kod: str, remarks: Sequence[Remark]) -> str:
    """`Borgholm¹`: a name where no cell or axis of its own can have the number of its footnote."""
    number_of_note = footnote_numbers(remarks).get(kommun_kod)
    return f"{name}{str(number_of_note).translate(RAISED)}" if number_of_note else name


def mark_of(results: Iterable[ProtectedResult]) -> str:
    """The mark of what several results are shown in; empty where none has one."""
    return max((result.mark for result in results), key=len, default="")


def mark_in_words(result: ProtectedResult) -> str:
    """What stands on every chart and table of example data and of preliminary figures, empty otherwise."""
    preliminary = f"{PRELIMINARY} – inte släppt, bara för analytiker" if result.is_preliminary else ""
    return ". ".join(filter(None, [preliminary, _example_in_words(result)]))


def _example_in_words(result: ProtectedResult) -> str:
    if not result.is_example:
        return ""
    if _is_published(result):
        return f"{EXAMPLE} – men just dessa tal är verkliga"
    return f"{EXAMPLE} – påhittade personer"


def is_real(result: ProtectedResult) -> bool:
    """Whether its figures are real ones that all may see, also where they stand among EXEMPELDATA."""
    return not result.is_preliminary and (not result.is_example or _is_published(result))


def _is_published(result: ProtectedResult) -> bool:
    return all(extract.publicerad for extract in result.extracts)


def source_line(result: ProtectedResult) -> str:
    """Source, period and version of a result, as one line."""
    parts = [
        f"Källa: {origin(result)}",
        _several_extracts(result),
        f"Mätperiod: {period(result)}",
        f"Inläst {load_day(result)}" if result.extracts else "",
        f"Version {result.version}",
        EXAMPLE if result.is_example and EXAMPLE not in origin(result) else "",
        PRELIMINARY if result.is_preliminary else "",
    ]
    return " · ".join(part for part in parts if part)


def short_source(results: Sequence[ProtectedResult]) -> str:
    """Who measured and when, of all that is shown, as short as can be: for where there is room for one line."""
    matperioder = dict.fromkeys(map(period, results))
    hidden = f"{HIDDEN} är dolt för att skydda enskilda" if any(result.hidden for result in results) else ""
    parts = [
        f"Källa: {origins(results)}",
        f"Mätperiod: {enumeration(list(matperioder))}",
        f"Version {results[0].version}",
    ]
    return " · ".join(filter(None, [*parts, hidden]))


def origins(results: Sequence[ProtectedResult]) -> str:
    """Who measured, of several results, each once."""
    return enumeration(list(dict.fromkeys(part for result in results for part in origin(result).split("; "))))


def origin(result: ProtectedResult) -> str:
    """Who measured: told by the rows where they come from several, else by the extracts."""
    by_row = [row.kalla for row in result.rows if row.kalla]
    extract_ids = {row.uttag_id for row in result.rows if row.kalla}
    by_extract = [extract.ursprung for extract in result.extracts if extract.uttag_id not in extract_ids]
    return "; ".join(dict.fromkeys([*by_row, *by_extract])) or result.indicator.kalla


def _several_extracts(result: ProtectedResult) -> str:
    """Which extracts figures of one origin come from, where they come from more than one, as in different years."""
    own_ids = {row.uttag_id for row in result.rows if row.kalla}
    names = list(dict.fromkeys(extract.ursprung for extract in result.extracts if extract.uttag_id in own_ids))
    return f"Uttag: {'; '.join(names)}" if len(names) > 1 else ""


def load_day(result: ProtectedResult) -> str:
    """The day on which the newest extract behind the result was read, empty where there is none."""
    return max((extract.nar[:10] for extract in result.extracts), default="")


def days_ago(day: str) -> str:
    """A day as written in the store, and how long ago it was: `2026-11-20 (för 2 dagar sedan)`."""
    days = (clock.today() - date.fromisoformat(day)).days
    distance = {0: "i dag", 1: "i går"}.get(days, f"för {number(days)} dagar sedan")
    return f"{day} ({distance})"


def period_note(result: ProtectedResult) -> str:
    """The period in parentheses, for a lead sentence."""
    return f"({periods.label(result.matperiod)})"


def period(result: ProtectedResult) -> str:
    """The result's period in words; each period once where the areas have their own."""
    matperioder = dict.fromkeys(row.matperiod for row in result.rows)
    names = [periods.when(matperiod) for matperiod in matperioder]
    if len(names) > 3:
        is_short = all(name.isdigit() for name in names)
        return f"{names[0]}–{names[-1]}" if is_short else f"{names[0]} till {names[-1]}"
    return ", ".join(names) or periods.label(result.matperiod)


def notes(result: ProtectedResult, *, has_footnotes: bool = True) -> list[str]:
    """What must be known beside the figures: years that differ, remarks on the extract, how to read the indicator.

    A remark on a kommun begins with the number of its footnote, where the figures beside have theirs.
    """
    marks = footnote_numbers(result.remarks) if has_footnotes else {}
    remarks = sorted(result.remarks, key=lambda remark: marks.get(remark.kommun_kod or "", 0))
    lines = [*result.notes, *(f"{marks.get(r.kommun_kod or '', '')} {r.text}".strip() for r in remarks)]
    lines += breaks.notes(result)
    if result.indicator.grupper_overlappar:
        lines.append(OVERLAP)
    if result.indicator.tolka_varsamt:
        lines.append(f"Tolka varsamt. {result.indicator.tolka_varsamt}")
    return lines


def signs(result: ProtectedResult) -> str:
    """What the signs in the result's cells mean, those that it has."""
    hidden = f"{HIDDEN} är {what_is_hidden(result)}" if result.hidden else ""
    full = len({row.kommun_kod for row in result.rows}) * len(result.groups)
    gaps = any(row.skydd == MISSING for row in result.rows) or (
        result.matperiod != periods.EVERY and len(result.rows) < full
    )
    missing = f"{MISSING} betyder att uppgiften saknas." if gaps else ""
    return " ".join(filter(None, [hidden, missing, about_counts(result)]))


def what_is_hidden(result: ProtectedResult) -> str:
    """What may be behind a hidden figure, and that it says nothing of the kommun."""
    words = enumeration(result.rules.what_is_hidden(), "eller")
    return f"dolt för att skydda enskilda: {words}. Det säger inget om kommunen."


def about_counts(result: ProtectedResult) -> str:
    """That counts are rounded, or that small ones are seen because their owner has published them."""
    small_seen = any(result.rules.small(count) for row in result.rows for count in (row.taljare, row.namnare))
    base = result.rules.rounding_base
    is_rounded = base and any(not extract.publicerad for extract in result.extracts)
    words = f"Antalen är avrundade upp eller ned till {base}-tal, och andelarna räknade på dem."
    rounding = words if is_rounded else ""
    exempt = "Uttaget är redan publicerat av den som äger det, så små tal visas." if small_seen else ""
    return " ".join(filter(None, [rounding, exempt]))
