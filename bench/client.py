"""A small load generator over keep-alive connections: `python -m bench.client FILE PORT SECONDS CONNECTIONS`.

Each connection sends the next request of the list when it has its answer. With 0 seconds the whole list is sent once.
It prints what `bench.load` reads: requests, microseconds, errors, and the median and longest wait in microseconds.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

SUCCESS = (b"200", b"302", b"304")


@dataclass(slots=True)
class Tally:
    """The requests, whose turn it is, when to stop, and what came."""

    requests: list[bytes]
    seconds: float
    turn: int = 0
    wrong: int = 0
    ends: float = 0.0
    waits: list[float] = field(default_factory=list)

    def next(self) -> bytes | None:
        """The next request, None when it is over."""
        over = time.perf_counter() >= self.ends if self.seconds else self.turn >= len(self.requests)
        if over:
            return None
        self.turn += 1
        return self.requests[(self.turn - 1) % len(self.requests)]


class Connection(asyncio.Protocol):
    """One connection: one request under way at a time."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._got = bytearray()
        self._sent_at = 0.0
        self._waiting = False
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self._got += data
        head = self._got.find(b"\r\n\r\n")
        if head < 0 or len(self._got) < head + 4 + _length(self._got, head):
            return
        self._waiting = False
        self._tally.waits.append(time.perf_counter() - self._sent_at)
        self._tally.wrong += self._got[9:12] not in SUCCESS
        self._got.clear()
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        self._tally.wrong += self._waiting or exc is not None
        if not self.closed.done():
            self.closed.set_result(None)

    def _send(self) -> None:
        request = self._tally.next()
        if request is None:
            self._transport.close()
            return
        self._sent_at = time.perf_counter()
        self._waiting = True
        self._transport.write(request)


def _length(got: bytearray, head: int) -> int:
    if got[9:12] == b"304":
        return 0
    at = got.find(b"content-length: ", 0, head) + len(b"content-length: ")
    return int(got[at : got.index(b"\r\n", at)])


async def send(tally: Tally, port: int, connections: int) -> float:
    """Send it all; the seconds it took."""
    started = time.perf_counter()
    tally.ends = started + tally.seconds
    loop = asyncio.get_running_loop()
    made = [await loop.create_connection(lambda: Connection(tally), "127.0.0.1", port) for _ in range(connections)]
    await asyncio.gather(*(connection.closed for _, connection in made))
    return time.perf_counter() - started


def main(file: str, port: str, seconds: str, connections: str) -> None:
    """Run once."""
    requests = [request.encode("latin-1") for request in json.loads(Path(file).read_text(encoding="utf-8"))]
    tally = Tally(requests, float(seconds))
    spent = asyncio.run(send(tally, int(port), int(connections)))
    waits = tally.waits or [0.0]
    figures = (len(tally.waits), spent * 1e6, tally.wrong, median(waits) * 1e6, max(waits) * 1e6)
    print("RESULT", *(int(figure) for figure in figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
