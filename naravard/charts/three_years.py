"""Over time with three years in each point, for kommuner whose single years mostly tell of chance."""

from __future__ import annotations

from naravard.charts import Chart, over_time
from naravard.figures import pooled
from naravard.figures.gate import ProtectedResult

_FEWEST = 2
"""Fewer points make no line."""


def _fits(result: ProtectedResult) -> bool:
    if result.indicator.kind.is_size or not over_time.CHART.fits(result):
        return False
    return len(pooled.threes(result.matperioder, result.breaks, result.lan_kod)) >= _FEWEST


CHART = Chart(
    "Över tid, tre år i taget",
    7,
    _fits,
    over_time.CHART.draw,
    native="line",
    is_wide=True,
    every_period=True,
    of_every=pooled.three_years,
    draw_on_wall=over_time.CHART.draw_on_wall,
    most_on_wall=over_time.CHART.most_on_wall,
    draw_narrow=over_time.CHART.draw_narrow,
    how_to_read="Varje punkt är tre år tillsammans och står vid det mittersta. Finns länets tal är det den grå linjen.",
)
