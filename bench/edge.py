"""A real Varnish in front: how often the origin is asked, and what the key costs beside a static file in Varnish.

Both caches run the same Varnish with the same load. The static one keeps a picture of the same size under its URL; ours
works out the class of visitor and the variant at each request.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import fmean

from app.edge.plain import Plain
from app.edge.policy import Policy
from app.edge.printing import Backend
from app.engine.decision import Decision
from app.engine.readings import Reading, Rung
from app.settings import EdgeSettings, Settings
from app.workshop.workshop import Workshop
from bench.load import Load
from bench.processes import Server, bare, onopen
from bench.report import Figure, Report, ratios
from bench.rounds import costs
from bench.site import write_site
from bench.visitors import Visitor, visitors
from tests.support.varnish_servers import PROGRAM, varnish

ROUNDS, BURST_S = 5, 1.0
SECRET = "a secret key of at least 32 characters"
RULES = """\
placeholder: offer
rules:
  - {name: phone, when: {device.class: phone, param.segment: gold}, show: {headline: {de: Gold, en: Gold}}}
  - {name: desktop, when: {device.class: desktop}, show: {headline: {de: Groß, en: Large}}}
otherwise: {link: https://shop.example/}
unknown: otherwise
"""
STATIC = """\
vcl 4.1;
backend origin { .host = "127.0.0.1"; .port = "%d"; }
sub vcl_backend_response { set beresp.uncacheable = false; set beresp.ttl = 1h; return (deliver); }
"""
PATH = "/i/offer.jpg"
HITS_GOAL, THROUGHPUT_GOAL = 0.95, 0.8


def edge(folder: Path, *, rounds: int = ROUNDS) -> Report:
    """Shares of hits, of Varnish's own throughput, and microseconds for policy and headers."""
    question = "12. a shareable placeholder through Varnish"
    if PROGRAM is None:
        return Report(question, (), ("varnishd is not installed",))
    figures = (*_through_varnish(folder, rounds), _policy())
    return Report(question, figures)


def _through_varnish(folder: Path, rounds: int) -> tuple[Figure, ...]:
    site = _site(folder / "site")
    settings = {"EDGE__DIALECT": "varnish", "SECRET_KEY": SECRET}
    people = visitors(40)
    with ExitStack() as stack:
        origin = stack.enter_context(onopen("origin", site, folder / "state", **settings))
        size = round(fmean(len(origin.get(PATH, one)[0]) for one in people))
        file = stack.enter_context(bare("file", "asgi", size))
        ours = stack.enter_context(_cached("onopen", _vcl(site, origin.port), folder / "ours"))
        static = stack.enter_context(_cached("static", STATIC % file.port, folder / "static"))
        hits = _hits(ours.port, people)
        asked = Load(folder, "edge", [one.request(PATH) for one in people])
        plain = Load(folder, "edge-static", [people[0].request(PATH)])
        rates = [
            (asked.burst(ours, BURST_S).per_second, plain.burst(static, BURST_S).per_second) for _ in range(rounds)
        ]
    through, own = [one for one, _ in rates], [other for _, other in rates]
    return (
        Figure.at_least("hits in a stream of 40 contexts", [hits], "", HITS_GOAL),
        Figure.of(f"through Varnish ({size} bytes): requests a second", through, "1/s"),
        Figure.of("a static file in Varnish: requests a second", own, "1/s"),
        Figure.at_least("onopen's key / static file", ratios(through, own), "x", THROUGHPUT_GOAL),
    )


def _hits(port: int, people: list[Visitor], requests: int = 4_000) -> float:
    line, hits = http.client.HTTPConnection("127.0.0.1", port, timeout=20), 0
    for number in range(requests):
        one = people[number % len(people)]
        headers = {"User-Agent": one.agent, "X-Forwarded-For": one.address}
        line.request("GET", f"{PATH}?{one.query()}&r={number}", headers=headers)
        answer = line.getresponse()
        answer.read()
        hits += "hit" in (answer.getheader("Cache-Status") or "")
    line.close()
    return hits / requests


def _policy() -> Figure:
    """What the policy and the headers cost in an open that is shared."""
    reading = Reading("device.class", "phone", 0.0, 9e9, "test")
    answer = Decision("offer", "offer", "phone", (), (), "", "", False, (reading,), 9e9, "digest")
    policy, tags = Policy(Plain()), Plain().tags(("placeholder/offer",))
    found = costs({"policy": lambda number: policy.shared(answer, Rung.LIVE, tags, float(number))})
    return Figure.of("policy and headers of one shared open", [one * 1e6 for one in found["policy"]], "µs")


def _site(folder: Path) -> Path:
    site = write_site(folder)
    placeholder = site / "placeholders" / "offer.yaml"
    placeholder.write_text(placeholder.read_text("utf-8") + "click: latest\n", "utf-8")
    (site / "rules" / "offer.yaml").write_text(RULES, "utf-8")
    return site


def _vcl(site: Path, port: int) -> str:
    edge = EdgeSettings(dialect="varnish", trusted_proxies=("127.0.0.1",))
    settings = Settings(site=site, secret_key=SECRET, edge=edge)  # type: ignore[arg-type]
    return Workshop(site, settings).cdn("varnish", [Backend("127.0.0.1", port)])


@contextmanager
def _cached(name: str, vcl: str, folder: Path) -> Iterator[Server]:
    with varnish(vcl, folder) as made:
        yield Server(name, made.process, made.port)
