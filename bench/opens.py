"""Opens through a real socket: onopen with the picture in memory, beside servers that decide nothing.

One worker on one core, the load on the other. The bare servers send a picture of the same size and get the very same
requests, so that reading them costs the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import fmean

from bench.load import Burst, Load
from bench.processes import Server, bare, onopen
from bench.report import Figure, Report, ratios
from bench.site import write_cities, write_site
from bench.visitors import visitors

PATH = "/i/offer.jpg"
BARE, ROUTED, OURS, KNOWN = "bare ASGI", "Starlette route", "onopen", "onopen, 304"
ROUNDS = 6
BURST_S = 1.0
GOAL = 0.70


def opens(folder: Path, *, rounds: int = ROUNDS) -> Report:
    """Requests a second and CPU time for one, as shares of the bare application."""
    with ExitStack() as stack:
        ours = stack.enter_context(onopen(OURS, write_site(folder / "site"), folder / "state", **_city(folder)))
        answers = [(visitor, *ours.get(PATH, visitor)) for visitor in visitors()]
        size = round(fmean(len(body) for _, body, _ in answers))
        plain = Load(folder, "opens", [visitor.request(PATH) for visitor, *_ in answers])
        known = Load(folder, "known", [visitor.request(PATH, headers["etag"]) for visitor, _, headers in answers])
        contenders = {
            BARE: (stack.enter_context(bare(BARE, "asgi", size)), plain),
            ROUTED: (stack.enter_context(bare(ROUTED, "routed", size)), plain),
            OURS: (ours, plain),
            KNOWN: (ours, known),
        }
        bursts = _interleaved(contenders, rounds)
    return Report(f"1. opens through a socket, picture in memory ({size} bytes)", _figures(bursts))


def _interleaved(contenders: Mapping[str, tuple[Server, Load]], rounds: int) -> dict[str, list[Burst]]:
    bursts: dict[str, list[Burst]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, (server, load) in contenders.items():
            burst = load.burst(server, BURST_S)
            if number:  # the first round warms up
                bursts[name].append(burst)
    return bursts


def _figures(bursts: Mapping[str, list[Burst]]) -> tuple[Figure, ...]:
    rates = {name: [burst.per_second for burst in all] for name, all in bursts.items()}
    cpu = {name: [burst.cpu * 1e6 for burst in all] for name, all in bursts.items()}
    absolute = [
        figure
        for name in bursts
        for figure in (
            Figure.of(f"{name}: requests a second", rates[name], "1/s"),
            Figure.of(f"{name}: CPU for one request", cpu[name], "µs"),
        )
    ]
    return (
        *absolute,
        Figure.of("Starlette route / bare ASGI, requests a second", ratios(rates[ROUTED], rates[BARE]), "x"),
        Figure.at_least("onopen / bare ASGI, requests a second", ratios(rates[OURS], rates[BARE]), "x", GOAL),
        Figure.at_least("bare ASGI / onopen, CPU for one request", ratios(cpu[BARE], cpu[OURS]), "x", GOAL),
        Figure.of("onopen / Starlette route, requests a second", ratios(rates[OURS], rates[ROUTED]), "x"),
        Figure.of("onopen with 304 / bare ASGI, requests a second", ratios(rates[KNOWN], rates[BARE]), "x"),
    )


def _city(folder: Path) -> dict[str, str]:
    return {"GEO__CITY_FILE": str(write_cities(folder / "city.mmdb"))}
