"""Processes that draw for peers: one line of JSON asks, one answers with CPU seconds a picture, and its bytes."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple


class Peer(NamedTuple):
    """Somebody who draws a variant in a format."""

    name: str
    variant: str
    format: str


class Drawn(NamedTuple):
    """CPU seconds for one picture, and how many bytes it has."""

    seconds: float
    bytes: int


class Worker:
    """A process that draws for several peers."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.peers = [Peer(*one) for one in self._answer()["peers"]]

    def draw(self, peer: Peer, first: int, times: int) -> Drawn:
        """Draw for so many recipients, from that one on."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"peer": peer, "first": first, "times": times}) + "\n")
        self._process.stdin.flush()
        answer = self._answer()
        return Drawn(answer["seconds"], answer["bytes"])

    def _answer(self) -> dict[str, object]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        raise RuntimeError(f"{self._process.args} has ended")


@contextlib.contextmanager
def working(command: Sequence[str], folder: Path) -> Iterator[Worker]:
    """The process, ready to draw; it is ended in any case."""
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield Worker(process)
        finally:
            process.kill()
