"""Targets that LGL has set: when they hold, how a figure is held against them, and where they are seen."""

import re
from pathlib import Path

import pytest

from naravard import charts
from naravard.base import settings, structs
from naravard.base.errors import UserError
from naravard.figures import indicators, targets
from naravard.figures.reader import Reader
from naravard.figures.standing import standings
from naravard.figures.targets import Target, Targets
from naravard.slides.sheet import sheet
from naravard.store.snapshots import Store
from naravard.telling import verdicts
from naravard.ui import strips
from tests.by_hand import BORGHOLM, LAN, RIKET, gate, raw, spec
from tests.test_situation import NAMES

ID = "sabo_andel_primarvard"


@pytest.fixture
def with_targets(monkeypatch: pytest.MonkeyPatch) -> None:
    indicator = indicators.by_id(ID)
    values = (Target(indicator, 80, 2022, "LGL 2021-12-03"), Target(indicator, 90, 2025, "LGL 2024-11-08"))
    monkeypatch.setattr(targets, "of_the_county", lambda: Targets(values))


@pytest.mark.parametrize(
    ("period", "value"), [("2021", None), ("2022", 80), ("våren 2024", 80), ("2025", 90), ("ej angiven", 90)]
)
def test_the_newest_target_that_holds_in_the_period_is_the_one(
    with_targets: None, period: str, value: float | None
) -> None:
    target = targets.target_of(ID, period)
    assert (target and target.varde) == value
    assert targets.target_of("rub_fordelning", period) is None


def test_there_are_no_targets_to_begin_with_and_nothing_is_compared_with_them(shared_live: Store) -> None:
    assert targets.of_the_county() == Targets()
    result = Reader(shared_live).read(ID, comparison_id="mal")
    assert not any(row.jamforelse for row in result.rows)
    assert verdicts.about_comparison(result) == [result.comparison.missing]


def test_a_figure_is_judged_against_the_target_as_it_is(with_targets: None) -> None:
    indicator = spec(id=ID, riktning="higher_is_better")
    rows = [raw(BORGHOLM, 40, 100), raw(LAN, 790, 1000), raw(RIKET, 8000, 10000)]
    result = gate(rows, indicator, against="mal")
    by_area = {row.kommun_kod: row for row in result.rows}
    assert (by_area[BORGHOLM].level, by_area[LAN].level) == (-2, 0)
    assert {kod: row.jamforelse and row.jamforelse.reference for kod, row in by_area.items()} == {
        BORGHOLM: 80, LAN: 80, RIKET: None,
    }  # fmt: skip
    assert verdicts.tone(by_area[BORGHOLM].level, indicator) == "samre"


def test_the_target_is_a_line_in_bars_and_strips_and_said_in_words(
    with_targets: None, shared_live: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strips, "view_address", lambda measure: measure.indicator.id)  # outside a run there is no visit
    reader = Reader(shared_live)
    figure = charts.draw(reader.read(ID))
    assert [note.text for note in figure.layout.annotations if note.text == "Målet"] == ["Målet"]
    assert 90 in [shape.x0 for shape in figure.layout.shapes]
    standing = next(each for each in standings(NAMES[5], reader) if each.indicator.id == ID)
    html = str(strips.strips([standing], "Mönsterås")).replace("\u00a0", " ")
    assert html.count('class="mal"') == 1
    assert "Målet 90 %." in html
    assert "Mål: 90 % från 2025, beslutat av LGL 2024-11-08." in html
    on_paper = [entry.strip.target for entry in sheet(NAMES[5], reader, 1).entries if entry.strip]
    assert [target for target in on_paper if target is not None] == [pytest.approx(0.913, abs=0.001)]


def test_the_example_in_the_docs_is_a_target(tmp_path: Path) -> None:
    text = (settings.ROOT / "docs" / "metod.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(\[\[mal\]\].*?)```", text, re.DOTALL)
    assert example
    file = tmp_path / "mal.toml"
    file.write_text(example[1], encoding="utf-8")
    (target,) = structs.read(file, Targets).mal
    assert target.indikator.id in indicators.registry()
    file.write_text(example[1].replace(target.indikator.id, "finns_inte"), encoding="utf-8")
    with pytest.raises(UserError, match="finns_inte"):
        structs.read(file, Targets)


@pytest.mark.parametrize(
    ("indicator_id", "varde", "allowed"),
    [
        (ID, "340", "0 till 100, i procent"),
        (ID, "100.5", "0 till 100, i procent"),
        (ID, "-1", "0 till 100, i procent"),
        (ID, "nan", "0 till 100, i procent"),
        ("akutbesok_80plus_per_1000", "-1", "0 eller mer"),
        ("akutbesok_80plus_per_1000", "inf", "0 eller mer"),
    ],
)
def test_a_target_that_no_figure_can_reach_is_told(
    indicator_id: str, varde: str, allowed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = '[[mal]]\nindikator = "{}"\nvarde = {}\nfran = 2025\nbeslutat_av = "LGL"\n'
    good = entry.format(ID, 100) + entry.format("akutbesok_80plus_per_1000", 600)
    (tmp_path / "mal.toml").write_text(good + entry.format(indicator_id, varde), encoding="utf-8")
    monkeypatch.setattr(settings, "OWN_DATA", tmp_path)
    targets.of_the_county.cache_clear()
    with pytest.raises(UserError, match=rf"mal 3: varde är .* men ska vara {allowed}"):
        targets.of_the_county()
    (tmp_path / "mal.toml").write_text(good, encoding="utf-8")
    assert [target.varde for target in targets.of_the_county().mal] == [100, 600]
    targets.of_the_county.cache_clear()
