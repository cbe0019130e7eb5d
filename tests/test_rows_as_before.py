"""What a version has of the one that it is built on: the rows of indicators that read nothing of what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from naravard import intake
from naravard.figures import indicators, rows
from naravard.figures.protection import RawRow
from naravard.store.counts import Counts
from naravard.store.snapshots import Snapshot, Store

SABO = b"Kommun;Boende;Kommunal prim\xc3\xa4rv\xc3\xa5rd\nKalmar;494;324\nNybro;169;140\nTors\xc3\xa5s;143;120\n"
OPEN = b"kommun;nyckeltal;titel;ar;varde;enhet\n0880;N23806;Boende;2031;9,7;%\n0881;N23806;Boende;2031;10,2;%\n"
PEOPLE = b"region;alder;ar;kon;antal\n0880 Kalmar;80+ ar;2031;totalt;5100\n0881 Nybro;80+ ar;2031;totalt;1700\n"


def counts(content: bytes, kalla: str, **choices: str) -> Counts:
    examination = intake.examine(content, "ny.csv", intake.Choices(kalla=kalla, **choices))
    assert examination.counts, [finding.sentence() for finding in examination.errors]
    return examination.counts


NEW = {
    "sabo": lambda: counts(SABO, "sabo", matperiod="våren 2031"),
    "nyckeltal": lambda: counts(OPEN, "nyckeltal"),
    "befolkning": lambda: counts(PEOPLE, "befolkning"),
}


def all_rows(snapshot: Snapshot) -> dict[str, Sequence[RawRow]]:
    return {i.id: rows.rows_of(snapshot, i) for i in indicators.registry().values()}


def run_anew(snapshot: Snapshot) -> dict[str, Sequence[RawRow]]:
    return all_rows(replace(snapshot, memo={}, grown_from=None))


@pytest.mark.parametrize("kalla", NEW)
def test_rows_are_those_that_sql_would_give_whatever_is_new(shared_live: Store, kalla: str) -> None:
    with shared_live.open() as before:
        as_before = all_rows(before)
    with shared_live.candidate([NEW[kalla]()]) as after:
        assert after.grown_from
        assert after.grown_from.changed_sources == {kalla}
        assert all_rows(after) == run_anew(after)
        carried = [name for name, each in all_rows(after).items() if each and each is as_before[name]]
    assert carried, "nothing was taken from the version before"


def test_of_some_extracts_rows_are_of_those(shared_live: Store) -> None:
    ids = {extract.uttag_id for extract in shared_live.extracts() if extract.kalla != "nyckeltal"}
    with shared_live.candidate([], only=ids) as old, shared_live.candidate([NEW["sabo"]()], only=ids) as new:
        assert all_rows(old) == run_anew(old)
        assert all_rows(new) == run_anew(new)
    with shared_live.candidate([]) as whole:
        assert all_rows(whole) == run_anew(whole)


def test_publications_and_restores_have_the_rows_of_their_counts(live: Store) -> None:
    first = live.newest
    assert first
    live.publish([NEW["sabo"]()], who="a", why="b")
    live.restore(first, who="a", why="b")
    live.publish([NEW["sabo"](), NEW["nyckeltal"]()], who="a", why="b")
    for number in live.numbers():
        with live.open(number) as snapshot:
            assert all_rows(snapshot) == run_anew(snapshot), number


@pytest.mark.parametrize(
    ("sql", "followed"),
    [
        ("from sabo", {"sabo"}),
        ("select * from sabo inner join uttag using (uttag_id)", {"sabo"}),
        ("select * from sabo join uttag\n using ( uttag_id )", {"sabo"}),
        ("with a as (from sabo) from a inner join uttag using (uttag_id)", {"sabo"}),
        ("select * from nyckeltal_80plus", {"befolkning", "nyckeltal"}),
        ("select max(ar) from uttag", None),
        ("select * from sabo left join uttag on true", None),
        ("select * from sabo left join uttag using (uttag_id)", None),
        ("select *, (select max(ar) from uttag) from sabo", None),
        ("with uttag as (from uttag) select * from sabo inner join uttag using (uttag_id), uttag", None),
        ("select * from sabo, brytpunkter", None),
        ("select * from befolkning_matar", None),
        ("from query('from sabo')", None),
        ("select from where", None),
    ],
)
def test_rows_follow_from_what_is_read(sql: str, followed: set[str] | None) -> None:
    all_sources = frozenset(rows.sources.sources())
    assert rows._sources_followed(sql) == (all_sources if followed is None else followed)


@pytest.mark.parametrize("join", ["inner join uttag using (uttag_id)", "left join uttag using (uttag_id)", ""])
def test_persons_are_read_of_no_other_source_however_an_extract_is_joined(join: str) -> None:
    of_persons = rows.sources.of_persons()
    assert rows._tables_read(f"select * from sabo {join}", of_persons) & of_persons == {"sabo"}
