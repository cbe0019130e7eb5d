"""The synthetic extracts of earlier periods: a gap, a break and a real change that can be seen over time."""

from datetime import date
from pathlib import Path

import pytest

from naravard import charts, stores
from naravard.base.periods import EVERY
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.store.snapshots import Store
from naravard.telling import breaks, series, verdicts

NYBRO, VIMMERBY, KALMAR = "0881", "0884", "0880"


def over_time(store: Store, indicator_id: str = "sabo_andel_primarvard") -> ProtectedResult:
    return Reader(store).read(indicator_id, EVERY)


def test_there_are_24_months_with_a_gap_and_three_years_of_ensolutions(shared_example: Store) -> None:
    result = over_time(shared_example)
    months = [name for name in result.matperioder if "-" in name]
    assert len(months) == 24
    assert "2021-07" not in months
    assert over_time(shared_example, "hemsjukvard_antal").matperioder == ("våren 2023", "våren 2022", "våren 2021")
    assert [each.text for each in breaks.within(result, NYBRO)] == ["Nytt journalsystem"]
    line = next(trace for trace in charts.draw(result, "over_time").data if trace.meta == KALMAR)
    assert None in line.y, "the month without an extract is a gap"


def test_the_break_hides_a_jump_and_the_real_change_is_told(shared_example: Store) -> None:
    result = over_time(shared_example)
    words = {
        kod: verdicts.about_time([r for r in result.rows if r.kommun_kod == kod], result.indicator, result.breaks)
        for kod in (NYBRO, VIMMERBY)
    }
    assert words[NYBRO][0] == "Brytpunkt 1 mars 2022, Nybro: Nytt journalsystem. Bara tal därefter räknas här."
    assert words[NYBRO][1].startswith("Talen ändras inte mer över tid än slumpen kan ge")
    assert words[VIMMERBY][0].startswith("Talen ökar över tid (+")
    rows = [row for row in result.rows if row.kommun_kod == NYBRO]
    compared = series.comparable(rows, result.breaks)
    assert min(row.matperiod for row in compared) == f"{date(2022, 3, 1):%Y-%m}"


def test_the_example_store_is_known_to_be_ready(
    example: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert stores.is_example_ready()
    monkeypatch.setenv("NARAVARD_DATA", str(tmp_path / "tom"))
    assert not stores.is_example_ready()
    assert not (tmp_path / "tom" / "lager-exempel").exists(), "the question builds nothing"
