"""An indicator's rows as its SQL gives them, before the gate. They must not be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

import duckdb

from naravard import sources
from naravard.base.errors import UserError
from naravard.base.model import NO_GROUP, UNKNOWN_PERIOD, Source
from naravard.base.numbers import enumeration
from naravard.figures import indicators
from naravard.figures.indicators import OPTIONAL_COLUMNS, REQUIRED_COLUMNS, Indicator
from naravard.figures.protection import RawRow, StoredCount
from naravard.store.database import SMALL_CONFIG
from naravard.store.snapshots import Snapshot

_TABLE_NAME = re.compile(r'"table_name":\s*"([^"]+)"')
_TABLE_FUNCTION = re.compile(r'"type":\s*"TABLE_FUNCTION".*?"function_name":\s*"([^"]+)"')
_OF_NO_TABLE = frozenset({"generate_series", "range", "unnest"})
"""Functions in place of a table that read none: others can read any, by a text, as `query`, or files."""
_ABOUT_SQL = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)
"""Errors that are told before any row is read."""
_YEARS = ("taljare_ar", "namnare_ar")
_WHOLE = ("taljare", "namnare", "uttag_id", "namnare_uttag_id", "taljare_ar", "namnare_ar")


def rows_of_all(snapshot: Snapshot) -> Iterator[tuple[Indicator, Sequence[RawRow]]]:
    """All rows of all indicators of one version. An indicator that cannot be computed is left out."""
    for indicator in indicators.registry().values():
        # one that cannot be computed shows nothing, and says so on its own page
        with suppress(UserError):
            yield indicator, rows_of(snapshot, indicator)


def rows_of(snapshot: Snapshot, indicator: Indicator) -> Sequence[RawRow]:
    """One indicator's rows in a fixed order. Raises UserError for SQL that fails or gives other columns.

    The query runs once per version, whose content is immutable. One that reads nothing of what has changed since the
    version that this one is built on has its rows.
    """
    key = "rows", indicator.id, indicator.kind, indicator.sql
    if key not in snapshot.of_counts:
        before = snapshot.grown_from
        is_as_before = before is not None and not before.changed_sources & _sources_followed(indicator.sql)
        known_rows = before.of_counts if before and is_as_before else {}
        if key not in known_rows:
            known_rows[key] = tuple(run_query(snapshot.with_views(_views_read(indicator.sql)), indicator))
        snapshot.of_counts[key] = known_rows[key]
    rows: Sequence[RawRow] = snapshot.of_counts[key]
    return rows


def run_query(connection: duckdb.DuckDBPyConnection, indicator: Indicator) -> list[RawRow]:
    """What an indicator's SQL gives, in a fixed order. Raises UserError for SQL that fails or gives other columns."""
    try:
        answer = connection.execute(indicator.sql)
    except _ABOUT_SQL as error:
        raise UserError(f"SQL-frågan i {indicator.file} går inte att köra. DuckDB säger: {error}") from error
    except duckdb.Error as error:  # told before the gate: the text can quote a count that is to be hidden
        raise UserError(
            f"SQL-frågan i {indicator.file} stannar på ett av talen ({type(error).__name__}). Vilket sägs inte: "
            "det kan vara dolt. Kör frågan i DuckDB för att se det."
        ) from None
    columns = [column[0] for column in answer.description]
    missing = [name for name in REQUIRED_COLUMNS if name not in columns]
    unknown = [name for name in columns if name not in (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS)]
    if missing or unknown:
        faults = [
            f"saknar {enumeration(missing)}" if missing else "",
            f"har okända {enumeration(unknown)}" if unknown else "",
        ]
        raise UserError(
            f"SQL-frågan i {indicator.file} {' och '.join(f for f in faults if f)}. "
            f"Den ska ge {enumeration(list(REQUIRED_COLUMNS))}, och får ge {enumeration(list(OPTIONAL_COLUMNS))}."
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
        whole = {name: _whole_number(values.get(name)) for name in _WHOLE}
        for name in _YEARS:
            if (year := whole[name]) is not None and not 1900 <= year <= 2200:
                raise ValueError("not a year")
        if not indicator.kind.has_denominator:
            # nothing would judge whether they may be seen
            values = {**values, "namnare_andring": None}
            whole["namnare"] = whole["namnare_uttag_id"] = None
        return RawRow(
            kommun_kod=str(values["kommun_kod"]),
            grupp=NO_GROUP if values["grupp"] is None else str(values["grupp"]) or NO_GROUP,
            matperiod=UNKNOWN_PERIOD if values["matperiod"] is None else str(values["matperiod"]) or UNKNOWN_PERIOD,
            varde=None if values.get("varde") is None else float(values["varde"]),
            namnare_andring=None if values.get("namnare_andring") is None else float(values["namnare_andring"]),
            kalla=values.get("kalla"),
            tecken=values.get("tecken"),
            **whole,
        )
    except (TypeError, ValueError) as error:
        raise UserError(
            f"SQL-frågan i {indicator.file} ger fel slags värden. "
            f"{enumeration(list(_WHOLE))} ska vara heltal, åren mellan 1900 och 2200, varde och namnare_andring tal."
        ) from error


def _whole_number(value: Any) -> int | None:
    if value is None or type(value) is int:
        return value
    if (number := int(value)) != value:
        raise ValueError("not a whole number")
    return number


def stored_counts(connection: duckdb.DuckDBPyConnection) -> list[StoredCount]:
    """The counts of all sets of persons that the store holds, in a fixed order."""
    return [
        count for source in sources.sources().values() if source.persons for count in _counts_of(connection, source)
    ]


def _counts_of(connection: duckdb.DuckDBPyConnection, source: Source) -> Iterator[StoredCount]:
    """The counts of one source: a row per set, or a column per set where its table has no divisions."""
    assert source.persons
    columns = source.persons.columns
    names = (
        ", ".join(f"{column}, {column}_tecken" for column in columns.values())
        if columns
        else ("uppdelning, grupp, antal, tecken")
    )
    answer = connection.execute(
        f'select uttag_id, matperiod, kommun_kod, {names} from "{source.id}" inner join uttag using (uttag_id) '
        "where niva in ('kommun', 'lan') order by all"
    )
    for uttag_id, matperiod, area, *values in answer.fetchall():
        place = matperiod or UNKNOWN_PERIOD, area
        if columns:
            for own, value, tecken in zip(columns, values[::2], values[1::2], strict=True):
                name = f"{source.id}.{own}" if own else source.id
                yield StoredCount(source.id, uttag_id, name, *place, value, tecken)
        else:
            division, group, value, tecken = values
            name = source.id if division == group == NO_GROUP else f"{source.id}.{division}.{group}"
            yield StoredCount(source.id, uttag_id, name, *place, value, tecken)


def sources_read() -> dict[str, frozenset[str]]:
    """The sources of persons that each indicator's SQL reads, also through views; by the indicator's id."""
    of_persons = sources.of_persons()
    return {
        indicator.id: of_persons & _tables_read(indicator.sql, of_persons)
        for indicator in indicators.registry().values()
    }


def views_read(sql: str) -> dict[str, str]:
    """The views that SQL reads, also through others: their SQL by name."""
    return {name: indicators.views()[name] for name in _views_read(sql)}


def open_views(sql: str) -> dict[str, str]:
    """Those of the views that SQL reads in which nothing is of persons."""
    of_persons = sources.of_persons()
    return {name: own for name, own in views_read(sql).items() if not _tables_read(own, of_persons) & of_persons}


@cache
def _views_read(sql: str) -> frozenset[str]:
    """Names of the views that SQL reads, also through others."""
    views = frozenset(indicators.views())
    return views & _tables_read(sql, views)


_OF_ITS_OWN_EXTRACT = re.compile(r"\b(?:inner\s+)?join\s+uttag\s+using\s*\(\s*uttag_id\s*\)", re.IGNORECASE)
"""So SQL reads the extract that a count is of; any other way may read extracts of all sources."""
_CTE_NAME = re.compile(r'"key":\s*"([^"]+)"')


@cache
def _sources_followed(sql: str) -> frozenset[str]:
    """The sources of which an indicator's rows follow; all where it reads what is not of a source."""
    all_sources = frozenset(sources.sources())
    views = indicators.views()
    tables, own_names = set[str](), set[str]()
    for text in (sql, *(views[name] for name in _views_read(sql))):
        names = _names_in(text)
        tables |= names.tables or all_sources
        own_names |= names.ctes
    is_of_others = "uttag" in tables or tables - all_sources - views.keys() - own_names
    return all_sources if is_of_others else all_sources & tables


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """An empty database, of which SQL is only asked what it reads."""
    return duckdb.connect(config=SMALL_CONFIG)


class _Names(NamedTuple):
    """Names of the tables, views and CTEs that SQL reads, and of those CTEs. No tables where they are not written out:
    in SQL that cannot be parsed, or has a function in place of one. `uttag` is not among them where it says whose a
    count is.
    """

    tables: frozenset[str]
    ctes: frozenset[str]


@cache
def _names_in(sql: str) -> _Names:
    """The names in SQL as DuckDB parses it, which takes longer than most of what is asked of them."""
    names = _parsed_names(_OF_ITS_OWN_EXTRACT.sub(" ", sql))
    return names if names.tables else _parsed_names(sql)


def _parsed_names(sql: str) -> _Names:
    # written out, since DuckDB waits for pandas where it is given parameters
    text = sql.replace("'", "''")
    (tree,) = _parser().cursor().execute(f"select json_serialize_sql('{text}')").fetchone() or ("",)
    tables, ctes = (
        frozenset(name.lower() for name in pattern.findall(str(tree))) for pattern in (_TABLE_NAME, _CTE_NAME)
    )
    functions = {name.lower() for name in _TABLE_FUNCTION.findall(str(tree))}
    return _Names(tables if functions <= _OF_NO_TABLE else frozenset(), ctes)


@cache
def _tables_read(sql: str, all_tables: frozenset[str]) -> frozenset[str]:
    """Names of the tables in SQL as DuckDB parses it, views followed. All of them where they are not written out.

    Also where it reads others than those of sources and the extracts: the store keeps its secret and what it hides too.
    """
    views = indicators.views()
    tables, ctes = _names_in(sql)
    others = tables - sources.sources().keys() - views.keys() - ctes - {"uttag"}
    names = tables if tables and not others else tables | all_tables
    return names.union(*(_tables_read(views[name], all_tables) for name in names & views.keys()))


def open_counts(connection: duckdb.DuckDBPyConnection) -> frozenset[tuple[str, int]]:
    """Numbers of inhabitants that are public, with their area: what a denominator may be without being of persons."""
    rows = connection.execute(
        "select distinct kommun_kod, antal from befolkning inner join uttag using (uttag_id) where publicerad"
    )
    return frozenset((area, number) for area, number in rows.fetchall() if number is not None)


_PRINTED = "select uttag_id, kommun_kod, {column} from {source} inner join uttag using (uttag_id) where publicerad"
_OF_NUMBERS = re.compile(r"(\w+) double\b")


def printed_numbers(connection: duckdb.DuckDBPyConnection) -> frozenset[tuple[int, str, float]]:
    """Numbers that published extracts of one period without persons hold, as those of slides, by extract and area."""
    tables = {each.id: each.table for each in sources.sources().values() if not (each.persons or each.cumulative)}
    queries = [
        _PRINTED.format(column=column, source=source)
        for source, ddl in tables.items()
        for column in _OF_NUMBERS.findall(ddl)
    ]
    rows = [row for query in queries for row in connection.execute(query).fetchall()]
    return frozenset((uttag_id, area, number) for uttag_id, area, number in rows if number is not None)


_SIMILAR = """
select kanda.nyckeltal, liknande_kommuner.kommun_kod, kanda.ar::varchar, avg(kanda.varde)
from liknande_kommuner
inner join (
    select kommun_kod, nyckeltal, ar, varde from nyckeltal_andra
    union all
    select kommun_kod, nyckeltal, ar, varde from nyckeltal_gallande where niva = 'kommun' and kon = 'totalt'
) as kanda on liknande_kommuner.medlem = kanda.kommun_kod
where kanda.varde is not null and kanda.ar is not null
group by all
having count(*) >= $fewest
"""
_FEWEST_SIMILAR = 4
"""Of Kolada's seven: a mean of fewer is of others than the group."""


def similar_means(snapshot: Snapshot, indicator: Indicator) -> dict[tuple[str, str], float]:
    """Kommun and year → the mean of the open values of the kommuner that Kolada says are like it."""
    if not indicator.nyckeltal:
        return {}
    if "similar" not in snapshot.memo:  # of all at once: to open the file takes longer than the question
        by_nyckeltal: dict[str, dict[tuple[str, str], float]] = {}
        for nyckeltal, kod, year, mean in snapshot.connection.execute(_SIMILAR, {"fewest": _FEWEST_SIMILAR}).fetchall():
            by_nyckeltal.setdefault(nyckeltal, {})[kod, year] = float(mean)
        snapshot.memo["similar"] = by_nyckeltal
    means: dict[tuple[str, str], float] = snapshot.memo["similar"].get(indicator.nyckeltal, {})
    return means
