"""A protected figure as a sentence: for titles, for lists, and for those who do not see the chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from naravard.base import kommuner, periods, remarks
from naravard.base.model import (
    NO_GROUP,
)
from naravard.base.numbers import HIDDEN, capital, enumeration, number, percent, quantity, with_unit
from naravard.figures import overview
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.figures.judgement import Judgement
from naravard.figures.overview import Line
from naravard.telling import breaks, situation, vocabulary
from naravard.telling.amounts import (
    NO_FIGURES,
    adjusted,
    compared_value,
    count,
    decimals_of,
    difference_from_reference,
    reference,
    rounds_to_an_end,
    value,
    value_in_words,
    why,
    written_value,
)
from naravard.telling.provenance import mark_in_words
from naravard.telling.verdicts import side, spread_judgement, verdict

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
    other = f"{name}: {_plain_value(judgement.reference, indicator, decimals_of(row, indicator))}."
    own_remarks = [remark.text for remark in remarks.of_kommun(result.remarks, row.kommun_kod, row.matperiod)]
    other = " ".join(filter(None, [_with_equal_ages(row, indicator), other]))
    return " ".join([figure, other, _conclusion(row, judgement, indicator), *own_remarks])


def signal(row: ProtectedRow, result: ProtectedResult, others: Sequence[str] = ()) -> str:
    """A kommun that differs, in a sentence: what, how much, against what, and what is known of the figure.

    `others` are the names of indicators of the same persons in which it differs too.
    """
    judgement = row.jamforelse
    if judgement is None:
        return sentence(row, result)
    spec = result.indicator
    own_remarks = [remark.text for remark in remarks.of_kommun(result.remarks, row.kommun_kod, row.matperiod)]
    own_value, other = compared_value(row, spec), f"{judgement.comparison.genitive} {reference(row, spec)}"
    figures = f"{row.kommun}: {spec.short}, {own_value} mot {other}"
    same_persons = [f"Också här, med samma personer: {enumeration(list(others))}."] if others else []
    return " ".join(
        [f"{figures}. {(verdict(row) or '').capitalize()}, {side(row, spec)}.", *same_persons, *own_remarks]
    )


def profile_headline(kommun: str, lines: Sequence[Line]) -> str:
    """What a kommun's profile says first: which figures differ from the län, and which have changed; two things.

    Only what can be compared is counted; `what_is_not_compared` says why the rest cannot be.
    """
    if not lines:
        return f"{kommun} har inga tal ännu."
    return " ".join([f"{kommun}: {profile_finding(lines)}. {profile_change(lines)}", *one_cause(lines)])


def one_cause(lines: Sequence[Line]) -> list[str]:
    """Which of those that differ count the same persons, a sentence for each source."""
    return [
        vocabulary.SAME_PERSONS.format(names=enumeration([line.measure.indicator.short for line in together]))
        for together in overview.with_the_same_persons(lines)
    ]


def profile_finding(lines: Sequence[Line], most: int | None = None) -> str:
    """Which of the compared indicators differ from the län, named up to `most`. Those with a remark are said so."""
    comparisons = [line for line in lines if line.row.is_judged]
    if not comparisons:
        return "inget går att jämföra med länet"
    differ = [line.measure.indicator.short + (" (se anmärkning)" if own_remarks(line) else "") for line in comparisons
              if line.row.level]  # fmt: skip
    if len(comparisons) == 1:
        return f"det enda jämförda måttet avviker{f' från länet: {differ[0]}' if differ else ' inte från länet'}"
    if not differ:
        return f"inget av {number(len(comparisons))} jämförda mått avviker från länet"
    more = len(differ) - most if most is not None else 0
    names = enumeration(differ[:most] + ([f"{number(more)} till"] if more > 0 else []))
    return f"{number(len(differ))} av {number(len(comparisons))} jämförda mått avviker från länet: {names}"


def profile_change(lines: Sequence[Line]) -> str:
    """Which indicators have changed since the period before by more than chance, of those that can be judged so."""
    comparisons = [line for line in lines if line.row_against_before is not None and line.row_against_before.is_judged]
    if not comparisons:
        return "Sedan förra perioden: ingen ändring går att pröva mot slumpen."
    names = [
        f"{line.measure.indicator.short} ({'upp' if line.row_against_before.level > 0 else 'ned'})"
        for line in comparisons
        if line.row_against_before is not None and line.row_against_before.level
    ]
    which = f": {enumeration(names)}" if names else ""
    if len(comparisons) == 1:
        what = f"det enda mått som kan prövas har{'' if names else ' inte'} ändrats"
    else:
        what = (
            f"{number(len(names)) if names else 'inget'} av {number(len(comparisons))} mått som kan prövas har ändrats"
        )
    return f"Sedan förra perioden: {what} mer än slumpen brukar ge{which}."


def what_is_not_compared(lines: Sequence[Line]) -> list[str]:
    """How many that tell more than size cannot be compared, and why; what is hidden or missing by name."""
    figures = [
        (line.row, line.measure.indicator)
        for line in lines
        if not line.row.is_judged and not line.measure.indicator.kind.is_size
    ]
    return list(situation.why_not_judged(figures, "Mot länet går {} inte att pröva"))


def own_remarks(line: Line) -> list[str]:
    """What is known of the kommun's own figure, as its registration."""
    row = line.row
    return [each.text for each in remarks.of_kommun(line.measure.result.remarks, row.kommun_kod, row.matperiod)]


def remarks_of(lines: Sequence[Line]) -> tuple[str, ...]:
    """The remarks on a kommun's own figures, each once with what it is about."""
    return _by_text((text, line) for line in lines for text in own_remarks(line))


def remark_numbers(lines: Sequence[Line]) -> dict[str, int]:
    """Each remark on a kommun's own figures and its number, in the order of the lines."""
    texts = dict.fromkeys(text for line in lines for text in own_remarks(line))
    return {text: place for place, text in enumerate(texts, start=1)}


def cautions_of(lines: Sequence[Line]) -> tuple[str, ...]:
    """What to beware of in each indicator, each once with the indicators that it is about."""
    return _by_text((text, line) for line in lines if (text := line.measure.indicator.tolka_varsamt))


def _by_text(pairs: Iterable[tuple[str, Line]]) -> tuple[str, ...]:
    names_by_text: dict[str, list[str]] = {}
    for text, line in pairs:
        names_by_text.setdefault(text, []).append(line.measure.indicator.short)
    return tuple(f"{enumeration(names)}: {text}" for text, names in names_by_text.items())


def _with_equal_ages(row: ProtectedRow, indicator: Indicator) -> str:
    if row.utjamnad is None:
        return ""
    ratio = row.utjamnad.ratio
    times = f"{number(ratio.value, 2)} gånger så många som väntat ({number(ratio.low, 2)}–{number(ratio.high, 2)})"
    return f"{vocabulary.EQUAL_AGES}: {adjusted(row, indicator)}, {times}."


def _in_words(row: ProtectedRow, indicator: Indicator) -> str:
    if indicator.in_percent and row.varde is not None:
        has_counts = row.taljare is not None and row.namnare is not None
        of = f" ({number(row.taljare or 0)} av {number(row.namnare or 0)})" if has_counts else ""
        return f"{_plain_value(row.varde, indicator, decimals_of(row, indicator))}{of}"
    return with_unit(value(row, indicator, decimals_of(row, indicator)), indicator.enhet)


def _plain_value(varde: float, indicator: Indicator, decimals: int | None = None) -> str:
    """A share as so many of 100 in whole persons where that says enough; with decimals in percent."""
    decimals = indicator.decimaler if decimals is None else decimals
    if not indicator.in_percent:
        return number(varde, decimals)
    if decimals:
        return written_value(varde, indicator, decimals).replace("%", "procent")
    least, most = rounds_to_an_end(varde, indicator, 0)
    return "färre än 1 av 100" if least else "fler än 99 av 100" if most else f"{number(varde)} av 100"


def _conclusion(row: ProtectedRow, judgement: Judgement, indicator: Indicator) -> str:
    if not judgement.is_judged:
        return f"Skillnaden är {difference_from_reference(row, indicator)}. {vocabulary.CHANCE_IS_UNKNOWN}"
    other = judgement.comparison.name
    if judgement.level:
        form = vocabulary.HARDLY_EVER if abs(judgement.level) > 1 else vocabulary.RARELY
        age_is_no_cause = row.utjamnad is not None or judgement.comparison.needs_earlier
        cause = vocabulary.REGISTRATION if age_is_no_cause else vocabulary.OTHER_CAUSES
        sentences = [form.format(other=other, side=side(row, indicator)), cause]
        return " ".join([*sentences, *([vocabulary.A_PART] if _reaches(row, judgement) else [])])
    if judgement.spread:
        return vocabulary.RYMS_AMONG
    conclusion = vocabulary.NOT_ENOUGH_TO_TELL if judgement.too_few else vocabulary.RYMS.format(other=other)
    return " ".join(filter(None, [conclusion, detectable(judgement, indicator)]))


def _reaches(row: ProtectedRow, judgement: Judgement) -> bool:
    """Whether the interval of what is compared has what it is compared with: of a part the limits are narrower."""
    limits = row.utjamnad.direct[1:] if row.utjamnad else (row.nedre, row.ovre)
    low, high = limits
    if low is None or high is None or not judgement.comparison.is_a_line:
        return False
    return low <= judgement.reference <= high


def detectable(judgement: Judgement, indicator: Indicator) -> str:
    """The least difference that would be seen, in the unit and as a part of what is compared with."""
    if judgement.detectable is None:
        return vocabulary.NEVER_SEEN if judgement.too_few else ""
    unit = "procentenheter" if indicator.in_percent else indicator.enhet
    decimals = indicator.decimaler if judgement.detectable >= 1 else max(1, indicator.decimaler)
    size = with_unit(number(judgement.detectable, decimals), unit)
    if judgement.reference:
        size += f" ({percent(100 * judgement.detectable / judgement.reference)} av {judgement.comparison.genitive} tal)"
    return vocabulary.WOULD_BE_SEEN.format(seen=size)


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
        return f"{indicator.titel}, {quantity(len(rows), 'kommun', 'kommuner')}"
    kommun_figures = enumeration([f"{row.kommun} {value(row, indicator)}" for row in rows])
    return f"{indicator.titel}: {kommun_figures} (länet {value(lan, indicator)})"


def _who_differs(result: ProtectedResult, group: str) -> str:
    """`. Borgholm och Mörbylånga avviker från länet`, or how many where they are more; empty where none does.

    Where the kommuner differ more than chance that is what is told. One whose registration is remarked on is not named:
    a title makes no verdict of it.
    """
    if spread_judgement(result):
        return f". {vocabulary.MORE_THAN_CHANCE.removesuffix('.')}"
    with_remark = {remark.kommun_kod for remark in result.remarks}
    rows = [row for row in result.kommuner if row.grupp == group and row.kommun_kod not in with_remark]
    names = [row.kommun for row in rows if row.level]
    if not names:
        return ""
    comparisons = sum(row.jamforelse is not None for row in rows)
    left_out = " utan anmärkning" if any(row.kommun_kod in with_remark for row in result.kommuner) else ""
    many = f"{number(len(names))} av {quantity(comparisons, 'kommun', 'kommuner')}{left_out}"
    who = enumeration(names) if len(names) <= _NAMED else many
    return f". {who} avviker från {result.comparison.name}"


def of_own_kommun(result: ProtectedResult) -> str:
    """` I Mönsterås: 87 %.`, for the end of a page's first sentence; empty where none is chosen or it has no row."""
    row = result.row(result.own_kommun, result.lead_group) if result.own_kommun else None
    if row is None:
        return ""
    figure = value_in_words(row, result.indicator) if row.varde is not None else why(row)
    return f" I {row.kommun}: {figure}."


_PLACES = {"ordinart": "i ordinärt boende", "sabo": "på SÄBO"}
"""Groups by where persons live, as a sentence has them."""


def where_they_live(persons: ProtectedResult) -> str:
    """` 4 346 bor i ordinärt boende och 1 447 på SÄBO.`, of the places of which the län has a figure that is seen."""
    rows = {place: persons.lan(group) for group, place in _PLACES.items()}
    figures = [(value(row, persons.indicator), place) for place, row in rows.items() if row and row.varde is not None]
    parts = [f"{figure} {'' if i else 'bor '}{place}" for i, (figure, place) in enumerate(figures)]
    return f" {enumeration(parts)}." if parts else ""


_GROUPS_IN_ALT = 6
"""So many groups are told of in a chart's text; the rest stand in the table."""


def alt(result: ProtectedResult) -> str:
    """A chart in words, for those who do not see it: its finding, each group's figures, what is hidden, and when."""
    if not result.rows:
        return ". ".join(filter(None, [mark_in_words(result), result.indicator.titel, NO_FIGURES])) + "."
    is_series = result.matperiod == periods.EVERY
    clauses = _series_in_alt(result) if is_series else [_differing(result), *_groups_in_alt(result), *_absent(result)]
    when = "" if is_series else f"Mätperiod: {periods.label(result.matperiod)}"
    sentences = [mark_in_words(result), result.indicator.titel, *clauses, when]
    return ". ".join(sentence.rstrip(".") for sentence in sentences if sentence) + "."


def _differing(result: ProtectedResult) -> str:
    return _who_differs(result, result.lead_group).removeprefix(". ")


def _groups_in_alt(result: ProtectedResult) -> list[str]:
    """For each group the län's figure, the lowest and the highest of the kommuner, and riket's."""
    groups = sorted(result.groups, key=lambda group: group != result.lead_group)
    clauses = [_group_in_alt(result, group) for group in groups[:_GROUPS_IN_ALT]]
    more = len(groups) - _GROUPS_IN_ALT
    return [*clauses, *([f"{quantity(more, 'grupp', 'grupper')} till står i tabellen"] if more > 0 else [])]


def _group_in_alt(result: ProtectedResult, group: str) -> str:
    group_rows = [row for row in result.kommuner if row.grupp == group]
    rows = [row for row in group_rows if row.varde is not None]
    lan, nation = result.lan(group), result.row(kommuner.RIKET, group)
    parts = [f"{lan.kommun} {value(lan, result.indicator)}"] if lan is not None and lan.varde is not None else []
    if rows:
        low, high = min(rows, key=lambda r: r.varde or 0), max(rows, key=lambda r: r.varde or 0)
        ends = [f"{value(row, result.indicator)} ({row.kommun})" for row in (low, high)]
        among = f" bland {_those(len(rows))} som visas" if len(rows) < len(group_rows) else ""
        parts.append(f"från {ends[0]} till {ends[1]}{among}")
    if nation is not None and nation.varde is not None:
        parts.append(f"riket {value(nation, result.indicator)}")
    label = f"{result.group_label(group)}: " if len(result.groups) > 1 else ""
    return capital(f"{label}{', '.join(parts) or NO_FIGURES.lower()}")


def _those(count: int) -> str:
    return "den enda" if count == 1 else f"de {number(count)}"


def _absent(result: ProtectedResult) -> list[str]:
    """Which kommuner have no figure in the group that stands for the result, and why."""
    by_reason: dict[str, list[str]] = {}
    for row in result.kommuner:
        if row.grupp == result.lead_group and row.varde is None:
            by_reason.setdefault("Dolt" if row.skydd == HIDDEN else "Uppgift saknas", []).append(row.kommun)
    return [f"{reason}: {enumeration(names)}" for reason, names in by_reason.items()]


def _series_in_alt(result: ProtectedResult) -> list[str]:
    """The län's, riket's and the reader's own figures from the first period to the newest, and the breaks between."""
    names = [result.lan_kod, kommuner.RIKET, *([result.own_kommun] if result.own_kommun else [])]
    return [
        *filter(None, (_from_first_to_last(result, kod) for kod in names)),
        *(
            [quantity(len({row.kommun_kod for row in result.kommuner}), "kommun", "kommuner")]
            if result.has_kommuner
            else []
        ),
        *(breaks.sentence(each) for each in breaks.within(result)),
    ]


def _from_first_to_last(result: ProtectedResult, kod: str) -> str:
    own = [r for r in result.rows if (r.kommun_kod, r.grupp) == (kod, result.lead_group) and r.varde is not None]
    if not own:
        return ""
    first, last = own[0], own[-1]
    if first is last:
        return f"{first.kommun}: {value(first, result.indicator)} {periods.when(first.matperiod)}"
    ends = [f"{value(row, result.indicator)} {periods.when(row.matperiod)}" for row in (first, last)]
    return f"{first.kommun}: {ends[0]}, {ends[1]}"
