"""What a room is shown: entries as they stand in a link, and the screens that they become."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naravard import charts
from naravard.base.errors import UserError
from naravard.figures import indicators
from naravard.figures.reader import Reader
from naravard.room.projector import as_json, figure_on_screen
from naravard.slides import sequence
from naravard.slides.links import address_of
from naravard.slides.sequence import Entry, Screen
from naravard.store.snapshots import Store
from naravard.telling import phrases

KOMMUNER = 12


def shown(text: str, store: Store) -> Screen:
    return sequence.screen(sequence.entry(text), Reader(store), is_example=store.is_example)


@given(
    st.sampled_from(sorted(indicators.registry())),
    st.dictionaries(
        st.sampled_from(["matperiod", "grupp", "diagram", "ordning"]),
        st.text(st.characters(exclude_characters="~", exclude_categories=["Cs", "Nd"]), min_size=1),
    ),
)
def test_an_entry_is_read_as_it_was_written(name: str, choices: dict[str, str]) -> None:
    assert sequence.entry(str(Entry(name, choices))) == Entry(name, choices)


def test_without_a_choice_lgls_seven_slides_are_shown_in_order() -> None:
    assert list(map(str, sequence.lgl_entries())) == [f"lgl{number}" for number in range(1, 8)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("lgl8", "Bild 8 finns inte"),
        ("finns_inte", "Bilden ”finns_inte” finns inte"),
        ("sabo_andel_primarvard~kommuner:0880,99", "Kommunen ”99” finns inte i länet"),
        ("sabo_andel_primarvard~matperiod:19121212-1212", "person-id"),
        ("lgl²", "finns inte"),
        ("profil", "nämner ingen av länets kommuner"),
        ("profil~kommun:0180", "nämner ingen av länets kommuner"),
        ("sabo_andel_primarvard~farg:röd", "har valet ”farg”, som inte finns"),
        ("", "finns inte"),
    ],
)
def test_a_screen_that_there_is_not_is_told(text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        sequence.entry(text)


@pytest.mark.parametrize("number", range(1, 8))
def test_each_of_lgls_slides_is_one_screen_with_all_its_figures(
    shared_live: Store, shared_example: Store, number: int
) -> None:
    for store in (shared_live, shared_example):
        screen = shown(f"lgl{number}", store)
        assert sequence.lgl_parts(screen.entry, Reader(store), is_example=store.is_example) == [screen.entry]
        assert screen.results == tuple(figure.result for figure in screen.slide.figures)
        assert screen.slide.title
        told = as_json(screen)
        assert bool(told["figur"]) != bool(told["saknas"]), "a table only where no chart says it"
        assert bool(told["exempel"]) == store.is_example


def test_slide_three_is_a_chart_with_the_deck_s_figures_and_a_table_for_who_does_not_see_it(shared_live: Store) -> None:
    told = as_json(shown("lgl3", shared_live))
    rows = {row["namn"]: [cell["text"] for cell in row["celler"]][:3] for row in told["tabell"]["rader"]}
    assert rows["Borgholm"] == ["79", "4", "5\u00a0%"]
    assert rows["Kalmar län"] == ["1\u00a0885", "1\u00a0447", "77\u00a0%"]
    assert len(rows) == KOMMUNER + 1
    bars, *_ = told["figur"]["data"]
    texts = dict(zip(bars["customdata"], bars["text"], strict=True))
    assert texts["0885"] == "▼▼ 5\u00a0% (4 av 79)"
    assert texts["08"].replace("\u00a0", " ") == "77 % (1 447 av 1 885)"
    assert [kommun["namn"] for kommun in told["kommuner"]][:3] == ["Borgholm", "Emmaboda", "Hultsfred"]
    assert "5 av 100 (4 av 79)" in told["kommuner"][0]["mening"].replace("\u00a0", " ")


def columns(screen: Screen) -> dict[str, dict[str, float | None]]:
    """Heading of each column of bars → value by kommun."""
    figure = as_json(screen)["figur"]
    heads = {a["x"]: a["text"] for a in figure["layout"]["annotations"] if a["y"] == 1}
    starts = {
        axis.replace("axis", ""): layout["domain"][0] for axis, layout in figure["layout"].items() if "xaxis" in axis
    }
    return {
        heads[starts[trace["xaxis"]]]: dict(zip(trace["customdata"], trace["x"], strict=True))
        for trace in figure["data"]
        if trace["type"] == "bar"
    }


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("lgl1", ["Alla länet 5 793", "Ordinärt boende länet 4 346", "SÄBO länet 1 447"]),
        ("lgl2", ["Hemsjukvård, personer länet 3 558", "Sjuksköterska länet 2 811", "Arbetsterapeut länet 656",
                  "Fysioterapeut länet 529"]),
        ("lgl6", ["Insats av sjuksköterska, 65+", "Hemsjukvård 65+"]),
    ],
)  # fmt: skip
def test_groups_and_figures_stand_beside_each_other_and_each_kommun_has_its_row(
    shared_example: Store, text: str, headings: list[str]
) -> None:
    screen = shown(text, shared_example)
    by_heading = columns(screen)
    assert all(phrases.alt(result) in as_json(screen)["alt"] for result in screen.results), "for who does not see it"
    plain = [re.sub(r"<br>|\s", " ", re.sub("</?b>", "", head)) for head in by_heading]
    assert plain == headings
    own = iter(by_heading.values())
    for result in screen.results:
        for group in result.groups:
            values = next(own)
            koder = {row.kommun_kod for row in result.kommuner}
            assert koder <= set(values), "also one whose figure is hidden"
            assert values == {kod: row.varde for kod in values if (row := result.row(kod, group))}


@pytest.mark.parametrize("name", sorted(indicators.registry()))
def test_every_indicator_in_every_chart_can_be_a_screen(shared_example: Store, name: str) -> None:
    whole = shown(name, shared_example)
    kinds = charts.fitting(whole.result) if whole.result else {}
    for kind in kinds:
        told = as_json(shown(f"{name}~diagram:{kind}", shared_example))
        assert told["titel"], kind
        json.dumps(told, allow_nan=False)
        if told["figur"]:
            assert "title" not in told["figur"]["layout"], "the mark of example data is the slide's"
            assert "<sup>" not in json.dumps(told["figur"]), "raised numbers are too small for a wall"
        assert told["exempel"]


@pytest.mark.parametrize("name", sorted(indicators.registry()))
def test_a_kommun_can_be_pointed_out_in_each_bar_chart(shared_example: Store, name: str) -> None:
    told = as_json(shown(name, shared_example))
    if told["figur"] and told["kommuner"]:
        marked = [
            kod for t in told["figur"]["data"] for kod in (t.get("customdata") or ([t["meta"]] if "meta" in t else []))
        ]
        assert {kommun["kod"] for kommun in told["kommuner"]} <= set(marked)


def test_a_view_keeps_its_choices(shared_example: Store) -> None:
    entry = "fast_lakarkontakt_andel~jamfor:ovriga~kommuner:0880,0885~ordning:varde~diagram:ranked_bar"
    screen = shown(entry, shared_example)
    assert screen.result is not None
    assert {row.kommun for row in screen.result.kommuner} == {"Kalmar", "Borgholm"}
    assert "Urval: Borgholm och Kalmar." in screen.slide.sources
    assert "Ordnat efter värde." in screen.slide.sources
    address = address_of(screen.entry, screen, True)
    assert "kommuner=Borgholm&kommuner=Kalmar" in address or "kommuner=Kalmar&kommuner=Borgholm" in address
    assert "ordning=V%C3%A4rde" in address
    assert "jamfor_jamfor=" in address
    assert address.endswith("exempel=true")


def test_a_kommuns_profile_takes_as_many_screens_as_it_needs(shared_example: Store) -> None:
    parts = sequence.profile_parts("0880", Reader(shared_example))
    assert len(parts) > 1
    titles = {sequence.screen(p, Reader(shared_example), is_example=True).slide.title for p in parts}
    assert len(titles) == len(parts)


def test_what_is_kept_of_a_figure_is_its_table_as_it_is_shown(shared_live: Store) -> None:
    figure = figure_on_screen(shown("lgl3", shared_live), "Kalmar", 1)
    assert figure.titel.startswith("77")
    assert figure.kommun == "Kalmar"
    assert ("Kalmar", "494", "324") in {row[:3] for row in figure.rader}
    assert "bilden_sabo" not in figure.kalla
    assert "Källa: LGL:s bild 3" in figure.kalla


def test_a_lan_of_more_kommuner_than_a_wall_has_room_for_takes_several_screens(
    shared_example: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(shared_example)
    bars = charts.charts()["ranked_bar"]
    monkeypatch.setitem(charts.charts(), "ranked_bar", replace(bars, most_on_wall=5))
    entries = sequence.lgl_parts(sequence.entry("lgl6"), reader, is_example=True)
    assert list(map(str, entries)) == [f"lgl6~del:{i}" for i in (1, 2, 3)]
    screens = [sequence.screen(each, reader, is_example=True) for each in entries]
    assert [screen.slide.title[-9:] for screen in screens] == [" (1 av 3)", " (2 av 3)", " (3 av 3)"]
    koder = [{row.kommun_kod for row in screen.results[1].kommuner} for screen in screens]
    assert sum(map(len, koder)) == len(set.union(*koder)) == KOMMUNER, "each kommun once"
    assert all(len(screen.results) == 2 for screen in screens)
    assert "lgl6~del:3" in map(str, sequence.lgl_screens(reader, is_example=True))
