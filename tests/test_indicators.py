"""Indicators: front matter with words for every mistake, and SQL that runs as it stands."""

from pathlib import Path

import duckdb
import pytest

from naravard import charts, exports
from naravard.base import settings
from naravard.base.errors import NotFound, UserError
from naravard.figures import indicators
from naravard.figures.reader import Reader
from naravard.store.snapshots import Store
from tests.open_apis import NOT_PUBLISHED

REQUIRED_IDS = {
    "kommunal_primarvard_antal", "kommunal_primarvard_andel_av_befolkningen", "fast_lakarkontakt_andel",
    "rub_fordelning", "hemsjukvard_antal", "hemsjukvard_profession", "hemsjukvard_andel_65plus",
    "hemsjukvard_ssk_andel_65plus", "sabo_boende", "sabo_andel_primarvard", "akutbesok_80plus_per_1000",
    "befolkning_80plus", "befolkning_80plus_prognos", "hemtjanst_80plus_andel",
}  # fmt: skip
ALL = sorted(indicators.registry())


def test_the_indicators_of_the_slides_exist() -> None:
    assert set(ALL) >= REQUIRED_IDS


@pytest.mark.parametrize("indicator_id", ALL)
def test_an_indicator_computes_draws_and_leaves_in_every_format(indicator_id: str, example: Store) -> None:
    result = Reader(example).read(indicator_id)
    if result.indicator.nyckeltal in NOT_PUBLISHED:
        assert not result.rows, "it has figures when they are fetched"
        return
    assert result.rows, "the example store fills every indicator"
    assert {row.kommun_kod for row in result.rows} <= {"00", "08", *(r.kommun_kod for r in result.kommuner)}
    if result.has_kommuner:
        assert len({row.kommun_kod for row in result.kommuner}) == 12
    assert len(charts.draw(result).data) > 0
    for name in exports.text_formats():
        assert "EXEMPELDATA" in exports.write_text(result, name) or '"exempeldata": true' in exports.write_text(
            result, name
        )


@pytest.mark.parametrize("indicator_id", ALL)
def test_the_sql_runs_unchanged_in_plain_duckdb(indicator_id: str, live: Store) -> None:
    """As in the DuckDB command line: the snapshot's file, and the SQL file with its front matter."""
    sql = (settings.QUERIES / f"{indicator_id}.sql").read_text(encoding="utf-8")
    with duckdb.connect(live.folder / "000001.duckdb", read_only=True) as connection:
        columns = [column[0] for column in connection.execute(sql).description]
    assert set(columns) >= set(indicators.REQUIRED_COLUMNS)


GOOD = """/* ---
titel: Prov
kind: proportion
enhet: procent
riktning: neutral
taljare: personer
namnare: personer
kalla: Cosmic
definition: ett prov
--- */
select 1
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("titel: Prov", "titl: Prov", "nyckeln 'titl' är okänd, närmast är 'titel'; nyckeln 'titel' saknas"),
        ("namnare: personer\n", "", "nyckeln 'namnare' saknas"),
        ("kind: proportion", "kind: proporton", "kind är 'proporton' men ska vara en av count, proportion, rate, "
         "distribution, närmast är proportion"),
        ("riktning: neutral", "riktning: upp", "riktning är 'upp' men ska vara en av"),
        ("kind: proportion", "kind: proportion\ndecimaler: två", "decimaler ska vara ett heltal"),
        ("kind: proportion", "kind: proportion\ngrupper: a", "grupper ska vara en lista med kod: namn"),
        ("titel: Prov", "id: a\nidd: b\ntitel: Prov",
         "nyckeln 'id' är okänd; nyckeln 'idd' är okänd, närmast är 'malbild'"),
        ("titel: Prov", "titel: 3", "titel ska vara text, sätt citattecken om värdet"),
        ("titel: Prov", "titel:", "nyckeln 'titel' saknas"),
        ("titel: Prov", "titel: ''", "nyckeln 'titel' saknas"),
        ("titel: Prov", "titel: Prov\nmalbild: samordning", "malbild ska vara en lista med id ur data/malbild.toml"),
        ("titel: Prov", "titel: Prov\nfynd: Andelen är {tal}",
         "fynd får ha {varde}, {antal}, {av}, {lan} och inget annat inom klamrar"),
        ("titel: Prov", "titel: Prov\nfynd: Andelen", "fynd ska ha {varde}, där talet sätts in"),
        ("titel: Prov", "titel: Prov\nmangder: {taljar: a}", "mangder ska ha taljare och namnare, var sin text"),
        ("titel: Prov", "titel: Prov\nmangder: {taljare: []}",
         "i mangder ska varje värde vara en text, till exempel"),
        ("titel: Prov", "titel: Prov\ndiagram: ranked", "närmast är ranked_bar"),
        ("titel: Prov", "titel: Prov\nordnade_grupper: ja", "ordnade_grupper ska vara true eller false"),
        ("titel: Prov", "titel: Prov\ngrupper: {a: }", "grupper: a ska vara text"),
        ("titel: Prov", "titel: Prov\nper: [1]", "per ska vara ett heltal"),
        ("titel: Prov", "- titel: Prov", "är inte giltig YAML, se rad 3"),
        ("titel: Prov", "titel: [Prov", "är inte giltig YAML, se rad 3"),
        ("/* ---", "--", "ska börja med en rubrik"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_front_matter_is_told_with_file_and_key(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "prov.sql"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as error:
        indicators.parse(path)
    assert "queries/prov.sql" in str(error.value)
    assert message in str(error.value)


def test_all_mistakes_in_the_front_matter_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "prov.sql"
    text = GOOD.replace("titel: Prov", "titl: 3").replace("procent", "[a]").replace("neutral", "upp")
    path.write_text(text.replace("namnare: personer\n", "per: tusen\nfynd: utan tal\nmangder: 3\n"), encoding="utf-8")
    with pytest.raises(UserError) as error:
        indicators.parse(path)
    assert str(error.value) == (
        "Rubriken i queries/prov.sql är fel: nyckeln 'titl' är okänd, närmast är 'titel'; nyckeln 'titel' saknas; "
        "enhet ska vara text; riktning är 'upp' men ska vara en av higher_is_better, lower_is_better, neutral, närmast "
        "är neutral; per ska vara ett heltal; nyckeln 'namnare' saknas; fynd ska ha {varde}, där talet sätts "
        "in; mangder ska ha taljare och namnare, var sin text."
    )


def test_labels_may_be_written_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "prov.sql"
    head = "titel: Prov\ngrupper: {0: noll, 2020: 2020}\nkort:"
    path.write_text(GOOD.replace("titel: Prov", head), encoding="utf-8")
    indicator = indicators.parse(path)
    assert indicator.grupper == {"0": "noll", "2020": "2020"}
    assert (indicator.kort, indicator.diagram) == ("", "grouped_bar")


def test_only_the_documented_keys_are_needed(tmp_path: Path) -> None:
    path = tmp_path / "prov.sql"
    path.write_text(GOOD, encoding="utf-8")
    indicator = indicators.parse(path)
    assert (indicator.id, indicator.sql, indicator.diagram) == ("prov", "select 1", "ranked_bar")


def test_an_unknown_indicator_gets_the_nearest() -> None:
    with pytest.raises(NotFound, match=r"Menar du sabo_boende\?"):
        indicators.by_id("sabo_boenden")


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("select 1 as kommun_kod", "saknar matperiod, grupp, taljare och namnare"),
        ("select '08' as kommun_kod, '' as matperiod, '' as grupp, 1 as taljare, 1 as namnare, 1 as extra",
         "har okända extra"),
        ("selekt 1", "går inte att köra. DuckDB säger"),
        ("select 'x' || range::integer::varchar::date as kommun_kod from range(7285, 7286)",
         "stannar på ett av talen (ConversionException)"),
        ("select '08' as kommun_kod, '' as matperiod, '' as grupp, 1 as taljare, 1 as namnare from range(2)",
         "flera rader för samma"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_sql_is_told_with_the_file(
    sql: str, message: str, live: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "prov.sql"
    path.write_text(GOOD.replace("select 1", sql), encoding="utf-8")
    monkeypatch.setattr(indicators, "registry", lambda: {"prov": indicators.parse(path)})
    with pytest.raises(UserError, match=r"queries/prov\.sql") as error:
        Reader(live).read("prov")
    assert message in str(error.value)
    assert "7285" not in str(error.value), "it could be a count that is to be hidden"
    assert error.value.__context__ is None or "7285" not in str(error.value.__cause__)
