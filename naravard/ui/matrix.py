"""Tables over all indicators: the kommuner by indicators, and one kommun's profile with its spines."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from naravard.base import periods
from naravard.base.numbers import number
from naravard.figures.gate import ProtectedRow
from naravard.figures.overview import (
    MOST_SIGNALS,
    Line,
    Measure,
    Signal,
)
from naravard.methods.spine import Spine
from naravard.telling import amounts, phrases, provenance, verdicts
from naravard.ui.links import address, to_view


def signals(found: Sequence[Signal], comparisons: int) -> None:
    """What to look at first, as sentences with the way to each view, and what chance alone would give."""
    shown, more = found[:MOST_SIGNALS], len(found) - MOST_SIGNALS
    if not comparisons:
        st.html('<p class="kalla">Inga tal går att jämföra mellan kommunerna ännu.</p>')
        return
    lines = "".join(map(_signal, shown)) or "<p>Ingen kommun avviker från länet.</p>"
    rest = f" De {number(more)} som inte står här finns i tabellen." if more > 0 else ""
    note = f"{number(len(found))} avviker. {verdicts.about_chance(comparisons)}{rest}"
    example = provenance.example_mark(found[0].measure.result) if found else ""
    mark = f'<p class="exempel">{escape(example)}</p>' if example else ""
    st.html(f'<div class="signaler">{mark}{lines}<p class="kalla">{escape(note)}</p></div>')


def _signal(signal: Signal) -> str:
    row, spec = signal.row, signal.measure.indicator
    return (
        f'<p class="signal {verdicts.tone(row.level, spec)}">'
        f'<span class="form" aria-hidden="true">{verdicts.shape(row)}</span> '
        f"{escape(phrases.signal(row, signal.measure.result))} "
        f'<a href="{escape(to_view(signal.measure))}" class="vy">Visa'
        f'<span class="upplast"> {escape(spec.titel)}, {escape(row.kommun)}</span></a></p>'
    )


def overview(found: Sequence[Measure]) -> None:
    """Kommuner by indicators. Each cell has the value, the shape of a difference, and leads to its view."""
    example = provenance.example_mark(found[0].result) if found else ""
    where = {m.indicator.id: escape(to_view(m)) for m in found}
    head = "".join(
        f'<th scope="col"><a href="{where[m.indicator.id]}" class="vy">{escape(m.indicator.short)}</a>'
        f'<span class="enhet">{escape(_unit(m))}</span></th>'
        for m in found
    )
    areas = dict.fromkeys((row.kommun_kod, row.kommun) for m in found for row in m.kommuner)
    body = "".join(
        f'<tr class="kommun"><th scope="row"><a href="{escape(address("min_kommun", kommun=name))}" class="vy">'
        f"{escape(name)}</a></th>{''.join(_cell(m, m.row(kod), where[m.indicator.id]) for m in found)}</tr>"
        for kod, name in areas
    )
    lan = "".join(f"<td>{escape(amounts.value(m.lan, m.indicator))}</td>" for m in found)
    name = next((m.lan.kommun for m in found if m.lan), "Länet")
    caption = ". ".join(filter(None, [example, "Kommunernas senaste tal, jämförda med länet"]))
    seen = "exempel" if example else "upplast"
    st.html(
        f'<div class="tabell tal matris" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table><caption class="{seen}">{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">Kommun</th>{head}</tr></thead>'
        f'<tbody>{body}<tr class="lan"><th scope="row">{escape(name)}</th>{lan}</tr></tbody></table></div>'
    )


def _unit(measure: Measure) -> str:
    period = periods.when(measure.result.matperiod)
    unit = "%" if measure.indicator.in_percent else measure.indicator.enhet
    return f"{unit}, {'mätperiod ej angiven' if period.startswith('ej') else period}"


def _cell(measure: Measure, row: ProtectedRow | None, where: str) -> str:
    text = amounts.value(row, measure.indicator)
    if row is None or row.varde is None:
        why = amounts.why(row)
        return f'<td class="utan" title="{escape(why)}">{_read(text, why)}</td>'
    label = f"{row.kommun}, {measure.indicator.short}: "
    if not row.level:
        return f'<td><a href="{where}" class="vy"><span class="upplast">{escape(label)}</span>{escape(text)}</a></td>'
    said = verdicts.verdict_with_shape(row, measure.indicator)
    words = said.removeprefix(verdicts.shape(row)).strip()
    return (
        f'<td class="{verdicts.tone(row.level, measure.indicator)}" title="{escape(words)}">'
        f'<a href="{where}" class="vy"><span class="upplast">{escape(label)}</span>'
        f'<span class="form" aria-hidden="true">{verdicts.shape(row)}</span> {escape(text)}'
        f'<span class="upplast">, {escape(words)}</span></a></td>'
    )


def _read(text: str, why: str) -> str:
    return f'<span aria-hidden="true">{escape(text)}</span><span class="upplast">{escape(why)}</span>'


def profile(lines: Sequence[Line], kommun: str) -> None:
    """A kommun's indicators, a row each: value, län, where it lies among the others, interval, change, judgement."""
    headings = ("Indikator", kommun, "Länet", "Läge bland kommunerna", "95 % osäkerhet", "Sedan förra perioden")
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    head += '<th scope="col" class="text">Jämfört med länet</th>'
    example = provenance.example_mark(lines[0].measure.result) if lines else ""
    caption = ". ".join(filter(None, [example, f"{kommun}, alla indikatorer"]))
    seen = "exempel" if example else "upplast"
    st.html(
        f'<div class="tabell tal profil" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table><caption class="{seen}">{escape(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(map(_line, lines))}</tbody></table></div>"
    )


def _line(line: Line) -> str:
    spec, row, result = line.measure.indicator, line.row, line.measure.result
    tone = verdicts.tone(row.level, spec)
    words = verdicts.verdict_with_shape(row, spec).removeprefix(verdicts.shape(row)).strip()
    form = f'<span class="form {tone}" aria-hidden="true">{verdicts.shape(row)}</span> ' if row.level else ""
    value = escape(amounts.value(row, spec))
    own = (
        f"<td><b>{value}</b></td>"
        if row.varde is not None
        else f'<td class="utan">{_read(value, amounts.why(row))}</td>'
    )
    origin = f"{provenance.origin(result)} · {periods.when(row.matperiod)} · inläst {provenance.load_day(result)}"
    return (
        f'<tr><th scope="row"><a href="{escape(to_view(line.measure))}" class="vy">{escape(spec.short)}</a>'
        f'<span class="enhet">{escape(origin)}</span></th>'
        f"{own}<td>{escape(amounts.value(line.measure.lan, spec))}</td>"
        f'<td class="rygg">{_drawn(line.spine, tone, line)}</td>'
        f"<td>{escape(amounts.interval(row, spec))}</td>"
        f"<td>{escape(amounts.difference(line.change, spec))}{_since(line)}</td>"
        f'<td class="text">{form}{escape(words)}</td></tr>'
    )


def _since(line: Line) -> str:
    """Which period the change is from, and whether it is more than chance."""
    if line.change is None or line.before is None:
        return ""
    compared = line.row_against_before
    sure = f", {verdicts.verdict(compared)}" if compared is not None and compared.jamforelse else ""
    return f'<span class="enhet">sedan {escape(periods.when(line.before.matperiod))}{escape(sure)}</span>'


def _drawn(spine: Spine | None, tone: str, line: Line) -> str:
    """The range of the kommuner, its middle half darker, the län in the middle and the kommun as a point."""
    if spine is None:
        return _read("–", _why_no_spine(line))

    values = [amounts.value(row, line.measure.indicator) for row in (line.row, line.measure.lan)]
    said = f"{line.row.kommun} {values[0]}, länet {values[1]}"
    return (
        f'<span class="spine" role="img" aria-label="{escape(said)}">'
        f"{_band('hela', spine.low, spine.high)}{_band('halva', spine.quarter, spine.three_quarters)}"
        f'<span class="lan"></span><span class="punkt {tone}" style="left:{100 * spine.at:.1f}%"></span></span>'
    )


def _why_no_spine(line: Line) -> str:
    if line.measure.indicator.kind.is_size:
        return "visas inte för antal"
    return amounts.why(line.row) or "länets tal saknas"


def _band(kind: str, start: float, end: float) -> str:
    return f'<span class="{kind}" style="left:{100 * start:.1f}%;width:{100 * (end - start):.1f}%"></span>'


def explain_profile(lines: Sequence[Line]) -> None:
    """What the spine and the shapes mean, what chance gives, and what is known of the kommun's own figures."""
    judged = sum(line.row.jamforelse is not None for line in lines)
    told = [
        "Läge bland kommunerna: det ljusa bandet går från den lägsta kommunen till den högsta, det mörka är hälften av "
        "kommunerna i mitten, strecket är länet och punkten är kommunen. Där en riktning är bättre ligger sämst till "
        "vänster.",
        "▲ högre, ▼ lägre: avviker (95 %). ▲▲ ▼▼ avviker tydligt (99,8 %).",
        "– går inte att räkna eller jämföra. - uppgiften saknas. .. dolt för att skydda enskilda.",
        verdicts.about_chance(judged) if judged > 1 else "",
    ]
    st.html("".join(f'<p class="kalla">{escape(text)}</p>' for text in told if text))
    kod = lines[0].row.kommun_kod if lines else ""
    remarks = dict.fromkeys(
        f"{line.measure.indicator.short}: {remark.text}"
        for line in lines
        for remark in line.measure.result.remarks
        if remark.kommun_kod == kod
    )
    if remarks:
        paragraphs = "".join(f"<p>{escape(text)}</p>" for text in remarks)
        st.html(f'<div class="noter" role="note" aria-label="Anmärkningar">{paragraphs}</div>')
