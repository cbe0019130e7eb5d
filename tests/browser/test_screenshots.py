"""Pictures of every page: into a folder for looking (`make screenshots`), the first of them for the README."""

import os
import shutil
from pathlib import Path

import pytest

from naravard import settings
from tests.browser.conftest import Visit
from tests.browser.test_browser import PAGES

SIZES = {"1600x900": (1600, 900), "400x800": (400, 800)}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", [*PAGES, *(f"{p}?exempel=true" for p in PAGES)], ids=lambda p: p or "oversikt")
def test_screenshot(path: str, size: str, visit: Visit, tmp_path: Path) -> None:
    keep = os.environ.get("NARAVARD_SCREENSHOTS")
    if not keep and (size, path) != ("1600x900", "sabo"):
        pytest.skip("make screenshots takes them all")
    width, height = SIZES[size]
    visit.page.set_viewport_size({"width": width, "height": height})
    page = visit.open(path)
    if keep and path != "sabo":
        tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": max(tall, height)})
        page.wait_for_timeout(500)
    name = f"{(path or 'oversikt').replace('?exempel=true', '_exempel')}_{size}.png"
    folder = Path(keep) if keep else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / name)
    assert (folder / name).stat().st_size > 20_000, "an empty page makes a small picture"
    if keep and (size, path) == ("1600x900", "sabo"):
        shutil.copy(folder / name, settings.ROOT / "docs" / "skarmbild.png")
