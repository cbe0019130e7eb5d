"""What readers learn of an extract beside its figures is the same whatever its counts are."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from naravard import intake, sources
from naravard.base import kommuner, settings
from naravard.base.model import Extract
from naravard.figures import extract_facts, indicators
from naravard.store.counts import Counts
from naravard.store.schema import Schema
from naravard.store.snapshots import Snapshot, Store

SABO = "Kommun;Boende på SÄBO;Kommunal primärvård"
PERSONS = "Person-ID;Kommun;Profession;Ålder;Kön;Boendeform"
Rows = list[tuple[object, ...]]


def extract(**given: Any) -> Extract:
    empty: dict[str, Any] = dict.fromkeys(Extract.__dataclass_fields__, "")
    return Extract(**{**empty, "uttag_id": 1, "rader_lasta": 99, "rader_raknade": 100, "publicerad": False, **given})


def counted(kalla: str, head: str, rows: Rows, snapshot: Snapshot | None = None, period: str = "våren 2024") -> Counts:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([head.split(";"), *rows])
    choices = intake.Choices(kalla=kalla, matperiod=period)
    extracts = snapshot.extracts() if snapshot else []
    examination = intake.examine(text.getvalue().encode(), "fil.csv", choices, extracts=extracts, snapshot=snapshot)
    assert examination.counts, [finding.sentence() for finding in examination.findings]
    return examination.counts


def residents(in_hogsby: int) -> Rows:
    counts = {kommun.namn: in_hogsby if kommun.namn == "Högsby" else 60 for kommun in kommuner.in_lan("08")}
    return [(name, count, min(count, 50)) for name, count in counts.items()]


def insatser(few: int, *, sex: str = "Kvinna", age: object = 82, profession: str = "SSK", again: object = 82) -> Rows:
    """Many persons with one insats each, and a few with two that may say different things."""
    many: Rows = [(10_000 + n, "Kalmar", "SSK", 82, "Kvinna", "Ordinärt boende") for n in range(60)]
    twice: Rows = [
        (20_000 + n, "Kalmar", profession, each, sex, "Ordinärt boende") for n in range(few) for each in (age, again)
    ]
    return [*many, *twice]


def told(counts: Counts) -> list[str]:
    own = extract(kalla=counts.kalla, rapport=counts.rapport)
    return [finding.sentence() for finding in extract_facts.findings(own)]


@pytest.fixture(scope="module")
def with_nine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """A version that shows nine in Högsby a year before."""
    store = Store(tmp_path_factory.mktemp("lager"), Schema(sources.tables(), indicators.views()))
    with store.candidate([counted("sabo", SABO, residents(9), period="våren 2023")]) as snapshot:
        yield snapshot


@pytest.mark.parametrize("count", [0, 2, 3, 4])
def test_how_a_hidden_count_differs_from_the_one_before_is_not_told(count: int, with_nine: Snapshot) -> None:
    """One and two are far from nine, three and four are not."""
    one, other = (counted("sabo", SABO, residents(n), with_nine) for n in (1, count))
    assert told(one) == told(other)


def test_the_analyst_is_told_how_it_differs(with_nine: Snapshot) -> None:
    """Else the two above would be alike of themselves."""
    far, near = (counted("sabo", SABO, residents(n), with_nine).rapport for n in (1, 4))
    assert "en stor ändring" in far
    assert "ändring" not in near


@pytest.mark.parametrize(
    "what",
    [{"sex": ""}, {"age": "", "again": ""}, {"age": 70}, {"profession": "Dietist"}, {"age": 0, "again": 0}],
    ids=["no sex", "no age", "two ages", "another profession", "age 0"],
)
def test_whether_one_or_three_persons_lack_something_is_not_told(what: dict[str, Any]) -> None:
    one, three = (counted("ensolutions", PERSONS, insatser(few, **what)) for few in (1, 3))
    assert told(one) == told(three)


def test_what_is_of_the_file_alone_is_told() -> None:
    head = "Kommun;Profession;Ålder;Boendeform"
    rows: Rows = [(kommun, profession, age, home) for _, kommun, profession, age, _, home in insatser(3, age="")]
    sentences = " ".join(told(counted("ensolutions", head, rows)))
    assert "person-id saknas" in sentences
    assert "kommuner utan rader i filen" in sentences
    assert "ålder saknas" in sentences


@pytest.mark.parametrize("given", [{"kalla": "sabo", "publicerad": True}, {"kalla": "nyckeltal"}])
def test_of_open_figures_all_is_told(given: dict[str, Any], with_nine: Snapshot) -> None:
    report = counted("sabo", SABO, residents(1), with_nine).rapport
    own = extract(rapport=report, **given)
    assert extract_facts.findings(own) == own.findings != []


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        ({"kalla": "cosmic"}, {None}),
        ({"kalla": "cosmic", "publicerad": True}, {99, 100}),
        ({"kalla": "sabo"}, {99, 100}),
        ({"kalla": "finns_inte"}, {None}),
    ],
)
def test_how_many_rows_of_persons_there_are_is_not_told(given: dict[str, Any], counts: set[int | None]) -> None:
    """Of a row per person and profession they are the sum of all professions, also those that nothing shows."""
    assert set(extract_facts.row_counts(extract(**given)).values()) == counts


def test_nothing_that_leaves_reads_the_report_or_the_rows_by_itself() -> None:
    """`extract_facts` says what of them may be told."""
    package = settings.ROOT / "naravard"
    reads = re.compile(r"\bextract\.(?:findings|rapport|rader_\w+)|\beach\.(?:rapport|rader_\w+)")
    makers = {Path("figures/extract_facts.py"), Path("store/ledger.py")}
    files = {path.relative_to(package): path.read_text("utf-8") for path in package.rglob("*.py")}
    assert {name for name, code in files.items() if reads.search(code)} - makers == set()


def test_how_many_rows_say_something_that_is_not_read_is_not_told() -> None:
    head = f"{PERSONS};Status"
    reports = [
        told(counted("ensolutions", head, [(*row, "Avliden" if n < few else "") for n, row in enumerate(insatser(0))]))
        for few in (1, 3)
    ]
    assert reports[0] == reports[1]
