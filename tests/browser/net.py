"""A net between a browser and a server: another machine's address, delay, lost connections, none at all."""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

_LATER = 0.05
"""Seconds until a connection that is lost is known to be."""
OTHER_MACHINE = "127.0.0.2"
"""Where the server sees those come from that are behind the net: not its own machine."""


@dataclass
class Weather:
    """How the net is now. `delay` is seconds each way, `lost` which part of connections is cut, by chance."""

    delay: float = 0.0
    lost: float = 0.0
    is_up: bool = True
    bytes_per_second: float = 0.0
    """0 for no limit."""
    cuts: list[int] = field(default_factory=list)
    """After how many bytes the next connections are cut, one after another."""


class Net:
    """A port on this machine behind which the server lies. What goes through it is counted."""

    def __init__(self, to_port: int, weather: Weather | None = None, seed: int = 1) -> None:
        self.to_port, self.weather = to_port, weather or Weather()
        self.bytes_passed = 0
        self.port = 0
        self._chance = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Net:
        self._thread.start()
        self._run(self._listen())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    @property
    def url(self) -> str:
        """The address that a browser behind the net knows."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Cut all connections that there are."""
        self._run(self._cut())

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _listen(self) -> None:
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]

    async def _cut(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    async def _end(self) -> None:
        """Whoever still passes something on stops."""
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.weather.is_up:
            writer.transport.abort()
            return
        try:
            there = await asyncio.open_connection("127.0.0.1", self.to_port, local_addr=(OTHER_MACHINE, 0))
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, there[1]}
        left = self._cut_after()
        await asyncio.gather(self._pass(reader, there[1], None), self._pass(there[0], writer, left))
        self._writers -= {writer, there[1]}

    def _cut_after(self) -> int | None:
        if self.weather.cuts:
            return self.weather.cuts.pop(0)
        return self._chance.randint(0, 12_000) if self._chance.random() < self.weather.lost else None

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, left: int | None) -> None:
        """Pass on what comes, each piece as late as the net is slow, until it ends or `left` bytes have passed."""
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = asyncio.create_task(self._arrive(on_the_way, writer, left))
        with contextlib.suppress(OSError):
            while chunk := await reader.read(16_000):
                on_the_way.put_nowait((self._loop.time() + self.weather.delay, chunk))
        on_the_way.put_nowait((self._loop.time() + self.weather.delay, b""))
        await arriving

    async def _arrive(
        self, on_the_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter, left: int | None
    ) -> None:
        with contextlib.suppress(OSError):
            while True:
                at, chunk = await on_the_way.get()
                await asyncio.sleep(max(0, at - self._loop.time()))
                if self.weather.bytes_per_second:
                    await asyncio.sleep(len(chunk) / self.weather.bytes_per_second)
                if not self.weather.is_up or (left is not None and len(chunk) > left):
                    writer.write(chunk[: left or 0])  # what had come before it was lost
                    await writer.drain()
                    await asyncio.sleep(_LATER)
                    writer.transport.abort()
                    return
                if not chunk:
                    break
                left = None if left is None else left - len(chunk)
                self.bytes_passed += len(chunk)
                writer.write(chunk)
                await writer.drain()
        writer.close()
