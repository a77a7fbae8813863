"""Server processes under measurement: started on a core of their own, asked for CPU time and memory, and ended."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from bench.visitors import Visitor

ROOT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
STARTED_WITHIN_S = 30.0
REST_S, AT_REST = 0.5, 0.05
"""How long a server is looked at, and the share of a core that it may use then."""
SERVERS, LOAD = 0, -1
"""The cores of servers and of the load; the same one where there is only one."""
UVICORN = ("-m", "uvicorn", "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--no-proxy-headers")
QUIET = ("--no-server-header", "--log-level", "warning")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server on the loopback interface."""

    name: str
    process: subprocess.Popen[bytes]
    port: int

    def cpu(self) -> float:
        """Seconds of CPU it has used so far, all threads together, user and system."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> float:
        """Megabytes resident."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1024

    def get(self, path: str, visitor: Visitor | None = None) -> tuple[bytes, Mapping[str, str]]:
        """Body and headers of one answer; raises OSError while nobody answers."""
        headers = {"User-Agent": visitor.agent, "X-Forwarded-For": visitor.address} if visitor else {}
        query = f"?{visitor.query()}" if visitor else ""
        with urlopen(Request(f"http://127.0.0.1:{self.port}{path}{query}", headers=headers), timeout=10) as answer:
            return answer.read(), dict(answer.headers.items())


def pinned(command: Sequence[str], place: int | None) -> list[str]:
    """The command on the first or the last core (place 0 or -1); as it is for None, or where a system cannot pin."""
    if place is None or not hasattr(os, "sched_setaffinity"):
        return list(command)
    core = sorted(os.sched_getaffinity(0))[place]
    pin = f"import os, sys; os.sched_setaffinity(0, {{{core}}}); os.execvp(sys.argv[1], sys.argv[1:])"
    return [sys.executable, "-c", pin, *command]


@contextlib.contextmanager
def serving(
    name: str, command: Sequence[str], env: Mapping[str, str], *, path: str = "/health", core: int | None = SERVERS
) -> Iterator[Server]:
    """A server made by a Python command line with `{port}` in it, which answers at `path` and has finished whatever it
    does behind the first answers; None for all cores.
    """
    port = free_port()
    with launched(name, [part.format(port=port) for part in command], env, port, core) as server:
        until_it_answers(server, path)
        _until_it_rests(server)
        yield server


@contextlib.contextmanager
def launched(
    name: str, command: Sequence[str], env: Mapping[str, str], port: int, core: int | None = SERVERS
) -> Iterator[Server]:
    """The process, as soon as it exists; it is ended in any case."""
    log = Path(os.environ.get("BENCH_LOG", os.devnull))
    with log.open("ab") as sink:
        process = subprocess.Popen(
            pinned([sys.executable, *command], core),
            env={**os.environ, **env},
            cwd=ROOT,
            stdout=sink,
            stderr=sink,
        )
        try:
            yield Server(name, process, port)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def bare(name: str, app: str, size: int) -> contextlib.AbstractContextManager[Server]:
    """One worker of uvicorn with an application of `bench.bare`, which sends `size` bytes."""
    command = [*UVICORN, *QUIET, "--port", "{port}", f"bench.bare:{app}"]
    return serving(name, command, {"BENCH_BYTES": str(size)}, path="/i/offer.jpg")


def onopen(name: str, site: Path, state: Path, **settings: str) -> contextlib.AbstractContextManager[Server]:
    """One worker as `onopen serve` starts it, with these settings (`ONOPEN_` is put before their names)."""
    return serving(name, COMMAND, environment(site, state, **settings))


COMMAND = ("-c", "from app.cli.main import run; run()", "serve", "--port", "{port}")


def environment(site: Path, state: Path, **settings: str) -> dict[str, str]:
    """The variables of an onopen that believes a proxy on this machine."""
    fixed = {"SITE": str(site), "STATE_DIR": str(state), "EDGE__TRUSTED_PROXIES": "127.0.0.1", "WORKERS": "1"}
    return {f"ONOPEN_{name}": value for name, value in (fixed | settings).items()}


def until_it_answers(server: Server, path: str, *, pause_s: float = 0.05) -> tuple[bytes, Mapping[str, str]]:
    """Ask until there is an answer; RuntimeError where the process has ended or takes too long."""
    ends = time.monotonic() + STARTED_WITHIN_S
    while time.monotonic() < ends and server.process.poll() is None:
        try:
            return server.get(path)
        except (URLError, OSError):
            time.sleep(pause_s)
    raise RuntimeError(f"{server.name} did not start; set BENCH_LOG to a file to see why")


def _until_it_rests(server: Server) -> None:
    """Wait until it uses next to no CPU; RuntimeError where that takes too long."""
    ends, spent = time.monotonic() + STARTED_WITHIN_S, -1.0
    while server.cpu() - spent > AT_REST * REST_S:
        if time.monotonic() > ends:
            raise RuntimeError(f"{server.name} is still busy {STARTED_WITHIN_S:g} seconds after its start")
        spent = server.cpu()
        time.sleep(REST_S)


def free_port() -> int:
    """A port on the loopback interface that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
