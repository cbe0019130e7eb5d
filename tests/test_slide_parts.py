"""A view of more kommuner than a slide has room for: several slides, the län on each, none left out."""

from dataclasses import replace

import pytest

from naravard.charts import _columns, grouped_bar
from naravard.charts.ranked_bar import CHART
from naravard.exports.pptx import plots
from naravard.figures.gate import ProtectedResult
from naravard.slides import parts, sequence
from naravard.slides.sequence import Entry
from naravard.slides.slide import Form, slide_of
from tests.by_hand import LAN, ByHand, gate, raw, spec


def of(count: int) -> ProtectedResult:
    koder = [f"08{number:02}" for number in range(count)]
    return gate([raw(kod, 50, 100) for kod in koder] + [raw(LAN, 50 * count, 100 * count)], spec())


@pytest.mark.parametrize(
    ("count", "sizes"), [(12, [12]), (20, [20]), (21, [10, 11]), (49, [16, 17, 16]), (40, [20, 20])]
)
def test_each_part_has_the_lan_and_about_as_many_kommuner_and_none_is_left_out(count: int, sizes: list[int]) -> None:
    all_parts = parts.parts(of(count))
    assert [len(part.kommuner) for part in all_parts] == sizes
    assert all(part.lan() is not None for part in all_parts)
    koder = [row.kommun_kod for part in all_parts for row in part.kommuner]
    assert koder == [row.kommun_kod for row in of(count).kommuner]


def test_a_deck_has_a_slide_for_each_part_that_says_which_it_is() -> None:
    deck = parts.deck_of(of(49))
    assert [slide.title.rpartition(" (")[2] for slide in deck.slides] == [
        "1\u00a0av\u00a03)",
        "2\u00a0av\u00a03)",
        "3\u00a0av\u00a03)",
    ]
    assert "Kommunerna står på 3 bilder, med länet på varje. Det här är bild 2." in deck.slides[1].sources
    (only,) = parts.deck_of(of(12)).slides
    assert "av" not in only.title.rpartition("(")[2]


@pytest.mark.parametrize(("form", "figures", "slides"), [("tabell", 1, 3), ("diagram", 1, 3), ("diagram", 2, 4)])
def test_a_whole_slide_is_as_many_as_its_kommuner_need(form: Form, figures: int, slides: int) -> None:
    """As LGL's: the same kommuner in both figures, each kommun once, and what is told in sentences on the first."""
    whole = replace(slide_of([of(49)] * figures, "Rubrik", form=form), sentences=("Sagt en gång.",))
    all_slides = parts.in_parts(whole)
    assert len(all_slides) == slides
    for place in range(figures):
        koder = [row.kommun_kod for each in all_slides for row in each.figures[place].result.kommuner]
        assert koder == [row.kommun_kod for row in of(49).kommuner]
    assert [each.sentences for each in all_slides] == [("Sagt en gång.",), *[()] * (slides - 1)]
    assert {each.heading for each in all_slides} == {"Rubrik"}
    assert parts.in_parts(slide_of([of(12)], "Rubrik", form=form)) == [slide_of([of(12)], "Rubrik", form=form)]


def test_several_bars_for_each_kommun_need_more_room_and_the_lan_is_not_promised_beside_counts() -> None:
    groups = [raw(f"08{number:02}", 50, grupp=grupp) for number in range(49) for grupp in ("a", "b")]
    counts = gate(groups, spec("count"))
    all_slides = parts.in_parts(slide_of([counts]))
    assert len(all_slides) == 4
    assert "Kommunerna står på 4 bilder. Det här är bild 1." in all_slides[0].sources


@pytest.mark.parametrize("kind", ["proportion", "count"])
def test_the_bars_of_all_parts_are_on_one_scale(kind: str) -> None:
    """A bar of 40 on the second slide is shorter than one of 90 on the first: on screen, on the wall, in PowerPoint."""
    rows = [raw(f"08{n:02}", 90 - n, 100 if kind == "proportion" else None) for n in range(49)]
    whole = gate([*rows, raw(LAN, sum(row.taljare or 0 for row in rows), 4_900)], spec(kind))
    first, *_, last = parts.parts(whole)
    assert max(row.varde or 0 for row in first.kommuner) > max(row.varde or 0 for row in last.kommuner)
    for chart in (CHART.draw, lambda result: _columns.draw([result])):
        ends = {round(max(chart(part).layout.xaxis.range)) for part in (first, last)}
        assert len(ends) == 1, ends
    assert len({plots.by_area(part).longest for part in (first, last)}) == 1


def test_groups_of_all_parts_are_on_one_scale() -> None:
    rows = [raw(f"08{n:02}", 90 - n + place, grupp=grupp) for n in range(49) for place, grupp in enumerate("ab")]
    first, *_, last = parts.parts(gate(rows, spec("count")), 13)
    ends = {max(grouped_bar.CHART.draw(part).layout.xaxis.range) for part in (first, last)}
    assert len(ends) == len({plots.by_area_and_group(part).longest for part in (first, last)}) == 1


def test_a_wall_has_an_entry_for_each_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("naravard.figures.indicators.by_id", lambda name: spec(id=name))
    reader = ByHand(lambda name, matperiod, against: of(49))
    entries = sequence.view_parts(Entry("prov", {"diagram": "ranked_bar"}), reader)
    assert [str(each) for each in entries] == [f"prov~diagram:ranked_bar~del:{i}" for i in range(1, 6)]
    sizes = [
        len(result.kommuner) for each in entries if (result := sequence.screen(each, reader, is_example=False).result)
    ]
    assert sizes == [10, 10, 9, 10, 10], "fewer than on a slide: they are read from afar"
    few = ByHand(lambda name, matperiod, against: of(12))
    assert [str(each) for each in sequence.view_parts(Entry("prov"), few)] == ["prov"]
