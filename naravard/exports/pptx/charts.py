"""Native charts: bars, groups side by side, parts of a whole, and a line over time."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.chart import XL_TICK_LABEL_POSITION as TICKS
from pptx.enum.chart import XL_TICK_MARK as TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from naravard.base import periods
from naravard.charts import Native, chart_of
from naravard.exports.pptx import plots
from naravard.exports.pptx.grid import SMALL, Box
from naravard.exports.pptx.plots import Plot, Series
from naravard.exports.pptx.text import LANGUAGE, inches, letters, paint, rgb
from naravard.exports.pptx.whiskers import whiskers
from naravard.figures.gate import ProtectedResult
from naravard.telling import theme
from naravard.telling.tables import part_colours

_ChartData: Any = CategoryChartData
_WIDE = 7
"""From so many inches a chart has room for standing bars."""
_THICKEST = 0.95
_SIZES = ((0.6, 16), (0.4, 14), (0.31, 12), (0.25, 11), (0, 10.5))
"""Sizes of letters by the height of their row."""
_LEGEND_SIZE = 12
_MANY_PERIODS = 12
_WITH_NUMBERS = 2
"""So many lines have numbers at their points; those of more would lie on each other."""


def chart(slide: Any, result: ProtectedResult, box: Box) -> Any:
    """The result as the chart that its indicator asks for, one kommun marked."""
    return _NATIVE[native_of(result)](slide, result, box)


def native_of(result: ProtectedResult) -> Native:
    """Which native chart a result becomes: lines over time; of one group alone bars, which need no legend."""
    if result.matperiod == periods.EVERY:
        return "line"
    native = chart_of(result).native
    return "bars" if len(result.groups) == 1 and native in {"groups", "steps"} else native


def bars_beside(slide: Any, plot: Plot, box: Box) -> Any:
    """Bars to the right of a table, in the height of its rows, which have the names."""
    room = 1.22
    frame, _ = _bars(slide, plot, box, room)
    frame.chart.category_axis.tick_label_position = TICKS.NONE
    _inset(frame.chart)
    whiskers(frame.chart, plot, 1 / (plot.longest * room))
    return frame


def _named_bars(slide: Any, plot: Plot, box: Box) -> Any:
    """Bars with names and numbers; few of them are not thicker than looks well."""
    box = box._replace(height=min(box.height, _THICKEST * max(1, len(plot.names))))
    room = 1.22 if box.width < _WIDE else 1.12
    frame, size = _bars(slide, plot, box, room)
    left = _names_width(plot, size, box)
    _inset(frame.chart, left=left)
    whiskers(frame.chart, plot, (1 - left) / (plot.longest * room))
    return frame


def _bars(slide: Any, plot: Plot, box: Box, room: float) -> tuple[Any, float]:
    """Lying bars with their numbers, and the size of the letters. The axis is so many times the longest bar."""
    frame = _add(slide, XL_CHART_TYPE.BAR_CLUSTERED, plot, box)
    size = _size(box, plot)
    _name_axis(frame.chart, size, reverse=True)
    _hidden_axis(frame.chart, plot.longest * room)
    frame.chart.plots[0].gap_width = 45
    _numbers(frame.chart, plot, size)
    return frame, size


def _area_bars(slide: Any, result: ProtectedResult, box: Box) -> Any:
    return _named_bars(slide, plots.by_area(result), box)


def _group_bars(slide: Any, result: ProtectedResult, box: Box) -> Any:
    """Bars side by side for each kommun: standing where the chart is wide, else lying."""
    if not result.has_kommuner:
        return _named_bars(slide, plots.by_group(result), box)
    plot = plots.by_area_and_group(result)
    standing = box.width > _WIDE
    frame = _add(slide, XL_CHART_TYPE.COLUMN_CLUSTERED if standing else XL_CHART_TYPE.BAR_CLUSTERED, plot, box)
    native_chart = frame.chart
    slots = max(1, len(plot.names) * (len(plot.series) + 0.6))
    with_numbers = box.width / slots > 0.3 if standing else (box.height - 0.4) / slots > 0.16
    _name_axis(native_chart, 11, reverse=not standing)
    native_chart.plots[0].gap_width, native_chart.plots[0].overlap = 60, 0
    if with_numbers:
        _hidden_axis(native_chart, plot.longest * 1.1)
        _numbers(native_chart, plot, 10.5)
    else:
        _value_axis(native_chart, plot, last=not standing)
    _legend(native_chart, XL_LEGEND_POSITION.TOP)
    if not standing:
        below = 0 if with_numbers else 0.3 / box.height
        _inset(native_chart, left=_names_width(plot, 11, box), top=0.35 / box.height, right=0.03, bottom=below)
    return frame


def _step_bars(slide: Any, result: ProtectedResult, box: Box) -> Any:
    """One bar of 100 % per area. What is hidden is a gap at the left, where the low steps lie: nothing is rescaled."""
    plot = plots.steps(result)
    frame = _add(slide, XL_CHART_TYPE.BAR_STACKED, plot, box)
    native_chart, size = frame.chart, _size(box, plot)
    _name_axis(native_chart, size, reverse=True)
    _hidden_axis(native_chart, 100)
    native_chart.value_axis.reverse_order, native_chart.category_axis.tick_label_position = True, TICKS.HIGH
    native_chart.plots[0].gap_width, native_chart.plots[0].overlap = 35, 100
    _numbers(native_chart, plot, 10.5, XL_LABEL_POSITION.CENTER)
    for series, (_, ink) in zip(native_chart.plots[0].series, reversed(part_colours(result)), strict=True):
        series.data_labels.font.color.rgb = rgb(ink)
    _legend(native_chart, XL_LEGEND_POSITION.RIGHT)
    legend = max((inches(series.name, _LEGEND_SIZE) for series in plot.series), default=0) + 0.45
    _inset(native_chart, left=_names_width(plot, size, box), right=legend / box.width)
    return frame


def _timeline(slide: Any, result: ProtectedResult, box: Box) -> Any:
    """Areas over time: numbers at the points of one or two lines, else an axis. A period without a figure is a gap."""
    plot = plots.over_time(result)
    frame = _add(slide, XL_CHART_TYPE.LINE_MARKERS, plot, box)
    native_chart = frame.chart
    _name_axis(native_chart, 14 if len(plot.names) < _MANY_PERIODS else 11)
    native_chart._chartSpace.chart.find(qn("c:dispBlanksAs")).set("val", "gap")
    for native_series, line in zip(native_chart.plots[0].series, plot.series, strict=True):
        _draw_line(native_series, line)
    areas = [line for line in plot.series if not line.control]
    if len(areas) <= _WITH_NUMBERS:
        _hidden_axis(native_chart, plot.longest * 1.2)
        for native_series, line in zip(native_chart.plots[0].series, areas, strict=False):
            is_above = _sum(line) >= max(map(_sum, areas))
            _number(native_series, plot, 12, XL_LABEL_POSITION.ABOVE if is_above else XL_LABEL_POSITION.BELOW)
    else:
        _value_axis(native_chart, plot, last=False)
    if len(plot.series) > 1:
        _legend(native_chart, XL_LEGEND_POSITION.TOP if len(plot.series) < _WIDE else XL_LEGEND_POSITION.RIGHT)
        _without(native_chart, [line.faint or (bool(line.control) and line is plot.series[-1]) for line in plot.series])
    return frame


def _sum(line: Series) -> float:
    return sum(value or 0 for value in line.values)


def _draw_line(native_series: Any, line: Series) -> None:
    (colour,) = line.colours
    if line.control:
        _draw_control_line(native_series, colour, MSO_LINE.DASH if line.control == "centre" else MSO_LINE.ROUND_DOT)
        return
    native_series.smooth, native_series.marker.size = False, 4 if line.faint else 8
    native_series.format.line.color.rgb, native_series.format.line.width = rgb(colour), Pt(1 if line.faint else 2.5)
    native_series.marker.format.line.color.rgb = rgb(colour)
    paint(native_series.marker.format.fill, colour)


def _draw_control_line(native_series: Any, colour: str, dash: Any) -> None:
    native_series.smooth, native_series.marker.style = False, XL_MARKER_STYLE.NONE
    native_series.format.line.color.rgb, native_series.format.line.width = rgb(colour), Pt(1)
    native_series.format.line.dash_style = dash


def _without(native_chart: Any, is_left_out: Sequence[bool]) -> None:
    """The legend without the lines that are not told apart, which the small print names, and one of two limits."""
    position = native_chart.legend._element.find(qn("c:legendPos"))
    for place in reversed([place for place, is_out in enumerate(is_left_out) if is_out]):
        entry = f"<c:legendEntry {nsdecls('c')}><c:idx val='{place}'/><c:delete val='1'/></c:legendEntry>"
        position.addnext(parse_xml(entry))


_NATIVE: dict[Native, Callable[[Any, ProtectedResult, Box], Any]] = {
    "bars": _area_bars,
    "groups": _group_bars,
    "steps": _step_bars,
    "line": _timeline,
}


def _add(slide: Any, kind: Any, plot: Plot, box: Box) -> Any:
    """The frame of a chart with its series in their colours."""
    data: Any = _ChartData(number_format=escape(plot.number_format))  # it is written as it is
    data.categories = plot.names or ("",)
    for series in plot.series or (Series("", (None,), (theme.FIGURE,)),):
        data.add_series(series.name, series.values)
    frame = slide.shapes.add_chart(kind, *box.emu, data)
    native_chart = frame.chart
    native_chart.part.chart_workbook.update_from_xlsx_blob(_workbook(plot))
    native_chart._chartSpace.find(qn("c:date1904")).addnext(parse_xml(f'<c:lang {nsdecls("c")} val="{LANGUAGE}"/>'))
    native_chart.has_title = native_chart.has_legend = False
    letters(native_chart.font, 12, theme.TEXT)
    if kind != XL_CHART_TYPE.LINE_MARKERS:
        for native_series, series in zip(native_chart.plots[0].series, plot.series, strict=False):
            _colour(native_series, series.colours)
        _every_name(native_chart.category_axis)
    return frame


def _workbook(plot: Plot) -> bytes:
    """The data behind a chart. Texts are texts: one that begins with `=` is no formula."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet, numbers = book.add_worksheet("Sheet1"), book.add_format({"num_format": plot.number_format})
        for row, name in enumerate(plot.names, start=1):
            sheet.write_string(row, 0, name)
        for column, series in enumerate(plot.series, start=1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, start=1):
                if value is not None:
                    sheet.write_number(row, column, value, numbers)
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, max(1, len(plot.series)), 16)
    return file.getvalue()


def _colour(series: Any, colours: Sequence[str]) -> None:
    series.invert_if_negative = False
    paint(series.format.fill, colours[0] if colours else theme.FIGURE)
    if len(set(colours)) > 1:
        for position, colour in enumerate(colours):
            paint(series.points[position].format.fill, colour)


def _every_name(names: Any) -> None:
    """No name is left out, however close they stand."""
    names._element.find(qn("c:noMultiLvlLbl")).addprevious(parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>'))


def _name_axis(native_chart: Any, size: float, *, reverse: bool = False) -> None:
    names = native_chart.category_axis
    names.reverse_order, names.has_major_gridlines = reverse, False
    names.major_tick_mark, names.tick_label_position = TICK_MARK.NONE, TICKS.LOW
    names.tick_labels.font.size = Pt(size)
    names.format.line.color.rgb = rgb(theme.UNSURE)


def _hidden_axis(native_chart: Any, top: float) -> None:
    """Values from zero, without an axis: the bars have their numbers."""
    values = native_chart.value_axis
    values.minimum_scale, values.maximum_scale = 0, top
    values.visible = values.has_major_gridlines = False


def _value_axis(native_chart: Any, plot: Plot, *, last: bool) -> None:
    """Values from zero, for bars that are too thin for numbers; `last` under the last name and not over the first."""
    values = native_chart.value_axis
    values.minimum_scale, values.visible = 0, True
    values.major_gridlines.format.line.color.rgb = rgb(theme.GRID)
    values.format.line.fill.background()
    values.major_tick_mark = TICK_MARK.NONE
    letters(values.tick_labels.font, SMALL, theme.MUTED)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = plot.number_format, False
    if last:
        values._element.find(qn("c:crosses")).set("val", "max")


def _numbers(native_chart: Any, plot: Plot, size: float, position: Any = XL_LABEL_POSITION.OUTSIDE_END) -> None:
    """The number at each bar."""
    for series in native_chart.plots[0].series:
        _number(series, plot, size, position)


def _number(series: Any, plot: Plot, size: float, position: Any) -> None:
    labels = series.data_labels
    labels.show_value, labels.position = True, position
    labels.number_format, labels.number_format_is_linked = plot.number_format, False
    letters(labels.font, size, theme.TEXT)


def _legend(native_chart: Any, position: Any) -> None:
    native_chart.has_legend = True
    native_chart.legend.position, native_chart.legend.include_in_layout = position, False
    letters(native_chart.legend.font, _LEGEND_SIZE, theme.TEXT)


def _inset(native_chart: Any, *, left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> None:
    """How far from the edges of its frame the bars stand, as parts of it."""
    area = native_chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    layout = (
        f"<c:layout {nsdecls('c')}><c:manualLayout><c:layoutTarget val='inner'/><c:xMode val='edge'/>"
        f"<c:yMode val='edge'/><c:x val='{left}'/><c:y val='{top}'/><c:w val='{1 - left - right}'/>"
        f"<c:h val='{1 - top - bottom}'/></c:manualLayout></c:layout>"
    )
    area.insert(0, parse_xml(layout))


def _names_width(plot: Plot, size: float, box: Box) -> float:
    """How much of a chart's width the names beside its bars take, at most half."""
    longest = max((inches(name, size) for name in plot.names), default=0)
    return min(0.5, (longest + 0.15) / box.width)


def _size(box: Box, plot: Plot) -> float:
    """The size of letters for so many names in the height of a chart."""
    row = box.height / max(1, len(plot.names))
    return next(size for least, size in _SIZES if row >= least)
