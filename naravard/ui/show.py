"""What a page shows: lead, chart, table, source, remarks, definition, empty state."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from pathlib import Path

import streamlit as st
from plotly.graph_objects import Figure

from naravard import charts, sources
from naravard.base import periods
from naravard.base.codes import Level
from naravard.base.model import (
    EXAMPLE,
    UNKNOWN_PERIOD,
    Extract,
    Remark,
)
from naravard.base.numbers import (
    capital,
    enumeration,
    number,
    with_hard_spaces,
)
from naravard.figures import indicators, row_counts
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.slides.links import EXAMPLE_KEY
from naravard.slides.sequence import Entry
from naravard.telling import amounts, phrases, provenance, theme, verdicts
from naravard.ui import download, slideshow
from naravard.ui.choose import ledger, reader
from naravard.ui.navigation import page
from naravard.ui.tables import records_table, result_table

_CSS, _SCRIPT = (Path(__file__).with_name(name) for name in ("style.css", "app.js"))
_SLIDES_WITHOUT_FIGURES = {4, 5, 6, 7}
_PLOTLY = {"displayModeBar": False, "responsive": True}


@dataclass(frozen=True)
class Link:
    """Where a tile leads: a page, and the choices to make there."""

    page: str
    label: str | None = None
    query: dict[str, str] | None = None


def style() -> None:
    """Our own type and tables; called once per run, by the shell."""
    st.html(_style())


def script() -> None:
    """What our own HTML does in the browser; called once per run, by the shell, and loaded once per tab."""
    st.html(_script(), unsafe_allow_javascript=True)


@cache
def _style() -> str:
    return f"<style>{theme.css()}{_CSS.read_text(encoding='utf-8')}</style>"


@cache
def _script() -> str:
    return f"<script>{_SCRIPT.read_text(encoding='utf-8')}</script>"


def title(text: str, lead_text: str = "") -> None:
    """The page's heading and, under it, the main thing in words."""
    st.title(text, anchor=False)
    if lead_text:
        lead(lead_text)


_NUMBERED = re.compile(r"<p>(\d) (?=\D)")
"""A remark on one kommun, which begins with the number of its footnote."""
_MARKDOWN = re.compile(r"([\\`*_\[\]<>$~:#|&])|^([-+]|\d+\.)(?=\s)")


def plain(text: str) -> str:
    """A text for places that read Markdown, in which it is to be seen as it is written."""
    return _MARKDOWN.sub(r"\\\1", text)


def lead(text: str) -> None:
    """A sentence that says the main thing, with the figure."""
    st.html(f'<p class="lead">{escape(text)}</p>')


def section(
    result: ProtectedResult | None,
    indicator_id: str,
    *,
    matperiod: str | None = None,
    kind: str | None = None,
    chosen: Sequence[str] = (),
    entry: Entry | None = None,
) -> None:
    """Heading, chart, table, source, remarks and definition of one indicator; or what is missing.

    `kind` is the chart and `chosen` the filters in words. `entry` is the view as a slide of a sequence, where it can be
    one.
    """
    spec = indicators.by_id(indicator_id)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.header(spec.titel, anchor=False, width="content")
        if result is not None:
            with st.container(horizontal=True, width="content"):
                if entry is not None:
                    slideshow.add_button(entry)
                download.files(result, chosen)
    if result is None:
        empty_state(spec, matperiod)
        return
    if chosen:
        st.html(f'<p class="kalla">{escape(" ".join(chosen))}</p>')
    if not result.has_kommuner and result.lan(result.groups[0]) and not spec.period_per_omrade:
        st.html(f'<p class="kalla">{escape(_only_lan(result))}</p>')
    _chart_and_table(result, kind)
    one_period = result.matperiod != periods.EVERY
    if one_period:
        _comparison(result, whiskers=charts.chart_of(result, kind).has_whiskers)
    source_line(result)
    _notes(result)
    if one_period:
        _in_words(result)
        _over_time(result)
    definition(result)


def _chart_and_table(result: ProtectedResult, kind: str | None) -> None:
    """Both at once: side by side where the table is narrow enough, else the chart above."""
    if len(result.rows) == 1 and not result.indicator.is_series:
        st.html(_table(result))  # one bar says no more than its number
    elif len(result.groups) > 3 or not result.has_kommuner or charts.chart_of(result, kind).is_wide:
        figure(result, kind)
        st.html(_table(result))
    else:
        judged = any(row.jamforelse for row in result.rows)
        widths = [3, 5] if judged else [3, 2] if len(result.groups) == 1 else [1, 1]
        left, right = st.columns(widths, gap="medium" if judged else "large")
        with left:
            figure(result, kind)
        right.html(_table(result))


def _table(result: ProtectedResult) -> str:
    """The result's table, written once."""
    if "table" not in result.memo:
        result.memo["table"] = result_table(result)
    html: str = result.memo["table"]
    return html


def _comparison(result: ProtectedResult, *, whiskers: bool) -> None:
    """What the figures are compared with, what the colours and shapes mean, and what chance alone would give."""
    sentences = verdicts.about_comparison(result)
    if not sentences:
        return
    st.html(
        f'<p class="kalla jamfor">{_key(result, whiskers=whiskers)}{with_hard_spaces(escape(" ".join(sentences)))}</p>'
    )


def _key(result: ProtectedResult, *, whiskers: bool) -> str:
    """What whiskers, shapes and colours mean, where there are any."""
    if not any(row.jamforelse for row in result.kommuner):
        return ""
    more, less = verdicts.sides(result.indicator)
    up, down = (verdicts.tone(level, result.indicator) for level in (1, -1))
    whisker = "Strecket: där talet rimligen ligger om slumpen räknas in (95 %). "
    where = "I tabellen: " if len(result.groups) > 1 else whisker if whiskers else ""
    return (
        f'{where}<span class="{up}">▲ {more}</span> <span class="{down}">▼ {less}</span> än '
        f"{verdicts.comparison_name(result)}, avviker (95 %). ▲▲ ▼▼ avviker tydligt (99,8 %). "
        "Utan tecken: ingen säker skillnad.<br>"
    )


def _in_words(result: ProtectedResult) -> None:
    """Each kommun's figure as a sentence, with what can be said of the difference."""
    rows = [row for row in result.kommuner if row.jamforelse]
    if not rows or len(result.groups) > 1:
        return
    with st.expander("Varje kommun i ord"):
        lines = "".join(f"<p>{with_hard_spaces(escape(phrases.sentence(row, result)))}</p>" for row in result.kommuner)
        st.html(f'<div class="ord">{lines}</div>')


def _over_time(result: ProtectedResult) -> None:
    """The län's figures over the periods, and what can be said of them; or why nothing can."""
    spec = result.indicator
    if len(result.matperioder) < 2 or spec.is_series or spec.period_per_omrade:
        return
    every = reader().find(spec.id, periods.EVERY)
    group = result.groups[0]
    rows = [
        row
        for row in (every.rows if every else ())
        if (row.kommun_kod, row.grupp) == (result.lan_kod, group) and row.matperiod != UNKNOWN_PERIOD
    ]
    if len(rows) < 2 or every is None:
        return
    with st.expander("Länet över tid"):
        values = [row.varde for row in rows if row.varde is not None]
        st.html(f'<p class="kalla">{escape(" ".join(verdicts.about_time(values)))}</p>')
        headings = ["Mätperiod", capital(spec.enhet), "95 % osäkerhet"]
        cells = [[periods.when(row.matperiod), amounts.value(row, spec), amounts.interval(row, spec)] for row in rows]
        width = 3 if spec.kind.interval else 2
        records(f"Länet över tid: {spec.titel}", headings[:width], [cell[:width] for cell in cells])


def figure(result: ProtectedResult, kind: str | None = None) -> None:
    """The chart that the indicator asks for, or of another kind, with a text that says what it shows."""
    alt = f"{phrases.alt(result)} Samma siffror finns i tabellen."
    plotted(result, partial(charts.draw, result, kind), kind, alt=alt, key=download.chart_key(result))


def plotted(result: ProtectedResult, draw: Callable[[], Figure], kind: object, *, alt: str, key: str) -> None:
    """A chart in the colours of the theme in force. It is drawn once for each result, `kind` and theme."""
    dark = st.context.theme.type == "dark"
    if ("chart", kind, dark) not in result.memo:
        drawn = draw()
        result.memo["chart", kind, dark] = charts.dark(drawn) if dark else drawn
    st.plotly_chart(result.memo["chart", kind, dark], theme=None, config=_PLOTLY, alt=alt, key=key)


def source_line(result: ProtectedResult) -> None:
    """Where the figures come from: source, period, day of loading, version."""
    text = escape(provenance.source_line(result)).replace("EXEMPELDATA", "<b>EXEMPELDATA</b>")
    signs = provenance.signs(result)
    st.html(f'<p class="kalla">{text}</p>' + (f'<p class="kalla">{escape(signs)}</p>' if signs else ""))


def definition(result: ProtectedResult, heading: str = "Definition och ursprung") -> None:
    """Definition and origin, down to file, person, day and SQL."""
    spec = result.indicator
    with st.expander(heading):
        st.markdown(f"**Definition.** {spec.definition}")
        if spec.namnare:
            st.markdown(f"**Täljare:** {spec.taljare}  \n**Nämnare:** {spec.namnare}")
        else:
            st.markdown(f"**Räknas:** {spec.taljare}")
        extracts_table("Uttag som siffrorna kommer ur", result.extracts)
        remarks = "".join(f"<p>{escape(note)}</p>" for note in provenance.notes(result))
        if remarks:
            st.html(f"<p><b>Anmärkningar</b></p>{remarks}")
        st.html(
            f"<details><summary>Så räknas siffran ({escape(spec.file)}, version {result.version})</summary>"
            f'<pre tabindex="0">{escape(spec.sql)}</pre></details>'
            '<p class="kalla">Vill du lägga till en indikator? Kopiera filen till ett nytt namn, till exempel '
            f"queries/{escape(spec.id)}_ny.sql, och ändra titel och fråga. Då finns den på alla sidor.</p>"
        )


def extracts_table(caption: str, extracts: Sequence[Extract]) -> None:
    """Who loaded what, and when."""
    rows = [
        (
            e.titel,
            e.ursprung,
            periods.when(e.matperiod),
            e.filnamn,
            " / ".join(n if isinstance(n, str) else number(n) for n in row_counts.rows(e).values()),
            e.nar,
            e.vem,
            "Redan publicerat: små tal visas" if e.publicerad else "Små tal döljs",
        )
        for e in extracts
    ]
    headings = ("Källa", "Ursprung", "Mätperiod", "Fil", "Rader lästa / räknade", "Inläst", "Av", "Skydd")
    records(caption, headings, rows)


def records(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = False) -> None:
    """A plain table of texts, or of numbers."""
    st.html(records_table(caption, headings, rows, numbers=numbers))


def tile(label: str, addition: str, result: ProtectedResult, row: ProtectedRow | None, link: Link) -> None:
    """A headline figure with its source and period, and the way to its page. Nothing where there is no row."""
    if row is None:
        return
    origin = row.kalla if row.kalla and result.indicator.period_per_omrade else provenance.origin(result)
    if result.is_example and EXAMPLE not in origin:
        origin = f"{provenance.example_mark(result)}. {origin}"
    with st.container(border=True, height="stretch", vertical_alignment="distribute"):
        st.html(
            f'<div class="bricka"><p class="etikett">{escape(label)}</p>'
            f'<p class="tal">{escape(amounts.value(row, result.indicator))}</p>'
            f'<p class="tillagg">{escape(addition)}</p>'
            f'<p class="ursprung{" exempel" if result.is_example else ""}">{escape(origin)}<br>'
            f"Mätperiod: {escape(periods.when(row.matperiod))}<br>"
            f"Inläst {escape(provenance.load_day(result))}</p></div>"
        )
        st.page_link(
            page(link.page),
            label=link.label,
            query_params=link.query,
            icon=":material/arrow_forward:",
            icon_position="right",
        )


def freshness() -> None:
    """Each source with its periods, and how long ago its newest extract was read."""
    extracts = [extract for extract in ledger().extracts if extract.status == "gallande"]
    rows = []
    for source in sources.sources().values():
        loaded = [extract for extract in extracts if extract.kalla == source.id]
        names = ", ".join(map(periods.when, sorted({e.matperiod for e in loaded}, key=periods.sort_key)))
        newest = max((extract.nar[:10] for extract in loaded), default="")
        rows.append((source.title, names or "Inget uttag ännu", provenance.days_ago(newest) if newest else "–"))
    records("Källor, mätperioder och senaste inläsning", ("Källa", "Mätperioder", "Senast inläst"), rows)


def findings(extract: Extract, remarks: Sequence[Remark]) -> None:
    """What is to be known of an extract: what to think of first, then what the check of its file found."""
    findings = extract.findings
    groups = {
        "Att tänka på": [remark.text for remark in remarks]
        + [f.sentence() for f in findings if f.level is Level.WARNING],
        "Tekniskt om inläsningen": [f.sentence() for f in findings if f.level is not Level.WARNING],
    }
    if not any(groups.values()):
        return
    counted = ", ".join(f"{heading.lower()}: {len(lines)}" for heading, lines in groups.items() if lines)
    with st.expander(f"{extract.titel}, {extract.filnamn} ({counted})"):
        for heading, lines in groups.items():
            if lines:
                paragraphs = "".join(f"<p>{escape(capital(line))}</p>" for line in lines)
                st.html(f"<p><b>{heading}</b></p>{paragraphs}")


def empty_state(spec: Indicator, matperiod: str | None = None) -> None:
    """What is missing, and the two ways on: read an extract, or look at example data."""
    source = sources.source(spec.behover) if spec.behover else None
    slide = f"LGL:s bild {spec.bild} har inga tryckta siffror. " if spec.bild in _SLIDES_WITHOUT_FIGURES else ""
    chosen = matperiod if matperiod and matperiod != UNKNOWN_PERIOD else ""
    elsewhere = reader().find(spec.id)
    with st.container(border=True):
        if elsewhere:
            known = enumeration([periods.label(p) for p in elsewhere.matperioder])
            st.markdown(
                f"**Siffror saknas för den här mätperioden.** De finns för {known}. Byt mätperiod överst på sidan."
            )
            return
        name = f"ett uttag av typen ”{source.title}”" if source else "ett uttag"
        st.markdown(f"**Siffror saknas{f' för {chosen}' if chosen else ''}.** {slide}För att visa dem behövs {name}.")
        if source:
            st.page_link(page("ladda_upp"), label="Ladda upp ett uttag", icon=":material/upload:")
        if not st.session_state.get(EXAMPLE_KEY):
            st.button(
                "Visa hur det ser ut med exempeldata",
                key=f"exempel_{spec.id}",
                icon=":material/science:",
                on_click=_show_example,
            )


def _show_example() -> None:
    st.session_state[EXAMPLE_KEY] = True


def _only_lan(result: ProtectedResult) -> str:
    needed = result.indicator.behover
    if not needed or any(extract.kalla == needed for extract in result.extracts):
        return "Källan ger bara länets tal, inte kommunernas."
    title = sources.source(needed).title
    return f"Källan ger bara länets tal. Per kommun visas siffrorna när uttaget ”{title}” är inläst."


def _notes(result: ProtectedResult) -> None:
    """Traps in the figures, where they cannot be missed."""
    notes = "".join(f"<p>{escape(note)}</p>" for note in provenance.notes(result))
    if notes:
        told = _NUMBERED.sub(r"<p><b class=nr>\1</b> ", notes)
        st.html(f'<div class="noter" role="note" aria-label="Anmärkningar">{with_hard_spaces(told)}</div>')
