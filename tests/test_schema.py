"""The schema of a snapshot: what an older one lacks is added for good, or laid over it for a reader."""

from collections.abc import Iterator

import duckdb
import pytest

from naravard.base.model import Remark
from naravard.store import ledger
from naravard.store.schema import Schema, column_names, migrate, work_out_views

OLD = "niva varchar, antal bigint"
NEW = Schema(
    {"sabo": f"{OLD}, andel decimal(10, 2), tecken varchar", "cosmic": "niva varchar"},
    {"a_summa": "select sum(antal) as antal from z_stora", "z_stora": "select * from sabo where antal > 1"},
)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A snapshot from before two columns, a source and the views were thought of."""
    with duckdb.connect() as database:
        database.execute(f"create table sabo (uttag_id integer not null, {OLD})")
        database.execute("insert into sabo values (1, 'kommun', 1), (1, 'kommun', 2), (1, 'lan', 3)")
        yield database


@pytest.mark.parametrize("temporary", [True, False])
def test_an_older_snapshot_has_all_that_the_schema_has(temporary: bool, connection: duckdb.DuckDBPyConnection) -> None:
    migrate(connection, NEW, temporary=temporary)
    rows = connection.execute("select uttag_id, niva, antal, andel, tecken from sabo order by antal").fetchall()
    assert rows == [(1, "kommun", 1, None, None), (1, "kommun", 2, None, None), (1, "lan", 3, None, None)]
    assert connection.execute("select * from cosmic").fetchall() == []
    assert connection.execute("select antal from a_summa").fetchall() == [(5,)]


@pytest.mark.parametrize(("temporary", "tables"), [(True, {"sabo"}), (False, {"sabo", "cosmic", "avtryck"})])
def test_a_reader_changes_nothing_in_the_snapshot(
    temporary: bool, tables: set[str], connection: duckdb.DuckDBPyConnection
) -> None:
    migrate(connection, NEW, temporary=temporary)
    permanent = connection.execute("select table_name, column_count from duckdb_tables() where not temporary")
    columns = {"sabo": 3 if temporary else 5, "cosmic": 2, "avtryck": 1}
    assert dict(permanent.fetchall()) == {name: columns[name] for name in tables}


@pytest.mark.parametrize("temporary", [True, False])
def test_a_view_that_is_worked_out_is_a_table_of_what_it_gave(
    temporary: bool, connection: duckdb.DuckDBPyConnection
) -> None:
    migrate(connection, NEW, temporary=temporary)
    before = connection.execute("from z_stora").fetchall()
    work_out_views(connection, NEW.views)
    assert connection.execute("from z_stora").fetchall() == before
    assert connection.execute("from a_summa").fetchall() == [(5,)]
    tables = connection.execute("select table_name from duckdb_tables() where temporary").fetchall()
    assert {("a_summa",), ("z_stora",)} <= set(tables)


@pytest.mark.parametrize("temporary", [True, False])
def test_a_view_that_fails_on_its_rows_fails_for_who_asks_it_and_no_other(
    temporary: bool, connection: duckdb.DuckDBPyConnection
) -> None:
    views = {**NEW.views, "fel": "select niva::integer as tal from sabo"}
    migrate(connection, Schema(NEW.tables, views), temporary=temporary)
    work_out_views(connection, views)
    with pytest.raises(duckdb.ConversionException):
        connection.execute("from fel")
    assert connection.execute("from a_summa").fetchall() == [(5,)]


@pytest.mark.parametrize(("schema", "shadows"), [(NEW, 0), (Schema(NEW.tables, {"a_summa": "select 1 as antal"}), 1)])
def test_a_reader_lays_nothing_over_a_snapshot_of_its_own_schema(
    schema: Schema, shadows: int, connection: duckdb.DuckDBPyConnection
) -> None:
    migrate(connection, NEW, temporary=False)
    migrate(connection, schema, temporary=True)
    views = connection.execute("select view_name from duckdb_views() where temporary and not internal").fetchall()
    assert len(views) == shadows
    assert connection.execute("from a_summa").fetchall() == [(1 if shadows else 5,)]


def test_a_second_migration_changes_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    for _ in range(2):
        migrate(connection, NEW, temporary=False)
    assert connection.execute("select count(*) from sabo").fetchone() == (3,)


def test_a_ledger_from_before_remarks_had_periods_is_read_and_migrated() -> None:
    with duckdb.connect() as database:
        database.execute(ledger.TABLES)
        database.execute("alter table anmarkningar drop column matperioder")
        database.execute("insert into anmarkningar values (1, 'prov', '0880', 'Om Kalmar.')")
        remark = Remark("Om Kalmar.", ("prov",), "0880")
        assert ledger.remarks(database) == [(1, remark)]
        for _ in range(2):
            ledger.migrate(database)
        assert ledger.remarks(database) == [(1, remark)]


def test_names_of_columns_are_read_out_of_their_ddl() -> None:
    assert column_names(NEW.tables["sabo"]) == ["niva", "antal", "andel", "tecken"]
