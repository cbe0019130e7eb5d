"""What day it is is asked of one clock: Stockholm's."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from naravard import intake
from naravard.base import clock
from naravard.telling import provenance


@pytest.fixture
def just_after_midnight(monkeypatch: pytest.MonkeyPatch) -> date:
    """It is the 2nd of May here, and the 1st in Greenwich, where the server's clock is."""
    moment = datetime(2026, 5, 1, 22, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment.astimezone(clock.HERE))
    return date(2026, 5, 2)


def test_today_is_no_day_to_come(just_after_midnight: date) -> None:
    choices = intake.Choices(kalla="sabo", matperiod="våren 2026", matdatum=just_after_midnight)
    content = "Kommun;Boende;Kommunal primärvård\nKalmar;494;324\nNybro;169;140\n".encode()
    assert intake.examine(content, "s.csv", choices).counts


def test_what_was_loaded_today_is_of_today(just_after_midnight: date) -> None:
    assert "i dag" in provenance.days_ago(f"{just_after_midnight}")
