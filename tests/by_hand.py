"""Results by hand: an indicator, its rows and what the gate makes of them, without a store."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from naravard.base import kommuner, periods
from naravard.base.model import NO_GROUP
from naravard.figures.comparisons import STANDARD, comparison
from naravard.figures.gate import ProtectedResult, ProtectedRow, Request, protect
from naravard.figures.indicators import Indicator
from naravard.figures.judgement import Judgement
from naravard.figures.kinds import kinds
from naravard.figures.protection import Plan, RawRow
from naravard.figures.reader import Reader
from naravard.figures.rules import Rules

KALMAR, BORGHOLM, MORBYLANGA, NYBRO, EMMABODA = "0880", "0885", "0840", "0881", "0862"
LAN, RIKET = "08", "00"


def spec(kind: str = "proportion", **given: Any) -> Indicator:
    """An indicator with the fewest words."""
    texts = {
        "titel": "Prov",
        "enhet": "procent",
        "taljare": "med",
        "namnare": "alla",
        "kalla": "Prov",
        "definition": "",
    }
    return Indicator(kind=kinds()[kind], **{"id": "prov", "sql": "", "riktning": "neutral", **texts, **given})


def raw(kod: str, taljare: int | None, namnare: int | None = None, **given: Any) -> RawRow:
    """A row before the gate, of the group of all in 2024."""
    return RawRow(kod, given.pop("matperiod", "2024"), given.pop("grupp", NO_GROUP), taljare, namnare, **given)


def gate(
    rows: Sequence[RawRow],
    indicator: Indicator | None = None,
    *,
    against: str = "lanet",
    earlier: Sequence[RawRow] = (),
    plan: Plan | None = None,
    published: Collection[int] = (),
    rules: Rules | None = None,
    **given: Any,
) -> ProtectedResult:
    """What the gate lets through of rows; what is hidden for the sake of others is what `plan` says."""
    matperioder = tuple(sorted({row.matperiod for row in rows}, key=periods.sort_key, reverse=True))
    about: dict[str, Any] = {"matperiod": matperioder[0] if matperioder else "", "matperioder": matperioder}
    about |= {"version": 1, "extracts": (), "remarks": (), "notes": (), "is_example": False, "lan_kod": LAN}
    return protect(
        Request(
            indicator=indicator or spec(),
            rows=rows,
            earlier=earlier,
            plan=plan or Plan(),
            rules=rules or Rules(),
            names={row.kommun_kod: kommuner.area_name(row.kommun_kod) for row in rows},
            published=published,
            comparison=comparison(against),
            **(about | given),
        )
    )


def row(varde: float | None = 50.0, judged: Judgement | None = None, kod: str = KALMAR, **given: Any) -> ProtectedRow:
    """A row after the gate."""
    empty: dict[str, Any] = dict.fromkeys(ProtectedRow.__dataclass_fields__)
    area = {"kommun_kod": kod, "kommun": kommuner.area_name(kod), "matperiod": "2024", "grupp": NO_GROUP}
    return ProtectedRow(**{**empty, **area, "varde": varde, "jamforelse": judged, **given})


def over_years(values: Sequence[float]) -> list[ProtectedRow]:
    """A row of the län for each value, a year each from 2000."""
    return [row(value, kod=LAN, matperiod=f"{2000 + i}") for i, value in enumerate(values)]


class ByHand(Reader):
    """A reader whose figures a function gives: of indicator, period (None for the newest) and comparison."""

    def __init__(self, figures: Callable[[str, str | None, str], ProtectedResult]) -> None:
        self._figures = figures

    def read(
        self,
        indicator_id: str,
        matperiod: str | None = None,
        comparison_id: str = STANDARD,
        *,
        kommun: str | None = None,
    ) -> ProtectedResult:
        return self._figures(indicator_id, matperiod, comparison_id)
