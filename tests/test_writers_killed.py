"""Servers that write in the same workshop, and one of them is killed: what has been said to be kept is there, whole.

    python -m tests.test_writers_killed FOLDER KOD NAME

writes answers until it is ended, and says each when it is kept.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from naravard.base import settings
from naravard.workshop.workshops import Workshops


@pytest.mark.slow
def test_a_server_that_is_killed_takes_nothing_with_it(
    emptied_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARAVARD_LAGER", emptied_url)
    monkeypatch.setenv("NARAVARD_DATA", str(tmp_path))
    rooms = Workshops(tmp_path)
    kod, _ = rooms.begin("Hösten", ["A"], ["Vad?"])
    command = [sys.executable, "-m", "tests.test_writers_killed", str(tmp_path), kod]
    writers = [
        subprocess.Popen([*command, name], cwd=settings.ROOT, stdout=subprocess.PIPE, text=True)
        for name in ("ett", "två")
    ]
    first_lines = [[writer.stdout.readline() for _ in range(20)] for writer in writers]
    os.kill(writers[0].pid, signal.SIGKILL)
    first_lines[1] += [writers[1].stdout.readline() for _ in range(20)]
    writers[1].terminate()
    rest = [line for writer in writers for line in writer.stdout]
    said = {line.strip() for line in (*first_lines[0], *first_lines[1], *rest)}
    for writer in writers:
        writer.wait(30)
    texts = [card.text for card in rooms.board(kod)]
    assert said <= set(texts)
    assert len(texts) == len(set(texts)), "none is there twice"
    assert rooms.change_number(kod) == len(texts), "an answer and what tells of it are one transaction"


def write(folder: Path, kod: str, name: str) -> None:
    """Answers, one after the other."""
    rooms = Workshops(folder)
    workshop = rooms.workshop(kod)
    question = workshop.fragor[0].id
    for number in range(400):
        rooms.answer(kod, f"{name} {number:06}", question, workshop.grupper[0].id, f"{name} {number}")
        print(f"{name} {number}", flush=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]), *sys.argv[2:])
