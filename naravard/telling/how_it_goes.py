"""How it goes for a kommun, for who leads it: what is better, what is worse, what differs, what has changed, how sure.

Only what is compared beyond chance is called better or worse. What cannot be judged stands last, and is said so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from naravard.base import periods
from naravard.base.numbers import enumeration, number
from naravard.figures.gate import ProtectedRow
from naravard.figures.overview import Line
from naravard.telling import phrases, verdicts
from naravard.telling.amounts import compared_value, reference, value

Tone = Literal["over", "under", ""]
_MOST = 5
"""So many are told one by one under a heading."""
_UNJUDGED = "Om skillnaden är större än slumpen går inte att säga: {names}."
_UNJUDGED_CHANGE = "Om ändringen är större än slumpen går inte att säga: {names}."


class Answer(NamedTuple):
    """What a leader asks, and sentences that answer it. `tone` is `over` for what is good, `under` for what is not."""

    heading: str
    sentences: tuple[str, ...]
    tone: Tone = ""


def answers(lines: Sequence[Line]) -> tuple[Answer, ...]:
    """The answers in the order that they are asked. What has a remark on its registration is in a group of its own."""
    plain_lines = [line for line in lines if not phrases.own_remarks(line)]
    with_remark = [line for line in lines if phrases.own_remarks(line) and line.row.level]
    return (
        Answer("Bättre", _of_tone(plain_lines, "over"), "over"),
        Answer("Sämre", _of_tone(plain_lines, "under"), "under"),
        Answer("Annorlunda, varken bättre eller sämre", _different(plain_lines)),
        Answer("Har ändrats", _changes(lines)),
        *([Answer("Kan bero på registrering", tuple(map(_differs, with_remark)))] if with_remark else []),
        Answer("Så säkert är det", _how_sure(lines)),
    )


def _of_tone(lines: Sequence[Line], tone: Tone) -> tuple[str, ...]:
    """What is better (`over`) or worse (`under`) than what it is compared with, surely and then perhaps."""
    with_direction = [line for line in lines if line.measure.indicator.riktning != "neutral"]
    sure = [line for line in with_direction if verdicts.tone(line.row.level, line.measure.indicator) == tone]
    unsure = [line for line in with_direction if not line.row.is_judged and _unjudged_tone(line) == tone]
    none = f"Inget mått är säkert {'bättre' if tone == 'over' else 'sämre'} än länet."
    return (*(_first(sure, _differs) or (none,)), *_together(unsure, _beside, _UNJUDGED))


def _different(lines: Sequence[Line]) -> tuple[str, ...]:
    without_direction = [line for line in lines if line.row.level and line.measure.indicator.riktning == "neutral"]
    return _first(without_direction, _differs) or ("Inget annat mått avviker från länet.",)


def _changes(lines: Sequence[Line]) -> tuple[str, ...]:
    """What is not as in the period before: more than chance, and then what cannot be judged."""
    judged_lines = [line for line in lines if line.row_against_before and line.row_against_before.is_judged]
    sure = [line for line in judged_lines if line.row_against_before and line.row_against_before.level]
    unsure = [line for line in lines if line not in judged_lines and line.change and _is_visible(line)]
    none = f"Inget av {number(len(judged_lines))} mått som går att bedöma har ändrats mer än slumpen ger."
    first = _first(sure, lambda line: f"{_change(line)}, mer än slumpen brukar ge.") or (
        (none,) if judged_lines else ("Ingen ändring går att bedöma.",)
    )
    return (*first, *_together(unsure, _change, _UNJUDGED_CHANGE))


def _how_sure(lines: Sequence[Line]) -> tuple[str, ...]:
    count = sum(line.row.is_judged for line in lines)
    return (
        f"{number(count)} av {number(len(lines))} mått går att jämföra med länet.",
        *([verdicts.about_chance(count)] if count > 1 else []),
        *phrases.what_is_not_compared(lines),
    )


def _first(lines: Sequence[Line], write: Callable[[Line], str]) -> tuple[str, ...]:
    """A sentence for each of the strongest; how many more there are."""
    strongest = sorted(lines, key=lambda line: -abs(line.row.level))
    more = len(lines) - _MOST
    rest = [f"Och {number(more)} till: se alla indikatorer nedan."] if more > 0 else []
    return (*map(write, strongest[:_MOST]), *rest)


def _together(lines: Sequence[Line], write: Callable[[Line], str], sentence: str) -> Iterator[str]:
    if lines:
        more = [f"{number(len(lines) - _MOST)} till"] if len(lines) > _MOST else []
        yield sentence.format(names=enumeration([*map(write, lines[:_MOST]), *more]))


def _differs(line: Line) -> str:
    """`Fast läkarkontakt 77 % mot länets 75 %: avviker, bättre.`"""
    spec = line.measure.indicator
    judgement = line.row.jamforelse
    assert judgement
    other = f"{judgement.comparison.genitive} {reference(line.row, spec)}"
    return f"{spec.short} {compared_value(line.row, spec)} mot {other}: {verdicts.verdict_in_words(line.row, spec)}."


def _beside(line: Line) -> str:
    """`nöjda med hemtjänsten 97 % (riket 86 %)`."""
    other_row = _other(line)
    assert other_row
    spec = line.measure.indicator
    name = "länet" if other_row is line.measure.lan else "riket"
    return f"{spec.short} {value(line.row, spec)} ({name} {value(other_row, spec)})"


def _change(line: Line) -> str:
    """`SÄBO 80+ från 11,6 % (2021) till 10,9 % (2022)`."""
    spec = line.measure.indicator
    assert line.before
    earlier, now = (f"{value(row, spec)} ({periods.when(row.matperiod)})" for row in (line.before, line.row))
    remark = " (se anmärkning)" if phrases.own_remarks(line) else ""
    return f"{spec.short} från {earlier} till {now}{remark}"


def _is_visible(line: Line) -> bool:
    """Whether the change can be seen in the figures as they are written."""
    spec = line.measure.indicator
    return value(line.before, spec) != value(line.row, spec)


def _other(line: Line) -> ProtectedRow | None:
    """What an unjudged figure stands beside: the län, else riket."""
    rows = (line.measure.lan, line.measure.nation)
    return next((row for row in rows if row is not None and row.varde is not None), None)


def _unjudged_tone(line: Line) -> Tone:
    other_row, spec = _other(line), line.measure.indicator
    if other_row is None or line.row.varde is None or value(line.row, spec) == value(other_row, spec):
        return ""
    return verdicts.tone(1 if line.row.varde > (other_row.varde or 0) else -1, spec)
