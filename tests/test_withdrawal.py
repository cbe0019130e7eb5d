"""A correction beside the version that it corrects, and the way out: the earlier version is taken out of reach."""

import re
import shutil
from pathlib import Path

import pytest

from naravard import intake, sources
from naravard.base import kommuner
from naravard.base.codes import FindingCode
from naravard.base.errors import NotFound, UserError
from naravard.base.model import Finding
from naravard.figures import differencing, indicators, plans
from naravard.figures.reader import Reader
from naravard.store import ledger
from naravard.store.schema import Schema
from naravard.store.snapshots import Store, VersionConflict
from tests.test_cli import answer, run
from tests.test_store import publish_sabo

OTHERS = {
    "Högsby": (52, 40),
    "Torsås": (61, 30),
    "Mörbylånga": (90, 22),
    "Hultsfred": (120, 100),
    "Mönsterås": (100, 91),
    "Emmaboda": (80, 60),
    "Kalmar": (500, 400),
    "Nybro": (150, 120),
    "Oskarshamn": (180, 150),
    "Västervik": (300, 250),
    "Vimmerby": (130, 100),
}
FIRST, CORRECTED = 3, 12
"""With kommunal primärvård in Borgholm, of 85: as it was first said, and as it was corrected."""


def extract(borgholm: int, period: str = "2025") -> intake.Examination:
    rows = {**OTHERS, "Borgholm": (85, borgholm)}
    head = "Kommun;Antal boende;Antal med kommunal primärvård"
    text = "\n".join([head, *(f"{kommun};{boende};{med}" for kommun, (boende, med) in rows.items())])
    return intake.examine(text.encode(), "rattelse.csv", intake.Choices(kalla="sabo", matperiod=period))


def publish(store: Store, *examinations: intake.Examination) -> int:
    return intake.publish(list(examinations), store, who="prov", why="prov")


def hidden(store: Store) -> set[str]:
    return {row.kommun for row in Reader(store).read("sabo_andel_primarvard").rows if row.skydd == ".."}


def warnings(store: Store, examination: intake.Examination) -> list[Finding]:
    found = differencing.against(store, store.newest, intake.counts_of([examination]))[1]
    return [finding for finding in found if finding.code is FindingCode.HIDDEN_FOR_EARLIER]


def a_store(folder: Path) -> Store:
    return Store(folder, Schema(sources.tables(), indicators.views()), hidden_cells=plans.hidden_cells)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with another period as version 1, as version 2 the figures that are wrong, and as version 3 corrected."""
    store = a_store(tmp_path_factory.mktemp("rattat") / "lager")
    publish(store, extract(CORRECTED, "2024"))
    assert publish(store, extract(FIRST)) == 2
    assert publish(store, extract(CORRECTED)) == 3
    return store.folder


@pytest.fixture
def corrected(made: Path, tmp_path: Path) -> Store:
    return a_store(Path(shutil.copytree(made, tmp_path / "lager")))


@pytest.fixture
def store(corrected: Store) -> Store:
    """The same before the correction."""
    (corrected.folder / "000003.duckdb").unlink()
    return corrected


def state(store: Store) -> tuple[object, ...]:
    return sorted(store.numbers()), store.versions(), sorted(path.name for path in store.folder.iterdir())


def test_after_a_correction_what_gives_the_earlier_figure_away_is_hidden_until_that_is_out_of_reach(
    corrected: Store,
) -> None:
    """The län less the others is Borgholm, in both versions: 3 was hidden, and the 12 of today would give it away."""
    assert "Borgholm" in hidden(corrected)
    assert len(hidden(corrected)) == 2
    assert corrected.withdraw([2], who="Eva", why="fel tal") == 4
    assert hidden(corrected) == set()
    values = {row.kommun: row.taljare for row in Reader(corrected).read("sabo_andel_primarvard").rows}
    assert values["Borgholm"] == CORRECTED
    assert values["Kalmar län"] == sum(med for _, med in OTHERS.values()) + CORRECTED


def test_a_figure_that_was_right_at_once_is_not_hidden_for_an_earlier_period(store: Store) -> None:
    publish(store, extract(CORRECTED, "2023"))
    assert {row.skydd for row in Reader(store).read("sabo_andel_primarvard", matperiod="2023").rows} == {None}


def test_a_version_out_of_reach_is_in_the_log_and_cannot_be_opened(corrected: Store) -> None:
    newest = corrected.withdraw([1, 2, 2], who="Eva", why="fel tal")
    assert sorted(corrected.numbers()) == [3, newest] == [3, 4]
    for number in (1, 2):
        assert not corrected.has(number)
        with pytest.raises(NotFound, match=f"Version {number} finns inte"), corrected.open(number):
            pass
        with pytest.raises(NotFound):
            corrected.restore(number, who="Eva", why="åter")
    log = [(v.nummer, v.handelse, v.vem, v.varfor, v.uttag) for v in corrected.versions()]
    assert log[0] == (4, "version 1 och 2 tagen ur läsning", "Eva", "fel tal", ())
    assert [number for number, *_ in log] == [4, 3, 2, 1], "the log goes on"
    with corrected.open() as snapshot:
        assert snapshot.earlier() == [3]


def test_the_operator_can_put_a_version_back(corrected: Store) -> None:
    corrected.withdraw([2], who="Eva", why="prov")
    (file,) = corrected.folder.glob("*.undantagen")
    file.rename(file.with_suffix(".duckdb"))
    with corrected.open(2) as snapshot:
        assert snapshot.number == 2
    assert len(hidden(corrected)) == 2, "and then it is taken into account again"


def test_what_cannot_be_taken_out_of_reach_is_told_and_nothing_changes(corrected: Store) -> None:
    before = state(corrected)
    wrong: list[tuple[list[int], int | None, type[Exception], str]] = [
        ([3], None, UserError, "Version 3 är den som visas, och går inte att ta ur läsning"),
        ([2, 3], None, UserError, "Version 3 är den som visas"),
        ([9], None, NotFound, "Version 9 finns inte"),
        ([2, 9], None, NotFound, "Version 9 finns inte"),
        ([2], 2, VersionConflict, r"Någon annan har publicerat version 3 \(prov"),
    ]
    for numbers, expected_version, error, told in wrong:
        with pytest.raises(error, match=told):
            corrected.withdraw(numbers, who="Eva", why="prov", expected_version=expected_version)
        assert state(corrected) == before, told


def test_a_reason_with_an_id_in_it_is_refused(corrected: Store) -> None:
    before = state(corrected)
    with pytest.raises(UserError, match="Orsaken"):
        intake.withdraw([2], corrected, who="Eva", why="gäller 19121212-1212")
    assert state(corrected) == before


def test_a_failed_publication_puts_the_files_back(corrected: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(corrected)
    monkeypatch.setattr(ledger, "write_event", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        corrected.withdraw([1, 2], who="Eva", why="prov")
    assert state(corrected) == before


def test_a_file_that_cannot_be_renamed_puts_those_before_it_back(
    corrected: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse_version_2(path: Path, target: Path) -> Path:
        if path.name == "000002.duckdb":
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    before = state(corrected)
    monkeypatch.setattr(Path, "rename", refuse_version_2)
    with pytest.raises(UserError, match=r"Inget är ändrat"):
        corrected.withdraw([1, 2], who="Eva", why="prov")
    assert state(corrected) == before


def test_the_analyst_is_warned_with_the_places_and_the_versions(store: Store) -> None:
    (finding,) = warnings(store, extract(CORRECTED))
    assert "döljs bara därför att äldre versioner" in finding.what
    assert "Borgholm, 2025" in finding.what
    assert finding.what.count(", 2025") == 2
    assert finding.action == "Publicera så. Ska talen synas: ta sedan version 2 ur läsning, på sidan Versioner"


def test_what_the_warning_says_to_do_is_enough(store: Store) -> None:
    """Versions that show the same of a period are all named, whatever else was published between them."""
    publish(store, extract(CORRECTED, "2023"))
    (finding,) = warnings(store, extract(CORRECTED))
    versions = re.search(r"ta sedan version ([\d ,och]+) ur läsning", finding.action)
    assert versions
    publish(store, extract(CORRECTED))
    assert len(hidden(store)) == 2
    store.withdraw([int(number) for number in re.findall(r"\d+", versions[1])], who="Eva", why="prov")
    assert hidden(store) == set()


def test_what_was_told_when_it_was_published_is_not_told_again_with_another_file(store: Store) -> None:
    """Each file after a correction had to be approved for it."""
    publish(store, extract(CORRECTED))
    assert len(hidden(store)) == 2
    assert warnings(store, extract(20, "hösten 2026")) == []
    assert warnings(store, extract(CORRECTED + 1)) != [], "a correction of it is a new extract"


def test_what_an_older_extract_loses_for_earlier_versions_is_told(store: Store) -> None:
    """Also where the extract has been shown for long: it is the count that must have been hidden already."""
    publish(store, extract(CORRECTED))
    with store.open() as snapshot:
        told = snapshot.hidden()
        assert differencing.warnings(snapshot, [], told) == []
        lost = {cell[3] for cell in told if differencing.warnings(snapshot, [], told - {cell})}
    assert {kommuner.area_name(kod) for kod in lost} == hidden(store) != set()


def test_nothing_is_warned_of_where_nothing_more_is_hidden(store: Store) -> None:
    assert warnings(store, extract(FIRST)) == []
    assert warnings(store, extract(CORRECTED, "2023")) == []


def test_the_verb_takes_versions_out_of_reach(empty_store: Store) -> None:
    for med in (50, 60):
        publish_sabo(empty_store, med=med)
    publish_sabo(empty_store, med=70)
    done = run("undanta", "1", "2", "--orsak", "fel tal")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == "Version 1 och 2 går inte längre att läsa. Det står i loggen, som version 4."
    assert answer("versioner", "--json")[0]["handelse"] == "version 1 och 2 tagen ur läsning"
    assert answer("undanta", "3", "--orsak", "fel", "--json") == {"version": 5, "undantagna": [3]}
    newest = run("undanta", "5", "--orsak", "fel tal")
    assert newest.returncode == 2
    assert "Version 5 är den som visas" in newest.stderr
    assert empty_store.numbers() and empty_store.newest == 5


def test_who_publishes_sees_what_is_hidden_and_why(tmp_path: Path) -> None:
    store = a_store(tmp_path / "lager")
    publish(store, extract(CORRECTED, "2024"))
    counts = intake.counts_of([extract(FIRST)])
    of_share = [
        hidden_count
        for hidden_count in differencing.against(store, store.newest, counts).hidden_counts
        if hidden_count.indicator == indicators.by_id("sabo_andel_primarvard").titel
    ]
    reasons = {hidden_count.kommun: hidden_count.reason for hidden_count in of_share}
    assert reasons.pop("Borgholm") == "litet antal"
    assert set(reasons.values()) == {"annars går ett litet antal att räkna ut"}
    publish(store, extract(FIRST))
    assert hidden(store) == {"Borgholm", *reasons}


def test_who_publishes_one_file_does_not_see_why_another_files_counts_are_hidden(store: Store) -> None:
    """That a count is hidden as small tells more of it than that it is hidden."""
    text = "Kommun;Boendeform;Antal\n" + "\n".join(f"{kommun};Ordinärt;60" for kommun in ["Borgholm", *OTHERS])
    choices = intake.Choices(kalla="cosmic", matperiod="2025")
    other = intake.examine(text.encode(), "cosmic.csv", choices)
    assert other.counts
    assert hidden(store)
    assert differencing.against(store, store.newest, [other.counts]).hidden_counts == []
