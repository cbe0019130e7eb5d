"""Alla indikatorer: any indicator that has a file in queries/, found by looking."""

from naravard import indicators, periods, ui

ui.title("Alla indikatorer")
ui.lead("Välj en indikator för att se diagram, tabell, definition och varifrån siffrorna kommer.")
chosen = ui.choose_indicator()
indicator = indicators.indicator(chosen)
if indicator.diagram == "timeline":
    ui.section(ui.fetch(chosen, periods.EVERY), chosen)
elif indicator.period_per_omrade:
    ui.section(ui.fetch(chosen), chosen)
else:
    period, against = ui.choose_view(f"indikatorer_{chosen}", chosen)
    ui.section(ui.fetch(chosen, period, against), chosen, matperiod=period)
