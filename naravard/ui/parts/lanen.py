"""The parts of Länen: what each län has for an indicator, from its own store, through its own gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import htpy
import streamlit as st
from htpy import Element

from naravard import stores
from naravard.base import kommuner, lan, periods
from naravard.base.errors import UserError
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.figures.reader import shared_reader
from naravard.slides.links import INDICATOR_KEY, KOMMUN_KEY, LAN_KEY, ORDERS, WHOLE_LAN
from naravard.telling import amounts, provenance
from naravard.ui.choose import choose_one_period, choose_order
from naravard.ui.elements import link, remarks, small_print
from naravard.ui.table import Cell, cell, empty_cell, heading, row, table
from naravard.ui.view_addresses import page_address


@dataclass(frozen=True)
class LanFigures:
    """What one län has: its own row, and those of its kommuner that have a value. `why` where it cannot be read."""

    kod: str
    result: ProtectedResult | None
    why: str = ""

    @property
    def name(self) -> str:
        """The län's name."""
        return kommuner.lan_name(self.kod)

    @property
    def own_row(self) -> ProtectedRow | None:
        """The row of the län as a whole."""
        return self.result.lan(self.result.lead_group) if self.result else None

    @property
    def own_value(self) -> float | None:
        """The value of the län as a whole."""
        return self.own_row.varde if self.own_row else None

    @property
    def nation(self) -> float | None:
        """Riket's value, as this län's figures have it."""
        nation_row = self.result.row(kommuner.RIKET, self.result.lead_group) if self.result else None
        return nation_row.varde if nation_row else None

    @property
    def values(self) -> list[float]:
        """The values of its kommuner, from the least."""
        rows = self.result.kommuner if self.result else ()
        group = self.result.lead_group if self.result else ""
        return sorted(row.varde for row in rows if row.varde is not None and row.grupp == group)

    @property
    def middle(self) -> float | None:
        """The middle one of them; None where none has a value."""
        return median(self.values) if self.values else None


@dataclass(frozen=True)
class Columns:
    """What all län of a table have: which columns it has, and what its bars are of, as long as `most` at most."""

    indicator: Indicator
    has_own: bool
    has_kommuner: bool
    draws_own: bool
    """Whether bars are of the län as a whole, as most have a figure of their own; else of the middle kommun."""
    most: float
    nation: float | None
    """Riket's value, the same in all of them."""

    @classmethod
    def of(cls, indicator: Indicator, all_figures: Sequence[LanFigures]) -> Columns:
        """Those of some län's figures."""
        own_count = sum(each.own_value is not None for each in all_figures)
        kommun_count = sum(each.middle is not None for each in all_figures)
        draws_own = own_count >= kommun_count
        drawn_values = [each.own_value if draws_own else each.middle for each in all_figures]
        nation = next((each.nation for each in all_figures if each.nation is not None), None)
        most = max((value for value in [*drawn_values, nation] if value is not None), default=0.0)
        return cls(indicator, own_count > 0, kommun_count > 0, draws_own, most, nation)

    def main_value(self, figures: LanFigures) -> float | None:
        """What a län is drawn and sorted by."""
        return figures.own_value if self.draws_own else figures.middle

    def headings(self) -> list[str]:
        """Those beside the län's name."""
        own_heading = [f"Hela länet ({self.indicator.enhet})"] if self.has_own else []
        texts = ["Kommunerna: lägst", "Kommunerna: i mitten", "Kommunerna: högst"]
        return [*own_heading, *(texts if self.has_kommuner else [])]

    def cells(self, own_cell: Cell, *kommun_cells: Cell) -> list[Cell]:
        """Those of the columns that there are."""
        return [*([own_cell] if self.has_own else []), *(kommun_cells if self.has_kommuner else ())]

    def bar_cell(self, value: float) -> Cell:
        """A value with a bar as long as it is large."""
        length = 100 * value / self.most if self.most else 0
        bar = htpy.i(".lanstapel", style=f"--andel:{length:.1f}%", aria_hidden="true")
        return cell([bar, amounts.written_value(value, self.indicator)], "med-stapel")

    def value_cell(self, value: float, *, is_own: bool) -> Cell:
        """A value, with a bar in the column that has bars."""
        return self.bar_cell(value) if is_own is self.draws_own else cell(amounts.written_value(value, self.indicator))


def compare(indicator: Indicator) -> None:
    """A table of all län, in one period, with riket where it has a figure."""
    with st.spinner("Hämtar länens siffror …"):
        newest = [figures_of(kod, indicator.id, None) for kod in lan.koder()]
    names = {period for each in newest if each.result for period in each.result.matperioder}
    if not names:
        st.info(f"Inget län har siffror för {indicator.titel.lower()} än.", icon=":material/info:")
        return
    with st.container(horizontal=True, gap="medium"):
        period = choose_one_period("lanen", sorted(names, key=periods.sort_key, reverse=True))
        order = choose_order()
    all_figures = [figures_of(kod, indicator.id, period) for kod in lan.koder()]
    results = [each.result for each in all_figures if each.result]
    if not results:
        return
    columns = Columns.of(indicator, all_figures)
    st.html(_table(columns, _in_order(columns, all_figures, order), results[0].matperiod))
    lines = [
        f"Mätperiod: {periods.when(results[0].matperiod)}. {indicator.definition}",
        *(["Kommunernas tal är det lägsta, det mittersta och det högsta av dem som får visas."] * columns.has_kommuner),
        f"Källa: {provenance.origins(results)}. Varje läns uttag och version står på dess egen sida.",
    ]
    st.html(htpy.fragment[map(small_print, lines)])
    # no kommun has a row of its own, with the number of a footnote
    if notes := dict.fromkeys(note for each in results for note in provenance.notes(each, has_footnotes=False)):
        st.html(remarks(notes))


def figures_of(kod: str, indicator_id: str, matperiod: str | None) -> LanFigures:
    """One län's figures in its newest version that is released."""
    with lan.within(kod):
        try:
            store = stores.live_store()
            result = shared_reader(store, store.newest or 0).find(indicator_id, matperiod)
        except UserError as error:
            return LanFigures(kod, None, str(error))
        return LanFigures(kod, result)


def _in_order(columns: Columns, all_figures: Sequence[LanFigures], order: str) -> list[LanFigures]:
    def place(figures: LanFigures) -> tuple[bool, float]:
        value = columns.main_value(figures)
        return value is None, -(value or 0)

    by_name = sorted(all_figures, key=lambda each: kommuner.swedish_key(each.name))
    return sorted(by_name, key=place) if order == ORDERS[1] else by_name


def _table(columns: Columns, all_figures: Sequence[LanFigures], matperiod: str) -> Element:
    rows = [_row(columns, each) for each in all_figures]
    if columns.nation is not None:
        bar_cell, empty_one = columns.bar_cell(columns.nation), cell("")
        cells = (
            columns.cells(bar_cell, *3 * [empty_one])
            if columns.draws_own
            else columns.cells(empty_one, empty_one, bar_cell, empty_one)
        )
        rows.append(row("Riket", cells, "riket"))
    caption = f"{columns.indicator.titel}, {periods.when(matperiod)}"
    return table(caption, [heading("Län"), *map(heading, columns.headings())], rows)


def _row(columns: Columns, figures: LanFigures) -> Element:
    choices = {LAN_KEY: figures.name, KOMMUN_KEY: WHOLE_LAN, INDICATOR_KEY: columns.indicator.titel}
    name = link(page_address("jamfor", **choices))[figures.name]
    return row(name, columns.cells(_own_cell(columns, figures), *_spread(columns, figures)))


def _own_cell(columns: Columns, figures: LanFigures) -> Cell:
    if figures.own_value is not None:
        return columns.value_cell(figures.own_value, is_own=True)
    if figures.own_row is None:
        return empty_cell("–", figures.why or "länet har inget eget tal")
    return empty_cell(amounts.value(figures.own_row, columns.indicator), amounts.why(figures.own_row))


def _spread(columns: Columns, figures: LanFigures) -> list[Cell]:
    """The least, the middle and the highest value of its kommuner."""
    if figures.middle is None:
        return 3 * [empty_cell("–", figures.why or "ingen kommun har ett tal som får visas")]
    least, highest = (cell(amounts.written_value(figures.values[i], columns.indicator)) for i in (0, -1))
    return [least, columns.value_cell(figures.middle, is_own=False), highest]
