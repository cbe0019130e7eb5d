"""The parts of Min kommun: how it goes, every indicator as one kommun has it with its spine, and how to read that."""

from __future__ import annotations

from collections.abc import Sequence

import htpy
import streamlit as st
from htpy import Element, Fragment, Node

from naravard.base import kommuner, periods
from naravard.base.numbers import NBSP, with_hard_spaces
from naravard.figures.overview import Line, Measure
from naravard.figures.reader import Reader
from naravard.figures.standing import Standing, standings
from naravard.methods.spine import Spine
from naravard.telling import amounts, phrases, provenance, situation, verdicts, vocabulary
from naravard.ui import answers
from naravard.ui.elements import aside, footnote, lead, link, remarks, shape, sign_and_why, small_print, with_number
from naravard.ui.table import cell, heading, row, table
from naravard.ui.view_addresses import view_address
from naravard.ui.written_once import written_once


def situation_of(kommun_kod: str, lines: Sequence[Line], reader: Reader) -> None:
    """The first screen: what Översikt says of the kommun, in the same words, and how sure it is."""
    if not lines:
        st.html(lead(phrases.profile_headline(kommuner.area_name(kommun_kod), lines)))
        return
    first = lines[0].measure.result
    st.html(
        written_once(
            first, ("situation in short", kommun_kod), lambda: _situation(standings(kommun_kod, reader), lines)
        )
    )


def _situation(all_standings: Sequence[Standing], lines: Sequence[Line]) -> Fragment:
    name, mark = lines[0].row.kommun, provenance.mark_in_words(lines[0].measure.result)
    sure = [phrases.profile_headline(name, lines), *phrases.what_is_not_compared(lines)]
    sure += situation.edge_explained(all_standings)
    return htpy.fragment[
        htpy.p(".exempel")[mark] if mark else None,
        lead(situation.headline(all_standings)),
        answers.not_told(all_standings),
        htpy.div(".korta-svar")[answers.blocks(all_standings), answers.flagged(answers.flags_of_area(all_standings))],
        answers.to_ask(all_standings),
        small_print(" ".join(sure)),
    ]


def profile(lines: Sequence[Line], kommun: str) -> None:
    """A kommun's indicators, a row each: value, län, where it lies among the others, interval, change, judgement."""
    if lines:
        st.html(written_once(lines[0].measure.result, ("profile", kommun), lambda: _profile(lines, kommun)))
    else:
        st.html(_profile(lines, kommun))


def _profile(lines: Sequence[Line], kommun: str) -> Element:
    number_headings = (
        "Indikator",
        kommun,
        "Länet",
        "Läge bland kommunerna",
        with_hard_spaces(vocabulary.SPAN),
        "Sedan förra perioden",
    )
    headings = [*map(heading, number_headings), heading("Jämfört med länet", is_text=True)]
    mark = provenance.mark_in_words(lines[0].measure.result) if lines else ""
    caption = ". ".join(filter(None, [mark, f"{kommun}, alla indikatorer"]))
    marks = phrases.remark_numbers(lines)
    rows = (_line(line, [marks[text] for text in phrases.own_remarks(line)]) for line in lines)
    return table(caption, headings, rows, kind="tal profil", is_marked=bool(mark))


def _line(line: Line, marks: Sequence[int]) -> Element:
    measure, figure = line.measure, line.row
    spec, result = measure.indicator, measure.result
    tone = verdicts.tone(figure.level, spec)
    unit = [] if spec.in_percent else [spec.enhet]
    period, day = periods.when(figure.matperiod), provenance.load_day(result)
    origin = " · ".join([*unit, provenance.origin(result), period, f"inläst {day}"])
    verdict = verdicts.verdict_in_words(figure, spec)
    return row(
        [link(view_address(measure))[spec.short], map(footnote, marks), aside(origin)],
        [
            _own_value(line),
            cell(_beside(measure)),
            cell(_spine(line.spine, tone, line), "rygg" if line.spine else "okant rygg"),
            cell(amounts.interval(figure, spec)),
            cell(_change(line)),
            cell([shape(verdicts.shape(figure), tone), " ", verdict] if figure.level else verdict, "text"),
        ],
    )


def _beside(measure: Measure) -> Node:
    """The län's figure; riket's, named so, where nobody has computed the län's."""
    figure = amounts.value(measure.whole, measure.indicator)
    return aside(f"riket{NBSP}{figure}") if _is_of_nation(measure) else figure


def _is_of_nation(measure: Measure) -> bool:
    return measure.whole is not None and measure.whole is measure.nation


def _own_value(line: Line) -> Element:
    text = amounts.value(line.row, line.measure.indicator)
    return cell(htpy.b[text]) if line.row.varde is not None else cell(sign_and_why(text, amounts.why(line.row)), "utan")


def _change(line: Line) -> Node:
    """How much it has changed, since which period, and whether it is more than chance."""
    size = amounts.difference(line.change, line.measure.indicator)
    if line.change is None or line.before is None:
        return size
    own_row = line.row_against_before
    verdict = f", {verdicts.verdict_of_change(own_row)}" if own_row is not None and own_row.is_judged else ""
    return [size, aside(f"sedan {periods.when(line.before.matperiod)}{verdict}")]


def _spine(spine: Spine | None, tone: str, line: Line) -> Node:
    """The range of the kommuner, its middle half darker, the län (or riket) in the middle and the kommun as a point."""
    if spine is None:
        return aside(_why_no_spine(line))
    own_value, value = (amounts.value(figure, line.measure.indicator) for figure in (line.row, line.measure.whole))
    whole = "riket" if _is_of_nation(line.measure) else "länet"
    return htpy.span(".spine", role="img", aria_label=f"{line.row.kommun} {own_value}, {whole} {value}{_among(line)}")[
        _band("hela", spine.low, spine.high),
        _band("halva", spine.quarter, spine.three_quarters),
        htpy.span(".lan"),
        htpy.span(class_=["punkt", tone], style=f"left:{100 * spine.at:.1f}%"),
    ]


def _among(line: Line) -> str:
    """How many of the kommuner the spine is made of, where some are hidden or missing."""
    values = sum(row.varde is not None for row in line.measure.kommuner)
    return f", bland de {values} som visas" if values < len(line.measure.kommuner) else ""


def _why_no_spine(line: Line) -> str:
    if line.measure.indicator.kind.is_size:
        return "visas inte för antal"
    if why := amounts.why(line.row):
        return why
    if line.measure.whole is None or line.measure.whole.varde is None:
        return "länets tal saknas"
    values = {row.varde for row in line.measure.kommuner if row.varde is not None}
    return "alla har samma tal" if len(values) == 1 and len(line.measure.kommuner) > 1 else "för få kommuner"


def _band(kind: str, start: float, end: float) -> Element:
    return htpy.span(class_=kind, style=f"left:{100 * start:.1f}%;width:{100 * (end - start):.1f}%")


def explain(lines: Sequence[Line]) -> None:
    """What the spine and the shapes mean, what chance gives, and what is known of the kommun's own figures."""
    comparisons = sum(line.row.is_judged for line in lines)
    explanations = [
        "Läge bland kommunerna: det ljusa bandet går från den lägsta kommunen till den högsta, det mörka är hälften av "
        "kommunerna i mitten, strecket är länet (riket där länets tal saknas) och punkten är kommunen. Om ett högt tal "
        "är bättre eller sämre ligger sämst alltid till vänster.",
        f"{vocabulary.SHAPES} {vocabulary.SPAN}: {vocabulary.SPAN_MEANS}",
        "– kan inte räknas eller jämföras. - betyder att uppgiften saknas. .. är dolt för att skydda enskilda.",
        vocabulary.AMONG_MEANS if any(verdicts.verdict(line.row) == vocabulary.AMONG for line in lines) else "",
        verdicts.about_chance(comparisons) if comparisons > 1 else "",
    ]
    st.html(htpy.fragment[(small_print(text) for text in explanations if text)])
    if own_remarks := phrases.remarks_of(lines):
        st.html(remarks(with_number(place, text) for place, text in enumerate(own_remarks, start=1)))
