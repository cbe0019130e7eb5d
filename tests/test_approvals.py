"""Four eyes: what waits for a second person holds no person, and only another person publishes it."""

import gc
import pickle
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from naravard import intake
from naravard.base import settings
from naravard.base.errors import NotFound, UserError
from naravard.intake import approvals
from naravard.intake import desk as desks
from naravard.intake.approvals import Proposal, Superseded
from naravard.intake.desk import IDLE_SECONDS, Desk
from naravard.intake.publishing import Difference
from naravard.store.counts import Counts
from naravard.store.snapshots import Store
from naravard.ui.parts.ladda_upp import second_person
from tests.test_cli import run
from tests.test_counting import random_rows
from tests.test_desk import NAME, PERSONS, checked
from tests.test_store import publish_sabo, sabo_file


@pytest.fixture
def data(deck_data: Path) -> Path:
    """Little more than LGL's slides: what is tried here is the same however many indicators there are."""
    return deck_data


@pytest.fixture(autouse=True)
def two_persons(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("NARAVARD_GODKANN", "2")
    yield
    approvals._proposals.clear()


@pytest.fixture
def proposal(live: Store) -> Proposal:
    """A file of persons that Anna has handed in, from her own tab."""
    desk = Desk(live, desks.new_token())
    upload = desk.add("cosmic våren 2024.csv", PERSONS)
    checked(desk)
    assert desk.publish(who="Anna Analytiker", why="månad", expected_version=1) is None
    assert not desk.problem
    assert (upload.content, desk.uploads) == (b"", [])
    return approvals.of_desk(desk.token)[0]


@pytest.fixture(scope="module")
def counts() -> Counts:
    examination = intake.examine(PERSONS, "cosmic.csv", intake.Choices(matperiod="våren 2024"))
    assert examination.counts
    return examination.counts


@pytest.fixture
def waiting(live: Store, counts: Counts) -> Proposal:
    """The same without the way there, and without what it would change."""
    return approvals.propose(live, "tab", (counts,), Difference(1, (), ()), who="Anna Analytiker", why="månad")


def test_nothing_is_published_before_another_person_says_yes(proposal: Proposal, live: Store) -> None:
    assert live.newest == 1
    approvals.forget(proposal.id)
    assert approvals.of_store(live) == [proposal], "what waits is not forgotten"
    assert proposal.difference.changes
    assert approvals.approve(proposal.id, live, who="Bo Granskare", desk="another") == 2
    assert live.versions()[0].vem == "Anna Analytiker, godkänt av Bo Granskare"
    assert live.extracts()[0].vem == "Anna Analytiker, godkänt av Bo Granskare"
    (decided,) = approvals.of_store(live)
    assert (decided.decided_by, decided.version, decided.counts) == ("Bo Granskare", 2, ())
    with pytest.raises(NotFound, match="väntar inte längre"):
        approvals.approve(proposal.id, live, who="Bo Granskare", desk="another")
    assert live.newest == 2


def test_the_same_name_cannot_approve_its_own(waiting: Proposal, live: Store) -> None:
    for name in ("Anna Analytiker", "anna  analytiker ", "ANNA ANALYTIKER", ""):
        with pytest.raises(UserError, match=r"sitt eget uttag|Skriv namnet"):
            approvals.approve(waiting.id, live, who=name, desk="another")
        assert live.newest == 1, name


def test_the_same_tab_cannot_approve_its_own_under_another_name(waiting: Proposal, live: Store) -> None:
    with pytest.raises(UserError, match="samma flik"):
        approvals.approve(waiting.id, live, who="Bo Granskare", desk=waiting.desk)
    assert live.newest == 1


def test_a_no_has_a_reason_and_publishes_nothing(waiting: Proposal, live: Store) -> None:
    with pytest.raises(UserError, match="varför"):
        approvals.refuse(waiting.id, who="Bo", reason=" ")
    with pytest.raises(UserError, match="liknar ett person-id"):
        approvals.refuse(waiting.id, who="Bo", reason="fel för 19380230-1234")
    approvals.refuse(waiting.id, who="Bo", reason="fel månad")
    (decided,) = approvals.of_desk(waiting.desk)
    assert (decided.decided_by, decided.reason, decided.counts) == ("Bo", "fel månad", ())
    approvals.forget(decided.id)
    assert approvals.of_desk(waiting.desk) == []
    assert live.newest == 1


def test_someone_who_publishes_meanwhile_has_the_difference_read_again(waiting: Proposal, live: Store) -> None:
    publish_sabo(live)
    with pytest.raises(Superseded, match="publicerade version 2"):
        approvals.approve(waiting.id, live, who="Bo", desk="another")
    (again,) = approvals.of_store(live)
    assert again.is_waiting
    assert again.difference.base == 2
    assert approvals.approve(waiting.id, live, who="Bo", desk="another") == 3


def test_what_nobody_decides_in_time_is_released_and_told(
    waiting: Proposal, live: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert waiting.until - waiting.when == approvals.WAIT >= timedelta(seconds=IDLE_SECONDS)
    monkeypatch.setattr(approvals, "WAIT", datetime.now().astimezone() - waiting.when + timedelta(minutes=1))
    assert approvals.of_store(live)[0].is_waiting
    monkeypatch.setattr(approvals, "WAIT", datetime.now().astimezone() - waiting.when)
    (released,) = approvals.of_desk(waiting.desk)
    assert (released.is_waiting, released.is_too_late, released.counts) == (False, True, ())
    with pytest.raises(NotFound, match="Tiden har gått ut"):
        approvals.approve(waiting.id, live, who="Bo", desk="another")
    assert live.newest == 1
    approvals.forget(waiting.id)
    assert approvals.of_store(live) == []


def test_the_counts_are_released_though_nobody_looks(live: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approvals, "WAIT", timedelta(milliseconds=1))
    empty = Difference(live.newest, (), ())
    approvals.propose(live, "tab", (), empty, who="Anna", why="månad")
    deadline = time.monotonic() + 20
    while not all(each.is_too_late for each in approvals._proposals.values()):
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_what_waits_holds_no_person_and_nothing_is_on_disk(proposal: Proposal, live: Store) -> None:
    gc.collect()
    ids = {row[0] for row in random_rows(300, persons=200, seed=7)}
    parts = pickle.dumps([proposal.who, proposal.counts, proposal.difference.warnings])
    assert not [i for i in ids if i.encode() in parts or i.replace("-", "").encode() in parts]
    assert [path.name for path in live.folder.iterdir() if path.suffix == ".duckdb"] == ["000001.duckdb"]


def test_who_waits_where_servers_share_a_store_is_told_that_only_one_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert second_person._where() == ""
    monkeypatch.setenv("NARAVARD_LAGER", "postgresql://x/y")
    assert "bara på en av dem" in second_person._where()


def test_who_practises_among_synthetic_data_is_alone(live: Store) -> None:
    assert Desk(live).needs_second_person
    assert not Desk(Store(live.folder, live.schema, is_example=True)).needs_second_person


@pytest.mark.usefixtures("live")
def test_the_command_line_wants_the_second_name_and_logs_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_ANVANDARE", "Anna")
    file = tmp_path / NAME
    file.write_bytes(sabo_file())
    arguments = ("importera", str(file), "--matperiod", "våren 2024", "--godkann-varningar")
    alone = run(*arguments)
    assert alone.returncode == 2
    assert "--godkant-av" in alone.stderr
    assert run(*arguments, "--prova").returncode == 0
    same = run(*arguments, "--godkant-av", "anna")
    assert (same.returncode, "sitt eget uttag" in same.stderr) == (2, True)
    both = run(*arguments, "--godkant-av", "Bo")
    assert both.returncode == 0, both.stderr
    assert "Anna, godkänt av Bo" in run("versioner").stdout


def test_a_slip_of_the_pen_does_not_turn_the_rule_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_GODKANN", "två")
    with pytest.raises(UserError, match="NARAVARD_GODKANN"):
        settings.needs_second_person()
