"""The ledger of a snapshot: the län that it is of, its extracts with their remarks, and the log of publications.

The log is append-only, over restores too; an id of an extract is never used again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import duckdb

from naravard.base import clock
from naravard.base.breaks import Break
from naravard.base.model import Extract, Remark, Version
from naravard.store.counts import Counts

TABLES = """
create table om (lan_kod varchar not null);
create table uttag (
    uttag_id integer primary key, kalla varchar not null, titel varchar not null, matperiod varchar not null,
    matdatum date, ar integer, filnamn varchar not null, sha256 varchar not null, rader_lasta bigint not null,
    rader_raknade bigint not null, vem varchar not null, nar timestamp not null, status varchar not null,
    publicerad boolean not null, ursprung varchar not null, rapport varchar not null
);
create table anmarkningar (
    uttag_id integer not null, indikator varchar not null, kommun_kod varchar, text varchar not null,
    matperioder varchar[]
);
create table handelser (
    version integer not null, handelse varchar not null, nar timestamp not null, vem varchar not null,
    varfor varchar not null, uttag integer[] not null
);
"""

_BREAKS = """
create table if not exists brytpunkter (
    nummer integer primary key, datum date not null, kalla varchar not null, indikator varchar not null,
    kommun_kod varchar, text varchar not null, vem varchar not null, nar timestamp not null
)
"""


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Add what a ledger from an older program lacks: a remark was about all periods."""
    connection.execute("alter table anmarkningar add column if not exists matperioder varchar[]")


def give_order(connection: duckdb.DuckDBPyConnection, key: str) -> None:
    """Write the secret by which the areas of this store have an order, once: later publications keep it."""
    connection.execute("create table if not exists ordning (nyckel varchar not null)")
    connection.execute("insert into ordning select $key where not exists (from ordning)", {"key": key})


def write_hidden(connection: duckdb.DuckDBPyConnection, cells: Iterable[tuple[int, str, str, str]]) -> None:
    """Remember which cells of which extracts this version hides: extract, set, period and area, and no number.

    An extract that hides nothing has a row without a set.
    """
    connection.execute(
        "create or replace table dolda (uttag_id integer, mangd varchar, matperiod varchar, kommun_kod varchar)"
    )
    columns = [list(column) for column in zip(*cells, strict=True)]
    if columns:
        connection.execute("insert into dolda select unnest(?), unnest(?), unnest(?), unnest(?)", columns)


def hidden(connection: duckdb.DuckDBPyConnection) -> frozenset[tuple[int, str, str, str]]:
    """What a version hid when it was published; nothing where that was not remembered."""
    if not connection.execute("from duckdb_tables() where table_name = 'dolda'").fetchall():
        return frozenset()
    return frozenset(connection.execute("from dolda").fetchall())


def breaks(connection: duckdb.DuckDBPyConnection) -> list[Break]:
    """The breaks in series that have been set, by number; none where the file is from before there were any."""
    if not connection.execute("from duckdb_tables() where table_name = 'brytpunkter'").fetchall():
        return []
    rows = connection.execute(
        """
        select datum, text, kalla, indikator, kommun_kod, vem, strftime(nar, '%Y-%m-%d %H:%M'), nummer
        from brytpunkter
        order by nummer
        """
    ).fetchall()
    return [Break(*row) for row in rows]


def add_break(connection: duckdb.DuckDBPyConnection, each: Break, who: str) -> int:
    """Write a break in series, and give its number. A number that has been taken away may be used again."""
    connection.execute(_BREAKS)
    row = connection.execute("select coalesce(max(nummer), 0) + 1 from brytpunkter").fetchone()
    assert row is not None
    values = [row[0], each.datum, each.kalla, each.indikator, each.kommun_kod, each.text, who, _now()]
    connection.execute("insert into brytpunkter values (?, ?, ?, ?, ?, ?, ?, ?)", values)
    return int(row[0])


def remove_break(connection: duckdb.DuckDBPyConnection, nummer: int) -> None:
    """Take a break in series away."""
    connection.execute("delete from brytpunkter where nummer = $nummer", {"nummer": nummer})


def order_key(connection: duckdb.DuckDBPyConnection) -> str:
    """The secret by which the areas of this store have an order; empty for a store that has none yet."""
    if not connection.execute("from duckdb_tables() where table_name = 'ordning'").fetchall():
        return ""
    row = connection.execute("select nyckel from ordning").fetchone()
    return "" if row is None else str(row[0])


def add_extract(connection: duckdb.DuckDBPyConnection, counts: Counts, who: str) -> int:
    """Write an extract and its remarks into the ledger, and give its id. Its counts are written by the store."""
    uttag_id = _next_id(connection)
    row = {"uttag_id": uttag_id, **_extract_row(counts), "vem": who, "nar": _now(), "status": "gallande"}
    names = ", ".join(row)
    connection.execute(f"insert into uttag ({names}) values ({', '.join('$' + name for name in row)})", row)
    for remark in counts.remarks:
        for indikator in remark.indikatorer:
            values = [uttag_id, indikator, remark.kommun_kod, remark.text, list(remark.matperioder)]
            connection.execute(
                "insert into anmarkningar (uttag_id, indikator, kommun_kod, text, matperioder) values (?, ?, ?, ?, ?)",
                values,
            )
    return uttag_id


def replace_extract(connection: duckdb.DuckDBPyConnection, counts: Counts) -> None:
    """Take the extract of the same source and period out of force. Its counts stay in older snapshots."""
    replaced_ids = connection.execute(
        """
        update uttag set status = 'ersatt'
        where kalla = $kalla and lower(matperiod) = lower($matperiod) and status = 'gallande'
        returning uttag_id
        """,
        {"kalla": counts.kalla, "matperiod": counts.matperiod},
    ).fetchall()
    for (uttag_id,) in replaced_ids:
        connection.execute(f'delete from "{counts.kalla}" where uttag_id = $uttag_id', {"uttag_id": uttag_id})


def in_force(connection: duckdb.DuckDBPyConnection) -> set[tuple[int, str]]:
    """Id and source of the extracts whose counts are there."""
    return set(connection.execute("select uttag_id, kalla from uttag where status = 'gallande'").fetchall())


def lan_kod(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Code of the län that a store is of; None where the file does not say."""
    row = connection.execute("select lan_kod from om").fetchone()
    return None if row is None else str(row[0])


def extracts(connection: duckdb.DuckDBPyConnection) -> list[Extract]:
    """All extracts, the newest first."""
    columns = ", ".join(name for name in Extract.__dataclass_fields__ if name != "nar")
    rows = connection.execute(
        f"select {columns}, strftime(nar, '%Y-%m-%d %H:%M') as nar from uttag order by uttag_id desc"
    )
    names = [column[0] for column in rows.description]
    return [Extract(**dict(zip(names, row, strict=True))) for row in rows.fetchall()]


def remarks(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, Remark]]:
    """All remarks with the id of their extract, in the order they were written."""
    has_periods = "matperioder" in connection.table("anmarkningar").columns
    matperioder = "matperioder" if has_periods else "null::varchar[]"
    rows = connection.execute(
        f"""
        select uttag_id, text, list(indikator order by rowid), kommun_kod, {matperioder} as perioder
        from anmarkningar
        group by uttag_id, text, kommun_kod, perioder
        order by min(rowid)
        """
    ).fetchall()
    return [
        (uttag_id, Remark(text, tuple(ids), kod, tuple(perioder or ()))) for uttag_id, text, ids, kod, perioder in rows
    ]


def log(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """The rows of the log, the oldest first."""
    return connection.execute(
        "select version, handelse, nar, vem, varfor, uttag from handelser order by version"
    ).fetchall()


def replace_log(connection: duckdb.DuckDBPyConnection, rows: list[tuple[Any, ...]]) -> None:
    """Put the whole log into a snapshot that is restored, which knows only what was before it."""
    connection.execute("delete from handelser")
    connection.executemany("insert into handelser values (?, ?, ?, ?, ?, ?)", rows)


def write_event(
    connection: duckdb.DuckDBPyConnection, version: int, event: str, who: str, why: str, ids: list[int]
) -> None:
    """Append one publication to the log."""
    connection.execute("insert into handelser values (?, ?, ?, ?, ?, ?)", [version, event, _now(), who, why, ids])


def versions(rows: list[tuple[Any, ...]]) -> list[Version]:
    """The rows of a log as versions, the newest first."""
    return [Version(v, e, f"{t:%Y-%m-%d %H:%M}", w, y, tuple(u)) for v, e, t, w, y, u in reversed(rows)]


def _extract_row(counts: Counts) -> dict[str, Any]:
    return {
        name: getattr(counts, name)
        for name in Counts.__dataclass_fields__
        if name not in {"table", "remarks", "cumulative"}
    }


def _next_id(connection: duckdb.DuckDBPyConnection) -> int:
    """Ids are never used again, not even after a restore: the log remembers them all."""
    row = connection.execute(
        """
        select coalesce(max(id), 0) + 1
        from (select uttag_id as id from uttag union all select unnest(uttag) from handelser)
        """
    ).fetchone()
    assert row is not None
    return int(row[0])


def _now() -> datetime:
    return clock.now().replace(tzinfo=None, microsecond=0)
