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
from collections.abc import Sequence
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


async def _one(port: int, number: int, pages: Sequence[str], moves: int, seen: dict[str, list[Any]]) -> None:
    url = f"http://127.0.0.1:{port}"
    cookie = await asyncio.to_thread(cookie_of, port)
    async with websockets.connect(
        f"{url.replace('http', 'ws')}/_stcore/stream",
        origin=Origin(url),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={"Cookie": cookie} if cookie else None,
        open_timeout=PATIENCE,
        max_size=None,
    ) as socket:
        seen["first"].append(await _load(socket, pages[number % len(pages)], seen))
        for move in range(1, moves + 1):
            seen["moves"].append(await _load(socket, pages[(number + move) % len(pages)], seen))
            await asyncio.sleep(_PAUSE)


async def _load(socket: Any, page: str, seen: dict[str, list[Any]]) -> float:
    """Seconds until the server has run a page to its end."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    asked.rerun_script.page_name = page
    begun = time.perf_counter()
    await socket.send(asked.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await asyncio.wait_for(socket.recv(), PATIENCE))
        if answer.WhichOneof("type") == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
            seen["errors"].append(f"{page}: {answer.delta.new_element.exception.type}")
        if answer.WhichOneof("type") == "script_finished":
            return time.perf_counter() - begun


if __name__ == "__main__":
    print(json.dumps(asyncio.run(visit(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].split(",")))))
