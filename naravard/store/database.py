"""How DuckDB is opened by all who count or keep counts, and how one version's tables come into another."""

from __future__ import annotations

from collections.abc import Collection

import duckdb

OFFLINE_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",
}
"""How DuckDB is opened: it takes nothing from the network, and writes no temporary files."""
SMALL_CONFIG = {**OFFLINE_CONFIG, "threads": 1}
"""As above for tables of some thousand rows, which several threads take longer to share than one to read."""
NEW_FILE_CONFIG = {**SMALL_CONFIG, "default_block_size": "16384"}
"""As above with small blocks: a snapshot is many small tables, and takes a tenth of the space of DuckDB's default."""


def copy_tables(
    from_connection: duckdb.DuckDBPyConnection,
    to_connection: duckdb.DuckDBPyConnection,
    count_tables: Collection[str],
    only: Collection[int] | None,
) -> None:
    """Copy all tables of a snapshot, but not its views; of the counts those of some extracts, by id, or all."""
    names = from_connection.execute("select table_name from duckdb_tables() where not temporary").fetchall()
    for (name,) in names:
        some = only is not None and name in count_tables
        rows = from_connection.execute(
            f'from main."{name}"' + (" where list_contains($ids, uttag_id)" if some else ""),
            {"ids": list(only or ())} if some else {},
        )
        to_connection.register("grund", rows.to_arrow_table())
        to_connection.execute(f'create table "{name}" as from grund')
        to_connection.unregister("grund")
