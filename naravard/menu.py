"""The pages of the app, found by looking: each file in `pages/` describes itself in its `PAGE`."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rapidfuzz import process

from naravard.base import lan, settings
from naravard.base.roles import Role, of_word

FOLDER = settings.ROOT / "pages"
UNKNOWN_KEY = "saknas"
"""Query parameter that tells which page was asked for and does not exist."""
SLIDES = "Bilderna"
"""The section of the pages that are the slides of the län, which has its own name for them (`lgl.name_of_slides`)."""
_LAST = 1000


@dataclass(frozen=True)
class Page:
    """One page: its title, its section of the menu, and its place there. The first of all is the start page.

    `needs` is the role that opens it, by its word. `name` is the stem of its file, and its address. A section stands
    where its first page does. `newest_only` is of pages for a room, which is shown what is released and nothing else,
    and `several_lan` of pages that an installation with one län does not have.
    """

    title: str
    section: str = ""
    place: int = _LAST
    needs: str = ""
    name: str = ""
    newest_only: bool = False
    several_lan: bool = False

    @property
    def role(self) -> Role:
        """The role that it needs."""
        return of_word(self.needs)


def pages() -> dict[str, Page]:
    """All pages of this installation by name, in the order of the menu."""
    return _pages(has_several_lan=lan.are_several())


@cache
def _pages(*, has_several_lan: bool) -> dict[str, Page]:
    every_page = map(_description, sorted(FOLDER.glob("*.py")))
    descriptions = [page for page in every_page if has_several_lan or not page.several_lan]
    in_order = sorted(descriptions, key=lambda page: (page.place, page.title))
    sections = list(dict.fromkeys(page.section for page in in_order))
    in_order.sort(key=lambda page: sections.index(page.section))
    return {page.name: page for page in in_order}


def page(name: str) -> Page:
    """One page by name. Raises LookupError, with the nearest name, for one that is not registered."""
    if name not in pages():
        nearest, *_ = process.extractOne(name, list(pages()))
        raise LookupError(f"The page {name!r} is not registered in {FOLDER.name}/. The nearest is {nearest!r}.")
    return pages()[name]


def sections() -> dict[str, list[Page]]:
    """The pages by section of the menu."""
    by_section: dict[str, list[Page]] = {}
    for each in pages().values():
        by_section.setdefault(each.section, []).append(each)
    return by_section


def start() -> Page:
    """The page that is shown where no page is named."""
    return next(iter(pages().values()))


def _description(path: Path) -> Page:
    """What a page says of itself. It is read as text: to import a page is to run it.

    Raises LookupError where a file has no `PAGE`, one that is not written out in full, or one that needs no known role.
    """
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        match statement:
            case ast.Assign(
                targets=[ast.Name("PAGE")], value=ast.Call(func=ast.Name("Page"), args=args, keywords=more)
            ):
                words = {word.arg or "": ast.literal_eval(word.value) for word in more}
                page = replace(Page(*map(ast.literal_eval, args), **words), name=path.stem)
                return _with_role(page)
    raise LookupError(f'pages/{path.name} has no PAGE: write PAGE = Page("…", needs="…") after its imports')


def _with_role(page: Page) -> Page:
    """The page, if it says which role it needs."""
    try:
        of_word(page.needs)
    except LookupError as error:
        raise LookupError(f"pages/{page.name}.py does not say who may open it, in needs: {error}") from error
    return page
