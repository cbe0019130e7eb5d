"""What the server does before its first visitor and beside all of them: memory is let go of and nobody waits for it."""

import contextlib
import gc
import json
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from streamlit import config

from naravard import stores, web
from naravard.base import settings
from naravard.edge import health
from tests.test_store import publish_sabo


class Circle:
    """An object that holds itself, so that only a collection lets go of it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def only_explicit_collections() -> Iterator[None]:
    gc.unfreeze()
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


def test_no_page_ends_with_a_full_collection() -> None:
    with contextlib.chdir(settings.ROOT):
        config.get_config_options(force_reparse=True)
        assert config.get_option("runner.postScriptGC") is False
        assert Path(config.get_where_defined("runner.postScriptGC")) == settings.ROOT / ".streamlit" / "config.toml"


@pytest.mark.usefixtures("only_explicit_collections", "empty_data")
def test_a_warm_server_freezes_what_it_has_and_collects_garbage_on_a_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    collectors: list[int] = []
    of_warm_up: list[weakref.ref[Circle]] = []
    monkeypatch.setattr(web, "_prepare", lambda *_: of_warm_up.append(weakref.ref(Circle())))
    monkeypatch.setattr(web, "_COLLECT_SECONDS", 0.01)
    monkeypatch.setattr(web.log, "install", lambda *_: None)  # pytest's own stays
    monkeypatch.setattr(stores, "is_example_ready", lambda: True)
    monkeypatch.setattr(web, "_compute_example", lambda: None)

    async def serve() -> None:
        async with web.warm_up(None):
            assert gc.get_freeze_count() > 10_000
            assert of_warm_up[0]() is None, "what is garbage already must not be frozen"
            of_session = weakref.ref(Circle(), lambda _: collectors.append(threading.get_ident()))
            with anyio.fail_after(30):
                while of_session() is not None:
                    await anyio.sleep(0.01)

    anyio.run(serve)
    assert collectors
    assert collectors != [threading.get_ident()], "a collection is on a thread of its own"


@pytest.mark.usefixtures("deck_data")
def test_what_is_published_is_worked_out_before_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    store = stores.live_store()
    prepared: list[int | None] = []
    monkeypatch.setattr(web, "_compute", lambda of: prepared.append(of.newest))
    monkeypatch.setattr(web, "_NEW_SECONDS", 0.01)
    monkeypatch.setattr(web.log, "install", lambda *_: None)
    monkeypatch.setattr(stores, "is_example_ready", lambda: True)
    monkeypatch.setattr(web, "_compute_example", lambda: None)

    async def serve() -> None:
        async with web.warm_up(None):
            await anyio.to_thread.run_sync(lambda: publish_sabo(store))
            with anyio.fail_after(30):
                while 2 not in prepared:
                    await anyio.sleep(0.01)
            await anyio.sleep(0.1)

    anyio.run(serve)
    assert prepared.count(2) == 1, "once, however often it is looked for"


def test_garbage_is_collected_about_once_a_minute() -> None:
    assert 30 <= web._COLLECT_SECONDS <= 120


@pytest.mark.usefixtures("empty_data")
def test_a_server_without_figures_starts_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The database may be away just now: nobody has to start the server again when it comes."""
    monkeypatch.setattr(web.log, "install", lambda *_: None)
    monkeypatch.setattr(stores, "is_example_ready", lambda: True)
    monkeypatch.setattr(web, "_compute_example", lambda: None)
    monkeypatch.setenv("NARAVARD_LAGER", "postgresql://eva:hemligt@127.0.0.1:1/lager")

    async def answer() -> JSONResponse:
        async with web.warm_up(None):
            return await health.health(Request({"type": "http"}))

    response = anyio.run(answer)
    assert response.status_code == 503
    assert json.loads(response.body)["status"] == "fel"
    (message,) = (each for each in caplog.messages if each.startswith("Siffrorna för 08 går inte att visa än."))
    assert "svarar inte (ingen svarar på adressen)" in message
    assert "hemligt" not in caplog.text + response.body.decode()


def test_the_lifespan_of_the_app_is_the_warm_up() -> None:
    assert "lifespan=web.warm_up" in Path(settings.ROOT / "app.py").read_text(encoding="utf-8")
