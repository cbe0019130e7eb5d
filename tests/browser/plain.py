"""Streamlit's own command line, in a process that makes no synthetic data ready beside its first visitors.

For servers where nobody switches to it: to build its store, and to work out what it shows, takes longer than a test.
"""

from streamlit.web import cli

from naravard import web
from tests import shut


async def _nothing() -> None:
    pass


def without_example() -> None:
    web._prepare_example = _nothing


if __name__ == "__main__":
    without_example()
    shut.shut()
    cli.main()
