"""Data folders that earlier programs have written open in today's, whole, and are gone on with.

`tests/stores/` has one for each program that has been in use, named by its day: LGL's figures as version 1, then SÄBO
of spring 2025 (180 of Kalmar's 410 residents), a correction of it (190 of 412) as version 3, and as version 4 the first
again. Where the program had workshops and corrections, there is one of each. A new one is made with the program's own
commands and `tar -cJf`.
"""

import json
import tarfile
from pathlib import Path

import pytest

from naravard import stores
from naravard.figures import indicators
from naravard.figures.reader import Reader
from naravard.intake import corrections
from naravard.workshop.workshops import Workshops
from tests.test_cli import run
from tests.test_store import publish_sabo

FOLDERS = sorted((Path(__file__).parent / "stores").glob("*.tar.xz"))
PERIOD = "våren 2025"


@pytest.fixture(params=FOLDERS, ids=lambda path: path.name.partition(".")[0])
def old_data(request: pytest.FixtureRequest, empty_data: Path) -> Path:
    with tarfile.open(request.param) as archive:
        archive.extractall(empty_data, filter="data")
    return empty_data


def kalmar(version: int | None = None) -> tuple[int | None, int | None]:
    result = Reader(stores.live_store(), version).find("sabo_andel_primarvard", PERIOD)
    assert result is not None
    (row,) = [each for each in result.rows if each.kommun == "Kalmar"]
    return row.taljare, row.namnare


def test_there_is_one_of_each_day_that_a_program_was_given_out() -> None:
    assert len(FOLDERS) >= 3


@pytest.mark.usefixtures("old_data")
def test_its_versions_are_read_with_all_that_they_say() -> None:
    assert (kalmar(), kalmar(3)) == ((180, 410), (190, 412))
    events = [(each["nummer"], each["handelse"]) for each in json.loads(run("versioner", "--json").stdout)]
    assert events == [(4, "återställning av version 2"), (3, "import"), (2, "import"), (1, "första start")]
    reader = Reader(stores.live_store())
    answered_ids = {each for each in indicators.registry() if reader.find(each) is not None}
    assert answered_ids >= {"kommunal_primarvard_antal", "hemsjukvard_antal", "sabo_boende", "befolkning_80plus"}


@pytest.mark.usefixtures("old_data")
def test_it_is_gone_on_with_and_gone_back_in() -> None:
    assert publish_sabo(stores.live_store(), "våren 2026") == 5
    assert kalmar() == (180, 410)
    assert run("aterstall", "3", "--orsak", "rättelsen gällde").returncode == 0
    assert stores.live_store().newest == 6
    assert kalmar() == (190, 412)


def test_its_workshops_and_corrections_are_there(old_data: Path) -> None:
    if not (old_data / "workshop").exists():
        pytest.skip("from before there were any")
    assert [(each.fel_varde, each.ratt_varde) for each in corrections.load()] == [("Kalmarr", "Kalmar")]
    workshops = Workshops(old_data)
    ((workshop, answers),) = workshops.all()
    assert (workshop.namn, answers) == ("Provworkshop", 3)
    cards = workshops.board(workshop.kod, hidden=True)
    assert [(card.text, card.dold, card.gemensamt) for card in cards] == [
        ("Fasta team", True, False), ("Fler sjuksköterskor", False, True), ("Bättre överlämning", False, False),
    ]  # fmt: skip
    workshops.answer(workshop.kod, "en-ny-nyckel-här", workshop.fragor[0].id, workshop.grupper[0].id, "Ännu ett")
    assert len(workshops.board(workshop.kod, hidden=True)) == 4
