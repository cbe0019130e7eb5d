"""Jämför: any indicator as bars, map, funnel, shares or over time, for the kommuner that one wants to see."""

from naravard import ui
from naravard.base import periods
from naravard.figures import indicators
from naravard.menu import Page
from naravard.slides import sequence

PAGE = Page("Jämför", place=3, needs="publik")
reader = ui.reader()

ui.title(PAGE.title, "Välj en indikator. Diagram och tabell visar samma tal.")
indicator = indicators.by_id(ui.choose_indicator())
has_fixed_period = indicator.is_series or indicator.period_per_omrade
period, comparison = ui.choose_view("jamfor", *([] if has_fixed_period else [indicator.id]))

if indicator.is_series:
    ui.section(reader.find(indicator.id, periods.EVERY), indicator.id, entry=sequence.Entry(indicator.id))
elif has_fixed_period:
    ui.section(reader.find(indicator.id), indicator.id, entry=sequence.Entry(indicator.id))
else:
    view = ui.jamfor.narrow(reader.find(indicator.id, period, comparison))
    entry = sequence.Entry(indicator.id, {"matperiod": period or "", "jamfor": comparison, **view.choices})
    ui.section(view.result, indicator.id, matperiod=period, kind=view.kind, filters=view.filters, entry=entry)
