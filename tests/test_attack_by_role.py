"""Nothing hidden follows for anybody from all the versions that their role lets them see, preliminary ones too."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from naravard import sources
from naravard.base.roles import OLDER_VERSIONS, Role
from naravard.figures import indicators, plans
from naravard.store.schema import Schema
from naravard.store.snapshots import Snapshot, Store
from tests.attack import attack
from tests.test_what_is_known import CODES, CORRECTIONS, MED, counts_of

pytestmark = pytest.mark.attack
READERS = [Role.LASARE, Role.ANALYTIKER]
WHO = {"who": "a", "why": "b"}
SMALL, LARGE = CORRECTIONS["one that was small is not"]
Table = Mapping[str, int]


def load(store: Store, *tables: Table, preliminary: bool = True) -> int:
    for table in tables:
        number = store.publish([counts_of(table)], **WHO, preliminary=preliminary)
    return number


def seen_by(role: Role, store: Store) -> list[int]:
    """What a role can have looked at: what has been the newest for all; who may read others, all that can be read."""
    return [n for n in store.numbers() if role >= OLDER_VERSIONS or not store.is_preliminary(n)]


def told(role: Role, store: Store) -> list[str]:
    with ExitStack() as readers:
        return attack(*(readers.enter_context(store.open(number)) for number in seen_by(role, store))).recovered


def corrected_before_the_release(store: Store, random: Random) -> None:
    store.publish([counts_of(MED, period="våren 2021")], **WHO)
    store.release(load(store, SMALL, LARGE), **WHO)


def corrected_after_the_release(store: Store, random: Random) -> None:
    load(store, MED, preliminary=False)
    store.release(load(store, SMALL), **WHO)
    load(store, LARGE, preliminary=False)


def corrected_preliminarily_after_the_release(store: Store, random: Random) -> None:
    load(store, SMALL, preliminary=False)
    store.release(load(store, LARGE), **WHO)
    load(store, SMALL)


def discarded_and_loaded_right(store: Store, random: Random) -> None:
    load(store, SMALL, preliminary=False)
    store.discard(load(store, LARGE), **WHO)
    store.release(load(store, {**LARGE, "0840": 3}), **WHO)


def released_and_gone_back(store: Store, random: Random) -> None:
    first = load(store, SMALL, preliminary=False)
    store.release(load(store, LARGE), **WHO)
    store.restore(first, **WHO)


def at_random(store: Store, random: Random) -> None:
    table = {code: random.choice([2, 3, 9, 30, 40, 57]) for code in CODES}
    load(store, table, preliminary=False)
    for _ in range(2):
        table = {c: random.choice([2, 14, 45]) if random.random() < 0.2 else count for c, count in table.items()}
        number = load(store, table)
    store.release(number, **WHO)


WAYS: dict[str, Callable[[Store, Random], None]] = {
    way.__name__: way
    for way in (
        corrected_before_the_release,
        corrected_after_the_release,
        corrected_preliminarily_after_the_release,
        discarded_and_loaded_right,
        released_and_gone_back,
        at_random,
    )
}
_EACH_TIME = {"corrected_before_the_release", "corrected_after_the_release"}
"""The others are tried where there is time."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, Schema(sources.tables(), indicators.views()), hidden_cells=plans.hidden_cells)


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=() if way in _EACH_TIME else pytest.mark.slow) for way in WAYS]
)
def test_nothing_is_given_away_to_any_role(way: str, store: Store) -> None:
    WAYS[way](store, Random(1))
    assert [told(role, store) for role in READERS] == [[], []]
    assert len(seen_by(Role.LASARE, store)) < len(seen_by(Role.ANALYTIKER, store))


def test_where_what_waits_is_not_counted_as_seen_analysts_are_told(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And who reads what is released alone is not: seeing less tells less."""
    earlier = Snapshot.earlier
    monkeypatch.setattr(
        Snapshot, "earlier", lambda self: [n for n in earlier(self) if not self.store or not store.is_preliminary(n)]
    )
    corrected_before_the_release(store, Random(1))
    assert told(Role.ANALYTIKER, store), "the attack is to succeed"
    assert told(Role.LASARE, store) == []
