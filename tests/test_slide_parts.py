"""A view of more kommuner than a slide has room for: several slides, the län on each, none left out."""

import pytest

from naravard.figures.gate import ProtectedResult
from naravard.slides import parts, sequence
from naravard.slides.sequence import Entry
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
    assert [slide.title.rpartition(" (")[2] for slide in deck.slides] == ["1 av 3)", "2 av 3)", "3 av 3)"]
    assert "Kommunerna står på 3 bilder, med länet på varje. Det här är bild 2." in deck.slides[1].sources
    (only,) = parts.deck_of(of(12)).slides
    assert " av " not in only.title


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
