"""The 95 % interval of each bar as error bars, which stay with the bar when the chart is edited, and its number beyond.

python-pptx has no error bars: they are written as the file has them (ECMA-376, 21.2.2.55).
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from naravard.exports.pptx.plots import Plot, Series
from naravard.exports.pptx.text import bare_hex
from naravard.telling import theme

_APART = 0.012
"""Of the chart's width, between a whisker and its number."""


def whiskers(native_chart: Any, plot: Plot, unit: float) -> None:
    """Give the bars of a chart their intervals. `unit` is how much of the chart's width one of the values is."""
    for native_series, series in zip(native_chart.plots[0].series, plot.series, strict=True):
        if series.limits:
            native_series._element.find(qn("c:cat")).addprevious(_error_bars(series))
            _move_numbers(native_series, series, unit)


def _error_bars(series: Series) -> Any:
    pairs = list(zip(series.values, series.limits, strict=True))
    plus = [limits[1] - value if limits and value is not None else 0.0 for value, limits in pairs]
    minus = [value - limits[0] if limits and value is not None else 0.0 for value, limits in pairs]
    return parse_xml(
        f"<c:errBars {nsdecls('c', 'a')}><c:errBarType val='both'/><c:errValType val='cust'/><c:noEndCap val='0'/>"
        f"<c:plus>{_numbers(plus)}</c:plus><c:minus>{_numbers(minus)}</c:minus>"
        f"<c:spPr><a:ln w='{Pt(1.25)}'><a:solidFill><a:srgbClr val='{bare_hex(theme.TEXT)}'/></a:solidFill></a:ln>"
        "</c:spPr></c:errBars>"
    )


def _numbers(values: list[float]) -> str:
    points = "".join(f"<c:pt idx='{i}'><c:v>{value:.6g}</c:v></c:pt>" for i, value in enumerate(values))
    return f"<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val='{len(values)}'/>{points}</c:numLit>"


def _move_numbers(native_series: Any, series: Series, unit: float) -> None:
    """The number of each bar stands beyond its whisker and not on it."""
    labels = native_series.data_labels._element
    look = [deepcopy(part) for part in labels if part.tag != qn("c:showLeaderLines")]
    for i, (value, limits) in reversed(list(enumerate(zip(series.values, series.limits, strict=True)))):
        if value is None or not limits:
            continue
        place = f"<c:x val='{unit * (limits[1] - value) + _APART:.5f}'/><c:y val='0'/>"
        layout = f"<c:layout><c:manualLayout>{place}</c:manualLayout></c:layout>"
        label = parse_xml(f"<c:dLbl {nsdecls('c')}><c:idx val='{i}'/>{layout}</c:dLbl>")
        label.extend(deepcopy(look))
        labels.insert(0, label)
