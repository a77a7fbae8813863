"""A server process whose clock a test can put forward: `onopen serve`, but for the seconds that a file tells.

    python -m tests.support.clocked --port PORT

It runs ahead of the real clock and never behind it, since a Redis server drops what is too old by its own.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn

from app.environment import load
from app.server import build
from app.sites import find_site, state_directory
from app.web.app import Server
from app.wiring.world import world_of
from tests.support.server import Running, answering

AHEAD = "AHEAD_FILE"
"""The environment variable that names the file."""


@dataclass
class Clock:
    """How far a server's clock is ahead, kept in a file that both read."""

    file: Path

    def __call__(self) -> float:
        """Epoch seconds."""
        return time.time() + float(self.file.read_text("ascii"))

    @property
    def now(self) -> datetime:
        """The same as a moment."""
        return datetime.fromtimestamp(self(), UTC)

    def forward(self, by: timedelta) -> None:
        """Put it forward."""
        ahead = float(self.file.read_text("ascii")) + by.total_seconds()
        beside = self.file.with_suffix(".new")
        beside.write_text(str(ahead), "ascii")
        beside.replace(self.file)


@contextlib.contextmanager
def serving_ahead(site: Path, state: Path, **settings: str) -> Iterator[tuple[Running, Clock]]:
    """A server for a site, and its clock, which shows the real time at first."""
    state.mkdir(parents=True, exist_ok=True)
    clock = Clock(state / "ahead")
    clock.file.write_text("0", "ascii")
    os.environ[AHEAD] = str(clock.file)
    command = [sys.executable, "-m", "tests.support.clocked"]
    with answering(command, state, SITE=str(site), **settings) as running:
        yield running, clock


def application() -> Server:
    """The ASGI application, from the environment alone."""
    settings, _ = load()
    state, clock = state_directory(settings.state_dir), Clock(Path(os.environ[AHEAD]))
    return build(settings, world_of(settings, clock=clock, state=state), find_site(settings.site), state, clock)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    uvicorn.run(
        "tests.support.clocked:application",
        factory=True,
        port=parser.parse_args().port,
        http="app.web.express:ExpressProtocol",
        proxy_headers=False,
        log_level="warning",
    )
