"""The API does what it says of itself: it is asked what its description allows and what it does not, and is watched.

schemathesis makes the questions out of `/api/v1/openapi.json`: each address with right and with wrong parameters, other
methods, odd headers; and looks at status, media type, headers and schema of each answer. `make soak` asks more.
"""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import positive_data_acceptance
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from naravard import web
from naravard.api import limits, resources
from naravard.api.operations import operations
from naravard.store.snapshots import Store

REAL = [each.name for each in operations() if not each.is_example]
"""Those of EXEMPELDATA are made of the same lines."""
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
FEW, MANY = 6, 100


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    """The whole server, its edge included, but for Streamlit; asked for by a name of its own."""
    server = Starlette(routes=web.ROUTES, middleware=web.MIDDLEWARE)

    async def by_own_name(scope: Scope, receive: Receive, send: Send) -> None:
        if "headers" in scope:
            others = [pair for pair in scope["headers"] if pair[0] != b"host"]
            scope = {**scope, "headers": [(b"host", b"127.0.0.1:8501"), *others], "client": ("127.0.0.1", 1)}
        await server(scope, receive, send)

    return by_own_name


@pytest.fixture
def described(app: ASGIApp, shared_deck: Store, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The API by its own description."""
    monkeypatch.setenv("NARAVARD_DATA", str(shared_deck.folder.parent))
    monkeypatch.setattr(limits, "seconds_to_wait", lambda address: 0)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


def ask(described: Any, name: str, mode: GenerationMode, most: int) -> None:
    """Ask an address so many questions. Raises FailureGroup for an answer that is not as described."""
    operation = described.find_operation_by_id(name)

    @settings(
        max_examples=most, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def questions(case: Any) -> None:
        answer = case.call()
        # which periods an indicator has stands in the catalogue: the description does not say it of each
        is_of_another = answer.status_code == 400 and answer.json()["parameter"] == "matperiod"
        case.validate_response(answer, excluded_checks=[positive_data_acceptance] if is_of_another else [])

    questions()


@pytest.mark.parametrize("name", REAL)
def test_each_address_answers_as_it_is_described(name: str, described: Any) -> None:
    for mode in MODES:
        ask(described, name, mode, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_each_address_answers_many_questions_as_it_is_described(name: str, described: Any) -> None:
    for mode in MODES:
        ask(described, name, mode, MANY)


@pytest.mark.parametrize(
    "answer",
    [
        Response('{"version": 1, "mer": "än som är sagt"}', 200, {"etag": '"x"'}, "application/json"),
        Response("{}", 200, {"etag": '"x"'}, "text/plain"),
        Response("{}", 418, media_type="application/json"),
    ],
)
def test_an_answer_that_is_not_as_described_is_seen(
    answer: Response, described: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "answer_of", lambda operation, request: answer)
    with pytest.raises(FailureGroup):
        ask(described, "indikator", GenerationMode.POSITIVE, 1)
