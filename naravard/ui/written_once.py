"""HTML of what never changes, as a result or the lists of a version: written when it is first needed, and kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Protocol

from htpy import Renderable
from markupsafe import Markup

from naravard.ui.view_addresses import own_query


class Remembering(Protocol):
    """What never changes, as a result or the lists of a version, and keeps what has been written of it."""

    @property
    def memo(self) -> dict[Any, Any]:
        """What is kept, by what it is."""


def written_once(subject: Remembering, key: Hashable, build: Callable[[], Renderable | str]) -> Markup:
    """The HTML that is kept with a subject under a key, built (and escaped) where it is not there yet.

    Its links take along what a visitor has chosen, so it is another for whoever has chosen otherwise.
    """
    full_key = key, tuple(own_query().items())
    if full_key not in subject.memo:
        subject.memo[full_key] = Markup(str(build()))  # noqa: S704, htpy has escaped it
    html: Markup = subject.memo[full_key]
    return html
