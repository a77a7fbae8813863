"""Load on a server: `wrk` where it is installed, else a small generator in Python, in a process of its own.

The generator in Python cannot fill a core of a fast server, so without `wrk` the requests a second say little; the CPU
time of the server for one request is comparable in any case.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.processes import LOAD, ROOT, Server, pinned

CONNECTIONS = 32
LONG_S = 600
SCRIPT = """\
local requests = {{ {listed} }}
local number = 0
request = function()
  number = number % #requests + 1
  return requests[number]
end
done = function(summary, latency)
  local failed = summary.errors
  local wrong = failed.connect + failed.read + failed.write + failed.status + failed.timeout
  io.write(string.format("RESULT %d %d %d %d %d\\n",
    summary.requests, summary.duration, wrong, latency:percentile(50), latency.max))
end
"""


@dataclass(frozen=True, slots=True)
class Burst:
    """What came of a burst of requests: how many a second, the server's CPU seconds for one, and the slowest."""

    per_second: float
    cpu: float
    median_s: float
    slowest_s: float
    wrong: int


class Load:
    """Requests, in rotation, ready to be sent; `folder` takes the files that generators read."""

    def __init__(self, folder: Path, name: str, requests: Sequence[str]) -> None:
        self._listed = folder / f"{name}.json"
        self._listed.write_text(json.dumps(list(requests)), encoding="utf-8")
        self._script = folder / f"{name}.lua"
        listed = ",\n".join(json.dumps(request, ensure_ascii=True) for request in requests)
        self._script.write_text(SCRIPT.format(listed=listed), encoding="utf-8")

    def burst(self, server: Server, seconds: float, *, connections: int = CONNECTIONS) -> Burst:
        """Send as much as it takes for so many seconds; raises RuntimeError where an answer was an error."""
        command = self._wrk(server, seconds, connections) if has_wrk() else self._own(server, seconds, connections)
        return _burst(server, command)

    def once(self, server: Server, *, connections: int = 8) -> Burst:
        """Every request once, in order; raises RuntimeError where an answer was an error."""
        return _burst(server, self._own(server, 0, connections))

    @contextlib.contextmanager
    def beside(self, server: Server) -> Iterator[None]:
        """One connection that asks all the while, one request after the other, and is told to stop."""
        with subprocess.Popen(self._own(server, LONG_S, 1), cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            try:
                yield
            finally:
                process.kill()

    def _wrk(self, server: Server, seconds: float, connections: int) -> list[str]:
        # wrk takes whole seconds only.
        where = f"http://127.0.0.1:{server.port}/"
        return ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}", "-s", str(self._script), where]

    def _own(self, server: Server, seconds: float, connections: int) -> list[str]:
        told = [str(self._listed), str(server.port), str(seconds), str(connections)]
        return [sys.executable, "-m", "bench.client", *told]


def has_wrk() -> bool:
    """Whether the generator is there that can fill a core."""
    return shutil.which("wrk") is not None


def _burst(server: Server, command: list[str]) -> Burst:
    before = server.cpu()
    said = _run(command)
    used = server.cpu() - before
    requests, micros, wrong, middle, slowest = map(int, said.rpartition("RESULT ")[2].split())
    if wrong or not requests:
        raise RuntimeError(f"{server.name}: {wrong} of {requests} answers were errors")
    return Burst(requests / micros * 1e6, used / requests, middle / 1e6, slowest / 1e6, wrong)


def _run(command: list[str]) -> str:
    ran = subprocess.run(
        pinned(command, LOAD),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONG_S,
        check=False,
    )
    if ran.returncode or "RESULT " not in ran.stdout:
        raise RuntimeError(f"{command[0]} failed: {ran.stderr or ran.stdout}")
    return ran.stdout
