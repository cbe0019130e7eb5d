"""Many visitors at once, by Streamlit's own protocol: each opens a websocket, asks for a page, and then for others.

    python -m tests.sessions PORT VISITORS ",sabo,jamfor"

It draws nothing and runs in one process, so that what it measures is the server. Prints JSON: the seconds of each first
page (`first`) and of each page after it (`moves`), and errors that the server sent. Behind a balancer each visitor
stays with the server that its cookie says.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.typing import Origin, Subprotocol

MOVES, PATIENCE = 3, 180
_PAUSE = 0.5


def cookie_of(port: int) -> str:
    """What keeps somebody new with one of several servers; empty where there is but one. Raises OSError."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/halsa")
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    return answer.headers.get("Set-Cookie", "").partition(";")[0]


async def visit(port: int, visitors: int, pages: Sequence[str], moves: int = MOVES) -> dict[str, list[Any]]:
    """What so many visitors wait for, each a first page and so many others."""
    seen: dict[str, list[Any]] = {"first": [], "moves": [], "errors": []}
    await asyncio.gather(*(_one(port, number, pages, moves, seen) for number in range(visitors)))
    return seen


def session(
    url: str, headers: Mapping[str, str] | None = None, token: str = ""
) -> AbstractAsyncContextManager[websockets.ClientConnection]:
    """A visitor's websocket, as a page opens it; `token` is what the page sends of the cookie against forgery."""
    return websockets.connect(
        f"{url.replace('http', 'ws')}/_stcore/stream",
        origin=Origin(url),
        subprotocols=[Subprotocol(each) for each in ("streamlit", token) if each],
        additional_headers=headers,
        open_timeout=PATIENCE,
        max_size=None,
    )


async def messages_of(socket: websockets.ClientConnection, page: str) -> AsyncIterator[ForwardMsg]:
    """All that the server sends for a page that is asked for, until it has run it to its end."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    asked.rerun_script.page_name = page
    await socket.send(asked.SerializeToString())
    message = ForwardMsg()
    while message.WhichOneof("type") != "script_finished":
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(socket.recv(decode=False), PATIENCE))
        yield message


async def _one(port: int, number: int, pages: Sequence[str], moves: int, seen: dict[str, list[Any]]) -> None:
    cookie = await asyncio.to_thread(cookie_of, port)
    async with session(f"http://127.0.0.1:{port}", {"Cookie": cookie} if cookie else None) as socket:
        seen["first"].append(await _load(socket, pages[number % len(pages)], seen))
        for move in range(1, moves + 1):
            seen["moves"].append(await _load(socket, pages[(number + move) % len(pages)], seen))
            await asyncio.sleep(_PAUSE)


async def _load(socket: websockets.ClientConnection, page: str, seen: dict[str, list[Any]]) -> float:
    """Seconds until the server has run a page to its end."""
    begun = time.perf_counter()
    async for message in messages_of(socket, page):
        if message.WhichOneof("type") == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            seen["errors"].append(f"{page}: {message.delta.new_element.exception.type}")
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(json.dumps(asyncio.run(visit(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].split(",")))))
