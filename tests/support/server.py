"""The server under test: as a real process that answers on a socket, and as an application inside the test.

The process is what operators run, `onopen serve`; the application is for faults that only a seam can bring about.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image

from app import server
from app.ports import Weather
from app.settings import Settings
from app.sources.geo.cities import Cities
from app.web.app import Server
from app.wiring.world import World, world_of
from tests.support.reading import read

ROOT = Path(__file__).resolve().parents[2]
START_S = 60.0
"""How long a server may take to answer at all on a busy machine; the promise is asserted where it is measured."""

GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36"
)
OUTLOOK = "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)"
THUNDERBIRD = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.3.1"


@dataclass(frozen=True)
class Answer:
    """A whole answer: status, headers by lower-case name, body, and how long it took in seconds."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float = 0.0

    @property
    def etag(self) -> str:
        return self.headers["etag"]

    @property
    def rung(self) -> str:
        """The rung of the answer; what is not said is live."""
        return self.headers.get("x-onopen-rung", "live")

    @property
    def picture(self) -> Image.Image:
        """The body, decoded to the last byte; raises where it is no complete picture."""
        return read(self.body)

    @property
    def ground(self) -> str:
        """The colour in the upper left corner, as `#rrggbb` rounded to what a lossy format keeps."""
        pixel = self.picture.convert("RGB").getpixel((0, 0))
        assert isinstance(pixel, tuple)
        return "#" + "".join(f"{min(255, round(part / 17) * 17):02x}" for part in pixel)


@dataclass
class Running:
    """An `onopen serve` that runs as a process of its own."""

    port: int
    process: subprocess.Popen[bytes]
    trace: Path
    started_s: float = 0.0
    """From the start of the process to its first answer, in seconds."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, target: str, *, method: str = "GET", timeout: float = 20.0, **headers: str) -> Answer:
        """One request; header names are given with `_` for `-`."""
        return self.ask_with(
            [(name.replace("_", "-"), value) for name, value in headers.items()], target, method, timeout
        )

    def ask_with(
        self, headers: list[tuple[str, str]], target: str, method: str = "GET", timeout: float = 20.0
    ) -> Answer:
        """One request with headers that may come twice."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            began = time.perf_counter()
            connection.putrequest(method, target, skip_accept_encoding=True)
            for name, value in headers:
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            body = response.read()
            took = time.perf_counter() - began
            return Answer(response.status, _lower(response.getheaders()), body, took)
        finally:
            connection.close()

    def raw(self, request: bytes, timeout: float = 10.0) -> Answer:
        """The answer to bytes that need not be HTTP."""
        with socket.create_connection(("127.0.0.1", self.port), timeout) as line:
            line.sendall(request)
            method = "HEAD" if request.startswith(b"HEAD") else "GET"
            response = http.client.HTTPResponse(line, method=method)
            response.begin()
            return Answer(response.status, _lower(response.getheaders()), response.read())

    def metrics(self) -> dict[str, float]:
        """The numbers of `/metrics`, by name with labels as they are written there."""
        text = self.ask("/metrics").body.decode()
        lines = (line.rpartition(" ") for line in text.splitlines() if line and not line.startswith("#"))
        return {name: float(number) for name, _, number in lines}

    def counted(self, name: str, **labels: str) -> float:
        """The sum of a counter over all labels that are not named."""
        wanted = [f'{label}="{value}"' for label, value in labels.items()]
        return sum(
            number
            for metric, number in self.metrics().items()
            if metric.partition("{")[0] == name and all(one in metric for one in wanted)
        )

    def said(self) -> str:
        """Everything the process wrote to standard error and standard output."""
        return self.trace.read_text("utf-8", "replace")

    def log(self) -> list[dict[str, Any]]:
        """The log lines; what is not JSON is an error of the test."""
        return [json.loads(line) for line in self.said().splitlines() if line.startswith("{")]

    def resident_mb(self) -> float:
        """Memory of the process that answers, in megabytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024

    def stop(self) -> int:
        """End it as an operator would, and then by force; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        return self.process.wait(10)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process: none of the developer's own settings, but these.

    Servers are started by the hundred, and compiling their modules is half of a start: so once is enough.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith(("ONOPEN_", "PROMETHEUS_"))}
    return {**own, "PYTHONWARNINGS": "default", "PYTHONDONTWRITEBYTECODE": "", **given}


@contextlib.contextmanager
def serving(site: Path, state: Path, *arguments: str, until: str = "/health", **settings: str) -> Iterator[Running]:
    """Start `onopen serve` and end it; yields when `until` answers. Settings are given without `ONOPEN_`."""
    command = [str(Path(sys.executable).with_name("onopen")), "serve", "--site", str(site), *arguments]
    with answering(command, state, until=until, **settings) as running:
        yield running


@contextlib.contextmanager
def answering(command: list[str], state: Path, *, until: str = "/health", **settings: str) -> Iterator[Running]:
    """Start a command that takes a `--port`, and end it; yields when `until` answers."""
    state.mkdir(parents=True, exist_ok=True)
    trace = state / "trace.log"
    port = free_port()
    given = {f"ONOPEN_{name}": value for name, value in settings.items()}
    command = [*command, "--port", str(port)]
    began = time.perf_counter()
    with trace.open("ab") as sink:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment({"ONOPEN_STATE_DIR": str(state), **given}), stdout=sink, stderr=sink
        )
    running = Running(port, process, trace)
    try:
        _wait(running, until)
        running.started_s = time.perf_counter() - began
        yield running
    finally:
        running.stop()


def _wait(running: Running, path: str) -> None:
    ends = time.monotonic() + START_S
    while time.monotonic() < ends:
        if running.process.poll() is not None:
            raise AssertionError(f"the server ended with {running.process.returncode}:\n{running.said()}")
        with contextlib.suppress(OSError, http.client.HTTPException):
            running.ask(path, timeout=5)
            return
        time.sleep(0.02)
    raise AssertionError(f"the server did not answer in {START_S} s:\n{running.said()}")


def eventually(said: Any, seconds: float = 8.0) -> bool:
    """Whether a question comes to be answered with yes; asked anew all the while."""
    ends = time.monotonic() + seconds
    while True:
        if said():
            return True
        if time.monotonic() > ends:
            return False
        time.sleep(0.03)


def _lower(headers: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in headers:
        assert name.lower() not in found, f"the header {name} came twice"
        found[name.lower()] = value
    return found


@dataclass
class Inside:
    """The application inside the test, asked without a socket."""

    application: Server
    world: World
    peer: str = "203.0.113.200"

    async def ask(self, target: str, *, method: str = "GET", peer: str | None = None, **headers: str) -> Answer:
        """One request from that peer; header names are given with `_` for `-`."""
        path, _, query = target.partition("?")
        given = [(name.lower().replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": given,
            "client": (peer or self.peer, 1),
            "server": ("127.0.0.1", 80),
            "state": {},
        }
        messages: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            messages.append(message)

        began = time.perf_counter()
        await self.application(scope, receive, send)
        took = time.perf_counter() - began
        start, *rest = messages
        body = b"".join(message.get("body", b"") for message in rest)
        told = _lower([(name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"]])
        return Answer(start["status"], told, body, took)

    def counted(self) -> str:
        """What `/metrics` says."""
        return self.world.telemetry.exposition(None).decode()


@contextlib.asynccontextmanager
async def inside(site: Path, state: Path, *, now: float | None = None, **settings: Any) -> AsyncIterator[Inside]:
    """The application for a site folder, with these settings, and a clock that stands still where `now` is given."""
    made = build(site, state, time.time if now is None else lambda: now, **settings)
    try:
        yield made
    finally:
        await made.world.aclose()


@contextlib.contextmanager
def standing(site: Path, state: Path, clock: Callable[[], float], **settings: Any) -> Iterator[Inside]:
    """The same for several tests, each with an event loop of its own; it must not ask any upstream."""
    made = build(site, state, clock, **settings)
    try:
        yield made
    finally:
        made.world.pool.close()


def build(
    site: Path, state: Path, clock: Callable[[], float], *, sky: Weather | None = None, **settings: Any
) -> Inside:
    """The application, with a weather of the test's own where it has one.

    The table of cities, which nothing changes, is read once for all tests.
    """
    chosen = Settings(**settings)
    world = replace(world_of(chosen, clock=clock, state=state), cities=CITIES)
    world = replace(world, weather=sky) if sky is not None else world
    return Inside(server.build(chosen, world, site, state, clock), world)


CITIES = Cities()
