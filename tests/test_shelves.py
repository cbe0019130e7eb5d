"""Where finished versions lie: a number is given once, whole or not at all, with a state, on whatever shelf."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from naravard.base.errors import NotFound, UserError
from naravard.store import shelves
from naravard.store.shelves import Note, Shelf, State, Taken, Writing, shelf_at

NOTE = Note("Eva", "prov")


@pytest.fixture(params=["folder", "postgresql"])
def shelf(request: pytest.FixtureRequest, empty_data: Path) -> Shelf:
    address = str(empty_data) if request.param == "folder" else request.getfixturevalue("versions_url")
    return shelf_at(address, "08", "lager")


@contextmanager
def written(shelf: Shelf, content: bytes = b"innehall") -> Iterator[tuple[Writing, Path]]:
    """A writer with a finished draft."""
    with shelf.lock() as writing:
        draft = writing.draft()
        draft.write_bytes(content)
        yield writing, draft


def put(shelf: Shelf, content: bytes = b"innehall", state: State = State.PUBLICERAD) -> int:
    with written(shelf, content) as (writing, draft):
        number = writing.next_number
        writing.put(number, draft, NOTE, state=state)
    return number


def test_numbers_go_on_and_each_has_its_content(shelf: Shelf) -> None:
    assert (shelf.numbers(), shelf.states()) == ([], {})
    assert [put(shelf, content) for content in (b"a", b"b")] == [1, 2]
    assert shelf.numbers() == [1, 2]
    assert [shelf.get(number).read_bytes() for number in (1, 2)] == [b"a", b"b"]
    assert [shelf.content(number) for number in (1, 2)] == [b"a", b"b"]
    assert shelf.fingerprint(1) != shelf.fingerprint(2)
    with pytest.raises(NotFound, match="Version 3 finns inte"):
        shelf.get(3)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://eva:hemligt@db/lager", r"börjar med mysql:// men ska börja med postgresql://"),
        ("postgresql://eva:hem ligt@db/lager", r"går inte att läsa\. Skriv postgresql://namn:lösenord@värd"),
        ("postgresql://eva:hemligt@db/lager?sslmod=require", r"går inte att läsa"),
    ],
)
def test_an_address_that_no_shelf_has_is_told_without_its_password(address: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as error:
        shelf_at(address, "08", "lager")
    assert "lig" not in str(error.value) + repr(error.value.__cause__)


def test_what_has_to_be_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    shelves._module.cache_clear()
    for name in [name for name in sys.modules if name.startswith("naravard.store.shelves.postgresql")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UserError, match=r"inte installerat\. Installera tillägget: pip install ”naravard\[postgres\]”"):
        shelf_at("postgresql://db/lager", "08", "lager")


def test_a_number_that_is_taken_is_refused_and_stays_as_it_was(shelf: Shelf) -> None:
    put(shelf, b"a")
    with written(shelf, b"b") as (writing, draft), pytest.raises(Taken):
        writing.put(1, draft, NOTE)
    assert shelf.get(1).read_bytes() == b"a"
    assert shelf.numbers() == [1]


def test_the_next_number_is_after_all_in_whatever_state(shelf: Shelf) -> None:
    put(shelf)
    put(shelf, state=State.PRELIMINAR)
    with shelf.lock() as writing:
        assert (writing.newest, writing.next_number) == (1, 3)
        writing.set_state(2, State.PUBLICERAD)
    with shelf.lock() as writing:
        assert (writing.newest, writing.next_number) == (2, 3)


def test_a_version_has_one_state_and_the_readers_numbers_are_the_published(shelf: Shelf) -> None:
    for state in State:
        put(shelf, state=state)
    assert shelf.states() == {1: State.PUBLICERAD, 2: State.UNDANTAGEN, 3: State.PRELIMINAR}
    assert shelf.numbers() == [1]
    assert shelf.numbers(State.PRELIMINAR, State.UNDANTAGEN) == [2, 3]
    with shelf.lock() as writing:
        writing.set_state(3, State.PUBLICERAD)
        writing.drop([2])
    assert shelf.states() == {1: State.PUBLICERAD, 3: State.PUBLICERAD}


def test_what_goes_with_a_publication_goes_with_it_or_not_at_all(shelf: Shelf) -> None:
    put(shelf)
    put(shelf)
    with pytest.raises(UserError), written(shelf) as (writing, draft):
        draft.unlink()
        writing.put(3, draft, NOTE, also={1: State.UNDANTAGEN})
    assert shelf.numbers() == [1, 2]
    with written(shelf) as (writing, draft):
        writing.put(3, draft, NOTE, also={1: State.UNDANTAGEN})
    assert shelf.states() == {1: State.UNDANTAGEN, 2: State.PUBLICERAD, 3: State.PUBLICERAD}
