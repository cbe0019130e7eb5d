"""Pictures of every page: into a folder for looking (`make screenshots`), the first of them for the README."""

import os
import shutil
from pathlib import Path

import pytest

from naravard import settings
from tests.browser.conftest import Visit, still
from tests.browser.test_browser import PAGES

KEEP = os.environ.get("NARAVARD_SCREENSHOTS")
README = ("sabo", 1600, 900)
PICTURES = [
    (path + query, *size) for size in ((1600, 900), (400, 800)) for query in ("", "?exempel=true") for path in PAGES
]


@pytest.mark.parametrize(("path", "width", "height"), PICTURES if KEEP else [README])
def test_screenshot(path: str, width: int, height: int, visit: Visit, tmp_path: Path) -> None:
    """`make screenshots` takes them all; the ordinary test run takes the README's and keeps none."""
    visit.page.set_viewport_size({"width": width, "height": height})
    page = visit.open(path)
    if (path, width, height) != README:  # the whole page, not the first screen of it
        tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": max(tall, height)})
        visit.settle()
        still(page)
    name, _, example = path.partition("?")
    folder = Path(KEEP) if KEEP else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    picture = folder / f"{name or 'oversikt'}{'_exempel' if example else ''}_{width}x{height}.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 20_000, "an empty page makes a small picture"
    if KEEP and (path, width, height) == README:
        shutil.copy(picture, settings.ROOT / "docs" / "skarmbild.png")
