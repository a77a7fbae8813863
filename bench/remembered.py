"""An open in process, without a socket: with the picture in memory, and with one that has to be painted."""

from __future__ import annotations

import asyncio
import time
from itertools import count
from pathlib import Path
from typing import Any

from app import server
from app.settings import Settings
from app.web.app import Server
from app.wiring.world import world_of
from bench.processes import ROOT
from bench.report import Figure, Report, ratios
from bench.visitors import AGENTS

TIMES_AS_FAST = 50.0
WARM, COLD = 2_000, 12
"""Opens in a round."""


def remembered(folder: Path, *, rounds: int = 5) -> Report:
    """Microseconds of CPU, all threads together."""
    settings, state = Settings(log_level="error"), folder / "remembered-state"
    application = server.build(settings, world_of(settings, state=state), ROOT, state)
    warm, cold = asyncio.run(_rounds(application, rounds))
    return Report(
        "5. an open of the demo greeting in process, JPEG",
        (
            Figure.of("the picture in memory", [one * 1e6 for one in warm], "µs"),
            Figure.of("painted for a new name", [one * 1e6 for one in cold], "µs"),
            Figure.at_least("painted / in memory", ratios(cold, warm), "x", TIMES_AS_FAST),
        ),
    )


async def _rounds(application: Server, rounds: int) -> tuple[list[float], list[float]]:
    warm, cold, names = [], [], count()
    await _opens(application, ["Anna"])
    for _ in range(rounds):
        warm.append(await _opens(application, ["Anna"] * WARM))
        cold.append(await _opens(application, [f"Anna {next(names)}" for _ in range(COLD)]))
    return warm, cold


async def _opens(application: Server, names: list[str]) -> float:
    """Seconds of CPU for one open, in the mean."""
    scopes = [_scope(name) for name in names]
    started = time.process_time()
    for scope in scopes:
        await application(scope, _receive, _send)
    return (time.process_time() - started) / len(names)


def _scope(name: str) -> dict[str, Any]:
    return {
        "type": "http",
        "method": "GET",
        "path": "/i/greeting.jpg",
        "query_string": f"lang=en&first_name={name.replace(' ', '+')}".encode(),
        "headers": [(b"host", b"img.shop.example"), (b"user-agent", AGENTS[0].encode())],
        "client": ("192.0.2.7", 4711),
    }


async def _receive() -> dict[str, Any]:
    return {"type": "http.disconnect"}


async def _send(message: Any) -> None:
    if message["type"] == "http.response.start":
        assert message["status"] == 200, message
        assert (b"x-onopen-rung", b"fallback") not in message["headers"], "painted in time"
