"""Opens of a picture in memory while others have to be painted: how long the slowest hundredth waits.

The server may use all cores, as it does in production. One connection asks for what is in memory, paced as readers are,
so that the waits are those of the server and not of a queue; another asks, without a pause, for pictures that are new.
"""

from __future__ import annotations

import socket
import time
from itertools import count
from pathlib import Path
from statistics import quantiles

from bench.load import Load
from bench.processes import COMMAND, ROOT, Server, environment, serving
from bench.report import Figure, Report, ratios
from bench.visitors import AGENTS, Visitor

ROUNDS = 5
BURST_S = 2.0
PAUSE_S = 0.002
NEW = 20_000
"""More than are asked for in a burst."""
AT_MOST = 2.0
KINDS = {"a photograph as PNG": "greeting.png", "a ready JPEG": "greeting.jpg"}


def crowded(folder: Path, *, rounds: int = ROUNDS) -> Report:
    """Milliseconds, and how many times those of an idle server."""
    idle: list[float] = []
    busy: dict[str, list[float]] = {kind: [] for kind in KINDS}
    numbers = count()
    with serving("crowded", COMMAND, environment(ROOT, folder / "crowded-state"), core=None) as server:
        for _ in range(rounds):
            idle.append(_slow(server))
            for kind, picture in KINDS.items():
                start = next(numbers) * NEW
                new = [_asking(picture, f"Anna {number}") for number in range(start, start + NEW)]
                with Load(folder, "new", new).beside(server):
                    busy[kind].append(_slow(server))
    figures = [Figure.of("99th percentile, idle", [one * 1e3 for one in idle], "ms")]
    for kind, waits in busy.items():
        figures.append(Figure.of(f"99th percentile, while painting {kind}", [one * 1e3 for one in waits], "ms"))
        figures.append(Figure.at_most(f"while painting {kind} / idle", ratios(waits, idle), "x", AT_MOST))
    return Report("10. opens from memory, while new pictures are painted one after the other", tuple(figures))


def _slow(server: Server) -> float:
    """The wait that one open in a hundred exceeds, in seconds."""
    asked, waits = _asking("greeting.jpg", "Anna").encode(), []
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _ask(line, asked)
        ends = time.perf_counter() + BURST_S
        while (started := time.perf_counter()) < ends:
            _ask(line, asked)
            waits.append(time.perf_counter() - started)
            time.sleep(PAUSE_S)
    return quantiles(waits, n=100)[-1]


def _ask(line: socket.socket, asked: bytes) -> None:
    line.sendall(asked)
    got = line.recv(1 << 16)
    head = got.index(b"\r\n\r\n") + 4
    assert got.startswith(b"HTTP/1.1 200") and b"x-onopen-rung" not in got[:head], got[:head]
    missing = int(got[:head].lower().partition(b"content-length: ")[2].split()[0]) + head - len(got)
    while missing > 0:
        missing -= len(line.recv(1 << 16))


def _asking(picture: str, name: str) -> str:
    params = {"lang": "en", "first_name": name.replace(" ", "+")}
    return Visitor("192.0.2.7", AGENTS[0], params).request(f"/i/{picture}")
