"""Two versions, or a period and its parts, laid beside each other: the analyst is warned of what they tell."""

from pathlib import Path

import pytest

from naravard import intake, stores
from naravard.base.model import Finding
from naravard.figures import differencing
from naravard.store.snapshots import Store


def sabo(period: str, *, publicerad: bool = False, **counts: tuple[int, int]) -> intake.Examination:
    """Residents and those with primärvård; Kalmar, Nybro and Torsås are there and stay the same."""
    rows = {"Kalmar": (494, 324), "Nybro": (169, 140), "Torsås": (143, 120), **counts}
    text = "\n".join(["Kommun;Boende på SÄBO;Kommunal primärvård", *(f"{k};{a};{b}" for k, (a, b) in rows.items())])
    return intake.examine(
        text.encode(), "sabo.csv", intake.Choices(kalla="sabo", matperiod=period, publicerad=publicerad)
    )


def publish(store: Store, *examinations: intake.Examination) -> None:
    intake.publish(list(examinations), store, who="prov", why="prov")


def told(store: Store, *examinations: intake.Examination) -> list[Finding]:
    return differencing.against(store, store.newest, intake.counts_of(list(examinations)))[1]


def test_a_correction_of_a_few_persons_is_told(live: Store) -> None:
    publish(live, sabo("hösten 2025"))
    (finding,) = told(live, sabo("hösten 2025", Kalmar=(492, 324)))
    assert finding.level == "varning"
    assert "skillnaden kan peka ut någon: Kalmar (" in finding.sentence()
    assert "Kalmar (Antal boende på SÄBO, hösten 2025)" in finding.what
    assert "Nybro" not in finding.what


@pytest.mark.parametrize(
    ("period", "counts"),
    [
        ("hösten 2025", {}),  # nothing changes
        ("hösten 2025", {"Kalmar": (480, 310)}),  # by more than a few
        ("våren 2026", {"Kalmar": (492, 324)}),  # another period
    ],
)
def test_what_tells_of_nobody_is_not_warned_of(live: Store, period: str, counts: dict[str, tuple[int, int]]) -> None:
    publish(live, sabo("hösten 2025"))
    assert told(live, sabo(period, **counts)) == []


def test_published_figures_may_differ_by_a_few(live: Store) -> None:
    publish(live, sabo("hösten 2025", publicerad=True))
    assert told(live, sabo("hösten 2025", publicerad=True, Kalmar=(492, 324))) == []


def test_what_was_seen_and_is_hidden_now_is_told(live: Store) -> None:
    publish(live, sabo("hösten 2025"))
    sentences = [finding.sentence() for finding in told(live, sabo("hösten 2025", Nybro=(169, 3)))]
    assert any("blir dolt: den som har det gamla talet kan räkna vidare" in s and "Nybro" in s for s in sentences)


def test_a_period_that_is_a_few_persons_more_than_its_part_is_told(live: Store) -> None:
    publish(live, sabo("kvartal 1 2025"))
    sentences = [finding.sentence() for finding in told(live, sabo("2025", Kalmar=(497, 330)))]
    assert any("Kalmar (Antal boende på SÄBO, 2025 minus kvartal 1 2025)" in s for s in sentences)
    assert not any("Nybro (" in s for s in sentences), "equal is not a few more"


def test_in_an_empty_store_all_is_new_and_nothing_is_warned_of(empty_data: Path) -> None:
    store = stores._store("lager", is_example=False)
    changes, findings = differencing.against(store, None, intake.counts_of([sabo("hösten 2025")]))
    assert {change.kind for change in changes} == {"nytt"}
    assert "Kalmar" in {change.kommun for change in changes}
    assert findings == []
    assert store.newest is None
