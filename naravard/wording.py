"""How a protected figure is said in Swedish: values, lead sentences, where a figure comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from naravard import judgement, kommuner, periods, rules, sources
from naravard.disclosure import ProtectedResult, ProtectedRow
from naravard.format import HIDDEN, MISSING, NBSP, joined, number, percent
from naravard.indicators import Direction, Indicator
from naravard.judgement import Against, Judgement
from naravard.methods import chance, trend, xmr
from naravard.model import EXAMPLE, NO_GROUP, Extract, Remark

HIDDEN_WHY = "dolt för att skydda enskilda"
MISSING_WHY = "uppgift saknas"
NO_FIGURES = "Siffror saknas"
_NAMED = 3
"""So many kommuner are told by name in a title."""
_MANY = 100
"""Persons of an extract are so many that their number is hardly ever hidden."""
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


VERDICTS = {0: "ingen säker skillnad", 1: "avviker", 2: "avviker tydligt"}
"""By how far out the figure lies: inside 95 %, outside 95 %, outside 99.8 %."""


@dataclass(frozen=True)
class _Other:
    """What a comparison is with: in a menu, in a sentence, explained, and why it cannot be made."""

    menu: str
    name: str
    explained: str
    missing: str = ""


_OTHERS: Mapping[Against, _Other] = {
    "lanet": _Other("länet", "länet", "Varje kommun jämförs med hela länet, där kommunen själv ingår."),
    "ovriga": _Other(
        "övriga kommuner",
        "övriga kommuner",
        "Varje kommun jämförs med länets övriga kommuner tillsammans, utan kommunen själv.",
        "Jämförelsen med övriga kommuner går inte att göra här: antalen är inte kända.",
    ),
    "riket": _Other(
        "riket",
        "riket",
        "Varje område jämförs med riket.",
        "Jämförelsen med riket går inte att göra här: rikets tal finns inte i underlaget.",
    ),
    "tidigare": _Other(
        "egen tidigare period",
        "förra perioden",
        "Varje område jämförs med sitt eget tal i den närmast föregående mätperioden.",
        "Jämförelsen med en tidigare period går inte att göra här: ingen tidigare period med datum finns.",
    ),
}
_SIDES: Mapping[Direction, tuple[str, str]] = {
    "neutral": ("högre", "lägre"),
    "higher_is_better": ("bättre", "sämre"),
    "lower_is_better": ("sämre", "bättre"),
}


def verdict(row: ProtectedRow) -> str | None:
    """Whether the row differs from what it is compared with; None where that cannot be told."""
    return None if row.jamforelse is None else VERDICTS[abs(row.jamforelse.level)]


def side(row: ProtectedRow, indicator: Indicator) -> str:
    """Which way it differs: better or worse where the indicator has a direction, else higher or lower."""
    return _SIDES[indicator.riktning][row.level < 0] if row.level else ""


def sides(indicator: Indicator) -> tuple[str, str]:
    """What more and less are called for an indicator."""
    return _SIDES[indicator.riktning]


def tone(level: int, indicator: Indicator) -> Literal["over", "under", ""]:
    """Which of the two colours a level has: `over` for higher, or better where the indicator has a direction."""
    if not level:
        return ""
    return "over" if (level > 0) != (indicator.riktning == "lower_is_better") else "under"


def shape(row: ProtectedRow) -> str:
    """The difference as triangles: one outside 95 %, two outside 99.8 %, up where it is higher."""
    return ("▲" if row.level > 0 else "▼") * abs(row.level)


def told(row: ProtectedRow | None, indicator: Indicator) -> str:
    """The comparison in a cell: `▼▼ avviker tydligt, lägre`; a dash where there is none."""
    if row is None or row.jamforelse is None:
        return "–"
    if row.jamforelse.too_few:
        return f"{VERDICTS[0]} (för få)"
    parts = [verdict(row) or "", side(row, indicator)]
    return f"{shape(row)} {', '.join(part for part in parts if part)}".strip()


def reference(row: ProtectedRow, indicator: Indicator) -> str:
    """The value that a row is compared with."""
    if row.jamforelse is None:
        return MISSING
    write = percent if indicator.in_percent else number
    return write(row.jamforelse.reference, indicator.decimaler)


def against(result: ProtectedResult) -> str:
    """What the result's figures are compared with."""
    return compared_with(result.against)


def compared_with(against: Against) -> str:
    """What a comparison is called in a menu or a heading."""
    return _OTHERS[against].menu


def interval(row: ProtectedRow | None, indicator: Indicator) -> str:
    """The 95 % interval, `2–12 %`; a dash where there is none."""
    if row is None or row.nedre is None or row.ovre is None:
        return "–"
    in_percent = indicator.in_percent
    low, high = (number(limit, indicator.decimaler) for limit in (row.nedre, row.ovre))
    return f"{low}–{high}{f'{NBSP}%' if in_percent else ''}"


def compared(result: ProtectedResult) -> list[str]:
    """What the comparison is, how many differ, and how many would by chance alone; empty where nothing is compared."""
    judged = [row for row in result.kommuner if row.jamforelse]
    other = _OTHERS[result.against]
    if not judged:
        return [other.missing] if result.has_kommuner and other.missing else []
    if len(judged) == 1:
        return [other.explained]
    differ = sum(bool(row.level) for row in judged)
    what = "jämförelser" if len(result.groups) > 1 else "kommuner"
    expected = number(chance.outside(len(judged)), 1)
    least = percent(100 * chance.at_least_one(len(judged)))
    sentences = [
        other.explained,
        f"{number(differ)} av {number(len(judged))} {what} avviker.",
        f"Även om ingen skilde sig på riktigt skulle omkring {expected} göra det av en slump, och i {least} av fallen "
        "minst en.",
    ]
    if any(row.jamforelse and row.jamforelse.too_few for row in judged):
        least_share = number(100 * judgement.TOO_FEW)
        sentences.append(f"För få: bara en skillnad på mer än {least_share} procentenheter skulle synas.")
    if result.indicator.kind == "rate":
        sentences.append("En person kan göra flera besök. Då är osäkerheten större än den som visas.")
    return sentences


def sentence(row: ProtectedRow, result: ProtectedResult) -> str:
    """A row's figure and what can be said of it, in plain Swedish, for someone who is not an analyst."""
    indicator = result.indicator
    group = "" if row.grupp == NO_GROUP else f" ({result.group_label(row.grupp)})"
    if row.varde is None:
        return f"{row.kommun}{group}: {why(row)}."
    figure = f"{row.kommun}{group}: {_in_words(row, indicator)}."
    judged = row.jamforelse
    if judged is None:
        return figure
    name = _OTHERS[judged.against].name.capitalize() + (f" ({judged.period})" if judged.period else "")
    other = f"{name}: {_plain_value(judged.reference, indicator)}."
    remarks = [remark.text for remark in result.remarks if remark.kommun_kod == row.kommun_kod]
    return " ".join([figure, other, _conclusion(row, judged, indicator), *remarks])


def signal(row: ProtectedRow, result: ProtectedResult) -> str:
    """A kommun that differs, in a sentence: what, how much, against what, and what is known of the figure."""
    judged = row.jamforelse
    if judged is None:
        return sentence(row, result)
    spec = result.indicator
    remarks = [remark.text for remark in result.remarks if remark.kommun_kod == row.kommun_kod]
    told = f"{row.kommun}: {spec.short}, {value(row, spec)} mot {_GENITIVE[judged.against]} {reference(row, spec)}"
    return " ".join([f"{told}. {(verdict(row) or '').capitalize()}, {side(row, spec)}.", *remarks])


def profile(kommun: str, differ: Sequence[str], indicators: int) -> str:
    """What a kommun's profile says first: which indicators differ from the län."""
    if not indicators:
        return f"{kommun} har inga tal ännu."
    if not differ:
        return f"{kommun}: ingen säker skillnad mot länet i någon av {number(indicators)} indikatorer."
    how_many = f"{number(len(differ))} av {number(indicators)} indikatorer"
    return f"{kommun} avviker från länet i {how_many}: {joined(list(differ))}."


_GENITIVE: Mapping[Against, str] = {
    "lanet": "länets",
    "ovriga": "övriga kommuners",
    "riket": "rikets",
    "tidigare": "förra periodens",
}


def chance_of(comparisons: int) -> str:
    """How many of so many comparisons would come out as different by chance alone."""
    expected = number(chance.outside(comparisons), 1)
    return f"Med {number(comparisons)} jämförelser skulle omkring {expected} avvika av ren slump."


def _in_words(row: ProtectedRow, indicator: Indicator) -> str:
    if indicator.in_percent and row.varde is not None:
        known = row.taljare is not None and row.namnare is not None
        of = f" ({number(row.taljare or 0)} av {number(row.namnare or 0)})" if known else ""
        return f"{_plain_value(row.varde, indicator)}{of}"
    return f"{value(row, indicator)} {indicator.enhet}"


def _plain_value(varde: float, indicator: Indicator) -> str:
    """A share as so many of 100, in whole persons where that says enough."""
    if indicator.in_percent:
        return f"{number(varde, indicator.decimaler)} av 100"
    return number(varde, indicator.decimaler)


def _conclusion(row: ProtectedRow, judged: Judgement, indicator: Indicator) -> str:
    if judged.too_few:
        return "För få för att avgöra om det skiljer sig."
    if not judged.level:
        return f"Ingen säker skillnad mot {_OTHERS[judged.against].name}."
    sure = "säker" if abs(judged.level) > 1 else "större än slumpen brukar ge"
    return f"Skillnaden mot {_OTHERS[judged.against].name} är {sure}: {side(row, indicator)}."


def finding(result: ProtectedResult) -> str:
    """The main thing that the result says, for a title: the län's figure, and which kommuner differ."""
    indicator = result.indicator
    group = result.lead_group
    lan = result.lan(group)
    if not indicator.fynd or lan is None or lan.varde is None or result.matperiod == periods.EVERY:
        return indicator.titel
    chosen = [row for row in result.kommuner if row.grupp == group]
    if chosen and len(chosen) < len(kommuner.in_lan(result.lan_kod)):
        return _of_some(chosen, lan, indicator)
    told = indicator.fynd.format(
        varde=value(lan, indicator), antal=count(lan, lan.taljare), av=count(lan, lan.namnare), lan=lan.kommun
    )
    return f"{told}{_who_differs(result, group)}"


def _of_some(rows: Sequence[ProtectedRow], lan: ProtectedRow, indicator: Indicator) -> str:
    """The figures of a few kommuner beside the län's, when the result is of them alone."""
    if len(rows) > _NAMED:
        return f"{indicator.titel}, {number(len(rows))} kommuner"
    told = joined([f"{row.kommun} {value(row, indicator)}" for row in rows])
    return f"{indicator.titel}: {told} (länet {value(lan, indicator)})"


def _who_differs(result: ProtectedResult, group: str) -> str:
    """`; Borgholm och Mörbylånga avviker från länet`, or how many where they are more; empty where none does."""
    names = [row.kommun for row in result.kommuner if row.grupp == group and row.level]
    if not names:
        return ""
    who = (
        joined(names) if len(names) <= _NAMED else f"{number(len(names))} av {number(_judged(result, group))} kommuner"
    )
    return f". {who} avviker från {_OTHERS[result.against].name}"


def _judged(result: ProtectedResult, group: str) -> int:
    return sum(row.jamforelse is not None for row in result.kommuner if row.grupp == group)


def changed(change: float | None, indicator: Indicator) -> str:
    """A difference between two periods: `+3 procentenheter`, `−12`, `0`; a dash where it cannot be told."""
    if change is None:
        return "–"
    decimals = max(1, indicator.decimaler) if indicator.in_percent else indicator.decimaler
    sign = "+" if round(change, decimals) > 0 else ""
    return f"{sign}{number(change, decimals)}{f'{NBSP}procentenheter' if indicator.in_percent else ''}"


def over_time(values: Sequence[float]) -> list[str]:
    """What the points of one area say over time, from the oldest: a trend, a signal, or why neither is told."""
    points = len(values)
    if points < trend.MIN_POINTS:
        return [
            f"{_points(points)} är för få för att avgöra om det finns en trend. Det behövs minst {trend.MIN_POINTS}."
        ]
    words = {0: "Ingen säker trend", 1: "Talen ökar över tid", -1: "Talen minskar över tid"}
    sentences = [f"{words[trend.direction(values)]} ({_points(points)}, Mann–Kendalls test, 95 %)."]
    if points < xmr.MIN_POINTS:
        sentences.append(f"Styrdiagram kräver minst {xmr.MIN_POINTS} mätperioder, så enstaka tal bedöms inte.")
        return sentences
    signals = xmr.signals(values)
    count = len({index for index, _ in signals})
    sentences.append(
        f"Styrdiagram (XmR): {number(count)} av {_points(points)} avviker från den vanliga variationen."
        if signals
        else "Styrdiagram (XmR): inga tal avviker från den vanliga variationen."
    )
    return sentences


def _points(count: int) -> str:
    return "1 mätperiod" if count == 1 else f"{number(count)} mätperioder"


def alt(result: ProtectedResult) -> str:
    """A chart's finding in a sentence, for those who do not see it."""
    group = next(iter(result.groups), NO_GROUP)
    rows = [row for row in result.kommuner if row.grupp == group and row.varde is not None]
    lan = result.lan(group)
    parts = [f"{lan.kommun}: {value(lan, result.indicator)}"] if lan is not None else []
    parts += [] if result.rows else [NO_FIGURES]
    if rows:
        low, high = min(rows, key=lambda r: r.varde or 0), max(rows, key=lambda r: r.varde or 0)
        ends = [f"{value(row, result.indicator)} ({row.kommun})" for row in (low, high)]
        parts.append(f"från {ends[0]} till {ends[1]}")
    sentences = [example_mark(result), result.indicator.titel, ", ".join(parts)]
    return ". ".join(filter(None, sentences)) + "."


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


def ago(day: str) -> str:
    """A day as written in the store, and how long ago it was: `2026-11-20 (för 2 dagar sedan)`."""
    days = (date.today() - date.fromisoformat(day)).days
    told = {0: "i dag", 1: "i går"}.get(days, f"för {number(days)} dagar sedan")
    return f"{day} ({told})"


def few(count: int) -> str:
    """How many rows or persons, unless they are so few that the number itself is hidden."""
    in_force = rules.rules()
    return f"högst {in_force.high}" if in_force.small(count) else number(count)


def about(count: int) -> str:
    """How many persons or rows of persons; of few, their number could be the total from which a hidden one follows."""
    return number(count) if count >= _MANY else f"färre än {_MANY}"


def rows(extract: Extract) -> dict[str, int | str]:
    """Rows read and counted, of persons not more exactly than `about`."""
    counts = {"rader_lasta": extract.rader_lasta, "rader_raknade": extract.rader_raknade}
    source = sources.sources().get(extract.kalla)
    if extract.publicerad or (source is not None and not source.has_persons):
        return dict(counts)
    return {name: count if count >= _MANY else about(count) for name, count in counts.items()}


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


def notes(result: ProtectedResult) -> list[str]:
    """What must be known beside the figures: years that differ, remarks on the extract, how to read the indicator.

    A remark on a kommun begins with the number of its footnote.
    """
    marks = kommun_marks(result.remarks)
    remarks = sorted(result.remarks, key=lambda remark: marks.get(remark.kommun_kod or "", 0))
    told = [*result.notes, *(f"{marks.get(r.kommun_kod or '', '')} {r.text}".strip() for r in remarks)]
    if result.indicator.grupper_overlappar:
        told.append("Samma person kan finnas i flera grupper. Antalen ska aldrig läggas ihop.")
    if result.indicator.tolka_varsamt:
        told.append(f"Tolka varsamt. {result.indicator.tolka_varsamt}")
    return told


def signs(result: ProtectedResult) -> str:
    """What the signs in the result's cells mean, those that it has."""
    small = result.rules.span
    hidden = (
        f"{HIDDEN} är dolt för att skydda enskilda: {small} personer, alla utom {small}, eller ett tal som behövs för "
        "att räkna ut ett sådant. Det är inte noll, och säger inget om kommunen."
        if result.hidden
        else ""
    )
    full = len({row.kommun_kod for row in result.rows}) * len(result.groups)
    gaps = any(row.skydd == MISSING for row in result.rows) or (
        result.matperiod != periods.EVERY and len(result.rows) < full
    )
    missing = f"{MISSING} betyder att uppgiften saknas." if gaps else ""
    small_seen = any(result.rules.small(count) for row in result.rows for count in (row.taljare, row.namnare))
    exempt = "Uttaget är redan publicerat av den som äger det, så små tal visas." if small_seen else ""
    return " ".join(filter(None, [hidden, missing, exempt]))
