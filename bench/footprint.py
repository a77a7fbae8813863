"""What a worker with the demo site weighs after ten thousand mixed opens, and how soon after its start it answers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from random import Random

from bench.load import Load
from bench.processes import COMMAND, ROOT, environment, free_port, launched, serving, until_it_answers
from bench.report import Figure, Report
from bench.site import write_cities
from bench.visitors import Visitor, visitors

OPENS = 10_000
MOST_MB = 200.0
MOST_S = 3.0
STARTS = 3
NAMES = 400
FEW_NAMES = 12
"""Large formats are asked for with few names: painting a photograph as PNG takes long, and none is larger."""

CITIES = ("Hamburg", "München", "Berlin", "Köln", "Stuttgart", "Dresden", "Wien", "Zürich")
LANGUAGES = ("de", "en", "fr")
FORMATS = ("jpg",) * 17 + ("png", "gif", "gif")
FIRST = "/i/weather.jpg"


def footprint(folder: Path) -> Report:
    """Megabytes and seconds."""
    installed = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    _, *starts = [_start(folder / f"start-{number}", installed) for number in range(1 + STARTS)]
    city = str(write_cities(folder / "footprint.mmdb"))
    env = environment(ROOT, folder / "footprint-state", GEO__CITY_FILE=city)
    with serving("demo", COMMAND, env | installed) as server:
        fresh = server.memory()
        Load(folder, "mixed", _mixed()).once(server)
        filled = server.memory()
    return Report(
        "7. one worker with the demo site",
        (
            Figure.at_most("from the start of the process to the first picture", starts, "s", MOST_S),
            Figure.of("memory right after the start", [fresh], "MB"),
            Figure.at_most(f"memory after {OPENS:,} mixed opens", [filled], "MB", MOST_MB),
        ),
    )


def _start(state: Path, installed: Mapping[str, str]) -> float:
    """Seconds from nothing to a picture that is no fallback; the state folder is empty, as on a new machine.

    Python's modules are compiled by the first start, as they are where something is `installed`.
    """
    port = free_port()
    command = [part.format(port=port) for part in COMMAND]
    started = time.perf_counter()
    with launched("start", command, {**environment(ROOT, state), **installed}, port) as server:
        _, headers = until_it_answers(server, FIRST, pause_s=0.01)
        spent = time.perf_counter() - started
    assert headers.get("x-onopen-rung") != "fallback", "the first picture is a whole one"
    return spent


def _mixed() -> list[str]:
    """Requests for all placeholders, formats, languages, places, devices and many names, in a fixed random order."""
    chance, known = Random(11), visitors()
    return [_request(chance, known[number % len(known)]) for number in range(OPENS)]


def _request(chance: Random, visitor: Visitor) -> str:
    name, format = chance.choice(("greeting", "weather", "region", "applink")), chance.choice(FORMATS)
    names = NAMES if format == "jpg" else FEW_NAMES
    params = {
        "lang": chance.choice(LANGUAGES),
        "city": chance.choice(CITIES),
        "country": "DE",
        "r": f"u{chance.random()}",
    }
    if name == "greeting":
        params |= {"first_name": f"Anna{chance.randrange(names)}"}
    return Visitor(visitor.address, visitor.agent, params).request(f"/i/{name}.{format}")
