"""How it goes for one area, for who has ten minutes: what goes well, what does not, what has changed, and how sure.

An indicator has one sentence at most, in the first block that it belongs to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from naravard.base import kommuner, periods
from naravard.base.kommuner import RIKET
from naravard.base.numbers import HIDDEN, capital, enumeration, number, quantity
from naravard.figures.gate import ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.figures.overview import Measure
from naravard.figures.standing import Going, Standing, standing_as
from naravard.figures.targets import Target
from naravard.telling import amounts, verdicts
from naravard.telling.verdicts import Tone

_MOST = 3
"""Sentences in a block: there is room for no more on a screen."""
DIRECTIONS = {
    "higher_is_better": "högt är bra",
    "lower_is_better": "lågt är bra",
    "neutral": "ingen enad riktning",
}
"""Which way is better, in the few words that stand beside a figure."""
FLAGGED = "Flaggat: tolka inte som bra eller dåligt"
"""The heading over what is remarked on, on screen, paper and slides."""

QUESTIONS = "Att fråga vidare"
"""The heading over questions to take along to the care and to the meeting."""
_MOST_QUESTIONS = 5
_FOLLOWS_AGE = "talet följer hur gammal befolkningen är"


@dataclass(frozen=True)
class Sentence:
    """What is told of an indicator. `mark` is its triangle; `is_sure` that chance rarely gives it."""

    measure: Measure
    text: str
    tone: Tone
    mark: str
    is_sure: bool


@dataclass(frozen=True)
class Block:
    """Sentences under a heading, the strongest first; `otherwise` is said where there are none."""

    id: str
    heading: str
    sentences: tuple[Sentence, ...]
    otherwise: str = ""


class Question(NamedTuple):
    """What to ask of a figure."""

    measure: Measure
    text: str


class Statement(NamedTuple):
    """A sentence of an answer; `is_unsure` where it tells a difference of which chance cannot be reckoned."""

    text: str
    is_unsure: bool = False


class Answer(NamedTuple):
    """What a leader asks, and the sentences that answer it."""

    heading: str
    sentences: tuple[Statement, ...]
    tone: Tone = ""


UNSURE_EDGE = "Prickad kant: slumpen går inte att räkna, så skillnaden kan vara en tillfällighet."
"""What the dotted edge beside a sentence means, on screen and on paper."""
_TONE_OF_BLOCK: Mapping[str, Tone] = {"bra": "battre", "samre": "samre", "skiljer": "skiljer"}


def answers(standings: Sequence[Standing]) -> tuple[Answer, ...]:
    """All that is told of an area, for paper and slides, in the order of the screen."""
    of_blocks = [
        Answer(
            block.heading,
            tuple(Statement(sentence.text, not sentence.is_sure) for sentence in block.sentences)
            or (Statement(block.otherwise),),
            _TONE_OF_BLOCK.get(block.id, "") if block.sentences else "",
        )
        for block in blocks(standings)
    ]
    remarked = flags(standings)
    of_flags = [Answer(FLAGGED, tuple(map(Statement, remarked)))] if remarked else []
    question_statements = tuple(
        Statement(f"{each.measure.indicator.short}: {each.text}") for each in questions(standings)
    )
    to_ask = [Answer(QUESTIONS, question_statements)] if question_statements else []
    sure = [*filter(None, [not_told(standings)]), *how_sure(standings)]
    return (*of_blocks, *of_flags, *to_ask, Answer("Hur säkert är det?", tuple(map(Statement, sure))))


def with_edge_explained(all_answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """The answers for what draws an edge beside each sentence: the last says what a dotted one means, if any is."""
    if not any(statement.is_unsure for answer in all_answers for statement in answer.sentences):
        return tuple(all_answers)
    *first, last = all_answers
    return (*first, last._replace(sentences=(*last.sentences, Statement(UNSURE_EDGE))))


def edge_explained(standings: Sequence[Standing]) -> list[str]:
    """What a dotted edge means, where a sentence has one."""
    sentences = (sentence for block in blocks(standings) for sentence in block.sentences)
    return [UNSURE_EDGE] if any(not sentence.is_sure for sentence in sentences) else []


def area_in_words(kommun_kod: str) -> str:
    """The yardstick as a sentence has it."""
    return "riket" if kommun_kod == RIKET else "länet"


def headline(standings: Sequence[Standing]) -> str:
    """How many indicators go well and how many do not, in one sentence."""
    well, poorly, alike = (len(standing_as(standings, going)) for going in (Going.WELL, Going.POORLY, Going.ALIKE))
    if not well + poorly + alike:
        return "Inget mått går att jämföra ännu."
    parts = [
        f"{quantity(well, 'mått', 'mått')} ligger bra till" if well else "inget mått ligger bättre till än hos andra"
    ]
    parts.append(f"{number(poorly)} ligger sämre till" if poorly else "inget ligger sämre till")
    parts += [f"{number(alike)} är ungefär som för andra"] if alike else []
    return f"{capital(enumeration(parts))}."


_IN_THE_HEADLINE = {Going.WELL, Going.POORLY, Going.ALIKE}


def not_told(standings: Sequence[Standing]) -> str:
    """`7 av 11 mått bedöms inte: …`: how many the headline leaves out, and why; empty where it counts them all."""
    rest = [each for each in standings if each.going not in _IN_THE_HEADLINE]
    if not rest:
        return ""
    counts = Counter(map(_why_not_told, rest)).most_common()
    reasons = enumeration([f"{reason} ({number(count)})" for reason, count in counts])
    return f"{number(len(rest))} av {quantity(len(standings), 'mått', 'mått')} bedöms inte: {reasons}."


def _why_not_told(standing: Standing) -> str:
    if standing.going is Going.FLAGGED:
        return "talet har en anmärkning"
    if standing.value is None:
        is_hidden = standing.row is not None and standing.row.skydd == HIDDEN
        return "talet är dolt" if is_hidden else "talet saknas"
    if standing.indicator.riktning == "neutral":
        return "det är inte bestämt vad som är bra"
    if standing.indicator.foljer_alder:
        return _FOLLOWS_AGE
    return "det finns inget att jämföra med" if standing.yardstick is None else "kommunerna ligger åt olika håll"


def blocks(standings: Sequence[Standing]) -> list[Block]:
    """What goes well, what does not, what differs without being either, what has changed, and what is remarked on."""
    well, poorly, differs = (
        [_of_level(each) for each in standing_as(standings, going)[:_MOST]]
        for going in (Going.WELL, Going.POORLY, Going.DIFFERS)
    )
    told_measures = {id(sentence.measure) for sentence in (*well, *poorly, *differs)}
    rest = [each for each in standings if id(each.measure) not in told_measures and each.going is not Going.FLAGGED]
    changes = [_of_change(each) for each in _with_change(rest)[:_MOST]]
    is_told = bool(well or poorly)  # else the headline says all that there is to say
    all_blocks = [
        Block("bra", "Ligger bra till", tuple(well), "Inget mått sticker ut åt det bättre hållet." * is_told),
        Block("samre", "Ligger sämre till", tuple(poorly), "Inget mått sticker ut åt det sämre hållet." * is_told),
        Block("skiljer", "Skiljer sig, utan att vara bra eller dåligt", tuple(differs)),
        Block("nytt", "Nytt sedan förra perioden", tuple(changes), _unchanged(standings, is_told=bool(told_measures))),
    ]
    return [block for block in all_blocks if block.sentences or block.otherwise]


def _unchanged(standings: Sequence[Standing], *, is_told: bool) -> str:
    """What is said where nothing has changed, beside what `is_told`; empty where there is no figure that could have."""
    if any(each.change is not None for each in standings):
        return "Inget annat har ändrats." if is_told else "Inget har ändrats."
    has_figures = any(each.value is not None for each in standings)
    return "Inget tal har ett tidigare att jämföra med." if has_figures else ""


def _of_level(standing: Standing) -> Sentence:
    """`Nöjda med hemtjänsten: 97 %, bättre än riket (86 %) och upp 5 procentenheter sedan 2020.`"""
    spec, going = standing.indicator, standing.going
    assert standing.yardstick is not None
    reference = (
        f"{area_in_words(standing.yardstick.kommun_kod)} ({amounts.written_value(standing.yardstick.value, spec)})"
    )
    tone: Tone = "battre" if going is Going.WELL else "samre" if going is Going.POORLY else "skiljer"
    if standing.kommuner_on_side is not None:
        better, count = standing.kommuner_on_side
        only = "bara " if going is Going.POORLY else ""
        count_in_words = quantity(count, "kommun", "kommuner")
        text = f"{spec.short}: {only}{number(better)} av {count_in_words} är bättre än {reference}."
        if count == 1:  # Gotland
            own_row = next(row for row in standing.measure.kommuner if row.varde is not None)
            value = f"{kommuner.area_name(own_row.kommun_kod)} har {amounts.value_in_words(own_row, spec)}"
            text = f"{spec.short}: {value}, {'bättre' if better else 'sämre'} än {reference}."
        return Sentence(standing.measure, text, tone, "", is_sure=False)
    words = {Going.WELL: "bättre", Going.POORLY: "sämre"}.get(going, "högre" if standing.is_higher else "lägre")
    change = _change_in_words(standing)
    value = amounts.value_in_words(standing.row, spec)
    if standing.row is not None and standing.row.utjamnad is not None and standing.row.is_judged:
        value = amounts.compared_value(standing.row, spec)
    text = f"{spec.short}: {value}, {words} än {reference}{_change_clause(change, standing, tone)}."
    return Sentence(standing.measure, text, tone, "▲" if standing.is_higher else "▼", standing.is_sure)


def _change_clause(change: str, standing: Standing, tone: Tone) -> str:
    """` och upp …`, or `, men ned …` where it goes the other way than the figure stands; empty without a change."""
    if not change:
        return ""
    change_tone = verdicts.tone(1 if (standing.change or 0) > 0 else -1, standing.indicator)
    return f", men {change}" if {tone, change_tone} == {"battre", "samre"} else f" och {change}"


def _of_change(standing: Standing) -> Sentence:
    """`Nöjda med äldreboendet: 77 %, ned 11 procentenheter sedan 2020.`, or a rate with its unit."""
    spec, change = standing.indicator, standing.change or 0
    text = f"{spec.short}: {amounts.value_in_words(standing.row, spec)}, {_change_in_words(standing)}."
    tone = verdicts.tone(1 if change > 0 else -1, spec)
    return Sentence(standing.measure, text, tone, "▲" if change > 0 else "▼", bool(standing.change_level))


def _change_in_words(standing: Standing) -> str:
    """`upp 5 procentenheter sedan 2020`, and what chance says of it; empty where nothing has changed."""
    change = standing.change
    if change is None or standing.before is None:
        return ""
    size = amounts.difference(abs(change), standing.indicator)
    if not size.startswith("+"):
        return ""
    chance = {None: "", 0: " (inom slumpen)"}.get(standing.change_level, ", mer än slumpen brukar ge")
    way = "upp" if change > 0 else "ned"
    return f"{way} {size.removeprefix('+')} sedan {periods.when(standing.before.matperiod)}{chance}"


def _with_change(standings: Iterable[Standing]) -> list[Standing]:
    """Those that have changed: what chance rarely gives first, then what nobody can tell, each by its size."""
    changes = [each for each in standings if _change_in_words(each)]
    return sorted(changes, key=lambda each: (_RANK.get(each.change_level, 0), -_size_of_change(each)))


_RANK = {None: 1, 0: 2}


def _size_of_change(standing: Standing) -> float:
    """The change by how far apart the kommuner are."""
    values = [row.varde for row in standing.measure.kommuner if row.varde is not None]
    reach = max(values, default=0) - min(values, default=0)
    return abs(standing.change or 0) / reach if reach else 0.0


def flags(standings: Sequence[Standing]) -> list[str]:
    """What is remarked on: each remark once, with the indicators that it is about, and no verdict."""
    by_text: dict[str, list[str]] = {}
    for standing in standing_as(standings, Going.FLAGGED):
        figure = f"{standing.indicator.short} ({amounts.value(standing.row, standing.indicator)})"
        for remark in standing.own_remarks:
            by_text.setdefault(remark.text, []).append(figure)
    return [f"{enumeration(figures)}. {text}" for text, figures in by_text.items()]


def questions(standings: Sequence[Standing]) -> list[Question]:
    """What to ask of what is worse than others', differs, has become worse, or is remarked on: each question once."""
    worse = [each for each in _with_change(standings) if each.change_level != 0 and _is_for_the_worse(each)]
    in_order = [
        *standing_as(standings, Going.POORLY),
        *standing_as(standings, Going.DIFFERS),
        *worse,
        *standing_as(standings, Going.FLAGGED),
    ]
    by_text: dict[str, Question] = {}
    for standing in in_order:
        text = standing.indicator.fraga
        if text:
            by_text.setdefault(text, Question(standing.measure, text))
    return list(by_text.values())[:_MOST_QUESTIONS]


def _is_for_the_worse(standing: Standing) -> bool:
    return verdicts.tone(1 if (standing.change or 0) > 0 else -1, standing.indicator) == "samre"


def how_sure(standings: Sequence[Standing]) -> list[str]:
    """Of how many indicators chance is known, how many of those differ, and why it is not for the others."""
    if len(standings) > 1 and all(_is_missing(each.row) for each in standings):
        return ["Inget mått har ett eget tal."]
    return list(counts_in_words([(standing.row, standing.indicator) for standing in standings]))


def counts_in_words(figures: Sequence[tuple[ProtectedRow | None, Indicator]]) -> Iterator[str]:
    """`1 av 4 mått avviker mer än slumpen brukar ge. 3 går inte …`: only what is judged is counted."""
    judged_rows = [row for row, _ in figures if row is not None and row.is_judged]
    differ = sum(bool(row.level) for row in judged_rows)
    if judged_rows:
        yield f"{capital(_how_many_differ(differ, len(judged_rows)))} mer än slumpen brukar ge."
    yield from why_not_judged([(row, spec) for row, spec in figures if row is None or not row.is_judged])


def _how_many_differ(differ: int, count: int) -> str:
    if count == 1:
        return f"det enda mått som kan prövas avviker{'' if differ else ' inte'}"
    return f"{number(differ) if differ else 'inget'} av {number(count)} mått som kan prövas avviker"


def why_not_judged(
    figures: Sequence[tuple[ProtectedRow | None, Indicator]], words: str = "{} går inte att pröva mot slumpen"
) -> Iterator[str]:
    """Why chance cannot be reckoned for some, counted by reason; what is hidden or missing by name."""
    by_reason: dict[str, list[str]] = {}
    for row, spec in figures:
        if row is not None and row.varde is not None:
            by_reason.setdefault(_reason(row, spec), []).append(spec.short)
    if by_reason:
        count = sum(map(len, by_reason.values()))
        reasons = enumeration([f"{reason} ({number(len(names))})" for reason, names in by_reason.items()])
        yield f"{words.format(number(count))}: {reasons}."
    hidden = [spec.short for row, spec in figures if row is not None and row.varde is None and row.skydd == HIDDEN]
    missing = [spec.short for row, spec in figures if _is_missing(row)]
    yield from (
        f"{word}: {enumeration(names)}." for word, names in (("Dolt", hidden), ("Har inget eget tal", missing)) if names
    )


def _is_missing(row: ProtectedRow | None) -> bool:
    return row is None or (row.varde is None and row.skydd != HIDDEN)


def _reason(row: ProtectedRow, spec: Indicator) -> str:
    if row.taljare is None or row.namnare is None:
        return "källan ger inte antalen"
    if spec.foljer_alder:
        return _FOLLOWS_AGE
    return "täljaren och nämnaren är från olika år" if not row.years_agree else "det saknas något att jämföra med"


def target_in_words(target: Target) -> str:
    """`Mål: 80 % från 2025, beslutat av LGL 14 mars 2025.`"""
    goal = amounts.written_value(target.varde, target.indikator)
    return f"Mål: {goal} från {target.fran}, beslutat av {target.beslutat_av}."
