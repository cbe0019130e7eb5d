"""Jämför: any indicator as bars, map, funnel, shares or over time, for the kommuner that one wants to see."""

from naravard import indicators, periods, ui

ui.title("Jämför", "Välj en indikator. Diagram och tabell visar samma tal.")
chosen = ui.choose_indicator()
indicator = indicators.indicator(chosen)
if indicator.diagram == "timeline":
    ui.section(ui.fetch(chosen, periods.EVERY), chosen)
elif indicator.period_per_omrade:
    ui.section(ui.fetch(chosen), chosen)
else:
    period, against = ui.choose_view("jamfor", chosen)
    view = ui.narrow(ui.fetch(chosen, period, against))
    ui.section(view.result, chosen, matperiod=period, kind=view.kind, chosen=view.words, over_time=view.over_time)
