"""A program that is ended by a fault leaves no core: a file that is being checked is in its memory."""

import resource
import sys
from collections.abc import Callable

import anyio
import pytest

from naravard import web
from naravard.base import core_dumps
from naravard.commands import main


class Asked(Exception):
    """The doors below go no further than here."""


def test_nothing_is_written_when_a_program_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {resource.RLIMIT_CORE: (4096, 8192)}
    monkeypatch.setattr(resource, "getrlimit", limits.__getitem__)
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    core_dumps.prevent()
    assert limits == {resource.RLIMIT_CORE: (0, 8192)}


def test_a_system_without_the_limit_starts_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delattr(core_dumps, "resource")
    core_dumps.prevent()


def start_of_the_server() -> None:
    async def enter() -> None:
        async with web.warm_up(None):
            pass

    anyio.run(enter)


@pytest.mark.parametrize("start", [start_of_the_server, main])
def test_each_way_to_start_asks_for_it_first(start: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    def prevent() -> None:
        raise Asked

    monkeypatch.setattr(core_dumps, "prevent", prevent)
    with pytest.raises(Asked):
        start()
