"""A weather service that never answers: how long opens take, and how many there are, beside one that does answer."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from bench.load import Burst, Load
from bench.processes import Server, onopen
from bench.report import Figure, Report, ratios
from bench.site import write_cities, write_site
from bench.visitors import Visitor, visitors

PATH = "/i/offer.jpg"
BUDGET_MS = 400.0
SLACK_MS = 50.0
SHARE = 0.9
ROUNDS = 6
BURST_S = 1.0


def blackhole(folder: Path, *, rounds: int = ROUNDS) -> Report:
    """Times of the first opens of each place, and throughput after."""
    site, cities = write_site(folder / "hole-site"), str(write_cities(folder / "hole.mmdb"))
    with ExitStack() as stack:
        good, bad = stack.enter_context(_service()), stack.enter_context(_hole())
        normal, starved = (
            stack.enter_context(
                onopen(
                    name,
                    site,
                    folder / f"{name}-state",
                    GEO__CITY_FILE=cities,
                    WEATHER__VENDOR="brightsky",
                    WEATHER__URL=url,
                    BUDGET_MS=str(int(BUDGET_MS)),
                )
            )
            for name, url in (("normal", good), ("starved", bad))
        )
        places = list({visitor.network: visitor for visitor in visitors() if not visitor.hidden}.values())
        first = [_ms(starved, visitor) for visitor in places]
        later = [_ms(starved, visitor) for visitor in places]
        bursts = _interleaved(folder, {"normal": normal, "starved": starved}, rounds)
    rates = {name: [burst.per_second for burst in all] for name, all in bursts.items()}
    cpu = {name: [burst.cpu for burst in all] for name, all in bursts.items()}
    return Report(
        "6. opens while the weather service answers nothing",
        (
            Figure.at_most("the slowest first open of a place", [max(first)], "ms", BUDGET_MS + SLACK_MS),
            Figure.of("first opens of places", first, "ms"),
            Figure.of("the next opens there", later, "ms"),
            Figure.at_least("requests a second / normal", ratios(rates["starved"], rates["normal"]), "x", SHARE),
            Figure.of("CPU for one request, normal / starved", ratios(cpu["normal"], cpu["starved"]), "x"),
            Figure.at_most(
                "the slowest open under load",
                [max(burst.slowest_s for burst in bursts["starved"]) * 1e3],
                "ms",
                BUDGET_MS + SLACK_MS,
                note=f"(median {median(burst.median_s for burst in bursts['starved']) * 1e3:.1f} ms)",
            ),
        ),
    )


def _interleaved(folder: Path, servers: dict[str, Server], rounds: int) -> dict[str, list[Burst]]:
    load = Load(folder, "hole", [visitor.request(PATH) for visitor in visitors()])
    bursts: dict[str, list[Burst]] = {name: [] for name in servers}
    for number in range(rounds + 1):
        for name, server in servers.items():
            burst = load.burst(server, BURST_S)
            if number:  # the first round paints
                bursts[name].append(burst)
    return bursts


def _ms(server: Server, visitor: Visitor) -> float:
    started = time.perf_counter()
    server.get(PATH, visitor)
    return (time.perf_counter() - started) * 1e3


@contextlib.contextmanager
def _hole() -> Iterator[str]:
    """The address of a service that takes connections, and nothing else."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as hole:
        yield f"http://127.0.0.1:{hole.getsockname()[1]}"


@contextlib.contextmanager
def _service() -> Iterator[str]:
    """The address of a service that answers as Bright Sky does."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _BrightSky) as service:
        threading.Thread(target=service.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{service.server_port}"
        finally:
            service.shutdown()


class _BrightSky(BaseHTTPRequestHandler):
    """Current weather, or hours."""

    def do_GET(self) -> None:
        now = datetime.now(UTC).replace(microsecond=0)
        day = now.replace(hour=0, minute=0, second=0)
        hours = [_record(day + timedelta(hours=hour)) for hour in range(72)]
        weather = _record(now) if self.path.startswith("/current_weather") else hours
        body = json.dumps({"weather": weather, "sources": []}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def _record(at: datetime) -> dict[str, object]:
    return {
        "timestamp": at.isoformat(),
        "temperature": 18.5,
        "pressure_msl": 1011.0,
        "wind_speed_10": 12.0,
        "wind_speed": 12.0,
        "precipitation_60": 0.0,
        "precipitation": 0.0,
        "relative_humidity": 60,
        "cloud_cover": 90,
        "condition": "dry",
        "icon": "cloudy",
        "precipitation_probability": 10,
    }
