"""Running the command line: its errors as one Swedish line, its ends as exit statuses."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from typing import NoReturn

import typer
from typer.main import get_command

from naravard.base import core_dumps
from naravard.base.errors import UserError, place_of
from naravard.base.mask import mask_ids
from naravard.commands._app import app
from naravard.commands._terminal import prepare_streams, print_text, silence

UNREAD = 141
"""The status where nobody reads what is written, as that of a program that SIGPIPE ends: 128 + 13."""


def main() -> None:
    """Run the command line: 0 when it went well, 2 with one line on stderr when it did not, UNREAD in a broken pipe."""
    core_dumps.prevent()
    prepare_streams()
    try:
        _run()
    except BrokenPipeError:  # `| head -1` has read enough
        silence(sys.stdout, sys.stderr)
        sys.exit(UNREAD)


def _run() -> NoReturn:
    try:
        status = _command()(standalone_mode=False)
    except UserError as error:
        _fail(" ".join(str(error).split("\n")))
    except (typer.Abort, KeyboardInterrupt):
        _fail("Avbrutet.")
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            print_text(error.format_message())
            sys.exit(2)
        _fail(_usage_error(error))
    except SystemExit as exit_request:
        if isinstance(exit_request.__context__, BrokenPipeError):  # Typer makes one of it, with the status of warnings
            raise exit_request.__context__ from None
        raise
    except BaseException as error:  # never a traceback: its values could be a person's
        _fail(f"Oväntat fel: {place_of(error)}. Inget är ändrat.")
    else:
        sys.exit(status if isinstance(status, int) else 0)


@cache
def _command() -> Callable[..., object]:
    """All verbs with their options, which take longer to read out of the code than many a verb to answer."""
    return get_command(app)


def _fail(sentence: str) -> NoReturn:
    print(mask_ids(sentence), file=sys.stderr, flush=True)  # what was written on the command line can be anything
    sys.exit(2)


def _usage_error(error: typer.TyperException) -> str:
    """Typer's own errors, which are English, in Swedish."""
    name = getattr(error, "option_name", None) or getattr(getattr(error, "param", None), "name", "")
    sentences = {
        "NoSuchOption": f"Flaggan {name} finns inte.",
        "MissingParameter": f"Uppgiften {name} saknas.",
        "BadParameter": f"Värdet för {name} går inte att använda.",
        "BadOptionUsage": f"Flaggan {name} saknar värde.",
    }
    return sentences.get(type(error).__name__, "Kommandot finns inte eller har för många ord.") + (
        " Se ”python -m naravard --help”."
    )
