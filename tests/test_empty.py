"""A result without rows, in all that it can be drawn, shown and written as: it says so in words, and nothing fails."""

import io
import json

import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from naravard import charts, exports
from naravard.base import periods
from naravard.base.model import EXAMPLE, UNKNOWN_PERIOD
from naravard.figures import indicators
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.room.projector import as_json, figure_on_screen
from naravard.slides.sequence import Entry, Screen
from naravard.slides.slide import Form, slide_of
from naravard.store.snapshots import Store
from naravard.telling import phrases
from naravard.ui.result_table import result_table

CHARTS = list(charts.charts())
ONE_OF_EACH = {(spec.kind.id, spec.diagram): spec.id for spec in indicators.registry().values()}
"""An indicator of each kind with each chart of its own."""
WORDS = "Siffror saknas"

TRIED = {(n % len(CHARTS), n % len(ONE_OF_EACH)) for n in range(max(len(CHARTS), len(ONE_OF_EACH)))}
"""Places of the pairs that `make test` tries: of all, each chart and each indicator is in one."""
PAIRS = [
    pytest.param(kind, own, marks=() if (place, own_place) in TRIED else pytest.mark.slow)
    for place, kind in enumerate(CHARTS)
    for own_place, own in enumerate(ONE_OF_EACH.values())
]
each_indicator = pytest.mark.parametrize("indicator_id", ONE_OF_EACH.values(), ids=map("-".join, ONE_OF_EACH))
each_pair = pytest.mark.parametrize(("kind", "indicator_id"), PAIRS)


def empty(store: Store, indicator_id: str, matperiod: str | None = None) -> ProtectedResult:
    result = Reader(store).read(indicator_id, matperiod=matperiod).in_group("finns inte")
    assert not result.rows
    return result


@each_pair
def test_a_chart_of_nothing_has_no_points_and_says_so(shared_example: Store, kind: str, indicator_id: str) -> None:
    for period in (None, periods.EVERY):
        figure = charts.draw(empty(shared_example, indicator_id, period), kind)
        assert not figure.data
        assert [note.text for note in figure.layout.annotations] == [f"{WORDS}."]
        assert (figure.layout.xaxis.visible, figure.layout.yaxis.visible) == (False, False)
        assert EXAMPLE in figure.layout.title.text
        assert charts.dark(figure).layout.annotations
        assert not charts.for_wall(figure)["data"]


@each_pair
def test_a_chart_of_what_it_does_not_fit_is_drawn_all_the_same(
    shared_live: Store, shared_example: Store, kind: str, indicator_id: str
) -> None:
    """Without points (a funnel of counts, a map of a län alone) it says so."""
    for store in (shared_live, shared_example):
        for period in (None, periods.EVERY):
            result = Reader(store).read(indicator_id, matperiod=period)
            figure = charts.draw(result, kind)
            assert figure.data or [note.text for note in figure.layout.annotations] == [
                "Siffrorna går inte att rita så." if any(row.varde is not None for row in result.rows) else f"{WORDS}."
            ]


def test_a_line_over_time_is_drawn_of_areas_with_a_date(shared_example: Store) -> None:
    result = Reader(shared_example).read("sabo_boende", matperiod=periods.EVERY)
    undated = result.kommuner[0]
    rows = [row for row in result.rows if row.kommun_kod != undated.kommun_kod]
    object.__setattr__(undated, "matperiod", UNKNOWN_PERIOD)
    object.__setattr__(result, "rows", (*rows, undated))
    drawn = [trace.meta for trace in charts.draw(result, "over_time").data]
    assert undated.kommun_kod not in drawn
    assert rows[0].kommun_kod in drawn
    object.__setattr__(result, "rows", (undated,))
    (note,) = charts.draw(result, "over_time").layout.annotations
    assert note.text == "Siffrorna går inte att rita så."


def test_a_forecast_of_nothing_says_so(shared_live: Store) -> None:
    full = Reader(shared_live).read("befolkning_80plus_prognos", matperiod=periods.EVERY)
    nothing = empty(shared_live, "befolkning_80plus_prognos")
    for known, expected in ((full, nothing), (nothing, full), (nothing, nothing)):
        figure = charts.forecast(known, expected, 2023)
        assert not figure.data
        assert len(figure.layout.annotations) == 1


@each_indicator
def test_what_nothing_can_be_drawn_as_is_what_its_indicator_asks_for(shared_live: Store, indicator_id: str) -> None:
    result = empty(shared_live, indicator_id)
    assert list(charts.fitting(result)) == [result.indicator.diagram]


@each_indicator
def test_nothing_in_a_room_is_a_slide_that_says_what_is_needed(shared_live: Store, indicator_id: str) -> None:
    result = empty(shared_live, indicator_id)
    slide = slide_of([result])
    assert (slide.kind, slide.figures) == ("missing", ())
    for kind in (*CHARTS, None):
        screen = Screen(Entry(indicator_id), slide, result, kind)
        told = as_json(screen)
        assert told["titel"].startswith(f"{WORDS}: ")
        assert told["saknas"].startswith("För att visa dem behövs ett uttag")
        assert json.dumps(told)
        assert not figure_on_screen(screen, "", 1).rader


def test_a_slide_of_two_leaves_out_the_one_without_rows(shared_example: Store) -> None:
    full = Reader(shared_example).read("sabo_boende")
    slide = slide_of([empty(shared_example, "sabo_andel_primarvard"), full])
    assert [figure.result for figure in slide.figures] == [full]
    assert "bor på SÄBO" in slide.title


@each_indicator
@pytest.mark.parametrize("form", ["diagram", "tabell"])
def test_nothing_in_powerpoint_is_a_slide_that_says_so(shared_example: Store, indicator_id: str, form: Form) -> None:
    content = exports.write_file(empty(shared_example, indicator_id), "pptx", exports.View(form))
    (slide,) = Presentation(io.BytesIO(content)).slides
    texts = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert WORDS in texts
    assert EXAMPLE in texts


@each_indicator
def test_nothing_in_files_and_texts_has_headings_and_no_rows(shared_live: Store, indicator_id: str) -> None:
    result = empty(shared_live, indicator_id)
    book = CalamineWorkbook.from_filelike(io.BytesIO(exports.write_file(result, "xlsx")))
    assert len(book.get_sheet_by_name("Data").to_python()) == 1
    about = dict(row[:2] for row in book.get_sheet_by_name("Om").to_python())
    assert about["Tecken"] == f"{WORDS}.", "and not that nothing is missing"
    assert len(exports.write_file(result, "csv").decode("utf-8-sig").splitlines()) == 1
    assert json.loads(exports.write_text(result, "json"))["rader"] == []
    assert "Uppgifter saknas" in exports.write_text(result, "tabell")
    assert phrases.alt(result) == f"{result.indicator.titel}. {WORDS}."
    assert "<table" in result_table(result)
