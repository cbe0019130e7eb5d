"""The one way to figures: an indicator and filters in, ProtectedResult out, for pages, room, files, command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from copy import copy
from threading import Lock

from naravard import sources
from naravard.base import kommuner, periods, remarks, settings
from naravard.base.breaks import Break, between
from naravard.base.errors import NotFound, UserError
from naravard.base.model import EXAMPLE, UNKNOWN_PERIOD
from naravard.base.numbers import enumeration
from naravard.base.recent import Recent
from naravard.figures import ages, comparisons, indicators, rules
from naravard.figures.comparisons import STANDARD
from naravard.figures.gate import ProtectedResult, Request, protect
from naravard.figures.indicators import Indicator
from naravard.figures.plans import plan_of, refusals
from naravard.figures.protection import RawRow
from naravard.figures.rows import rows_of, similar_means
from naravard.store.snapshots import Snapshot, Store

_READERS = 4
"""So many versions of a store are kept in memory for pages and room."""
_Query = tuple[str, str | None, str, str | None]


class Reader:
    """The protected figures of one version. Each question is answered once: a version never changes.

    It may be used from any thread; one computes while others that ask for the same wait.
    """

    def __init__(self, store: Store, version: int | None = None) -> None:
        self._open: Callable[[], AbstractContextManager[Snapshot]] = lambda: store.open(version)
        self._is_example = store.is_example
        self._results: dict[_Query, ProtectedResult] = {}
        self._locks: dict[_Query, Lock] = {}
        self._lock = Lock()
        self._own_kommun = ""

    @classmethod
    def over(cls, snapshot: Snapshot, *, is_example: bool = False) -> Reader:
        """The figures of a version that is open already, or that is not published yet."""
        reader = cls.__new__(cls)
        reader._open = lambda: nullcontext(snapshot)
        reader._is_example = is_example
        reader._results, reader._locks, reader._lock = {}, {}, Lock()
        reader._own_kommun = ""
        return reader

    def marking(self, kommun_kod: str) -> Reader:
        """The same figures, in all of which one kommun is told apart as the reader's own; none where it is empty."""
        reader = copy(self)
        reader._own_kommun = kommun_kod
        return reader

    def read(
        self,
        indicator_id: str,
        matperiod: str | None = None,
        comparison_id: str = STANDARD,
        *,
        kommun: str | None = None,
    ) -> ProtectedResult:
        """An indicator's protected rows: kommuner in Swedish order, then the län, then riket.

        `matperiod` is one period, periods.EVERY, or None for the newest. `kommun` (name or code) keeps that kommun and
        the län. `comparison_id` is what is compared with. Raises NotFound for what is not there.
        """
        query: _Query = indicator_id, matperiod, comparison_id, kommun
        with self._lock:
            lock = self._locks.setdefault(query, Lock())
        with lock:
            if query not in self._results:
                indicator = indicators.by_id(indicator_id)  # an unknown one is told before the store is opened
                with self._open() as snapshot:
                    request = _request(snapshot, indicator, query, self._is_example)
                self._results[query] = self._with_equal_ages(protect(request), query)
        return self._results[query].marking(self._own_kommun)

    def _with_equal_ages(self, result: ProtectedResult, query: _Query) -> ProtectedResult:
        """The result adjusted by the indicator that has the same at each age, where there is one that can be had."""
        _, matperiod, _, _ = query
        if not result.indicator.per_alder:
            return result
        with suppress(UserError):
            persons = self.read(result.indicator.per_alder, matperiod)
            return ages.adjust(result, persons, self.read(result.indicator.invanare_per_alder, periods.EVERY))
        return result

    def find(
        self, indicator_id: str, matperiod: str | None = None, comparison_id: str = STANDARD
    ) -> ProtectedResult | None:
        """As `read`; None where the indicator has no figures for the period."""
        newest = self.read(indicator_id, None, comparison_id)
        if matperiod in {None, newest.matperiod} or not newest.matperioder:
            return newest if newest.rows else None
        if matperiod != periods.EVERY and matperiod not in newest.matperioder:
            return None
        return self.read(indicator_id, matperiod, comparison_id)


_shared: Recent[Reader] = Recent(_READERS)


def shared_reader(store: Store, version: int) -> Reader:
    """The reader that all visitors of pages and room share for one version, under the rules in force."""
    whose = str(store.folder), settings.lan_kod()
    return _shared.of(whose, (version, rules.in_force()), lambda: Reader(store, version))


def _request(
    snapshot: Snapshot,
    indicator: Indicator,
    query: _Query,
    is_example: bool,
) -> Request:
    """What the gate needs to know of a query: the rows, and all that belongs beside them."""
    _, matperiod, comparison_id, kommun = query
    comparison = comparisons.comparison(comparison_id)
    lan = settings.lan_kod()
    if refusal := refusals(snapshot).get(indicator.id):
        raise UserError(
            f"Indikatorn {indicator.id} visas inte, för att små tal inte går att skydda: {refusal}. "
            f"Rätta mangder i {indicator.file}, se docs/metod.md."
        )
    rows = rows_of(snapshot, indicator)
    extracts = snapshot.extracts()
    # a remark on a kommun is about its registration, and so about all that is counted from the same persons
    ids_of_persons = {extract.uttag_id for extract in extracts if extract.kalla in sources.of_persons()}
    remarks_by_extract = [
        (i, each)
        for i, each in snapshot.remarks()
        if indicator.id in each.indikatorer or (each.kommun_kod and i in ids_of_persons)
    ]
    matperioder = sorted({row.matperiod for row in rows}, key=periods.sort_key, reverse=True)
    rows_of_period, title = _choose(rows, indicator, matperiod, matperioder)
    areas = None if kommun is None else frozenset({kommun_in_lan(kommun), lan, *comparison.areas})
    rows_of_period = _with_missing_kommuner(rows_of_period, lan) if areas is None else rows_of_period
    rows_of_period = _in_order(rows_of_period, indicator, lan)
    extract_ids = {i for row in rows_of_period for i in (row.uttag_id, row.namnare_uttag_id) if i is not None}
    used_extracts = [extract for extract in extracts if extract.uttag_id in extract_ids]
    own_breaks = _breaks_of(rows, indicator, snapshot)
    before = periods.before(title, matperioder)
    earlier = _earlier(rows, before, title, (*indicator.breaks, *own_breaks)) if comparison.needs_earlier else []
    periods_of_rows = {row.matperiod for row in [*rows_of_period, *earlier]}
    return Request(
        indicator=indicator,
        rows=rows_of_period,
        earlier=earlier,
        plan=plan_of(snapshot, periods_of_rows),
        rules=rules.in_force(),
        names={row.kommun_kod: kommuner.area_name(row.kommun_kod) for row in rows_of_period},
        published={extract.uttag_id for extract in extracts if extract.publicerad},
        matperiod=title,
        matperioder=tuple(matperioder),
        comparison=comparison,
        version=snapshot.number,
        extracts=tuple(used_extracts),
        remarks=tuple(
            remark
            for uttag_id, remark in remarks_by_extract
            if uttag_id in extract_ids | {row.uttag_id for row in earlier}
            and any(remarks.is_of_period(remark, period) for period in periods_of_rows)
        ),
        notes=tuple(_notes(rows_of_period, indicator)),
        breaks=own_breaks,
        is_example=is_example or any(e.ursprung.startswith(EXAMPLE) for e in used_extracts),
        is_preliminary=snapshot.is_preliminary,
        lan_kod=lan,
        areas=areas,
        similar=similar_means(snapshot, indicator) if comparison.needs_similar else {},
    )


def _choose(
    rows: Sequence[RawRow], indicator: Indicator, matperiod: str | None, matperioder: Sequence[str]
) -> tuple[list[RawRow], str]:
    """The rows of the wanted period, and what to call it."""
    if matperiod == periods.EVERY:
        return list(rows), periods.EVERY
    if matperiod is not None:
        if matperiod not in matperioder:
            period_names = enumeration([f"”{p}”" for p in matperioder]) or "ingen ännu"
            raise NotFound(f"Mätperioden ”{matperiod}” finns inte för {indicator.id}. Det som finns: {period_names}.")
        return [row for row in rows if row.matperiod == matperiod], matperiod
    if indicator.period_per_omrade:
        newest = {(r.kommun_kod, r.grupp): r for r in sorted(rows, key=lambda r: periods.sort_key(r.matperiod))}
        return list(newest.values()), periods.LATEST_PER_AREA
    latest = matperioder[0] if matperioder else UNKNOWN_PERIOD
    return [row for row in rows if row.matperiod == latest], latest


def _breaks_of(rows: Sequence[RawRow], indicator: Indicator, snapshot: Snapshot) -> tuple[Break, ...]:
    """The breaks that have been set for the indicator, or for a source that any of its rows comes from."""
    if not snapshot.breaks():
        return ()
    extract_ids = {i for row in rows for i in (row.uttag_id, row.namnare_uttag_id)}
    own_sources = {extract.kalla for extract in snapshot.extracts() if extract.uttag_id in extract_ids}
    return tuple(each for each in snapshot.breaks() if each.indikator == indicator.id or each.kalla in own_sources)


def _earlier(rows: Sequence[RawRow], before: str | None, matperiod: str, breaks: Sequence[Break]) -> list[RawRow]:
    """The rows of the period before that are measured as those of `matperiod`; none where its date is not known."""
    return [row for row in rows if row.matperiod == before and not between(breaks, before, matperiod, row.kommun_kod)]


def kommun_in_lan(kommun: str) -> str:
    """Code of a kommun of the län by name or code. Raises NotFound, with the nearest name, for another."""
    lan = settings.lan_kod()
    kod = kommuner.resolve(kommun, lan)
    if kod is None:
        near = kommuner.nearest(kommun, lan)
        raise NotFound(f"Kommunen {kommun!r} finns inte.{f' Menar du {near}?' if near else ''}")
    if not kod.startswith(lan):
        raise NotFound(f"{kommuner.area_name(kod)} ligger inte i {kommuner.lan_name(lan)}.")
    return kod


def _with_missing_kommuner(rows: Sequence[RawRow], lan: str) -> list[RawRow]:
    """Give each kommun that lacks a row, where others have one, an empty row: missing is shown, not left out."""
    present = {(row.kommun_kod, row.matperiod, row.grupp) for row in rows}
    period_groups = dict.fromkeys((row.matperiod, row.grupp) for row in rows if len(row.kommun_kod) == 4)
    empty = [
        RawRow(kommun.kod, matperiod, grupp, None, None)
        for matperiod, grupp in period_groups
        for kommun in kommuner.in_lan(lan)
        if (kommun.kod, matperiod, grupp) not in present
    ]
    return [*rows, *empty]


def _in_order(rows: Sequence[RawRow], indicator: Indicator, lan: str) -> list[RawRow]:
    areas = [*(k.kod for k in kommuner.in_lan(lan)), lan, kommuner.RIKET]
    groups = list(indicator.grupper)

    def place(row: RawRow) -> tuple[object, ...]:
        area = areas.index(row.kommun_kod) if row.kommun_kod in areas else len(areas)
        group = groups.index(row.grupp) if row.grupp in groups else len(groups)
        return periods.sort_key(row.matperiod), area, row.kommun_kod, group, row.grupp

    return sorted(rows, key=place)


def _notes(rows: Sequence[RawRow], indicator: Indicator) -> list[str]:
    """What must be said of the years: a denominator that is from another year than its numerator says so."""
    if not indicator.kind.has_denominator or indicator.kind.parts_add_up:
        return []
    pairs = dict.fromkeys((r.taljare_ar, r.namnare_ar) for r in rows if r.namnare_ar and r.namnare_ar != r.taljare_ar)
    notes = []
    for numerator, denominator in pairs:
        numerator_year = (
            f"Antalet som räknas är från {numerator}"
            if numerator
            else "Källan säger inte vilket år antalet som räknas är från"
        )
        notes.append(f"Olika år: nämnaren ({indicator.namnare}) är från {denominator}. {numerator_year}.")
    if any(r.taljare is not None and r.namnare is None for r in rows):
        notes.append(f"Nämnaren ({indicator.namnare}) saknas för några rader, så andelen kan inte räknas där.")
    return notes
