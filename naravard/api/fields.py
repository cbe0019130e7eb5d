"""The fields of a row as programs get it: one table, by which all formats are written and described.

What is hidden or missing is null, and `skydd` has the code for it: no number ever stands for either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple

from naravard.base import periods, remarks
from naravard.base.kommuner import RIKET
from naravard.base.model import NO_GROUP, Remark
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.telling import breaks, provenance
from naravard.telling.records import record, short_value
from naravard.telling.vocabulary import EQUAL_AGES, SPAN

FieldKind = Literal["string", "integer", "number", "boolean", "date"]
_BETWEEN = " | "


@dataclass(frozen=True)
class Case:
    """One row of a result, with what all formats take from it."""

    row: ProtectedRow
    result: ProtectedResult

    @cached_property
    def record(self) -> Mapping[str, Any]:
        """The row as files for machines have it."""
        return record(self.row, self.result.indicator)

    @property
    def days(self) -> periods.Span | None:
        """The days of its period, where that names any."""
        return periods.span(self.row.matperiod)

    def count(self, name: str) -> Any:
        """A count that stands behind the value; none where the value is the count."""
        return self.record[name] if self.result.indicator.kind.has_denominator else None


class Field(NamedTuple):
    """One field: its name, what kind of value it has, what it is, and how a row gives it."""

    name: str
    kind: FieldKind
    what: str
    of: Callable[[Case], Any]
    can_be_null: bool = False


def _record(name: str) -> Callable[[Case], Any]:
    return lambda case: case.record[name]


def _day(name: str) -> Callable[[Case], date | None]:
    return lambda case: getattr(case.days, name) if case.days else None


def _level(case: Case) -> str:
    if case.row.is_kommun:
        return "kommun"
    return "riket" if case.row.kommun_kod == RIKET else "län"


def _group(case: Case) -> str:
    """What the group is called; all of them together have no name of their own."""
    name = case.result.group_label(case.row.grupp)
    return "Alla" if name == NO_GROUP else name


def _adjusted(case: Case) -> float | None:
    """The value with equal ages, as short as the value itself."""
    adjusted = case.row.utjamnad
    return short_value(adjusted.direct.value, case.result.indicator) if adjusted else None


FIELDS = (
    Field("indikator", "string", "indikatorns id", lambda case: case.result.indicator.id),
    Field("version", "integer", "versionen av lagret som talet är ur", lambda case: case.result.version),
    Field("exempeldata", "boolean", "sant: talet är påhittat (EXEMPELDATA)", lambda case: case.result.is_example),
    Field(
        "preliminar",
        "boolean",
        "sant: versionen är preliminär, och bara för analytiker",
        lambda case: case.result.is_preliminary,
    ),
    Field("kommun_kod", "string", "kommunens kod; länets har två tecken, riket är 00", _record("kommun_kod")),
    Field("kommun", "string", "områdets namn", _record("kommun")),
    Field("niva", "string", "kommun, län eller riket", _level),
    Field("matperiod", "string", "när uppgifterna gäller, så som det står i appen", _record("matperiod")),
    Field("fran", "date", "mätperiodens första dag", _day("first"), can_be_null=True),
    Field("till", "date", "mätperiodens sista dag", _day("last"), can_be_null=True),
    Field("grupp", "string", "delen av personerna; totalt är alla", _record("grupp")),
    Field("grupp_namn", "string", "vad gruppen heter", _group),
    Field("varde", "number", "talet, i enheten", _record("varde"), can_be_null=True),
    Field("enhet", "string", "talets enhet", lambda case: case.result.indicator.enhet),
    Field("taljare", "integer", "antalet som räknas", lambda case: case.count("taljare"), can_be_null=True),
    Field("namnare", "integer", "antalet som det räknas av", lambda case: case.count("namnare"), can_be_null=True),
    Field("nedre", "number", f"{SPAN.lower()}: från", _record("nedre"), can_be_null=True),
    Field("ovre", "number", f"{SPAN.lower()}: till", _record("ovre"), can_be_null=True),
    Field("varde_samma_aldrar", "number", f"talet, {EQUAL_AGES.lower()}", _adjusted, can_be_null=True),
    Field("skydd", "string", "`..` något är dolt, `-` uppgiften saknas", _record("skydd"), can_be_null=True),
    Field(
        "skal",
        "string",
        "varför: skyddat, eller det som källan säger (dolt, ungefarligt, saknas, ej_tillampligt)",
        _record("skal"),
        can_be_null=True,
    ),
    Field("jamfort_med", "string", "vad talet är jämfört med", _record("jamfort_med"), can_be_null=True),
    Field("jamforelse", "string", "om skillnaden ryms inom slumpen", _record("jamforelse"), can_be_null=True),
    Field("skillnad", "string", "åt vilket håll det skiljer", _record("skillnad"), can_be_null=True),
    Field("taljare_ar", "integer", "täljarens år", _record("taljare_ar"), can_be_null=True),
    Field("namnare_ar", "integer", "nämnarens år", _record("namnare_ar"), can_be_null=True),
    Field("uttag_id", "integer", "uttaget som raden är ur", lambda case: case.row.uttag_id, can_be_null=True),
    Field(
        "anmarkning",
        "string",
        f"det som måste vara känt om talet, med `{_BETWEEN.strip()}` emellan",
        lambda case: _BETWEEN.join(remarks_on(case.row, case.result)) or None,
        can_be_null=True,
    ),
)
"""All fields, in their order."""


def rows(result: ProtectedResult) -> list[dict[str, Any]]:
    """All rows of a result, each value by the name of its field."""
    cases = [Case(row, result) for row in result.rows]
    return [{field.name: field.of(case) for field in FIELDS} for case in cases]


def remarks_on(row: ProtectedRow, result: ProtectedResult) -> list[str]:
    """What must be known of one row: its mark, remarks on its kommun and its period, those on all."""
    mark = provenance.mark_in_words(result)
    own = [each.text for each in result.remarks if _is_of_row(each, row)]
    return [*([mark] if mark else []), *own, *general_remarks(result)]


def general_remarks(result: ProtectedResult) -> list[str]:
    """What must be known of all rows of a result."""
    indicator = result.indicator
    return [
        *result.notes,
        *(each.text for each in result.remarks if not each.kommun_kod and not each.matperioder),
        *breaks.notes(result),
        *([provenance.OVERLAP] if indicator.grupper_overlappar else []),
        *([f"Tolka varsamt. {indicator.tolka_varsamt}"] if indicator.tolka_varsamt else []),
        *([counts] if (counts := provenance.about_counts(result)) else []),
    ]


def _is_of_row(remark: Remark, row: ProtectedRow) -> bool:
    is_general = not remark.kommun_kod and not remark.matperioder
    is_of_area = remark.kommun_kod in {None, row.kommun_kod}
    return not is_general and is_of_area and remarks.is_of_period(remark, row.matperiod)
