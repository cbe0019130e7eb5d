"""How easy the house is to see: its rooms, the imports between them, and the way of one figure through them.

    python -m tests.rooms

A room is a module or package directly under `naravard`, and the folders `pages` and `app.py`. An import counts once for
each pair of rooms. The way of a figure is traced while one
indicator is read: a call from one room into another counts once for each pair.
"""

from __future__ import annotations

import ast
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[1]
Pair = tuple[str, str]


def rooms() -> set[str]:
    """All rooms by name."""
    return {room for path in _sources() if (room := _room_of_file(path))}


def imports() -> set[Pair]:
    """Pairs of rooms of which the first imports the second."""
    return {(_room_of_file(path), room) for path in _sources() for room in _imported(path)}


def calls(indicator_id: str = "sabo_andel_primarvard") -> list[Pair]:
    """Pairs of rooms of which the first calls the second while one indicator is read, in the order of the first call.

    What all share (`base`) is left out: nobody has to open it to follow the figure.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NARAVARD_DATA"] = folder
        from naravard import stores  # noqa: PLC0415 (read with the folder of its own)
        from naravard.figures.reader import Reader  # noqa: PLC0415

        store = stores.live_store()
        return _traced(lambda: Reader(store).read(indicator_id))


def _traced(work: Callable[[], object]) -> list[Pair]:
    pairs: dict[Pair, None] = {}

    def note(frame: FrameType, event: str, argument: object) -> None:
        caller = frame.f_back
        if event == "call" and caller is not None:
            pair = _room_of_frame(caller), _room_of_frame(frame)
            if "" not in pair and "base" not in pair and pair[0] != pair[1]:
                pairs[pair] = None

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return list(pairs)


def _room_of_frame(frame: FrameType) -> str:
    inside = f"{ROOT / 'naravard'}{os.sep}"
    file = frame.f_code.co_filename
    return _room_of_file(Path(file)) if file.startswith(inside) else ""


def _sources() -> list[Path]:
    return [*(ROOT / "naravard").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]


def _room_of_file(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] != "naravard":
        return parts[0]
    return parts[1] if parts[1:] != ("__init__",) else ""


def _imported(path: Path) -> set[str]:
    """The rooms that one file imports, itself apart."""
    own, found = _room_of_file(path), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "naravard":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("naravard."):
            found.add(node.module.split(".")[1])  # type: ignore[union-attr]
    return {room for room in found if room in rooms_by_name() and room not in {own, ""}}


def rooms_by_name() -> set[str]:
    """Names of what lies directly under `naravard`."""
    return {path.stem for path in (ROOT / "naravard").iterdir() if path.suffix == ".py" or path.is_dir()}


if __name__ == "__main__":
    print(f"{len(rooms())} rooms, {len(imports())} imports between them")
    between = calls()
    print(f"one indicator is read by {len(between)} calls between rooms: {', '.join(f'{a} → {b}' for a, b in between)}")
