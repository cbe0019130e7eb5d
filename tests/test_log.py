"""The log: lines of JSON by one clock, errors with a number, and nothing of anybody in it."""

import json
import logging
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import anyio
import pytest
from streamlit import error_util
from streamlit import logger as streamlit_logger

from naravard import web
from naravard.base import clock, log
from naravard.base.errors import UserError
from naravard.room.answers import answering
from naravard.store import ledger
from naravard.ui import streamlit_internals

PERSON = "19380230-1234"


@dataclass
class Written:
    """What the log has written, to standard error."""

    capture: pytest.CaptureFixture[str]
    text: str = ""

    def lines(self) -> list[dict[str, Any]]:
        """All of it since the last look."""
        self.text = self.capture.readouterr().err
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Written]:
    """What the log writes from now on; all loggers as they were afterwards."""
    loggers = [logging.getLogger(), *streamlit_internals.loggers()]
    before = [(logger, logger.handlers, logger.propagate, logger.level) for logger in loggers]
    monkeypatch.setattr(streamlit_logger, "setup_formatter", streamlit_logger.setup_formatter)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    log.install(*loggers[1:])
    yield Written(capsys)
    for logger, handlers, propagates, level in before:
        logger.handlers, logger.propagate = handlers, propagates
        logger.setLevel(level)


def broken() -> ValueError:
    try:
        int(PERSON)
    except ValueError as error:
        return error
    raise AssertionError


def test_an_error_has_a_number_and_its_way_and_nothing_of_what_it_says(written: Written) -> None:
    number = log.fault("Oväntat fel på en sida", broken())
    (line,) = written.lines()
    assert (line["nr"], line["fel"], line["niva"]) == (number, "ValueError", "error")
    assert any("test_log.py" in frame and "broken" in frame for frame in line["spar"])
    assert PERSON not in written.text


@pytest.mark.parametrize("name", ["uvicorn.error", "streamlit.error_util", "någon.annan", "asyncio"])
def test_what_others_log_of_an_error_has_no_content_either(written: Written, name: str) -> None:
    logging.getLogger(name).error("It went wrong with %s", PERSON, exc_info=broken())
    (line,) = written.lines()
    assert PERSON not in written.text
    assert line["fel"] == "ValueError"


def test_a_logger_that_streamlit_makes_later_comes_the_same_way(written: Written) -> None:
    try:
        streamlit_logger.get_logger("streamlit.en_som_kommer_senare").error("Fel", exc_info=broken())
    finally:
        del streamlit_logger._loggers["streamlit.en_som_kommer_senare"]
    assert [line["fel"] for line in written.lines()] == ["ValueError"]


def test_an_error_that_is_logged_with_its_number_is_logged_once(written: Written) -> None:
    logging.getLogger("streamlit.error_util").error("Uncaught app execution", exc_info=broken())
    assert written.lines() == []


def test_streamlit_writes_no_error_past_the_log(written: Written, capsys: pytest.CaptureFixture[str]) -> None:
    """With rich, which Typer brings, it would print the error itself, with what it says."""
    try:
        raise ValueError(PERSON)
    except ValueError as error:
        error_util._log_uncaught_app_exception(error)
    assert PERSON[:8] not in "".join(capsys.readouterr())  # rich colours the parts of a number


def test_an_error_in_a_thread_comes_the_same_way(written: Written) -> None:
    thread = threading.Thread(target=int, args=(PERSON,))
    thread.start()
    thread.join()
    assert [line["fel"] for line in written.lines()] == ["ValueError"]
    assert PERSON not in written.text


def test_what_a_room_is_told_of_an_error_is_a_number_in_the_log(written: Written) -> None:
    def work(request: Any, body: Any) -> None:
        raise broken()

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def ask() -> None:
        from starlette.requests import Request  # noqa: PLC0415

        scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
        response = await answering(work)(Request(scope, receive))
        await response(scope, receive, send)

    anyio.run(ask)
    assert sent[0]["status"] == 500
    assert written.lines()[0]["nr"] in json.loads(sent[1]["body"])["fel"]
    text = anyio.run(web.answer_fault, None, broken()).body.decode()
    assert text.endswith(f" {written.lines()[0]['nr']}.")


def test_times_are_stockholms_wherever_the_server_stands(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    logging.getLogger("naravard").warning("nu")
    tid = datetime.fromisoformat(written.lines()[0]["tid"])
    assert tid.utcoffset() in {timedelta(hours=1), timedelta(hours=2)}
    assert abs(clock.now() - tid) < timedelta(minutes=1)
    assert abs(ledger._now() - clock.now().replace(tzinfo=None)) < timedelta(minutes=1)


def test_a_person_who_looks_on_is_told_in_a_line(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    number = log.fault("Oväntat fel", broken())
    assert f" error Oväntat fel nr={number} fel=ValueError" in written.capture.readouterr().err


def test_a_page_that_breaks_tells_the_number_that_is_in_the_log(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(web.st, "error", lambda text, icon: told.append(text))
    assert web.show_error(broken())
    assert told[0].endswith(f"Felets nummer i serverns logg är {written.lines()[0]['nr']}.")
    assert PERSON not in told[0] + written.text
    assert web.show_error(UserError("Välj en kommun."))
    assert (told[1], written.lines()) == ("Välj en kommun.", []), "what a user can do is no fault"
