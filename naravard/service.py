"""The one door to figures: indicator and filters in, ProtectedResult out, for pages, exports and command line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from typing import Any

import duckdb

from naravard import indicators, kommuner, periods, protection, rules, settings
from naravard.disclosure import ProtectedResult, protect
from naravard.errors import NotFound, UserError
from naravard.format import joined
from naravard.indicators import OPTIONAL_COLUMNS, REQUIRED_COLUMNS, Indicator
from naravard.judgement import Against
from naravard.model import EXAMPLE, NO_GROUP, UNKNOWN_PERIOD
from naravard.protection import Plan, RawRow
from naravard.store import Snapshot, Store

_WHOLE = ("taljare", "namnare", "uttag_id", "namnare_uttag_id", "taljare_ar", "namnare_ar")


def fetch(
    store: Store,
    indicator_id: str,
    *,
    matperiod: str | None = None,
    kommun: str | None = None,
    against: Against = "lanet",
    version: int | None = None,
) -> ProtectedResult:
    """An indicator's protected rows: kommuner in Swedish order, then the län, then riket.

    `matperiod` is one period, periods.EVERY, or None for the newest. `kommun` (name or code) keeps that
    kommun and the län. `against` is what is compared with. `version` is a snapshot, None for the newest.
    Raises NotFound for what is not there.
    """
    indicators.indicator(indicator_id)  # an unknown one is told before the store is opened
    with store.open(version) as snapshot:
        return fetch_from(
            snapshot, indicator_id, matperiod=matperiod, kommun=kommun, against=against, is_example=store.is_example
        )


def fetch_from(
    snapshot: Snapshot,
    indicator_id: str,
    *,
    matperiod: str | None = None,
    kommun: str | None = None,
    against: Against = "lanet",
    is_example: bool = False,
) -> ProtectedResult:
    """As `fetch`, from a version that is open already, or that is not published yet."""
    indicator = indicators.indicator(indicator_id)
    lan = settings.lan_kod()
    rows = _run(snapshot.connection, indicator)
    remarks = [(i, remark) for i, remark in snapshot.remarks() if indicator.id in remark.indikatorer]
    extracts = snapshot.extracts()
    matperioder = sorted({row.matperiod for row in rows}, key=periods.sort_key, reverse=True)
    chosen, title = _choose(rows, indicator, matperiod, matperioder)
    chosen = _only(chosen, kommun, lan, against) if kommun is not None else _with_missing_kommuner(chosen, lan)
    chosen = _in_order(chosen, indicator, lan)
    used = {i for row in chosen for i in (row.uttag_id, row.namnare_uttag_id) if i is not None}
    used_extracts = [extract for extract in extracts if extract.uttag_id in used]
    earlier = _earlier(rows, title, matperioder) if against == "tidigare" else []
    return protect(
        chosen,
        indicator,
        plan_of(snapshot, {row.matperiod for row in [*chosen, *earlier]}),
        rules.rules(),
        names={row.kommun_kod: kommuner.area_name(row.kommun_kod) for row in chosen},
        published={extract.uttag_id for extract in extracts if extract.publicerad},
        matperiod=title,
        matperioder=matperioder,
        against=against,
        earlier=earlier,
        version=snapshot.number,
        extracts=used_extracts,
        remarks=[remark for uttag_id, remark in remarks if uttag_id in used | {row.uttag_id for row in earlier}],
        notes=_notes(chosen, indicator),
        is_example=is_example or any(e.ursprung.startswith(EXAMPLE) for e in used_extracts),
        lan_kod=lan,
    )


def plan_of(snapshot: Snapshot, matperioder: Collection[str] | None = None) -> Plan:
    """What is hidden in a version, seen over all indicators; in some periods, or all. Worked out once per version."""
    key = settings.lan_kod(), rules.rules()
    if key not in snapshot.memo:
        published = {extract.uttag_id for extract in snapshot.extracts() if extract.publicerad}
        snapshot.memo[key] = protection.Whole(rows_of_all(snapshot), published, key[1], key[0])
    whole: protection.Whole = snapshot.memo[key]
    return whole.plan(matperioder)


def rows_of_all(snapshot: Snapshot) -> Iterator[tuple[Indicator, list[RawRow]]]:
    """All rows of all indicators, before the gate. An indicator that cannot be computed is left out."""
    for indicator in indicators.indicators().values():
        # one that cannot be computed shows nothing, and says so on its own page
        with suppress(UserError):
            yield indicator, _run(snapshot.connection, indicator)


def _run(connection: duckdb.DuckDBPyConnection, indicator: Indicator) -> list[RawRow]:
    try:
        answer = connection.execute(indicator.sql)
    except duckdb.Error as error:
        raise UserError(f"SQL-frågan i {indicator.file} går inte att köra. DuckDB säger: {error}") from error
    columns = [column[0] for column in answer.description]
    missing = [name for name in REQUIRED_COLUMNS if name not in columns]
    unknown = [name for name in columns if name not in (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS)]
    if missing or unknown:
        faults = [f"saknar {joined(missing)}" if missing else "", f"har okända {joined(unknown)}" if unknown else ""]
        raise UserError(
            f"SQL-frågan i {indicator.file} {' och '.join(f for f in faults if f)}. "
            f"Den ska ge {joined(list(REQUIRED_COLUMNS))}, och får ge {joined(list(OPTIONAL_COLUMNS))}."
        )
    rows = [_raw_row(dict(zip(columns, row, strict=True)), indicator) for row in answer.fetchall()]
    # SQL promises no order, and what is hidden must be the same in every process that reads the version
    rows.sort(key=lambda row: (row.kommun_kod, row.matperiod, row.grupp))
    keys = [(row.kommun_kod, row.matperiod, row.grupp) for row in rows]
    if len(keys) != len(set(keys)):
        raise UserError(f"SQL-frågan i {indicator.file} ger flera rader för samma kommun_kod, matperiod och grupp.")
    return rows


def _raw_row(values: dict[str, Any], indicator: Indicator) -> RawRow:
    """Texts as text, counts as whole numbers. Groups and periods may be NULL in SQL; here they have a name."""
    try:
        whole = {name: None if values.get(name) is None else int(values[name]) for name in _WHOLE}
        if any(number is not None and number != values[name] for name, number in whole.items()):
            raise ValueError("not a whole number")
        return RawRow(
            kommun_kod=str(values["kommun_kod"]),
            grupp=NO_GROUP if values["grupp"] is None else str(values["grupp"]) or NO_GROUP,
            matperiod=UNKNOWN_PERIOD if values["matperiod"] is None else str(values["matperiod"]) or UNKNOWN_PERIOD,
            varde=None if values.get("varde") is None else float(values["varde"]),
            kalla=values.get("kalla"),
            tecken=values.get("tecken"),
            **whole,
        )
    except (TypeError, ValueError) as error:
        raise UserError(
            f"SQL-frågan i {indicator.file} ger fel slags värden. "
            f"{joined(list(_WHOLE))} ska vara heltal och varde ett tal."
        ) from error


def _choose(
    rows: Sequence[RawRow], indicator: Indicator, matperiod: str | None, matperioder: Sequence[str]
) -> tuple[list[RawRow], str]:
    """The rows of the wanted period, and what to call it."""
    if matperiod == periods.EVERY:
        return list(rows), periods.EVERY
    if matperiod is not None:
        if matperiod not in matperioder:
            known = joined([f"”{p}”" for p in matperioder]) or "ingen ännu"
            raise NotFound(f"Mätperioden ”{matperiod}” finns inte för {indicator.id}. Det som finns: {known}.")
        return [row for row in rows if row.matperiod == matperiod], matperiod
    if indicator.period_per_omrade:
        newest = {(r.kommun_kod, r.grupp): r for r in sorted(rows, key=lambda r: periods.sort_key(r.matperiod))}
        return list(newest.values()), periods.LATEST_PER_AREA
    latest = matperioder[0] if matperioder else UNKNOWN_PERIOD
    return [row for row in rows if row.matperiod == latest], latest


def _earlier(rows: Sequence[RawRow], matperiod: str, matperioder: Sequence[str]) -> list[RawRow]:
    """The rows of the period before one; none where several periods are shown, or where its date is not known."""
    before = periods.before(matperiod, matperioder)
    return [row for row in rows if row.matperiod == before] if before else []


def _only(rows: Sequence[RawRow], kommun: str, lan: str, against: Against) -> list[RawRow]:
    """The rows of one kommun and of what it is compared with."""
    kept = {kommun_in_lan(kommun), lan, *([kommuner.RIKET] if against == "riket" else [])}
    return [row for row in rows if row.kommun_kod in kept]


def kommun_in_lan(kommun: str) -> str:
    """Code of a kommun of the län by name or code. Raises NotFound, with the nearest name, for another."""
    lan = settings.lan_kod()
    kod = kommuner.resolve(kommun, lan)
    if kod is None:
        near = kommuner.nearest(kommun, lan)
        raise NotFound(f"Kommunen {kommun!r} finns inte.{f' Menas {near}?' if near else ''}")
    if not kod.startswith(lan):
        raise NotFound(f"{kommuner.area_name(kod)} ligger inte i {kommuner.lan_name(lan)}.")
    return kod


def _with_missing_kommuner(rows: Sequence[RawRow], lan: str) -> list[RawRow]:
    """Give each kommun that lacks a row, where others have one, an empty row: missing is shown, not left out."""
    present = {(row.kommun_kod, row.matperiod, row.grupp) for row in rows}
    split = dict.fromkeys((row.matperiod, row.grupp) for row in rows if len(row.kommun_kod) == 4)
    empty = [
        RawRow(kommun.kod, matperiod, grupp, None, None)
        for matperiod, grupp in split
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
    if indicator.kind not in {"proportion", "rate"}:
        return []
    pairs = dict.fromkeys((r.taljare_ar, r.namnare_ar) for r in rows if r.namnare_ar and r.namnare_ar != r.taljare_ar)
    notes = []
    for numerator, denominator in pairs:
        measured = f"täljaren från {numerator}" if numerator else "täljarens mätår är inte angivet i källan"
        notes.append(f"Olika år: nämnaren ({indicator.namnare}) är från {denominator}, {measured}.")
    if any(r.taljare is not None and r.namnare is None for r in rows):
        notes.append(f"Nämnaren ({indicator.namnare}) saknas för några rader, så andelen kan inte räknas där.")
    return notes
