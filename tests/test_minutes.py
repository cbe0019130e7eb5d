"""What a workshop takes home: every answer that may be seen, in the room's own words, with the figures."""

import io
from dataclasses import replace

import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from naravard import exports
from naravard.base.errors import NotFound
from naravard.figures.reader import Reader
from naravard.slides.slide import Slide, slide_of
from naravard.store.snapshots import Store
from naravard.workshop import minutes
from naravard.workshop.board import Card, Named, Question, ShownFigure, VoteRound, Workshop
from naravard.workshop.minutes import Minutes
from tests import pdf_reading

FIGURE = ShownFigure(
    "lgl3", "77 % har primärvård", "SÄBO", "Källa: LGL:s bild 3", "Kalmar", 7, False,
    ("Område", "Antal"), (("Kalmar", "324"), ("Borgholm", "..")),
)  # fmt: skip
ROOM = Workshop(
    "abc234", "Hösten", "", "2026-11-22T08:00:00", None, True, 1,
    (Named(1, "Kalmar"), Named(2, "Öland")), (Question(1, "Vad fungerar?"), Question(2, "Vad saknas?")), None,
)  # fmt: skip


NOON = "2026-11-22T11:00:00+00:00"


def card(number: int, text: str, group: int = 1, common: bool = False, more: tuple[str, ...] = (), q: int = 1) -> Card:
    return Card(number, q, group, text, NOON, False, common, more, FIGURE if number % 2 else None)


def told(*cards: Card) -> Minutes:
    return minutes.minutes(ROOM, cards)


def no_slide(figure: ShownFigure) -> Slide | None:
    return None


def slides_of(said: Minutes) -> list[str]:
    deck = Presentation(io.BytesIO(exports.write_minutes(said, "pptx", no_slide)))
    return [" ".join(texts_of(shape) for shape in slide.shapes) for slide in deck.slides]


def texts_of(shape: object) -> str:
    if getattr(shape, "has_table", False):
        return " | ".join(cell.text for row in shape.table.rows for cell in row.cells)  # type: ignore[attr-defined]
    return shape.text_frame.text if shape.has_text_frame else ""  # type: ignore[attr-defined]


def test_the_slides_have_the_common_first_then_each_question_then_the_figures() -> None:
    slides = slides_of(told(card(1, "Korta vägar", common=True, more=("Nära",)), card(2, "Fler möten", group=2)))
    assert len(slides) == 5
    assert "Workshop: Hösten" in slides[0]
    assert "3 svar från grupperna Kalmar och Öland" in slides[0]
    assert "Det gemensamma" in slides[1]
    assert "Kalmar\nKorta vägar\n+ Nära\nVad fungerar?" in slides[1]
    assert "Fler möten" not in slides[1]
    assert "Vad fungerar?" in slides[2]
    assert "Fler möten" in slides[2]
    assert "Vad saknas?" in slides[3]
    assert "Inga svar" in slides[3]
    assert "77 % har primärvård" in slides[4]
    assert "Kalmar | 324" in slides[4]


VOTED = replace(ROOM, rostningar=(VoteRound(1, False, True), VoteRound(0, True, False)))


def test_dots_are_bars_the_most_first_and_what_is_common_is_in_that_order() -> None:
    cards = [
        replace(card(1, "ett", common=True), prickar=2, prickar_gemensamt=1),
        replace(card(2, "två"), prickar=1),
        replace(card(3, "tre", common=True), prickar=5, prickar_gemensamt=4),
    ]
    said = minutes.minutes(VOTED, cards, (), {1: 4, 0: 1})
    assert [one.text for one in said.common] == ["tre", "ett"]
    deck = Presentation(io.BytesIO(exports.write_minutes(said, "pptx", no_slide)))
    slides = [" ".join(texts_of(shape) for shape in slide.shapes) for slide in deck.slides]
    assert [slide.shapes.title.text for slide in deck.slides][1:5] == [
        "Det gemensamma", "Prickar: Det gemensamma", "Vad fungerar?", "Prickar: Vad fungerar?",
    ]  # fmt: skip
    assert "tre\n4 prickar\nVad fungerar?" in slides[1]
    assert "1 telefon har lagt prickar" in slides[2]
    assert "★ ett\n2 prickar" in slides[3]
    assert slides[4].index("tre") < slides[4].index("ett") < slides[4].index("två")
    bars = [shape.width for shape in deck.slides[4].shapes if shape.name == "Stapel"]
    assert [round(width / bars[0], 2) for width in bars] == [1, 0.4, 0.2]


def test_a_board_stands_beside_its_figure_and_no_card_lies_on_another_or_outside(shared_live: Store) -> None:
    result = Reader(shared_live).read("sabo_boende")
    said = told(*[card(i, f"Svar {i:03d} " + "ord " * (i % 60), group=1 + i % 2) for i in range(1, 60)])
    slide = slide_of([result], form="tabell")
    deck = Presentation(io.BytesIO(exports.write_minutes(said, "pptx", lambda figure: slide)))
    boards = [each for each in deck.slides if each.shapes.title.text.startswith("Vad fungerar?")]
    assert len(boards) > 1
    for each in boards:
        (chart,) = (shape for shape in each.shapes if shape.has_chart)
        cards = [shape for shape in each.shapes if shape.name.startswith("Svar från")]
        assert len(cards) > 3
        for one in cards:
            assert one.left + one.width < chart.left
            assert one.top + one.height < deck.slide_height * 0.93
            for other in cards:
                apart = one.top + one.height <= other.top or other.top + other.height <= one.top
                beside = one.left + one.width <= other.left or other.left + other.width <= one.left
                assert one is other or apart or beside
    said_texts = " ".join(texts_of(shape) for slide in deck.slides for shape in slide.shapes)
    assert all(f"Svar {i:03d}" in said_texts for i in range(1, 60))


def test_many_long_answers_take_several_slides_and_none_is_lost() -> None:
    cards = [card(i, f"Svar {i:03d} " + "ord " * 60) for i in range(1, 61)]
    said = " ".join(slides_of(told(*cards)))
    assert all(f"Svar {i:03d}" in said for i in range(1, 61))
    assert "Vad fungerar? (1 av" in said


@pytest.mark.parametrize("text", ["=1+1", "<b>fet</b> & 'citat'", "@SUM(A1)", "+46", "-1", "https://exempel.se", "👍"])
def test_whatever_is_written_is_a_text_in_both_files(text: str) -> None:
    said = told(card(1, text, common=True))
    assert any(text in slide for slide in slides_of(said))
    book = CalamineWorkbook.from_filelike(io.BytesIO(exports.write_minutes(said, "xlsx", no_slide)))
    assert book.get_sheet_by_name("Svar").to_python()[1][2] == text


def test_the_workbook_has_answers_the_common_and_each_figure_once() -> None:
    said = told(card(1, "ett", common=True), card(3, "tre", group=2), card(2, "två", q=2))
    book = CalamineWorkbook.from_filelike(io.BytesIO(exports.write_minutes(said, "xlsx", no_slide)))
    assert book.sheet_names == ["Svar", "Det gemensamma", "Figur 1"]
    answers = book.get_sheet_by_name("Svar").to_python()[1:]
    assert [row[2] for row in answers] == ["ett", "tre", "två"]
    assert answers[0][5:] == ["", "", "2026-11-22 12:00", "77 % har primärvård"]
    assert len(book.get_sheet_by_name("Det gemensamma").to_python()) == 2
    figure = book.get_sheet_by_name("Figur 1").to_python()
    assert ["Borgholm", ".."] in [row[:2] for row in figure]
    assert any("Utpekad kommun: Kalmar" in str(row[0]) for row in figure)


def test_the_workbook_has_dots_what_is_hidden_marked_and_a_list_to_go_on_with() -> None:
    seen = [
        replace(card(1, "ett", common=True, more=("lika",)), prickar=2, prickar_gemensamt=1),
        replace(card(2, "två", common=True), prickar_gemensamt=3),
    ]
    whole = [
        replace(seen[0], lika=("lika", "dolt lika")), seen[1],
        replace(card(3, "dolt", more=("under dolt",)), dold=True), replace(card(4, "nytt"), vantar=True),
    ]  # fmt: skip
    said = minutes.minutes(VOTED, seen, whole, {1: 2, 0: 3})
    book = CalamineWorkbook.from_filelike(io.BytesIO(exports.write_minutes(said, "xlsx", no_slide)))
    rows = book.get_sheet_by_name("Svar").to_python()[1:]
    assert [(row[2], row[5], row[6]) for row in rows] == [
        ("ett", 2.0, ""), ("lika", "", ""), ("två", 0.0, ""),
        ("dolt lika", "", "dold"), ("dolt", "", "dold"), ("under dolt", "", "dold"), ("nytt", "", "väntar"),
    ]  # fmt: skip
    common = book.get_sheet_by_name("Det gemensamma").to_python()
    assert common[0][-3:] == ["Vem gör det?", "Till när?", "Läge"]
    assert [row[:5] for row in common[1:]] == [
        ["två", "", "Kalmar", "Vad fungerar?", 3.0], ["ett", "lika", "Kalmar", "Vad fungerar?", 1.0],
    ]  # fmt: skip
    dots = book.get_sheet_by_name("Prickar").to_python()[1:]
    assert [(row[0], row[1], row[3]) for row in dots] == [
        ("Vad fungerar?", "ett", 2.0), ("Vad fungerar?", "två", 0.0),
        ("Det gemensamma", "två", 3.0), ("Det gemensamma", "ett", 1.0),
    ]  # fmt: skip
    assert "dolt" not in " ".join(slides_of(said))


def test_exempeldata_is_said_in_both_files() -> None:
    example = ShownFigure(**{**FIGURE.__dict__, "exempel": True})
    said = told(Card(1, 1, 1, "svar", NOON, False, False, (), example))
    assert "EXEMPELDATA" in slides_of(said)[-1]
    book = CalamineWorkbook.from_filelike(io.BytesIO(exports.write_minutes(said, "xlsx", no_slide)))
    assert "EXEMPELDATA" in str(book.get_sheet_by_name("Figur 1").to_python()[0])
    assert "EXEMPELDATA" in str(book.get_sheet_by_name("Svar").to_python()[1])


def test_merged_answers_have_rows_of_their_own_however_many() -> None:
    said = told(card(1, "ett", more=tuple(f"liknande {i} " + "ord " * 65 for i in range(150))))
    book = CalamineWorkbook.from_filelike(io.BytesIO(exports.write_minutes(said, "xlsx", no_slide)))
    rows = book.get_sheet_by_name("Svar").to_python()[1:]
    assert len(rows) == 151
    assert rows[150][2].startswith("liknande 149")
    assert rows[150][3] == "ett"
    slides = " ".join(slides_of(said))
    assert all(f"liknande {i} " in slides for i in range(150))


def test_another_format_is_told() -> None:
    with pytest.raises(NotFound, match="pptx, pdf eller xlsx"):
        exports.write_minutes(told(), "docx", no_slide)


def test_the_pdf_is_tagged_and_has_all_of_it_as_text() -> None:
    seen = [
        replace(card(1, "#let x = [*ett*] $1$", common=True, more=("lika",)), prickar=2, prickar_gemensamt=1),
        *(card(i, f"svar {i:03d} " + "ord " * (i % 50), group=1 + i % 2) for i in range(2, 60)),
    ]
    content = exports.write_minutes(minutes.minutes(VOTED, seen, (), {1: 2}), "pdf", no_slide)
    pdf = pdf_reading.read(content)
    words = " ".join(page.extract_text() for page in pdf.pages)
    assert "#let x = [*ett*] $1$" in words
    assert all(f"svar {i:03d}" in words for i in range(2, 60))
    for text in (
        "Det gemensamma",
        "2 prickar",
        "2 telefoner har lagt prickar",
        "77 % har primärvård",
        "Borgholm",
        "..",
    ):
        assert text in words, text
    assert "Inga svar på den här frågan" in words
    roles = {role for role, _ in pdf_reading.elements(pdf)}
    assert {"/H1", "/H2", "/Table", "/TH"} <= roles
    assert exports.write_minutes(told(), "pdf", no_slide).startswith(b"%PDF"), "a board without answers"
