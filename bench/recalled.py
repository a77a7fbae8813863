"""What it costs an open to read its recipient: beside one that reads nobody, with SQLite and with Redis, in process.

Of all the picture is in memory. The one reads an attribute, a field and the age of an event, a count, and, where single
opens are measured, how often the mail was opened. The other reads a parameter: one that never changes, so that the
decision is remembered, and one that always does.
"""

from __future__ import annotations

import gc
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import uvloop

from app import server
from app.ports import Recipients
from app.recipients.events import Event
from app.settings import Settings
from app.web.app import TURN_S, Server
from app.wiring.world import World, world_of
from bench.report import Figure, Report, ratios
from bench.visitors import AGENTS
from tests.support.redis_servers import redis_server

TIMES_AS_MUCH, MORE_MS = 1.5, 1.0
OPENS = 1_000
NUMBERS = count()
PEOPLE = 200
"""Who opens, one after the other: hardly two of what is written together are about the same."""
MAIL = f"m=newyear&r={'5eed' * 7}{{1:04}}"
SITE = """\
home: https://shop.example/
link_hosts: [shop.example]
languages: [de]
country: DE
time_zone: Europe/Berlin
consent: {location: not_needed, behaviour: given, measurement: MEASURED}
recipients: {trust_plain_ids: true}
"""
PLACEHOLDER = """\
size: [240, 120]
alt: Ein Angebot
params: {note: {type: text, default: ""}}
fields: {ground: {type: color, default: "#999999"}}
layers: [{shape: {field: ground, box: [0, 0, 240, 120]}}]
"""
RULES = """\
placeholder: NAME
rules:
  - {name: first, when: {WHEN}, show: {ground: "#00aa00"}, link: https://shop.example/first}
otherwise: {link: https://shop.example/}
"""
CONDITIONS = {
    "nobody": "param.note: {empty: true}",
    "somebody": "recipient.tier: gold, last.viewed.sku: A1, last.viewed.age: {below: 3d}, count.bought_30d: {above: 0}"
    "OPENED",
}
OPENED = {"aggregate": "", "individual": ", open.count: {at_least: 0}"}
FILES = {
    "rules/recipients.yaml": "attributes: {tier: {purpose: none}, name: {purpose: none}, city: {purpose: none}}\n",
    "rules/events.yaml": "events: {viewed: {fields: {sku: {type: text}}}, bought: {fields: {total: {type: number}}}}\n",
    **{f"placeholders/{name}.yaml": PLACEHOLDER for name in CONDITIONS},
    **{f"rules/{name}.yaml": RULES.replace("NAME", name).replace("WHEN", when) for name, when in CONDITIONS.items()},
}


def recalled(folder: Path, *, rounds: int = 9) -> Report:
    """CPU of an open in microseconds, all threads together, and how much later it is answered."""
    figures = []
    for measured in ("aggregate", "individual"):
        nobody, anew, somebody, _ = uvloop.run(_rounds(folder / measured, measured, rounds))
        figures += [
            Figure.of(f"reads nobody, decided before, measurement {measured}", nobody, "µs"),
            Figure.of("reads nobody, decided anew", anew, "µs"),
            Figure.of("reads somebody", somebody, "µs"),
            Figure.of("somebody / nobody, decided before", ratios(somebody, nobody), "x"),
            Figure.at_most("somebody / nobody, decided anew", ratios(somebody, anew), "x", TIMES_AS_MUCH),
        ]
    notes: tuple[str, ...] = ("no redis-server is here: not measured with Redis",)
    if shutil.which("redis-server"):
        folder.mkdir(exist_ok=True)
        with redis_server(folder) as redis:
            address = f"redis://127.0.0.1:{redis.port}"
            *_, later = uvloop.run(_rounds(folder / "redis", "aggregate", rounds, store=address))
        figures.append(Figure.at_most("later at the median, with Redis on loopback", later, "ms", MORE_MS))
        notes = ()
    return Report("10. an open that reads its recipient, beside one that does not", tuple(figures), notes)


async def _rounds(folder: Path, measured: str, rounds: int, **settings: Any) -> tuple[list[float], ...]:
    """CPU in µs of opens that read nobody (decided before, anew) and somebody, and how many ms these come later."""
    chosen, state = Settings(log_level="error", **settings), folder / "state"
    world = world_of(chosen, state=state)
    state.mkdir(parents=True)
    application = server.build(chosen, world, shop(folder / "site", measured), state)
    await _introduce(world)
    assert await _shown(application, "somebody") == await _shown(application, "nobody"), "nobody is recognised"
    figures: tuple[list[float], ...] = ([], [], [], [])
    with _as_served():
        for name in CONDITIONS:
            await answered(application, name, store=world.store)
        for _ in range(rounds):
            nobody = await answered(application, "nobody", store=world.store)
            anew = await answered(application, "nobody", f"{MAIL}&note={{0}}", store=world.store)
            somebody = await answered(application, "somebody", store=world.store)
            for figure, value in zip(figures, (nobody[0], anew[0], somebody[0], somebody[1] - nobody[1]), strict=True):
                figure.append(value)
    await world.aclose()
    return figures


@contextmanager
def _as_served() -> Iterator[None]:
    """As in a server that has begun: the collector does not walk through everything whenever somebody comes, and
    threads take short turns.
    """
    gc.collect()
    gc.freeze()
    turn = sys.getswitchinterval()
    sys.setswitchinterval(TURN_S)
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
        gc.unfreeze()


async def _introduce(world: World) -> None:
    """Somebody as shops have them, again and again: a profile, and thirty events of four weeks."""
    assert world.store is not None
    now = time.time()
    for number in range(PEOPLE):
        who = MAIL.format(0, number).partition("r=")[2]
        await world.store.tell(who, {"tier": "gold", "name": "Anna", "city": "Ulm"}, {"behaviour": True})
        events = [
            Event(
                f"{who}-{age}", who, "viewed" if age % 3 else "bought", now - age * 80_000, {"sku": "A1", "total": 19.9}
            )
            for age in range(30)
        ]
        await world.store.record(events, {})


async def answered(
    application: Server,
    name: str,
    query: str = "",
    numbers: Iterator[int] = NUMBERS,
    *,
    store: Recipients | None = None,
) -> tuple[float, float]:
    """Microseconds of CPU for one open in the mean, and milliseconds until its answer in the median.

    Each open has the next number in its query, and is of the next of the people. With a `store` all that they leave
    there has been written by then, so that others do not pay for it.
    """
    spent, lesser = [], 0

    async def send(message: Any) -> None:
        nonlocal lesser
        if message["type"] == "http.response.start":
            assert message["status"] == 200, message
            lesser += any(header == b"x-onopen-rung" for header, _ in message["headers"])

    started = time.process_time()
    for _ in range(OPENS):
        number = next(numbers)
        scope = _scope(name, (query or MAIL).format(number, number % PEOPLE))
        began = time.perf_counter()
        await application(scope, _receive, send)
        spent.append(time.perf_counter() - began)
    if store is not None:
        await store.tell("last", {}, {})  # comes behind what is written behind the answers
    assert lesser < OPENS / 20, "the store has answered"
    return (time.process_time() - started) / OPENS * 1e6, median(spent) * 1e3


async def _shown(application: Server, name: str) -> bytes:
    """The picture of one open; that of the first rule is the same for both, and others differ."""
    body = b""

    async def send(message: Any) -> None:
        nonlocal body
        body += message.get("body", b"")

    await application(_scope(name, MAIL.format(0, 0)), _receive, send)
    return body


def shop(folder: Path, measured: str) -> Path:
    for path, text in {**FILES, "rules/site.yaml": SITE.replace("MEASURED", measured)}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text.replace("OPENED", OPENED[measured]), "utf-8")
    return folder


def _scope(name: str, query: str) -> dict[str, Any]:
    return {
        "type": "http",
        "method": "GET",
        "path": f"/i/{name}.png",
        "query_string": query.encode(),
        "headers": [(b"host", b"img.shop.example"), (b"user-agent", AGENTS[0].encode())],
        "client": ("192.0.2.7", 4711),
    }


async def _receive() -> dict[str, Any]:
    return {"type": "http.disconnect"}
