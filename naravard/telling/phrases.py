"""A protected figure as a sentence: for titles, for lists, and for those who do not see the chart."""

from __future__ import annotations

from collections.abc import Sequence

from naravard.base import kommuner, periods
from naravard.base.model import (
    NO_GROUP,
)
from naravard.base.numbers import (
    enumeration,
    number,
)
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.figures.judgement import Judgement
from naravard.telling.amounts import NO_FIGURES, count, difference_from_reference, reference, value, why
from naravard.telling.provenance import example_mark
from naravard.telling.verdicts import side, verdict

_NAMED = 3
"""So many kommuner are told by name in a title."""


def sentence(row: ProtectedRow, result: ProtectedResult) -> str:
    """A row's figure and what can be said of it, in plain Swedish, for someone who is not an analyst."""
    indicator = result.indicator
    group = "" if row.grupp == NO_GROUP else f" ({result.group_label(row.grupp)})"
    if row.varde is None:
        return f"{row.kommun}{group}: {why(row)}."
    figure = f"{row.kommun}{group}: {_in_words(row, indicator)}."
    judgement = row.jamforelse
    if judgement is None:
        return figure
    name = judgement.comparison.name.capitalize() + (f" ({judgement.period})" if judgement.period else "")
    other = f"{name}: {_plain_value(judgement.reference, indicator)}."
    remarks = [remark.text for remark in result.remarks if remark.kommun_kod == row.kommun_kod]
    return " ".join([figure, other, _conclusion(row, judgement, indicator), *remarks])


def signal(row: ProtectedRow, result: ProtectedResult) -> str:
    """A kommun that differs, in a sentence: what, how much, against what, and what is known of the figure."""
    judgement = row.jamforelse
    if judgement is None:
        return sentence(row, result)
    spec = result.indicator
    remarks = [remark.text for remark in result.remarks if remark.kommun_kod == row.kommun_kod]
    figures = (
        f"{row.kommun}: {spec.short}, {value(row, spec)} mot {judgement.comparison.genitive} {reference(row, spec)}"
    )
    return " ".join([f"{figures}. {(verdict(row) or '').capitalize()}, {side(row, spec)}.", *remarks])


def profile_headline(kommun: str, differ: Sequence[str], indicators: int) -> str:
    """What a kommun's profile says first: which indicators differ from the län."""
    if not indicators:
        return f"{kommun} har inga tal ännu."
    if not differ:
        return f"{kommun}: ingen säker skillnad mot länet i någon av {number(indicators)} indikatorer."
    how_many = f"{number(len(differ))} av {number(indicators)} indikatorer"
    return f"{kommun} avviker från länet i {how_many}: {enumeration(list(differ))}."


def _in_words(row: ProtectedRow, indicator: Indicator) -> str:
    if indicator.in_percent and row.varde is not None:
        has_counts = row.taljare is not None and row.namnare is not None
        of = f" ({number(row.taljare or 0)} av {number(row.namnare or 0)})" if has_counts else ""
        return f"{_plain_value(row.varde, indicator)}{of}"
    return f"{value(row, indicator)} {indicator.enhet}"


def _plain_value(varde: float, indicator: Indicator) -> str:
    """A share as so many of 100, in whole persons where that says enough."""
    if indicator.in_percent:
        return f"{number(varde, indicator.decimaler)} av 100"
    return number(varde, indicator.decimaler)


def _conclusion(row: ProtectedRow, judgement: Judgement, indicator: Indicator) -> str:
    if not judgement.is_judged:
        return (
            f"Skillnaden är {difference_from_reference(row, indicator)}. Om den är större än slumpen går inte att säga."
        )
    if judgement.too_few:
        return "För få för att avgöra om det skiljer sig."
    if not judgement.level:
        return f"Ingen säker skillnad mot {judgement.comparison.name}."
    sure = "säker" if abs(judgement.level) > 1 else "större än slumpen brukar ge"
    return f"Skillnaden mot {judgement.comparison.name} är {sure}: {side(row, indicator)}."


def headline(result: ProtectedResult) -> str:
    """The main thing that the result says, for a title: the län's figure, and which kommuner differ."""
    indicator = result.indicator
    group = result.lead_group
    if result.matperiod == periods.EVERY:
        return _newest_of_series(result, group) if indicator.is_series and indicator.fynd else indicator.titel
    lan = result.lan(group)
    if not indicator.fynd:
        return indicator.titel
    if lan is None or lan.varde is None:
        return _range(result, group)
    group_rows = [row for row in result.kommuner if row.grupp == group]
    if group_rows and len(group_rows) < len(kommuner.in_lan(result.lan_kod)):
        return _of_some(group_rows, lan, indicator)
    statement = indicator.fynd.format(
        varde=value(lan, indicator), antal=count(lan, lan.taljare), av=count(lan, lan.namnare), lan=lan.kommun
    )
    return f"{statement}{_who_differs(result, group)}"


def _range(result: ProtectedResult, group: str) -> str:
    """`Hemsjukvård 65+: 9,3 % till 31,3 % i kommunerna (riket 10,1 %)`, where nobody knows the län's figure."""
    indicator = result.indicator
    rows = sorted((r for r in result.kommuner if r.grupp == group and r.varde is not None), key=lambda r: r.varde or 0)
    if len(rows) <= _NAMED or indicator.kind.is_size:
        return indicator.titel
    nation = result.row(kommuner.RIKET, group)
    beside = f" (riket {value(nation, indicator)})" if nation is not None and nation.varde is not None else ""
    low, high = value(rows[0], indicator), value(rows[-1], indicator)
    return f"{indicator.short}: {low} till {high} i kommunerna{beside}"


def _newest_of_series(result: ProtectedResult, group: str) -> str:
    """`622 akutbesök … i Kalmar län 2024 (riket 600)`: the län's newest figure, beside riket's of the same year."""
    indicator = result.indicator
    rows = [row for row in result.rows if row.grupp == group and row.varde is not None]
    lan = next((row for row in reversed(rows) if row.kommun_kod == result.lan_kod), None)
    if lan is None:
        return indicator.titel
    nation = next((r for r in rows if (r.kommun_kod, r.matperiod) == (kommuner.RIKET, lan.matperiod)), None)
    beside = f" (riket {value(nation, indicator)})" if nation is not None else ""
    statement = indicator.fynd.format(varde=value(lan, indicator), antal="", av="", lan=lan.kommun)
    return f"{statement} {periods.when(lan.matperiod)}{beside}"


def _of_some(rows: Sequence[ProtectedRow], lan: ProtectedRow, indicator: Indicator) -> str:
    """The figures of a few kommuner beside the län's, when the result is of them alone."""
    if len(rows) > _NAMED:
        return f"{indicator.titel}, {number(len(rows))} kommuner"
    kommun_figures = enumeration([f"{row.kommun} {value(row, indicator)}" for row in rows])
    return f"{indicator.titel}: {kommun_figures} (länet {value(lan, indicator)})"


def _who_differs(result: ProtectedResult, group: str) -> str:
    """`; Borgholm och Mörbylånga avviker från länet`, or how many where they are more; empty where none does."""
    names = [row.kommun for row in result.kommuner if row.grupp == group and row.level]
    if not names:
        return ""
    who = (
        enumeration(names)
        if len(names) <= _NAMED
        else f"{number(len(names))} av {number(_comparisons(result, group))} kommuner"
    )
    return f". {who} avviker från {result.comparison.name}"


def _comparisons(result: ProtectedResult, group: str) -> int:
    return sum(row.is_judged for row in result.kommuner if row.grupp == group)


def alt(result: ProtectedResult) -> str:
    """A chart's finding in a sentence, for those who do not see it."""
    group = next(iter(result.groups), NO_GROUP)
    rows = [row for row in result.kommuner if row.grupp == group and row.varde is not None]
    lan = result.lan(group)
    parts = [f"{lan.kommun}: {value(lan, result.indicator)}"] if lan is not None else []
    if rows:
        low, high = min(rows, key=lambda r: r.varde or 0), max(rows, key=lambda r: r.varde or 0)
        ends = [f"{value(row, result.indicator)} ({row.kommun})" for row in (low, high)]
        parts.append(f"från {ends[0]} till {ends[1]}")
    parts += [] if result.rows else [NO_FIGURES]
    sentences = [example_mark(result), result.indicator.titel, ", ".join(parts)]
    return ". ".join(filter(None, sentences)) + "."
