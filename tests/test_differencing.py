"""Two versions, or a period and its parts, laid beside each other: the analyst is warned of what they tell."""

import pytest

from naravard import intake
from naravard.base.codes import FindingCode
from naravard.base.kommuner import in_lan
from naravard.base.model import UNKNOWN_PERIOD, Finding
from naravard.figures import differencing
from naravard.store.snapshots import Store
from tests.examples import more


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


def test_a_correction_of_a_few_persons_is_told(empty_store: Store) -> None:
    publish(empty_store, sabo("hösten 2025"))
    (finding,) = told(empty_store, sabo("hösten 2025", Kalmar=(492, 324)))
    assert finding.level == "varning"
    assert "kan förstå vilka det gäller: Kalmar (" in finding.sentence()
    assert "Kalmar (Antal boende på SÄBO, hösten 2025)" in finding.what
    assert "Nybro" not in finding.what


def test_what_tells_of_nobody_is_not_warned_of(empty_store: Store) -> None:
    publish(empty_store, sabo("hösten 2025"))
    assert told(empty_store, sabo("hösten 2025")) == [], "nothing changes"
    assert told(empty_store, sabo("hösten 2025", Kalmar=(480, 310))) == [], "by more than a few"
    assert told(empty_store, sabo("våren 2026", Kalmar=(492, 324))) == [], "another period"


def test_published_figures_may_differ_by_a_few(empty_store: Store) -> None:
    publish(empty_store, sabo("hösten 2025", publicerad=True))
    assert told(empty_store, sabo("hösten 2025", publicerad=True, Kalmar=(492, 324))) == []


def test_what_was_seen_and_is_hidden_now_is_told(empty_store: Store) -> None:
    publish(empty_store, sabo("hösten 2025"))
    sentences = [finding.sentence() for finding in told(empty_store, sabo("hösten 2025", Nybro=(169, 3)))]
    assert any("blir dolt: den som har det gamla talet kan räkna vidare" in s and "Nybro" in s for s in sentences)


def test_a_period_that_is_a_few_persons_more_than_its_part_is_told(empty_store: Store) -> None:
    publish(empty_store, sabo("kvartal 1 2025"))
    sentences = [finding.sentence() for finding in told(empty_store, sabo("2025", Kalmar=(497, 330)))]
    assert any("Kalmar (Antal boende på SÄBO, 2025 minus kvartal 1 2025)" in s for s in sentences)
    assert not any("Nybro (" in s for s in sentences), "equal is not a few more"


def test_in_an_empty_store_all_is_new_and_nothing_is_warned_of(empty_store: Store) -> None:
    changes, findings, _ = differencing.against(empty_store, None, intake.counts_of([sabo("hösten 2025")]))
    assert {change.kind for change in changes} == {"nytt"}
    assert "Kalmar" in {change.kommun for change in changes}
    assert findings == []
    assert empty_store.newest is None


LOADED = [
    "2024",
    "våren 2024",
    "kvartal 1 2024",
    "2024-03",
    "våren 2023",
    "2023-12–2024-01",
    "mätning 1",
    "R12 2025-03",
]


@pytest.fixture(scope="module")
def many_periods(module_deck: Store) -> Store:
    """A store with all of LOADED, which tests only read."""
    publish(module_deck, *(sabo(name, Nybro=(169 + i, 140 + i)) for i, name in enumerate(LOADED)))
    return module_deck


@pytest.mark.parametrize(
    ("period", "concerned"),
    [
        (
            "2024-02",
            {"2024", "våren 2024", "kvartal 1 2024", "2024-03", "2023-12–2024-01", "R12 2025-03", UNKNOWN_PERIOD},
        ),
        *more(
            ("Mätning 1", {"mätning 1", UNKNOWN_PERIOD}),
            # beside the spring before, and all that hangs together with that
            ("våren 2026", {UNKNOWN_PERIOD, *LOADED} - {"våren 2023", "mätning 1"}),
            ("2022", {"mätning 1", UNKNOWN_PERIOD}),
        ),
    ],
)
def test_only_the_periods_that_a_new_one_is_seen_beside_are_read(
    many_periods: Store, period: str, concerned: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said of a publication is the same as when all periods are read."""
    new = intake.counts_of([sabo(period, Kalmar=(495, 326), Nybro=(169, 3))])
    ids = differencing._concerned(many_periods.extracts(), new)
    assert ids is not None
    assert {e.matperiod for e in many_periods.extracts() if e.kalla == "sabo" and e.uttag_id in ids} == concerned
    with many_periods.candidate(new, only=ids) as part:
        held = {row for (row,) in part.connection.execute("select distinct uttag_id from sabo").fetchall()}
        assert len(held) == len(concerned - {period.casefold()}) + 1
    of_part = differencing.against(many_periods, many_periods.newest, new)
    monkeypatch.setattr(differencing, "_concerned", lambda *_: None)
    changes, findings, _ = differencing.against(many_periods, many_periods.newest, new)
    assert of_part[0] == changes
    beside = {FindingCode.SMALL_REST_OF_PERIOD, FindingCode.NOT_PROTECTED, FindingCode.HIDDEN_FOR_EARLIER}
    assert [f for f in of_part[1] if f.code not in beside] == [f for f in findings if f.code not in beside]
    assert all(any(f.code == other.code for other in findings) for f in of_part[1])


@pytest.mark.parametrize("period", [UNKNOWN_PERIOD, UNKNOWN_PERIOD.capitalize()])
def test_a_new_table_without_days_concerns_all_periods(module_deck: Store, period: str) -> None:
    assert differencing._concerned(module_deck.extracts(), intake.counts_of([sabo(period, Kalmar=(495, 326))])) is None


def test_a_new_population_concerns_all_periods(module_deck: Store) -> None:
    text = "Kommun;År;Ålder;Antal\n" + "\n".join(f"{k.namn};2024;totalt;{9000 + i}" for i, k in enumerate(in_lan("08")))
    examination = intake.examine(text.encode(), "befolkning.csv", intake.Choices(kalla="befolkning"))
    assert differencing._concerned(module_deck.extracts(), intake.counts_of([examination])) is None


def test_what_is_hidden_for_earlier_versions_is_told_alike_of_some_periods_and_of_all(
    empty_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(empty_store, *(sabo(name, Nybro=(169 + i, 140 + i)) for i, name in enumerate(["2022", "2025-03", "2023"])))
    publish(empty_store, sabo("2026-03", Nybro=(169, 3), **{"Kalmar län": (806, 447)}))
    new = intake.counts_of([sabo("2026-03", Nybro=(169, 60), **{"Kalmar län": (806, 504)})])
    of_part = differencing.against(empty_store, empty_store.newest, new)
    assert [f.code for f in of_part[1] if f.code is FindingCode.HIDDEN_FOR_EARLIER]
    monkeypatch.setattr(differencing, "_concerned", lambda *_: None)
    assert differencing.against(empty_store, empty_store.newest, new) == of_part
