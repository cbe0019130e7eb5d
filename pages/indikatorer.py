"""Alla indikatorer: any indicator that has a file in queries/, found by looking."""

from naravard import indicators, ui

ui.title("Alla indikatorer")
ui.lead("Varje indikator är en fil. Välj en för att se diagram, tabell, definition och varifrån siffrorna kommer.")
chosen = ui.choose_indicator()
period = None if indicators.indicator(chosen).period_per_omrade else ui.choose_period(f"indikatorer_{chosen}", chosen)
ui.section(ui.fetch(chosen, period), chosen, matperiod=period)
