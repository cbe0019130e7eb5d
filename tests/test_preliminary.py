"""A preliminary version: for analysts alone, until it is released or discarded."""

import io
import shutil
import subprocess
import sys
import textwrap
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from naravard import charts, exports, intake, stores
from naravard.base import periods, settings
from naravard.base.codes import FindingCode
from naravard.base.errors import NotFound, UserError
from naravard.base.model import PRELIMINARY, mark
from naravard.figures import differencing, indicators
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.intake import approvals, publishing
from naravard.intake.desk import Desk
from naravard.slides import lgl, profile
from naravard.store.shelves import State
from naravard.store.snapshots import PreliminaryWaits, Store, VersionConflict
from naravard.telling import phrases
from tests import pdf_reading
from tests.test_cli import answer, run
from tests.test_desk import checked
from tests.test_store import sabo_file
from tests.test_withdrawal import CORRECTED, FIRST, a_store, extract, hidden

WHO = {"who": "Anna", "why": "prov"}


def publish(store: Store, borgholm: int, *, period: str = "2025", preliminary: bool = True, who: str = "Anna") -> int:
    return intake.publish([extract(borgholm, period)], store, who=who, why="prov", preliminary=preliminary)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with version 1, which all may see, and version 2, which waits."""
    store = a_store(tmp_path_factory.mktemp("preliminar") / "lager")
    assert publish(store, 20, preliminary=False) == 1
    assert publish(store, 30) == 2
    return store.folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Store:
    return a_store(Path(shutil.copytree(made, tmp_path / "lager")))


def borgholm(store: Store, version: int | None = None) -> int | None:
    row = Reader(store, version).read("sabo_andel_primarvard").row("0885")
    return row.taljare if row else None


def log(store: Store) -> list[tuple[int, str, str]]:
    return [(each.nummer, each.handelse, each.vem) for each in store.versions()]


def files(store: Store) -> list[str]:
    return sorted(path.name for path in store.folder.iterdir() if path.suffix != ".lock" and path.name != ".lock")


# the states


def test_what_is_shown_where_nothing_else_is_asked_for_is_the_newest_that_is_released(store: Store) -> None:
    assert (store.newest, store.preliminary, store.base) == (1, 2, 2)
    assert (borgholm(store), borgholm(store, 2)) == (20, 30)
    assert [store.mark(number) for number in (1, 2)] == ["", PRELIMINARY]
    assert [Reader(store, n).read("sabo_andel_primarvard").mark for n in (None, 1, 2)] == ["", "", PRELIMINARY]
    assert log(store) == [(2, "preliminärt uttag", "Anna"), (1, "import", "Anna")]


def test_a_second_one_builds_on_the_first_and_both_are_released_together(store: Store) -> None:
    assert publish(store, 40, period="2024") == 3
    assert (store.newest, store.preliminary) == (1, 3)
    assert [borgholm(store, 3), Reader(store, 3).read("sabo_andel_primarvard").matperiod] == [30, "2025"]
    assert store.release(3, **WHO) == 4
    assert (store.newest, store.preliminary, store.base) == (4, None, 4)
    assert Reader(store).read("sabo_andel_primarvard").matperioder == ("2025", "2024")


def test_released_it_is_the_same_content_for_all_as_a_new_version(store: Store) -> None:
    before = {row: row.skydd for row in Reader(store, 2).read("sabo_andel_primarvard").rows}
    assert store.release(2, who="Bo", why="kontrollerat") == 3
    result = Reader(store).read("sabo_andel_primarvard")
    assert {row: row.skydd for row in result.rows} == before
    assert (result.version, result.mark) == (3, "")
    assert log(store)[0] == (3, "version 2 släppt", "Bo")
    assert store.versions()[0].varfor == "kontrollerat"
    assert store.is_preliminary(2), "what it was when analysts looked at it does not change"
    assert store.has(2)


def test_discarded_it_is_out_of_reach_and_what_was_before_goes_on(store: Store) -> None:
    assert store.discard(2, who="Bo", why="fel fil") == 3
    assert (store.newest, store.preliminary) == (3, None)
    assert borgholm(store) == 20
    assert not store.has(2)
    assert store.is_withdrawn(2)
    with pytest.raises(NotFound), store.open(2):
        pass
    assert log(store) == [
        (3, "preliminär version 2 borttagen", "Bo"),
        (2, "preliminärt uttag", "Anna"),
        (1, "import", "Anna"),
    ]
    assert publish(store, 35) == 4, "a number is never given twice"
    ids = [uttag_id for each in store.versions() for uttag_id in each.uttag]
    assert len(ids) == len(set(ids)), "nor is the id of an extract"


def test_all_that_waits_is_discarded_together(store: Store) -> None:
    publish(store, 40, who="Bo")
    assert [(each.nummer, each.vem) for each in publishing.waiting_versions(store)] == [(3, "Bo"), (2, "Anna")]
    with pytest.raises(VersionConflict, match="version 3"):
        store.discard(2, **WHO)
    assert store.discard(3, **WHO) == 4
    assert (store.numbers(), store.newest, store.preliminary, borgholm(store)) == ([1, 4], 4, None, 20)
    assert log(store)[0] == (4, "preliminär version 2 och 3 borttagen", "Anna")
    assert publishing.waiting_versions(store) == []


def test_the_first_of_all_is_for_all(tmp_path: Path) -> None:
    store = a_store(tmp_path / "lager")
    with pytest.raises(UserError, match="Publicera det första uttaget för alla"):
        publish(store, 20)
    assert store.numbers() == []


# while one waits


def test_nothing_passes_by_what_waits_and_one_is_told_what_to_do(store: Store) -> None:
    before = files(store)
    for change in (
        lambda: publish(store, 12, preliminary=False),
        lambda: store.restore(1, **WHO),
        lambda: store.withdraw([2], **WHO),
        lambda: store.remove_break(1, **WHO),
    ):
        with pytest.raises(PreliminaryWaits, match=r"Version 2 är preliminär och väntar\. Släpp den"):
            change()
    assert files(store) == before
    store.release(2, **WHO)
    assert publish(store, 12, preliminary=False) == 4


def test_two_who_release_or_discard_at_once_do_it_once(store: Store) -> None:
    assert store.release(2, who="Bo", why="rätt") == 3
    for change in (store.release, store.discard):
        with pytest.raises(VersionConflict, match="version 3") as conflict:
            change(2, **WHO)
        assert conflict.value.version.vem == "Bo"
    assert store.numbers() == [1, 2, 3]
    with pytest.raises(UserError, match="Version 3 är inte preliminär"):
        store.release(3, **WHO)
    with pytest.raises(NotFound, match="Version 9 finns inte"):
        store.release(9, **WHO)


def test_who_looked_at_one_does_not_release_what_came_upon_it(store: Store) -> None:
    publish(store, 50, who="Bo")
    with pytest.raises(VersionConflict, match="version 3"):
        store.release(2, **WHO)
    assert store.newest == 1


def test_a_file_that_was_checked_before_it_is_checked_again(store: Store) -> None:
    with pytest.raises(VersionConflict):
        intake.publish([extract(12)], store, who="Bo", why="prov", expected_version=1, preliminary=True)
    assert store.publish([], **WHO, expected_version=2, preliminary=True) == 3


def test_what_has_never_been_for_all_is_not_restored(store: Store) -> None:
    store.release(2, **WHO)
    with pytest.raises(UserError, match="Version 2 är preliminär, och har aldrig visats för alla"):
        store.restore(2, **WHO)


def test_a_release_that_fails_in_the_middle_leaves_all_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(store)
    for change in (store.release, store.discard):
        with monkeypatch.context() as patch, pytest.raises(UserError, match="Inget är ändrat"):
            patch.setattr(Path, "rename", _stop)
            change(2, **WHO)
        assert files(store) == before
        assert (store.newest, store.preliminary) == (1, 2)
    assert store.release(2, **WHO) == 3


def _stop(*arguments: object) -> None:
    raise OSError("full")


@pytest.mark.slow
@pytest.mark.process
def test_a_release_that_is_killed_loses_nothing(store: Store) -> None:
    program = textwrap.dedent("""
        import os, sys
        from pathlib import Path
        from tests.test_withdrawal import a_store
        store = a_store(Path(sys.argv[1]))
        Path.rename = lambda *_: os._exit(9)
        store.release(2, who="Bo", why="dör")
    """)
    done = subprocess.run([sys.executable, "-c", program, str(store.folder)], cwd=settings.ROOT, check=False)
    assert done.returncode == 9
    assert (store.newest, store.preliminary, borgholm(store), borgholm(store, 2)) == (1, 2, 20, 30)
    assert store.release(2, **WHO) == 3
    assert not list(store.folder.glob("*.tmp*"))


# two persons


def test_where_two_are_needed_another_releases_than_who_loaded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_GODKANN", "2")
    publish(store, 31, who="Bo")
    for loader in ("Anna", "anna ", "Bo"):
        with pytest.raises(UserError, match="har själv läst in det som väntar"):
            intake.release(3, store, who=loader, why="rätt")
    assert intake.release(3, store, who="Cia", why="rätt") == 4
    publish(store, 32)
    assert intake.discard(5, store, who="Anna", why="fel") == 6, "to take away one's own needs nobody else"


def test_where_one_is_enough_who_loaded_may_release(store: Store) -> None:
    assert intake.release(2, store, who="Anna", why="rätt") == 3


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, "flik")


def laid(desk: Desk, med: int = 60) -> None:
    desk.add("sabo.csv", sabo_file(med=med), intake.Choices(kalla="sabo", matperiod="2026"))
    checked(desk)


def test_a_desk_publishes_preliminarily_alone_though_two_are_needed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARAVARD_GODKANN", "2")
    laid(desk)
    assert desk.uploads[0].base == 2, "it is checked against what waits"
    assert desk.publish(**WHO, expected_version=2) is None
    assert "Version 2 är preliminär och väntar" in desk.problem
    assert approvals.of_store(desk.store) == []
    assert desk.publish(**WHO, expected_version=2, preliminary=True) == 3
    assert (desk.store.newest, desk.store.preliminary, desk.uploads) == (1, 3, [])


def test_a_proposal_for_all_stays_while_something_preliminary_waits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARAVARD_GODKANN", "2")
    store = desk.store
    version = store.release(2, **WHO)
    laid(desk)
    desk.publish(**WHO, expected_version=version)
    (proposal,) = approvals.of_store(store)
    publish(store, 33)
    with pytest.raises(PreliminaryWaits):
        approvals.approve(proposal.id, store, who="Bo", desk="annan")
    assert approvals.of_store(store)[0].is_waiting
    store.discard(4, **WHO)
    with pytest.raises(approvals.Superseded):
        approvals.approve(proposal.id, store, who="Bo", desk="annan")
    assert approvals.approve(proposal.id, store, who="Bo", desk="annan") == 6


# the gate


def test_what_analysts_have_seen_is_known_when_it_is_released_and_corrected(tmp_path: Path) -> None:
    """3 of Borgholm was hidden in the preliminary version: 12 in the next would give it away by the län's sum."""
    store = a_store(tmp_path / "lager")
    publish(store, CORRECTED, period="2024", preliminary=False)
    publish(store, FIRST)
    publish(store, CORRECTED)
    with store.open(3) as snapshot:
        assert snapshot.earlier() == [2, 1]
    assert "Borgholm" in hidden_in(store, 3)
    version = store.release(3, **WHO)
    with store.open(version) as snapshot:
        assert snapshot.earlier() == [3, 2, 1]
    assert hidden(store) == hidden_in(store, 3) != set(), "seeing less never tells more"


def test_what_is_discarded_is_out_of_reach_and_protects_nothing(tmp_path: Path) -> None:
    store = a_store(tmp_path / "lager")
    publish(store, CORRECTED, period="2024", preliminary=False)
    publish(store, FIRST)
    store.discard(2, **WHO)
    version = publish(store, CORRECTED, preliminary=False)
    with store.open(version) as snapshot:
        assert snapshot.earlier() == [3, 1]
    assert hidden(store) == set()


def test_what_the_analyst_is_told_before_is_what_is_hidden_after_the_release(tmp_path: Path) -> None:
    store = a_store(tmp_path / "lager")
    publish(store, CORRECTED, period="2024", preliminary=False)
    publish(store, FIRST)
    effect = differencing.against(store, store.base, intake.counts_of([extract(CORRECTED)]))
    assert [each.code for each in effect.warnings].count(FindingCode.HIDDEN_FOR_EARLIER) == 1
    publish(store, CORRECTED)
    store.release(3, **WHO)
    told = {each.kommun for each in effect.hidden_counts if each.period == "2025"}
    assert told == hidden(store) != set()


def hidden_in(store: Store, version: int) -> set[str]:
    return {row.kommun for row in Reader(store, version).read("sabo_andel_primarvard").rows if row.skydd == ".."}


def test_who_releases_is_told_what_it_reveals_to_those_who_saw_nothing_between(store: Store) -> None:
    """20, 30 and 21 of Borgholm: no step of an analyst is of 1–4, and what all see changes by 1."""
    assert publishing.release_warnings(store) == []
    publish(store, 21)
    (warning,) = publishing.release_warnings(store)
    assert warning.code is FindingCode.SMALL_DIFFERENCE
    assert "Borgholm" in warning.what
    store.release(3, **WHO)
    assert publishing.release_warnings(store) == [], "nothing waits"


# the mark


@pytest.fixture
def preliminary_result(shared_deck: Store) -> ProtectedResult:
    return replace(Reader(shared_deck).read("sabo_andel_primarvard"), is_preliminary=True)


@pytest.mark.parametrize("ending", exports.formats())
def test_every_format_says_that_it_is_preliminary(ending: str, preliminary_result: ProtectedResult) -> None:
    for result, is_marked in ((preliminary_result, True), (replace(preliminary_result, is_preliminary=False), False)):
        text = exports.write_text(result, ending) if exports.formats()[ending].text else words_of(result, ending)
        says_so = "PRELIMINÄR" in text or '"preliminar": true' in text
        assert says_so is is_marked


def words_of(result: ProtectedResult, ending: str) -> str:
    content = exports.write_file(result, ending)
    if ending == "pdf":
        return pdf_reading.words(content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize("kind", charts.charts())
def test_every_chart_says_that_it_is_preliminary(kind: str, shared_example: Store) -> None:
    chart, reader = charts.charts()[kind], Reader(shared_example)
    results = (reader.find(name, period) for name in indicators.registry() for period in (None, periods.EVERY))
    result = next(each for each in results if each and chart.fits(each) and chart.draw(each).data)
    preliminary_result = replace(result, is_preliminary=True)
    assert "PRELIMINÄR" not in str(chart.draw(result).layout.title.text)
    assert "PRELIMINÄR" in chart.draw(preliminary_result).layout.title.text
    assert "PRELIMINÄR" in phrases.alt(preliminary_result)


def test_what_is_of_several_figures_says_so_in_text_and_name(store: Store) -> None:
    reader = Reader(store, 2)
    for deck in (lgl.deck(reader, 2), profile.deck("0885", reader, 2)):
        assert {slide.mark for slide in deck.slides} == {"PRELIMINÄR"}
    paper = exports.write_profile("0885", reader, 2, "pdf")
    assert all("PRELIMINÄR" in text for text, _ in pdf_reading.pages(paper))
    assert exports.file_name("x", "pdf", mark=store.mark(2)).startswith("PRELIMINAR_x_")
    both = mark(is_example=True, is_preliminary=True)
    assert exports.file_name("x", "pdf", mark=both).startswith("EXEMPELDATA-PRELIMINAR_x_")


# the command line


@pytest.mark.slow
def test_from_the_command_line(deck_data: Path, tmp_path: Path) -> None:
    file = tmp_path / "sabo.csv"
    file.write_bytes(sabo_file(med=60))
    load = ["importera", str(file), "--kalla", "sabo", "--matperiod", "2025", "--godkann-varningar"]
    done = run(*load, "--preliminar")
    assert done.returncode == 0
    assert "publicerat som preliminär version 2" in done.stdout
    store = stores.live_store()
    assert (store.newest, store.preliminary) == (1, 2)
    assert [each["lage"] for each in answer("versioner", "--json")] == ["preliminär, väntar", "släppt"]
    shown = ["visa", "sabo_andel_primarvard", "--json"]
    assert answer(*shown)["matperiod"] != "2025"
    preliminary = answer(*shown, "--version", "2")
    assert (preliminary["matperiod"], preliminary["preliminar"]) == ("2025", True)
    assert "PRELIMINÄR – inte släppt, bara för analytiker" in run(*shown[:2], "--version", "2").stdout
    refused = run(*load)
    assert (refused.returncode, refused.stderr.count("slapp 2")) == (2, 1)
    assert answer("slapp", "2", "--orsak", "rätt", "--json") == {"version": 3, "slappt": 2, "varningar": []}
    assert (answer(*shown)["matperiod"], answer(*shown)["preliminar"]) == ("2025", False)
    assert [each["lage"] for each in answer("versioner", "--json")] == ["släppt", "preliminär", "släppt"]
    file.write_bytes(sabo_file(med=70))
    assert run(*load, "--preliminar").returncode == 0
    assert answer("ta-bort-preliminar", "4", "--orsak", "fel", "--json") == {"version": 5, "borttagen": 4}
    assert stores.live_store().shelf.states()[4] is State.UNDANTAGEN
    file.write_bytes(sabo_file(med=61))
    assert run(*load, "--preliminar").returncode == 0
    done = run("slapp", "6", "--orsak", "rättat")
    assert (done.returncode, store.newest) == (1, 5)
    assert "Version 6 är inte släppt." in done.stdout
    assert "lägg till --godkann-varningar" in done.stderr
    assert run("slapp", "6", "--orsak", "rättat", "--godkann-varningar").returncode == 0
    assert store.newest == 7
