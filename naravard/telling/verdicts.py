"""Whether a figure differs, in Swedish: words, triangles, tones, and what chance alone would give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from statistics import median
from typing import Literal

from naravard.base import periods
from naravard.base.breaks import Break, between
from naravard.base.numbers import NOT_KNOWN, enumeration, number, percent, quantity, with_unit
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Direction, Indicator
from naravard.figures.judgement import Judgement, outgrown
from naravard.figures.kinds import TOO_FEW
from naravard.methods import chance, slope, trend, xmr
from naravard.methods.slope import Slope
from naravard.telling import breaks as words_of_breaks
from naravard.telling import series, vocabulary
from naravard.telling.amounts import difference_from_reference, why, written_value
from naravard.telling.vocabulary import VERDICTS

_SIDES: Mapping[Direction, tuple[str, str]] = {
    "neutral": ("högre", "lägre"),
    "higher_is_better": ("bättre", "sämre"),
    "lower_is_better": ("sämre", "bättre"),
}


def verdict(row: ProtectedRow) -> str | None:
    """Whether the row differs from what it is compared with; None where that cannot be told."""
    judgement = row.jamforelse
    if judgement is None or not judgement.is_judged:
        return None
    if judgement.too_few:
        return vocabulary.NOT_ENOUGH
    return vocabulary.AMONG if judgement.spread and not judgement.level else VERDICTS[abs(judgement.level)]


def verdict_of_change(row: ProtectedRow) -> str | None:
    """The same of a row beside its own period before: no deviation, but more than chance gives."""
    return "mer än slumpen brukar ge" if row.level else verdict(row)


def side(row: ProtectedRow, indicator: Indicator) -> str:
    """Which way it differs: better or worse where the indicator has a direction, else higher or lower."""
    return _SIDES[indicator.riktning][row.level < 0] if row.level else ""


def sides(indicator: Indicator) -> tuple[str, str]:
    """What more and less are called for an indicator."""
    return _SIDES[indicator.riktning]


Tone = Literal["battre", "samre", "skiljer", ""]
"""The colour of a difference: better, worse, or a third where nobody agrees on what is better."""


def tone(level: int, indicator: Indicator) -> Tone:
    """The colour of a level. Whether the figure is higher or lower is told by the shape alone."""
    if not level:
        return ""
    if indicator.riktning == "neutral":
        return "skiljer"
    return "battre" if (level > 0) != (indicator.riktning == "lower_is_better") else "samre"


def shape(row: ProtectedRow) -> str:
    """The difference as triangles: one outside 95 %, two outside 99.8 %, up where it is higher."""
    return ("▲" if row.level > 0 else "▼") * abs(row.level)


def verdict_with_shape(row: ProtectedRow | None, indicator: Indicator) -> str:
    """The comparison in a cell: `▼▼ avviker tydligt, lägre`; a dash where there is none."""
    if row is None or row.jamforelse is None:
        return NOT_KNOWN
    if not row.jamforelse.is_judged:
        return difference_from_reference(row, indicator)
    parts = [verdict(row) or "", side(row, indicator)]
    return f"{shape(row)} {', '.join(part for part in parts if part)}".strip()


def verdict_in_words(row: ProtectedRow, indicator: Indicator) -> str:
    """The comparison in words alone, where the triangles stand by themselves.

    With equal ages it may go the other way than the figure as it is, which stands beside it: that is said.
    """
    words = verdict_with_shape(row, indicator).removeprefix(shape(row)).strip()
    return f"{words}, {vocabulary.EQUAL_AGES.lower()}" if row.level and row.utjamnad is not None else words


_WHAT_A_DIFFERENCE_MEANS = (
    "Skillnaden är räknad rakt av. I en liten kommun kan den vara några få personer, och den kan bero på hur det "
    "registreras. Se om den håller i sig flera år."
)


def comparison_name(result: ProtectedResult) -> str:
    """What the result's figures are compared with."""
    return result.comparison.menu


def spread_judgement(result: ProtectedResult) -> Judgement | None:
    """A judgement of the group that stands for the result, where its kommuner differ more than chance; else None."""
    judgements = (row.jamforelse for row in result.kommuner if row.grupp == result.lead_group and row.jamforelse)
    return next((judgement for judgement in judgements if judgement.spread), None)


def without_mark(result: ProtectedResult) -> str:
    """What a kommun without a triangle is."""
    return vocabulary.WITHOUT_MARK_AMONG if spread_judgement(result) else vocabulary.WITHOUT_MARK


def about_comparison(result: ProtectedResult) -> list[str]:
    """What the comparison says as a whole: first whether the kommuner differ more than chance, then how many do.

    Only what is compared is counted; what is hidden or cannot be compared is named. Empty where nothing is compared and
    there is nothing to say of it.
    """
    compared_rows = [row for row in result.kommuner if row.is_judged]
    other = result.comparison
    if not compared_rows and any(row.jamforelse for row in result.kommuner):
        return [
            other.explanation,
            *_why_nothing_is_compared(result),
            *([vocabulary.AGE_IN_DIFFERENCE] if result.indicator.foljer_alder else []),
            _WHAT_A_DIFFERENCE_MEANS,
        ]
    if not compared_rows:
        return _why_nothing_is_compared(result)
    if len(compared_rows) == 1 or spread_judgement(result):
        return [
            *of_spread(result),
            other.explanation,
            *_how_much(result),
            *_of_ages(result),
            *not_compared(result),
        ]
    counted_rows, rest = independent(result, compared_rows)
    differ = sum(bool(row.level) for row in counted_rows)
    what = ("jämförelse", "jämförelser") if len(result.groups) > 1 else ("kommun", "kommuner")
    sentences = [
        other.explanation,
        *_of_ages(result),
        f"{number(differ)} av {quantity(len(counted_rows), *what)} avviker.",
        by_chance(len(counted_rows)),
        *rest,
        *not_compared(result),
    ]
    if any(row.jamforelse and row.jamforelse.too_few for row in compared_rows):
        least_share = with_unit(number(100 * TOO_FEW), "procentenheter")
        sentences.append(
            f"”{vocabulary.NOT_ENOUGH}”: bara en skillnad på mer än {least_share} skulle synas i fyra fall av fem."
        )
    return sentences


def _has_equal_ages(result: ProtectedResult) -> bool:
    return any(row.utjamnad for row in result.rows)


def _of_ages(result: ProtectedResult) -> list[str]:
    return [vocabulary.ADJUSTED] if any(row.utjamnad and row.jamforelse for row in result.rows) else []


def size_of_spread(between: float, result: ProtectedResult) -> str:
    """The spread in the indicator's unit; with equal ages it is of observed by expected."""
    indicator = result.indicator
    if _has_equal_ages(result):
        return f"{percent(100 * between)} av det väntade"
    unit = "procentenheter" if indicator.in_percent else indicator.enhet
    return with_unit(number(indicator.scale * between, indicator.decimaler), unit)


def independent(result: ProtectedResult, compared_rows: Sequence[ProtectedRow]) -> tuple[list[ProtectedRow], list[str]]:
    """The comparisons that do not follow from the others, and a sentence where some do.

    Groups that are together the whole are one comparison less than they are: two are one.
    """
    if not result.indicator.kind.parts_add_up or len(result.groups) < 2:
        return list(compared_rows), []
    main = result.lead_group
    left_out = next(group for group in result.groups if group != main)
    return [row for row in compared_rows if row.grupp != left_out], [vocabulary.A_GROUP_FOLLOWS]


def not_compared(result: ProtectedResult) -> list[str]:
    """Which kommuner are not compared in any group, and why in the one that stands for the result; empty for none."""
    judged_koder = {row.kommun_kod for row in result.kommuner if row.is_judged}
    rows = [row for row in result.kommuner if row.grupp == result.lead_group and row.kommun_kod not in judged_koder]
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        by_reason.setdefault(_why_not(row, result.indicator), []).append(row.kommun)
    return [f"{vocabulary.NOT_COMPARED}, {reason}: {enumeration(names)}." for reason, names in by_reason.items()]


def _why_not(row: ProtectedRow, indicator: Indicator) -> str:
    if row.varde is None:
        return why(row)
    if outgrown(row.figure, indicator):
        return vocabulary.HAS_OUTGROWN
    return "antalen är inte kända" if row.taljare is None or row.namnare is None else "går inte att jämföra"


def _why_nothing_is_compared(result: ProtectedResult) -> list[str]:
    with_counts = [row for row in result.kommuner if row.nedre is not None]
    kind, rows = result.indicator.kind, [row for row in result.kommuner if row.varde is not None]
    if kind.interval is not None and rows and all(row.namnare is None and row.taljare is None for row in rows):
        return [vocabulary.COUNTS_UNKNOWN]
    if result.indicator.foljer_alder and result.has_kommuner and not result.comparison.needs_earlier:
        return [vocabulary.AGE]
    if with_counts and not any(row.years_agree for row in with_counts):
        return [vocabulary.YEARS_APART]
    if with_counts and all(outgrown(row.figure, result.indicator) for row in with_counts):
        return [vocabulary.OUTGROWN]
    if with_counts and result.indicator.kind.caution:
        return [result.indicator.kind.caution]
    return [result.comparison.missing] if result.has_kommuner and result.comparison.missing else []


def of_spread(result: ProtectedResult) -> list[str]:
    """What is said first where the kommuner differ more than chance: that, and who lies outside even so."""
    judgement = spread_judgement(result)
    if judgement is None or judgement.spread is None:
        return []
    rows = [row for row in result.kommuner if row.grupp == result.lead_group and row.jamforelse]
    ask_first = vocabulary.ASK_OF_REGISTRATION if _has_equal_ages(result) else vocabulary.ASK_FIRST
    if len(rows) == 1:
        return [vocabulary.MORE_THAN_CHANCE, ask_first]
    outside = [row.kommun for row in rows if row.level]
    decimals = max(1, result.indicator.decimaler)
    middle = written_value(median(row.varde or 0 for row in rows), result.indicator, decimals)
    return [
        vocabulary.MORE_THAN_CHANCE,
        ask_first,
        f"{vocabulary.OUTSIDE_EVEN_SO}: {enumeration(outside) if outside else 'ingen'}.",
        *([f"I mitten av de {number(len(rows))} som jämförs: {middle}."] if not _has_equal_ages(result) else []),
    ]


def _how_much(result: ProtectedResult) -> list[str]:
    """How much more than chance the kommuner differ, and what the limits of chance alone would say."""
    judgement = spread_judgement(result)
    if judgement is None or judgement.spread is None:
        return []
    size = size_of_spread(judgement.spread.between, result)
    rows = [row for row in result.kommuner if row.grupp == result.lead_group and row.jamforelse]
    by_chance = sum(bool(row.jamforelse and row.jamforelse.level_by_chance) for row in rows)
    alone = f" Med bara slumpens gränser vore {number(by_chance)} av {number(len(rows))} utanför."
    return [
        f"Det som slumpen inte förklarar är omkring {size}, och gränserna är vidgade med det."
        f"{alone if len(rows) > 1 else ''}"
    ]


def by_chance(comparisons: int) -> str:
    """How many of so many that chance alone puts outside, at most in all cases but one of eight."""
    many = chance.rarely_more(comparisons)
    more = {0: "någon", 1: "fler än en"}.get(many, f"fler än {number(many)}")
    return f"Slumpen ger sällan {more} av {number(comparisons)}."


def about_chance(comparisons: int) -> str:
    """How many of so many comparisons would come out as different by chance alone."""
    expected_number = number(chance.outside(comparisons), 1)
    how_many = quantity(comparisons, "jämförelse", "jämförelser")
    return f"Med {how_many} skulle omkring {expected_number} avvika av ren slump."


_MOST_NAMES = 8
LEAST_SHARE, LEAST_RATIO = 1.0, 0.02
"""The smallest change over a series that is told: percentage points of a share, else a part of the level."""
_YEAR = 365.25


def about_time(rows: Sequence[ProtectedRow], indicator: Indicator, breaks: Sequence[Break] = ()) -> list[str]:
    """What the points of one area say over time: a change, which of them stand out, or why neither is told.

    Periods of the commonest length, measured as the newest, are seen together, and no others.
    """
    comparable_rows = series.comparable(rows, breaks)
    return [*_about_break(rows, breaks), *_about_points(comparable_rows, indicator, breaks)]


def _about_break(rows: Sequence[ProtectedRow], breaks: Sequence[Break]) -> list[str]:
    """The newest break among the rows of an area: what is before it is not counted."""
    in_order = sorted(rows, key=lambda row: periods.sort_key(row.matperiod))
    if not in_order:
        return []
    first, last = in_order[0], in_order[-1]
    passed = between(breaks, first.matperiod, last.matperiod, last.kommun_kod)
    return [f"{words_of_breaks.sentence(passed[-1])} Bara tal därefter räknas här."] if passed else []


def _about_points(comparable_rows: Sequence[ProtectedRow], indicator: Indicator, breaks: Sequence[Break]) -> list[str]:
    points = len(comparable_rows)
    if series.share_days(comparable_rows):
        return [vocabulary.SHARED_DAYS]
    if points < slope.MIN_POINTS:
        return [
            f"{_points(points)} är för få för att avgöra om det finns en trend. Det behövs minst {slope.MIN_POINTS}."
        ]
    sentences = [_of_counts(comparable_rows, indicator) or _of_ranks(comparable_rows)]
    if points < xmr.MIN_POINTS:
        sentences.append(f"Enstaka tal bedöms först när det finns {xmr.MIN_POINTS} mätperioder.")
        return sentences
    names = [periods.when(row.matperiod) for row in series.signals(comparable_rows, indicator, breaks)]
    more = len(names) - _MOST_NAMES
    sentences.append(
        f"{number(len(names))} av {_points(points)} avviker från den vanliga variationen: "
        f"{enumeration(names[:_MOST_NAMES] + ([f'{number(more)} till'] if more > 0 else []))}."
        if names
        else "Inga tal avviker från den vanliga variationen."
    )
    return sentences


def _of_counts(rows: Sequence[ProtectedRow], indicator: Indicator) -> str:
    """The change per year with its interval, from the counts; empty where they are not known."""
    has_denominator = indicator.kind.has_denominator
    if any(row.taljare is None or (has_denominator and not row.namnare) for row in rows):
        return ""
    times = [series.middle(row.matperiod).toordinal() / _YEAR for row in rows]
    counts = [row.taljare or 0 for row in rows]
    totals = [(row.namnare or 0) if has_denominator else 1 for row in rows]
    is_share = indicator.in_percent
    found_slope = (slope.of_shares if is_share else slope.of_rates)(times, counts, totals)
    if found_slope is None:
        return ""
    words = _per_year(found_slope, is_share=is_share)
    basis = f"{words}; {_points(len(rows))}, 95 %"
    if not found_slope.direction:
        return f"{vocabulary.NO_CHANGE} ({basis})."
    over_all = abs(found_slope.change) * (times[-1] - times[0]) * (100 if is_share else 1)
    if over_all < (LEAST_SHARE if is_share else LEAST_RATIO):
        return f"{vocabulary.TOO_SMALL} ({basis})."
    return f"Talen {'ökar' if found_slope.direction > 0 else 'minskar'} över tid ({basis})."


def _per_year(found_slope: Slope, *, is_share: bool) -> str:
    """`1,0 procentenheter per år, 0,4 till 1,6`."""
    values = [found_slope.change, found_slope.low, found_slope.high]
    change, low, high = ((100 * v if is_share else 100 * (exp(v) - 1)) for v in values)
    unit = "procentenheter" if is_share else "procent"
    plus = "+" if change > 0 else ""
    return f"{with_unit(f'{plus}{number(change, 1)}', unit)} per år, {number(low, 1)} till {number(high, 1)}"


def _of_ranks(rows: Sequence[ProtectedRow]) -> str:
    """Whether figures without counts rise or fall, where there are enough of them."""
    points = len(rows)
    if points < trend.TOLD_FROM:
        return (
            f"{_points(points)} utan antal är för få för att avgöra om det finns en trend. Det behövs minst "
            f"{trend.TOLD_FROM}."
        )
    words = {0: vocabulary.NO_CHANGE, 1: "Talen ökar över tid", -1: "Talen minskar över tid"}
    direction = trend.direction([row.varde for row in rows if row.varde is not None])
    return f"{words[direction]} ({_points(points)} utan antal, 95 %)."


def _points(count: int) -> str:
    return quantity(count, "mätperiod", "mätperioder")
