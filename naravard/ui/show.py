"""What a page shows: lead, chart, table, source, remarks, definition, empty state."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from naravard import charts, periods, sources, wording
from naravard.disclosure import ProtectedResult, ProtectedRow
from naravard.format import number
from naravard.indicators import Indicator, indicator
from naravard.model import UNKNOWN_PERIOD, Extract, Finding, Remark
from naravard.ui.choose import EXAMPLE_KEY, fetch_every_period
from naravard.ui.pages import page
from naravard.ui.tables import kommun_marks, records_table, result_table

_CSS = Path(__file__).with_name("style.css")
_PLOTLY = {"displayModeBar": False, "responsive": True}


def style() -> None:
    """Our own type and tables; called once per run, by the shell."""
    st.html(_CSS)


def title(text: str, lead_text: str = "") -> None:
    """The page's heading and, under it, the main thing in words."""
    st.title(text, anchor=False)
    if lead_text:
        lead(lead_text)


def lead(text: str) -> None:
    """A sentence that says the main thing, with the figure."""
    st.html(f'<p class="lead">{escape(text)}</p>')


def section(
    result: ProtectedResult | None, indicator_id: str, heading: str | None = None, *, matperiod: str | None = None
) -> None:
    """Heading, chart, table, source, remarks and definition of one indicator; or what is missing."""
    spec = indicator(indicator_id)
    st.subheader(heading or spec.titel, anchor=False)
    if result is None:
        empty_state(spec, matperiod)
        return
    if not result.has_kommuner and result.lan(result.groups[0]) and not spec.period_per_omrade:
        st.html(f'<p class="kalla">{escape(_only_lan(spec))}</p>')
    if len(result.rows) == 1 and spec.diagram != "timeline":  # one bar says no more than its number
        st.html(result_table(result))
    elif len(result.groups) > 3 or not result.has_kommuner:
        figure(result)
        st.html(result_table(result))
    else:
        left, right = st.columns([3, 2] if len(result.groups) == 1 else 2, gap="large")
        with left:
            figure(result)
        right.html(result_table(result))
    source_line(result)
    _notes(result)
    definition(result)


def figure(result: ProtectedResult) -> None:
    """The chart that the indicator asks for, with a text that says what it shows."""
    shown = fetch_every_period(result.indicator.id) if result.indicator.diagram == "timeline" else result
    if shown is not None:
        st.plotly_chart(
            charts.draw(shown), theme=None, config=_PLOTLY, alt=_alt(result), key=f"diagram_{result.indicator.id}"
        )


def source_line(result: ProtectedResult) -> None:
    """Where the figures come from: source, period, day of loading, version."""
    text = escape(wording.source(result)).replace("EXEMPELDATA", "<b>EXEMPELDATA</b>")
    hidden = wording.hidden_note(result)
    st.html(f'<p class="kalla">{text}</p>' + (f'<p class="kalla">{escape(hidden)}</p>' if hidden else ""))


def definition(result: ProtectedResult) -> None:
    """Definition and origin, down to file, person, day and SQL."""
    spec = result.indicator
    with st.expander("Definition och ursprung", icon=":material/info:"):
        st.markdown(f"**Definition.** {spec.definition}")
        st.markdown(f"**Täljare:** {spec.taljare}" + (f"  \n**Nämnare:** {spec.namnare}" if spec.namnare else ""))
        extracts_table("Uttag som siffrorna kommer ur", result.extracts)
        st.caption(f"Indikatorns fil: {spec.file}. Version {result.version}.")
        st.code(spec.sql, language="sql")


def extracts_table(caption: str, extracts: Sequence[Extract]) -> None:
    """Who loaded what, and when."""
    rows = [
        (
            e.titel,
            e.ursprung,
            periods.when(e.matperiod),
            e.filnamn,
            f"{number(e.rader_lasta)} / {number(e.rader_raknade)}",
            f"{e.nar} av {e.vem}",
            "Redan publicerad: små tal visas" if e.publicerad else "Små tal döljs",
        )
        for e in extracts
    ]
    headings = ("Källa", "Ursprung", "Mätperiod", "Fil", "Rader lästa / räknade", "Inläst", "Skydd")
    records(caption, headings, rows)


def records(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A plain table of texts."""
    st.html(records_table(caption, headings, rows))


def tile(label: str, addition: str, result: ProtectedResult, row: ProtectedRow | None, page_name: str) -> None:
    """A headline figure with its source and period, and the way to its page. Nothing where there is no row."""
    if row is None:
        return
    example = "EXEMPELDATA. " if result.is_example else ""
    origin = f"{example}{row.kalla or wording.origin(result)}"
    with st.container(border=True, height="stretch", vertical_alignment="distribute"):
        st.html(
            f'<div class="bricka"><p class="etikett">{escape(label)}</p>'
            f'<p class="tal">{escape(wording.value(row, result.indicator))}</p>'
            f'<p class="tillagg">{escape(addition)}</p>'
            f'<p class="ursprung{" exempel" if example else ""}">{escape(origin)}<br>'
            f"Mätperiod: {escape(periods.when(row.matperiod))}<br>Inläst {escape(wording.loaded(result))}</p></div>"
        )
        st.page_link(page(page_name), icon=":material/arrow_forward:", icon_position="right")


def findings(extract: Extract, remarks: Sequence[Remark]) -> None:
    """What is to be known of an extract: its owner's remarks, and what the check of its file found."""
    lines = [remark.text for remark in remarks]
    lines += [Finding(**finding).sentence() for finding in json.loads(extract.rapport)]
    if lines:
        with st.expander(f"{extract.titel}: {extract.filnamn} ({len(lines)})"):
            st.html("".join(f"<p>{escape(line[:1].upper() + line[1:])}</p>" for line in lines))


def empty_state(spec: Indicator, matperiod: str | None = None) -> None:
    """What is missing, and the two ways on: read an extract, or look at example data."""
    source = sources.source(spec.behover) if spec.behover else None
    slide = f"LGL:s bild {spec.bild} har inga tryckta siffror. " if spec.bild in {4, 5, 6, 7} else ""
    when = f" för {matperiod}" if matperiod and matperiod != UNKNOWN_PERIOD else ""
    name = f"ett uttag av typen »{source.title}«" if source else "ett uttag"
    with st.container(border=True):
        st.markdown(f"**Siffror saknas{when}.** {slide}För att visa dem behövs {name}.")
        if source:
            st.markdown("En analytiker läser in det med kommandot:")
            st.code(f'python -m naravard importera FIL --kalla {source.id} --matperiod "våren 2024"', language=None)
        if not st.session_state.get(EXAMPLE_KEY):
            st.button(
                "Visa hur det ser ut med exempeldata",
                key=f"exempel_{spec.id}",
                icon=":material/science:",
                on_click=_show_example,
            )


def _show_example() -> None:
    st.session_state[EXAMPLE_KEY] = True


def _only_lan(spec: Indicator) -> str:
    needed = sources.source(spec.behover).title if spec.behover else "kommunvisa uppgifter"
    return f"Källan ger bara länets tal. Per kommun visas siffrorna när uttaget »{needed}« är inläst."


def _notes(result: ProtectedResult) -> None:
    """Traps in the figures: years that differ, remarks on the extract, how to read the indicator."""
    marks = kommun_marks(result.remarks)
    notes = [f"<p>{escape(note)}</p>" for note in result.notes]
    for remark in sorted(result.remarks, key=lambda r: marks.get(r.kommun_kod or "", 0)):
        mark = marks.get(remark.kommun_kod or "")
        notes.append(f"<p>{f'<b class=nr>{mark}</b>' if mark else ''}{escape(remark.text)}</p>")
    if result.indicator.tolka_varsamt:
        notes.append(f"<p><b>Tolka varsamt.</b> {escape(result.indicator.tolka_varsamt)}</p>")
    if notes:
        st.html(f'<div class="noter" role="note" aria-label="Anmärkningar">{"".join(notes)}</div>')


def _alt(result: ProtectedResult) -> str:
    """The chart's finding in a sentence, for those who do not see it."""
    prefix = "EXEMPELDATA. " if result.is_example else ""
    rows = [row for row in result.kommuner if row.grupp == result.groups[0] and row.varde is not None]
    lan = result.lan(result.groups[0])
    parts = [f"{lan.kommun}: {wording.value(lan, result.indicator)}"] if lan is not None else []
    if rows:
        low, high = min(rows, key=lambda r: r.varde or 0), max(rows, key=lambda r: r.varde or 0)
        ends = [f"{wording.value(row, result.indicator)} ({row.kommun})" for row in (low, high)]
        parts.append(f"från {ends[0]} till {ends[1]}")
    return f"{prefix}{result.indicator.titel}. {', '.join(parts)}. Samma siffror finns i tabellen."
