"""Jämför: any indicator as bars, map, funnel, shares or over time, for the kommuner that one wants to see."""

from naravard import ui
from naravard.base import periods
from naravard.figures import indicators
from naravard.menu import Page
from naravard.slides import sequence

PAGE = Page("Jämför", place=3, needs="publik")
reader = ui.reader()

ui.title(PAGE.title, "Välj en indikator. Diagram och tabell visar samma tal.")
first_row = ui.jamfor.row_of_menus()
with first_row:
    indicator = indicators.by_id(ui.choose_indicator())
has_fixed_period = indicator.is_series or indicator.period_per_omrade

if indicator.is_series:
    ui.section(reader.find(indicator.id, periods.EVERY), indicator.id, entry=sequence.Entry(indicator.id))
elif has_fixed_period:
    ui.section(reader.find(indicator.id), indicator.id, entry=sequence.Entry(indicator.id))
else:
    view = ui.jamfor.narrow(indicator.id, first_row)
    entry = sequence.Entry(indicator.id, {"matperiod": view.period or "", "jamfor": view.comparison, **view.choices})
    ui.section(view.result, indicator.id, matperiod=view.period, kind=view.kind, filters=view.filters, entry=entry)
