"""Older versions are kept unless the operator says for how long; no published extract is lost even then."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naravard.base.errors import UserError
from naravard.store import ledger, pruning
from naravard.store.shelves import State
from naravard.store.snapshots import Store
from naravard.ui.parts import versioner
from tests.test_store import publish_sabo

OLD, NEW = datetime(2020, 5, 1), datetime(2026, 5, 1)
LIMIT = datetime(2024, 5, 1)
P, U, W = State.PUBLICERAD, State.UNDANTAGEN, State.PRELIMINAR


@pytest.mark.parametrize(
    ("states", "extracts", "new", "goes"),
    [
        ("PPP", ["1", "12", "123"], "3", [1, 2]),
        ("PPP", ["1", "12", "123"], "23", [1]),
        ("PPP", ["1", "2", "3"], "3", []),
        ("PPP", ["1", "2", "2"], "3", [2]),
        ("PPP", ["1", "2", "1"], "3", [1]),
        ("PPPP", ["9", "19", "1", "12"], "4", [1, 3]),
        ("P", ["1"], "", []),
        ("PUP", ["1", "7", "1"], "3", [1, 2]),
        ("PWP", ["1", "7", "1"], "3", [1, 2]),
        ("PPW", ["1", "1", "17"], "", [1]),
        ("PPW", ["1", "1", "17"], "23", [1]),
        ("P?P", ["1", None, "1"], "3", [1]),
    ],
)
def test_no_extract_is_in_deleted_versions_alone(
    states: str, extracts: list[str | None], new: str, goes: list[int]
) -> None:
    numbers = range(1, len(states) + 1)
    by_sign = {"P": P, "U": U, "W": W, "?": P}
    assert (
        pruning.outdated(
            {number: by_sign[sign] for number, sign in zip(numbers, states, strict=True)},
            {number: NEW if str(number) in new else OLD for number in numbers},
            lambda number: extracts[number - 1],  # type: ignore[arg-type, return-value]
            LIMIT,
        )
        == goes
    )


@given(
    st.lists(st.tuples(st.sampled_from([P, U, W]), st.sets(st.integers(1, 6)), st.booleans()), min_size=1, max_size=9)
)
def test_whatever_was_published_is_in_a_version_that_stays(versions: list[tuple[State, set[int], bool]]) -> None:
    states = dict(enumerate((state for state, _, _ in versions), 1))
    times = {number: NEW if is_new else OLD for number, (_, _, is_new) in enumerate(versions, 1)}
    goes = pruning.outdated(states, times, lambda number: versions[number - 1][1], LIMIT)

    def ids(numbers: set[int]) -> set[int]:
        return {each for number in numbers if states[number] is P for each in versions[number - 1][1]}

    assert ids(states.keys() - set(goes)) == ids({*states})
    assert not any(times[number] == NEW for number in goes)
    assert max(states) not in goes or states[max(states)] is not P


def test_a_version_that_no_log_tells_of_stays() -> None:
    assert pruning.outdated({1: U, 2: P}, {2: NEW}, lambda _: [1], LIMIT) == []


@pytest.mark.parametrize(
    ("months", "gives"), [(1, (2026, 2, 28)), (2, (2026, 1, 28)), (3, (2025, 12, 28)), (24, (2024, 3, 28))]
)
def test_months_before(months: int, gives: tuple[int, int, int]) -> None:
    assert pruning.months_before(datetime(2026, 3, 31, 12), months) == datetime(*gives, 12)


def test_a_publication_deletes_what_is_old_by_the_setting(empty_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "_now", lambda: datetime(2020, 5, 1))
        for matperiod in ("våren 2019", "våren 2020", "våren 2020"):
            publish_sabo(empty_store, matperiod)
    publish_sabo(empty_store, "våren 2025")
    assert empty_store.numbers() == [1, 2, 3, 4]
    assert versioner.what_is_kept() == "Äldre versioner sparas."

    monkeypatch.setenv("NARAVARD_GALLRING", "24")
    publish_sabo(empty_store, "våren 2026")
    # version 2 is the last that has the extract which version 3 replaced
    assert empty_store.numbers() == [2, 4, 5]
    assert [version.nummer for version in empty_store.versions()] == [5, 4, 3, 2, 1]
    assert len(empty_store.ledger()) == 5
    assert "äldre än 24 månader" in versioner.what_is_kept()


@pytest.mark.parametrize("text", ["0", "-1", "två", "1,5", "²", "99999"])
def test_a_setting_that_is_no_number_of_months_stops_the_publication(
    empty_store: Store, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("NARAVARD_GALLRING", text)
    with pytest.raises(UserError, match="NARAVARD_GALLRING"):
        publish_sabo(empty_store)
    assert empty_store.newest is None
