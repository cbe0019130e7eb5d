"""An indicator as a strip: the län's kommuner as points, the reader's own filled, länet and riket as thin lines.

Beside it a small line of the area's years. Both are HTML and SVG that is written once for each version, and no chart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

import htpy
from htpy import Element, Node

from naravard.base import periods
from naravard.base.numbers import HIDDEN
from naravard.figures import targets
from naravard.figures.standing import Going, Standing
from naravard.telling import amounts, phrases, provenance, series, situation
from naravard.telling.situation import DIRECTIONS
from naravard.telling.strip import own_in_words, strip_of
from naravard.ui.elements import aside, for_listeners, link, paragraphs
from naravard.ui.view_addresses import view_address

_EDGE = 3
"""Percent of the strip on each side of its ends."""
_LEFT, _RIGHT = 14, 86
"""A value beyond these places is written inwards from its point."""
_WIDTH, _HEIGHT, _MARGIN = 96, 26, 3
_FEWEST_YEARS = 3
_TONES = {Going.WELL: "battre", Going.POORLY: "samre", Going.DIFFERS: "skiljer"}


def strips(standings: Sequence[Standing], name: str) -> Element:
    """A row for each indicator: its name, its strip, the area's years, and where the figure comes from."""
    return htpy.ul(".remsor")[(_row(standing, name) for standing in standings)]


def key(name: str, *, is_lan: bool) -> Element:
    """What points and lines are."""
    own: Node = [htpy.i(".lan.eget"), f" {name}"] if is_lan else [htpy.i(".egen"), f" {name}"]
    others = "kommunerna" if is_lan else "övriga kommuner"
    lines = [] if is_lan else [htpy.span[htpy.i(".lan"), " länet"]]
    lines += [htpy.span[htpy.i(".mal"), " målet"]] if targets.of_the_county().mal else []
    return htpy.p(".nyckel", aria_hidden="true")[
        htpy.span[own], htpy.span[htpy.i(".punkt"), f" {others}"], lines, htpy.span[htpy.i(".riket"), " riket"]
    ]


def _row(standing: Standing, name: str) -> Element:
    spec, measure = standing.indicator, standing.measure
    period = periods.when(measure.result.matperiod)
    unit = [] if spec.in_percent else [spec.enhet]
    when = "mätperiod ej angiven" if period.startswith("ej") else period
    about = " · ".join([*unit, when, DIRECTIONS[spec.riktning]])
    return htpy.li[
        htpy.div(".vad")[link(view_address(measure))[spec.short], aside(about)],
        htpy.div(".lage")[_strip(standing, name)],
        htpy.div(".ar")[_years(standing)],
        _origin(standing),
    ]


def _strip(standing: Standing, name: str) -> Node:
    strip = strip_of(standing.measure, standing.area, name, standing.row)
    if strip is None:
        own = own_in_words(standing.measure, standing.row)
        return f"{name}: {own}. Ingen kommun har ett tal som visas."
    if strip.is_flat:
        return f"Alla har {strip.low}."
    is_lan = standing.area == standing.measure.result.lan_kod
    lines = (("lan eget" if is_lan else "lan", strip.lan), ("riket", strip.nation), ("mal", strip.target))
    return htpy.div(".remsa", role="img", aria_label=strip.alt)[
        htpy.span(".axel"),
        (_mark("punkt", place) for place in strip.points),
        (_mark(kind, place) for kind, place in lines if place is not None),
        _own(standing, strip.own) if strip.own is not None else _absent(standing),
        htpy.span(".lagst")[strip.low],
        htpy.span(".hogst")[strip.high],
    ]


def _at(place: float) -> float:
    """A place on the line as percent of the strip."""
    return _EDGE + (100 - 2 * _EDGE) * place


def _mark(kind: str, place: float) -> Element:
    return htpy.i(class_=kind, style=f"left:{_at(place):.1f}%")


def _own(standing: Standing, place: float) -> Node:
    """The area's own point, and its value above it."""
    at = _at(place)
    side = "vanster" if at < _LEFT else "hoger" if at > _RIGHT else ""
    tone = _TONES.get(standing.going, "flaggad" if standing.going is Going.FLAGGED else "")
    is_lan = standing.area == standing.measure.result.lan_kod
    return [
        None if is_lan else _mark(f"egen {tone}", place),
        htpy.span(class_=["tal", side], style=f"left:{at:.1f}%")[amounts.value(standing.row, standing.indicator)],
    ]


def _absent(standing: Standing) -> Element:
    """Why the area has no point, in words."""
    sign = f"{HIDDEN} " if standing.row is not None and standing.row.skydd == HIDDEN else ""
    return htpy.span(".tal.utan")[f"{sign}{amounts.why(standing.row)}"]


def _years(standing: Standing) -> Node:
    """The area's figures as a line that ends in the one beside it, and how much that differs from the one before."""
    rows = series.comparable(standing.series, standing.measure.result.breaks)
    ends_here = bool(rows) and standing.row is not None and rows[-1].matperiod == standing.row.matperiod
    line = _line([row.varde or 0 for row in rows]) if ends_here and len(rows) >= _FEWEST_YEARS else None
    if standing.value is None:
        return None
    if standing.change is None or standing.before is None:
        return [line, aside("inget tidigare tal " + ("från samma tid på året" if line else "att jämföra med"))]
    change = amounts.difference(standing.change, standing.indicator)
    label = for_listeners(f"{standing.indicator.short}, ändring: ")
    return [line, aside([label, f"{change} sedan {periods.when(standing.before.matperiod)}"])]


def _line(values: Sequence[float]) -> Element:
    """A line through the values, as the mask of a colour: Streamlit lets no SVG through, a picture has one theme."""
    low, high = min(values), max(values)
    reach = (high - low) or 1
    points = " ".join(
        f"{_MARGIN + (_WIDTH - 2 * _MARGIN) * place / (len(values) - 1):.0f},"
        f"{_HEIGHT - _MARGIN - (_HEIGHT - 2 * _MARGIN) * (value - low) / reach:.1f}"
        for place, value in enumerate(values)
    )
    end = points.rpartition(" ")[2].split(",")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}">'
        f'<polyline points="{points}" fill="none" stroke="#000" stroke-width="1.5"/>'
        f'<circle cx="{end[0]}" cy="{end[1]}" r="3"/></svg>'
    )
    return htpy.span(".linje", style=f"mask-image:url('data:image/svg+xml,{quote(svg)}')", aria_hidden="true")


def _origin(standing: Standing) -> Element:
    """Source, period and version, and what the figure says in a sentence: one click away."""
    result, spec = standing.measure.result, standing.indicator
    return htpy.details(".ursprung")[
        htpy.summary(aria_label=f"Källa och definition: {spec.short}")["i"],
        htpy.div[paragraphs(_about(standing, provenance.source_line(result)))],
    ]


def _about(standing: Standing, source: str) -> Iterator[str]:
    yield standing.indicator.titel
    yield standing.indicator.definition
    if standing.row is not None:
        yield phrases.sentence(standing.row, standing.measure.result)
    if target := targets.target_of(standing.indicator.id, standing.measure.result.matperiod):
        yield situation.target_in_words(target)
    yield source
