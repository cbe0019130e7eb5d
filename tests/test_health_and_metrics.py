"""Whether the server is well, and what is measured of it: for load balancers and Prometheus, without any figure."""

import re
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from naravard import menu, web
from naravard.base import clock, log
from naravard.base.errors import UserError
from naravard.edge import health, metrics, start
from naravard.store.snapshots import Store
from naravard.ui.streamlit_internals import Bound
from tests import logins

LINE = re.compile(r"(?P<name>[a-z_]+)(?:\{(?P<labels>.*)\})? (?P<value>\S+)")

KALMAR = 'lan="08"'


def client_from(address: str, **headers: str) -> TestClient:
    """The whole server, its edge included, but for Streamlit, as it is met from an address."""
    app = Starlette(routes=web.ROUTES, middleware=web.MIDDLEWARE)
    return TestClient(app, logins.ORIGIN, client=(address, 1), headers=headers)


def measured(client: TestClient) -> dict[tuple[str, str], float]:
    """All that is measured, by name and labels."""
    lines = client.get("/metrics").text.splitlines()
    matches = [LINE.fullmatch(line) for line in lines if not line.startswith("#")]
    assert all(matches)
    return {(m["name"], m["labels"] or ""): float(m["value"]) for m in matches if m}


@pytest.fixture
def here(shared_deck: Store, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("NARAVARD_DATA", str(shared_deck.folder.parent))
    return client_from("127.0.0.1")


def test_a_server_that_is_well_says_which_version_it_has_and_how_old_that_is(here: TestClient) -> None:
    for path in ("/halsa", "/api/halsa"):
        answer = here.get(path)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        content = answer.json()
        assert set(content) == {"status", "program", "version", "version_alder_sekunder"}
        assert (content["status"], content["version"]) == ("ok", 1)
        assert 0 <= content["version_alder_sekunder"] < 86_400
    assert here.head("/halsa").status_code == 200


def test_a_store_whose_newest_file_is_damaged_is_not_well_and_no_reason_is_told(
    module_deck: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARAVARD_DATA", str(module_deck.folder.parent))
    here = client_from("127.0.0.1")
    assert here.get("/halsa").status_code == 200
    (module_deck.folder / "000002.duckdb").write_bytes(b"half a file")
    try:
        answer = here.get("/halsa")
        assert answer.status_code == 503
        assert answer.json()["fel"] == "Lagret går inte att läsa."
        assert str(module_deck.folder) not in answer.text
        assert measured(here)["naravard_store_readable", KALMAR] == 0
    finally:
        (module_deck.folder / "000002.duckdb").unlink()


def test_an_age_is_by_stockholms_clock() -> None:
    an_hour_ago = clock.now() - timedelta(hours=1)
    assert 3_599 <= health.age(f"{an_hour_ago:%Y-%m-%d %H:%M}") <= 3_661
    assert health.age(f"{clock.now() + timedelta(hours=1):%Y-%m-%d %H:%M}") == 0


def test_answers_are_counted_by_their_routes_and_nothing_that_somebody_wrote_is_a_label(here: TestClient) -> None:
    before = measured(here)
    for path in (
        "/d/hemlig-kod",
        "/d/annan-kod",
        "/api/v1/indikatorer/finnsinte",
        "/api/v1/850709-9805",
        "/850709-9805",
    ):
        here.get(path)
    here.request("HEMLIG", "/halsa")
    after = measured(here)

    def grew(labels: str) -> float:
        key = "naravard_requests_total", labels
        return after.get(key, 0) - before.get(key, 0)

    assert grew('method="GET",route="/d/{kod}",status="200"') == 2
    assert grew('method="GET",route="/api/v1/indikatorer/{indikator}",status="404"') == 1
    assert grew('method="GET",route="/api/v1/{rest:path}",status="404"') == 1
    assert grew('method="annat",route="/halsa",status="405"') == 1
    routes = {route.path for route in web.ROUTES} | {f"/{name}" for name in menu.pages()} | {"/", "streamlit", "annat"}
    labels = {m for _, text in after for m in re.findall(r'route="([^"]*)"', text)}
    assert labels <= routes
    names = str(list(after))  # the values are numbers of bytes and seconds, and may hold any four digits
    assert "hemlig" not in names
    assert "9805" not in names


def test_memory_publications_versions_and_errors_are_measured(here: TestClient) -> None:
    before = measured(here)
    metrics.install()
    log.fault("Prov", ValueError("hemligt"))
    after = measured(here)
    assert (
        after["naravard_log_records_total", 'level="error"']
        == before.get(("naravard_log_records_total", 'level="error"'), 0) + 1
    )
    assert after["naravard_publications_total", KALMAR] == 1
    assert after["naravard_versions", KALMAR] == 1
    assert after["naravard_store_readable", KALMAR] == 1
    assert after["naravard_sessions", ""] == 0
    assert {"naravard_version_age_seconds", "naravard_request_seconds_bucket"} <= {name for name, _ in after}
    assert "hemligt" not in here.get("/metrics").text


@pytest.mark.parametrize(
    ("address", "variables", "headers", "status"),
    [
        ("127.0.0.1", {}, {}, 200),
        ("10.1.0.7", {}, {}, 403),
        ("10.1.0.7", {"NARAVARD_MATVARDEN": "10.1.0.7, 10.9.0.0/16"}, {}, 200),
        ("10.9.3.3", {"NARAVARD_MATVARDEN": "10.1.0.7, 10.9.0.0/16"}, {}, 200),
        ("10.1.0.8", {"NARAVARD_MATVARDEN": "10.1.0.7"}, {}, 403),
        ("127.0.0.1", {"NARAVARD_MATVARDEN": "10.1.0.7"}, {}, 200),
        # something stands in between: whoever comes by it may be anybody
        ("127.0.0.1", {}, {"x-forwarded-for": "10.0.0.9"}, 403),
        ("127.0.0.1", {}, {"via": "1.1 proxy"}, 403),
        ("127.0.0.1", {"NARAVARD_MATVARDEN": "127.0.0.1"}, {"x-forwarded-for": "127.0.0.1"}, 403),
        ("127.0.0.1", {"NARAVARD_PROXY": "127.0.0.1"}, {}, 403),
        ("127.0.0.1", {"NARAVARD_PROXY": "127.0.0.1"}, {"x-forwarded-for": "10.1.0.7"}, 403),
        (
            "127.0.0.1",
            {"NARAVARD_PROXY": "127.0.0.1", "NARAVARD_MATVARDEN": "10.1.0.7"},
            {"x-forwarded-for": "10.1.0.7"},
            200,
        ),
        (
            "127.0.0.1",
            {"NARAVARD_PROXY": "127.0.0.1", "NARAVARD_MATVARDEN": "10.1.0.7"},
            {"x-forwarded-for": "10.1.0.7, 10.0.0.9"},
            403,
        ),
    ],
)
def test_what_is_measured_is_read_from_this_machine_and_the_addresses_that_are_set(
    address: str,
    variables: dict[str, str],
    headers: dict[str, str],
    status: int,
    here: TestClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    answer = client_from(address, **headers).get("/metrics")
    assert answer.status_code == status
    assert ("naravard_requests_total" in answer.text) is (status == 200)
    if status == 403:
        assert "NARAVARD_MATVARDEN" in answer.text


def test_what_is_no_address_is_said_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_MATVARDEN", "alla")
    with pytest.raises(UserError, match="NARAVARD_MATVARDEN är 'alla'"):
        list(start.dangers(Bound("127.0.0.1", 8501, "http")))


def test_streamlits_own_metrics_stay_closed(here: TestClient) -> None:
    assert here.get("/_stcore/metrics").status_code == 404
