"""Pictures of every page: into a folder for looking (`make screenshots`), the first of them for the README."""

import os
import re
import shutil
from pathlib import Path

import pytest

from naravard.base import settings
from tests.browser.conftest import Scheme, Visit, still
from tests.browser.test_browser import PATHS

KEEP = os.environ.get("NARAVARD_SCREENSHOTS")
README = ("sabo", 1600, 900, "light")


def with_example(page: str) -> str:
    return f"{page}{'&' if '?' in page else '?'}exempel=true"


LOOKS: list[tuple[int, int, Scheme]] = [(1600, 900, "light"), (400, 800, "light"), (1600, 900, "dark")]
VIEWS = [*PATHS, "jamfor?diagram=Karta", "jamfor?diagram=Trattdiagram"]
PICTURES = [(path, *look) for look in LOOKS for page in VIEWS for path in (page, with_example(page))]


@pytest.mark.parametrize(("path", "width", "height", "scheme"), PICTURES if KEEP else [README])
def test_screenshot(path: str, width: int, height: int, scheme: Scheme, visit: Visit, tmp_path: Path) -> None:
    """`make screenshots` takes them all; the ordinary test run takes the README's and keeps none."""
    page = visit.look(path, (width, height), scheme)
    if (path, width, height, scheme) != README:  # the whole page, not the first screen of it
        tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": max(tall, height)})
        visit.settle()
        still(page)
    name, _, query = path.partition("?")
    name = "_".join([name or "oversikt", *re.findall(r"diagram=(\w+)", query)])
    folder = Path(KEEP) if KEEP else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    picture = folder / f"{name}{'_exempel' if 'exempel' in query else ''}_{width}x{height}_{scheme}.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 20_000, "an empty page makes a small picture"
    if KEEP and (path, width, height, scheme) == README:
        shutil.copy(picture, settings.ROOT / "docs" / "skarmbild.png")
