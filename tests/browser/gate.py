"""Streamlit's own command line, in a process where a check of a file waits while `hold` stands in the data folder.

So a test can meet work that goes on, for as long as it needs, on any machine.
"""

import time
from pathlib import Path
from typing import Any

from streamlit.web import cli

from naravard import intake
from naravard.base import settings
from naravard.intake import examination
from tests import shut
from tests.browser.plain import without_example

HELD = intake.STEPS[1]


def gate(data: Path) -> Path:
    """The file that holds all checks as long as it is there."""
    return data / "hold"


_examine = examination.examine


def _held(*arguments: Any, step: intake.Progress = lambda name: None, **options: Any) -> intake.Examination:
    def reached(name: str) -> None:
        step(name)
        while name == HELD and gate(settings.data_folder()).exists():
            time.sleep(0.05)
            step(name)

    return _examine(*arguments, step=reached, **options)


if __name__ == "__main__":
    examination.examine = _held
    without_example()
    shut.shut()
    cli.main()
