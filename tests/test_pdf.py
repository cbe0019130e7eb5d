"""PDF: tagged, in Swedish, with words for every picture, nothing off the paper, and nothing that is hidden."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from naravard import exports
from naravard.base import kommuner, periods
from naravard.base.kommuner import Kommun
from naravard.base.model import EXAMPLE
from naravard.base.numbers import HIDDEN
from naravard.figures import overview
from naravard.figures.reader import Reader
from naravard.figures.standing import standings
from naravard.slides.sheet import sheet
from naravard.store.snapshots import Store
from naravard.telling import situation
from tests import pdf_reading, samples
from tests.test_cli import run

_MARGIN = 30
_HEADING = re.compile(r"/H(\d)")
KOMMUNER = kommuner.in_lan("08")
FULL = ("Borgholm", "Mönsterås", "Västervik")  # a small one, a middling one and a large one
EACH_TIME = (FULL[0], FULL[-1])
BY_NAME = [
    pytest.param(kommun, id=kommun.namn, marks=() if kommun.namn in EACH_TIME else pytest.mark.slow)
    for kommun in KOMMUNER
]


def check_structure(content: bytes, title: str) -> None:
    pdf = pdf_reading.read(content)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    assert pdf.metadata and pdf.metadata.title == title
    assert root["/ViewerPreferences"]["/DisplayDocTitle"], "the title, and not the file's name, is told"
    elements = pdf_reading.elements(pdf)
    levels = [int(match[1]) for role, _ in elements if (match := _HEADING.fullmatch(role))]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), "no level is left out"
    assert all(alt and alt.endswith(".") for role, alt in elements if role == "/Figure")
    for page, (_, texts) in zip(pdf.pages, pdf_reading.pages(content), strict=True):
        check_that_all_is_on_the_paper(page.mediabox.width, page.mediabox.height, texts)


def check_that_all_is_on_the_paper(right: float, top: float, texts: Sequence[pdf_reading.Text]) -> None:
    for text in texts:
        assert text.x >= _MARGIN and text.x + 0.3 * len(text.words.split("\n")[0]) < right - _MARGIN, text
        assert _MARGIN <= text.y <= top - _MARGIN, text


@pytest.mark.parametrize("kommun", BY_NAME)
@pytest.mark.parametrize("of", ["shared_live", "shared_example"])
def test_a_profile_can_be_read_by_eye_and_by_ear(request: pytest.FixtureRequest, of: str, kommun: Kommun) -> None:
    store: Store = request.getfixturevalue(of)
    reader = Reader(store)
    content = exports.write_profile(kommun.kod, reader, store.newest or 0, "pdf")
    check_structure(content, f"{kommun.namn}: nära vård i siffror")
    pages = [text for text, _ in pdf_reading.pages(content)]
    assert 2 <= len(pages) <= 4
    assert [EXAMPLE in text for text in pages] == [store.is_example] * len(pages)
    words = pdf_reading.words(content)
    assert all(line.measure.indicator.short in words for line in overview.profile(kommun.kod, reader))
    for entry in sheet(kommun.kod, reader, 1).entries:
        alternatives = [picture.alt.replace("\u00a0", " ") for picture in (entry.strip, entry.curve) if picture]
        assert all(alt in words for alt in alternatives)
    assert HIDDEN not in words.replace("...", ""), "what is hidden is told in words"


def test_answers_stand_in_two_columns(shared_live: Store) -> None:
    content = exports.write_profile("0861", Reader(shared_live), 1, "pdf")
    middle = pdf_reading.read(content).pages[0].mediabox.width / 2
    _, texts = pdf_reading.pages(content)[0]
    places = {text.words: text.x for text in texts}
    assert max(places["Ligger bra till"], places["Ligger sämre till"]) < middle
    assert min(places["Att fråga vidare"], places["Hur säkert är det?"]) > middle


def test_every_picture_says_what_it_shows(shared_example: Store) -> None:
    profiles = [sheet(kommun.kod, Reader(shared_example), 1) for kommun in KOMMUNER if kommun.namn in FULL]
    hidden_entries = [(p.kommun, e) for p in profiles for e in p.entries if e.why == "dolt för att skydda enskilda"]
    assert hidden_entries
    for kommun, hidden in hidden_entries:
        assert hidden.value == ""
        if hidden.strip:
            assert hidden.strip.own is None
            assert f"{kommun} dolt för att skydda enskilda" in hidden.strip.alt
            without = len(kommuner.in_lan("08")) - len(hidden.strip.points)
            assert re.search(f"{without} kommun(er)? har inget tal som visas", hidden.strip.alt.replace("\u00a0", " "))
    by_name = {entry.name: entry for p in profiles if p.kommun == "Mönsterås" for entry in p.entries}
    doctor = by_name["Fast läkarkontakt"]
    assert doctor.strip and doctor.strip.own is not None and 0 <= doctor.strip.own <= 1
    assert (doctor.counts, doctor.beside) == ("252 av 328", "länet 75\u00a0%")
    over_time = by_name["SÄBO 80+"].curve
    assert over_time and over_time.first == "2010: 14,3\u00a0%" and over_time.last == "2022: 10,9\u00a0%"
    assert len(over_time.parts) > 1, "no line over the year in which it began to be measured in another way"


def test_a_small_change_looks_small(shared_live: Store) -> None:
    entries = {entry.name: entry for entry in sheet("0861", Reader(shared_live), 1).entries}
    curve = entries["Nöjda med hemtjänsten"].curve
    assert curve
    heights = [height for part in curve.parts for _, height in part]
    assert max(heights) - min(heights) < 1, "five units of a hundred do not fill the height"
    assert all(0 <= height <= 1 for height in heights)


@pytest.mark.parametrize("indicator_id", samples.indicators_by_kind())
@pytest.mark.parametrize("period", [None, pytest.param(periods.EVERY, marks=pytest.mark.slow)])
def test_a_view_can_be_read_by_eye_and_by_ear(shared_example: Store, indicator_id: str, period: str | None) -> None:
    result = Reader(shared_example).find(indicator_id, period)
    if result is None:
        pytest.skip("has no figures in the example")
    content = exports.write_file(result, "pdf", exports.View(filters=("Urval: Kalmar.",)))
    check_structure(content, result.indicator.titel)
    words = pdf_reading.words(content)
    assert "Urval: Kalmar." in words
    assert all(row.kommun in words for row in result.rows)
    rows = [
        row for row in result.rows if period is None or row.grupp == result.lead_group
    ]  # over time it is of one group
    hidden = sum(row.skydd == HIDDEN for row in rows)
    assert words.count("dolt") >= hidden
    assert HIDDEN not in words


def test_what_chance_cannot_be_reckoned_of_has_a_dotted_edge_as_on_screen(shared_live: Store) -> None:
    """Each sentence has the edge of its own certainty, in the file too, and what a dotted one means stands there."""
    reader = Reader(shared_live)
    own_answers = sheet("0861", reader, 1).answers
    statements = {statement.text: statement.is_unsure for answer in own_answers for statement in answer.sentences}
    on_screen = [sentence for block in situation.blocks(standings("0861", reader)) for sentence in block.sentences]
    assert {s.text: not s.is_sure for s in on_screen}.items() <= statements.items()
    assert any(statements.values())
    assert own_answers[-1].sentences[-1].text == situation.UNSURE_EDGE
    words = pdf_reading.words(exports.write_profile("0861", reader, 1, "pdf"))
    assert "Prickad kant:" in words


def test_the_command_line_takes_a_kommun_by_the_name_of_the_file(data: Path, tmp_path: Path) -> None:
    for name in ("mönsterås.pdf", "MÖNSTERÅS.pdf", unicodedata.normalize("NFD", "Mönsterås.pdf"), "monsteras.pptx"):
        file = tmp_path / name
        done = run("exportera", str(file))
        assert (done.returncode, done.stderr) == (0, ""), name
        if file.suffix == ".pdf":
            assert "Mönsterås" in pdf_reading.words(file.read_bytes())


@pytest.mark.slow
def test_all_profiles_leave_as_one_file(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "profiler.zip"
    done = run("exportera", str(file), "--exempel")
    assert done.returncode == 0
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as book:
        assert len(book.namelist()) == len(KOMMUNER)
        assert all(name.startswith(EXAMPLE) for name in book.namelist())
        first = pdf_reading.words(book.read(book.namelist()[0]))
    assert KOMMUNER[0].namn in first


def test_texts_are_never_markup(shared_live: Store) -> None:
    result = Reader(shared_live).read("sabo_andel_primarvard")
    words = pdf_reading.words(
        exports.write_file(result, "pdf", exports.View(filters=('#read("layout.typ") *a* $x$ [b]',)))
    )
    assert '#read("layout.typ") *a* $x$ [b]' in words
