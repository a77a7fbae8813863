"""One worker: how soon the first picture comes, how much memory it holds, and what a silent weather service does."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from bench.load import Load
from bench.processes import COMMAND, ROOT, environment, free_port, launched, onopen, until_it_answers
from bench.report import Figure, Report, ratios
from bench.site import write_cities, write_site
from bench.visitors import visitors

BUDGET_MS = 400
STARTS = 3
OPENS = 10_000
PLACEHOLDERS = ("weather", "greeting", "region", "applink")


def start_and_memory(folder: Path) -> Report:
    """From the command to the first picture of the demo site; then ten thousand mixed opens, no City file."""
    starts, memory = [], 0.0
    for number in range(STARTS):
        port = free_port()
        command = [part.format(port=port) for part in COMMAND]
        env = environment(ROOT, folder / f"state-{number}", LOG_LEVEL="warning")
        began = time.perf_counter()
        with launched("demo", command, env, port) as server:
            until_it_answers(server, "/i/weather.jpg?city=Hamburg", pause_s=0.01)
            starts.append(time.perf_counter() - began)
            if number == 0:
                requests = [one.request(f"/i/{name}.jpg") for one in visitors(250) for name in PLACEHOLDERS]
                load = Load(folder, "mixed", requests)
                for _ in range(OPENS // len(requests)):
                    load.once(server)
                memory = server.memory()
    return Report(
        "7. a worker with the demo site",
        (
            Figure.at_most("cold start to the first picture, on the wall", starts, "s", 3),
            Figure.at_most(f"memory after {OPENS:,} mixed opens", [memory], "MB", 200),
        ),
    )


def black_hole(folder: Path) -> Report:
    """A weather service that takes connections and never answers: the first open of a cell, and all that follow."""
    site, cities = write_site(folder / "site"), str(write_cities(folder / "city.mmdb"))
    common = {"GEO__CITY_FILE": cities, "LOG_LEVEL": "error", "BUDGET_MS": str(BUDGET_MS)}
    some = visitors()
    with (
        silent() as hole,
        onopen("normal", site, folder / "state-a", **common) as normal,
        onopen(
            "black-holed",
            site,
            folder / "state-b",
            **common,
            WEATHER__VENDOR="brightsky",
            WEATHER__URL=f"http://127.0.0.1:{hole}",
        ) as blind,
    ):
        firsts = []
        for visitor in some:
            began = time.perf_counter()
            blind.get("/i/offer.jpg", visitor)
            firsts.append((time.perf_counter() - began) * 1e3)
        load = Load(folder, "hole", [visitor.request("/i/offer.jpg") for visitor in some])
        load.once(normal)
        rates = {normal.name: [load.burst(normal, 1).per_second], blind.name: [load.burst(blind, 1).per_second]}
        for _ in range(3):
            for server in (normal, blind):
                rates[server.name].append(load.burst(server, 1).per_second)
    return Report(
        "6. the weather service is silent",
        (
            Figure.at_most("slowest open", [max(firsts)], "ms", BUDGET_MS + 50),
            Figure.of("median open, most cells asked before", firsts, "ms"),
            Figure.at_least(
                "opens a second / those with weather", ratios(rates[blind.name], rates[normal.name]), "x", 0.9
            ),
        ),
    )


@contextlib.contextmanager
def silent() -> Iterator[int]:
    """A port that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken: list[socket.socket] = []

        def take() -> None:
            with contextlib.suppress(OSError):
                while True:
                    taken.append(server.accept()[0])

        threading.Thread(target=take, daemon=True).start()
        yield int(server.getsockname()[1])
        for one in taken:
            one.close()
