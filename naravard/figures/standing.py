"""How it goes for one area: each indicator's figure beside a yardstick, its change, and how sure both are.

For a kommun the yardstick is the län, and riket where nobody has computed the län's figure. For the län it is riket.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from naravard.base import periods, remarks
from naravard.base.breaks import between
from naravard.base.kommuner import RIKET
from naravard.base.model import Remark
from naravard.figures.comparisons.riket import COMPARISON as NATION
from naravard.figures.gate import ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.figures.overview import Measure, measures, row_against_before, row_before, strength
from naravard.figures.reader import Reader

_MOST = 0.75
"""So large a part of the kommuner on one side of riket says how it goes in the län, where its own figure does not."""


class Going(Enum):
    """How an indicator stands in an area."""

    WELL = "bra"
    POORLY = "sämre"
    DIFFERS = "skiljer"
    """Higher or lower, where nobody agrees on which is better."""
    ALIKE = "lika"
    UNTOLD = "osagt"
    """There is a figure, and nothing can be said of how it differs."""
    FLAGGED = "flaggat"
    """The area's figure has a remark of its own, most often on registration: it is no verdict on the care."""
    ABSENT = "saknas"


@dataclass(frozen=True)
class Yardstick:
    """What a figure is held against: the area, and its value in the indicator's unit."""

    kommun_kod: str
    value: float


@dataclass(frozen=True)
class Standing:
    """One indicator in an area. `row` is the area's figure, judged against the yardstick where it can be.

    `row_against_before` is the same figure judged against the period before, `series` the area's comparable figures in
    the order of time, and `kommuner_on_side` how many of the län's kommuner lie on the better side of riket, and of how
    many, where that is what is told. `is_sure` tells that chance alone rarely gives the difference.
    """

    measure: Measure
    area: str
    row: ProtectedRow | None
    yardstick: Yardstick | None
    going: Going
    is_sure: bool
    strength: float
    before: ProtectedRow | None
    row_against_before: ProtectedRow | None
    series: tuple[ProtectedRow, ...]
    kommuner_on_side: tuple[int, int] | None = None

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.measure.indicator

    @property
    def value(self) -> float | None:
        """The area's figure; None where it is hidden or missing."""
        return self.row.varde if self.row else None

    @property
    def own_remarks(self) -> list[Remark]:
        """What is known of the area's own figure, as its registration."""
        period = self.row.matperiod if self.row else self.measure.result.matperiod
        return remarks.of_kommun(self.measure.result.remarks, self.area, period)

    @property
    def change(self) -> float | None:
        """How much it has changed since the period before; None where either is hidden or missing."""
        if self.before is None or self.before.varde is None or self.value is None:
            return None
        return self.value - self.before.varde

    @property
    def change_level(self) -> int | None:
        """How far outside chance the change lies, 0 inside; None where that cannot be told."""
        judged_row = self.row_against_before
        return judged_row.level if judged_row is not None and judged_row.is_judged else None

    @property
    def is_higher(self) -> bool:
        """Whether the figure that is judged, which may be one with equal ages, is above the yardstick."""
        if self.row is not None and self.row.level:
            return self.row.level > 0
        return self.value is not None and self.yardstick is not None and self.value > self.yardstick.value


def standings(area: str, reader: Reader) -> list[Standing]:
    """All indicators that tell more than size, as they stand in an area: the strongest first, and by name after that.

    Those with a remark of their own come after what is told, and those without a figure last.
    """
    return sorted(_standings(area, reader), key=_place)


_ORDER = (Going.ALIKE, Going.UNTOLD, Going.FLAGGED, Going.ABSENT)


def _place(standing: Standing) -> tuple[int, bool, float, str]:
    rank = _ORDER.index(standing.going) + 1 if standing.going in _ORDER else 0
    has_changed = bool(standing.change_level)
    return rank, not (standing.is_sure or has_changed), -standing.strength, standing.indicator.short


def _standings(area: str, reader: Reader) -> Iterator[Standing]:
    for measure in measures(reader):
        if not measure.indicator.kind.is_size:
            yield standing_of(measure, area, reader)


def standing_of(measure: Measure, area: str, reader: Reader) -> Standing:
    """One indicator as it stands in an area."""
    result = measure.result
    row, yardstick = _against(measure, area, reader)
    going, is_sure = _going(measure, area, row, yardstick)
    on_side = None
    if area == result.lan_kod and going in {Going.ABSENT, Going.UNTOLD, Going.ALIKE}:
        on_side = _kommuner_on_better_side(measure)
        going = _of_most(on_side) or going
    return Standing(
        measure,
        area,
        row,
        yardstick,
        going,
        is_sure,
        _strength(measure, row, yardstick),
        row_before(measure, area, reader),
        row_against_before(measure, area, reader),
        _series(measure, area, reader),
        on_side if on_side and going in {Going.WELL, Going.POORLY} else None,
    )


def _against(measure: Measure, area: str, reader: Reader) -> tuple[ProtectedRow | None, Yardstick | None]:
    """The area's row and its yardstick; the row judged against riket where the län is none."""
    row, lan, nation = measure.row(area), measure.lan, measure.nation
    if area != measure.result.lan_kod and lan is not None and lan.varde is not None:
        return row, Yardstick(lan.kommun_kod, lan.varde)
    if nation is None or nation.varde is None:
        return row, None
    beside_nation = reader.find(measure.indicator.id, measure.result.matperiod, NATION.id)
    judged_row = beside_nation.row(area, measure.grupp) if beside_nation else None
    return judged_row or row, Yardstick(RIKET, nation.varde)


def _going(measure: Measure, area: str, row: ProtectedRow | None, yardstick: Yardstick | None) -> tuple[Going, bool]:
    """How it stands, and whether chance rarely gives that."""
    spec = measure.indicator
    if row is None or row.varde is None:
        return Going.ABSENT, False
    if remarks.of_kommun(measure.result.remarks, area, row.matperiod):
        return Going.FLAGGED, False
    if row.is_judged:
        return _of_level(row.level, spec), bool(row.level)
    if spec.riktning == "neutral" or spec.foljer_alder or yardstick is None or area == measure.result.lan_kod:
        return Going.UNTOLD, False
    return _of_place(measure, row.varde, yardstick.value), False


def _of_level(level: int, spec: Indicator) -> Going:
    if not level:
        return Going.ALIKE
    if spec.riktning == "neutral":
        return Going.DIFFERS
    return _better((level > 0), spec)


def _of_place(measure: Measure, value: float, reference: float) -> Going:
    """Where chance is not known: outside the middle half of the kommuner, and on that side of the yardstick as well."""
    values = [row.varde for row in measure.kommuner if row.varde is not None]
    low, high = np.quantile(values, (0.25, 0.75))
    if value > max(high, reference):
        return _better(True, measure.indicator)
    if value < min(low, reference):
        return _better(False, measure.indicator)
    return Going.ALIKE


def _better(is_higher: bool, spec: Indicator) -> Going:
    return Going.WELL if is_higher == (spec.riktning == "higher_is_better") else Going.POORLY


def _kommuner_on_better_side(measure: Measure) -> tuple[int, int] | None:
    """How many of the kommuner are better than riket, of how many; None where nobody agrees on what is better."""
    nation, spec = measure.nation, measure.indicator
    if nation is None or nation.varde is None or spec.riktning == "neutral" or spec.foljer_alder:
        return None
    values = [row.varde for row in measure.kommuner if row.varde is not None]
    is_up = spec.riktning == "higher_is_better"
    return sum(value != nation.varde and (value > nation.varde) == is_up for value in values), len(values)


def _of_most(on_side: tuple[int, int] | None) -> Going | None:
    if on_side is None or not on_side[1]:
        return None
    part = on_side[0] / on_side[1]
    return Going.WELL if part >= _MOST else Going.POORLY if part <= 1 - _MOST else None


def _strength(measure: Measure, row: ProtectedRow | None, yardstick: Yardstick | None) -> float:
    """How far from the yardstick: in lengths of the interval where chance is known, else of the kommuner's range."""
    if row is None or row.varde is None or yardstick is None:
        return 0.0
    if row.is_judged:
        return strength(row)
    values = [each.varde for each in measure.kommuner if each.varde is not None]
    reach = max(values) - min(values)
    return abs(row.varde - yardstick.value) / reach if reach else 0.0


def _series(measure: Measure, area: str, reader: Reader) -> tuple[ProtectedRow, ...]:
    """The area's own figures in all periods that can be compared with the newest."""
    result = reader.find(measure.indicator.id, periods.EVERY) if len(measure.result.matperioder) > 1 else None
    rows = result.of_area(area, measure.grupp) if result else ()
    breaks, newest = measure.result.breaks, measure.result.matperiod
    return tuple(row for row in rows if not between(breaks, row.matperiod, newest, area))


def standing_as(all_standings: Sequence[Standing], *goings: Going) -> list[Standing]:
    """Those that stand in one of these ways, in their order."""
    return [standing for standing in all_standings if standing.going in goings]
