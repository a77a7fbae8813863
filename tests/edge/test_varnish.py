"""A real Varnish with the configuration that we print, in front of a real server."""

from __future__ import annotations

import asyncio
import http.client
import random
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count, product
from pathlib import Path

import pytest

from app.edge.purging import wanted
from app.edge.varnish import PURGE_KEY as KEY_HEADER, TAGS
from app.purges import purge_now, purging_opened
from app.recalls import Recalls, named
from app.settings import EdgeSettings, Settings
from app.storekeeping import opened
from app.withdrawable import Withdrawable
from app.workshop import Workshop
from tests.edge.conftest import PURGE_KEY, Shelf, shelf
from tests.edge.sites import RULES, ending, write_rules
from tests.support.server import ANDROID, GMAIL, IPHONE, OUTLOOK, THUNDERBIRD, Answer
from tests.support.sites import NEUTRAL, RED
from tests.support.varnish_servers import PROGRAM
from tests.support.waiting import until

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="varnishd is not installed")

NEW = count(1)
HIT = "; hit"
PEOPLE, REQUESTS = 500, 10_000
AGENTS = (
    GMAIL,
    IPHONE,
    ANDROID,
    OUTLOOK,
    THUNDERBIRD,
    "Mozilla/5.0",
    "YahooMailProxy; https://help.yahoo.com",
    "bot/1",
)
PLACES = ("91.64.1.2", "2003:e5::1", "66.249.84.1", "17.58.63.9", "8.8.8.8")
CONTEXTS = tuple(product(AGENTS, PLACES))
"""Forty: who fetches, and from where."""


def fresh() -> str:
    """A query that nothing was asked with before; it is in the key of whoever reads `name`."""
    return f"name=n{next(NEW)}"


def is_hit(answer: Answer) -> bool:
    return HIT in answer.headers["cache-status"]


def shown(answer: Answer) -> tuple[int, bytes, str]:
    return answer.status, answer.body, answer.headers.get("etag", "")


def test_it_shares_exactly_where_the_table_says(standing_shelf: Shelf) -> None:
    bench = Workshop(standing_shelf.site, Settings(edge=EdgeSettings(dialect="varnish")))
    shares = {row.placeholder: row.shareable for row in bench.cacheability(bench.site())}
    assert shares.keys() >= RULES.keys()
    assert set(shares.values()) == {True, False}
    for name, shared in shares.items():
        for person in ("r=first&v=1", "v=2&r=second"):
            standing_shelf.through(f"/i/{name}.gif?{person}", user_agent=IPHONE, x_forwarded_for="91.64.1.2")
        third = standing_shelf.through(f"/i/{name}.gif?r=third", user_agent=IPHONE, x_forwarded_for="91.64.1.3")
        assert is_hit(third) is shared, name


def test_ten_thousand_requests_are_answered_as_the_origin_would_have(standing_shelf: Shelf) -> None:
    """500 people in 40 contexts; and where it may be shared, the origin is hardly ever asked."""
    chance, truth = random.Random(2026), dict[tuple[str, str, str], tuple[int, bytes]]()
    shared = hits = 0
    with line(standing_shelf.cache.port) as cached, line(standing_shelf.origin.port) as origin:
        for _ in range(REQUESTS):
            name, who = chance.choice(tuple(RULES)), chance.randrange(PEOPLE)
            context = CONTEXTS[who % len(CONTEXTS)]
            told = f"/i/{name}.png?lang={chance.choice(('de', 'en', 'DE'))}&m={chance.choice(('spring', 'news'))}"
            target = f"{told}&r={who % 7 if name == 'person' else who}"
            status, said, body = ask(cached, target, context)
            which = (target if name == "person" else told, *context)
            if which not in truth:
                truth[which] = ask(origin, target, context)[::2]
            assert (status, body) == truth[which], which
            shared += name in ("nobody", "language", "mailing")
            hits += name in ("nobody", "language", "mailing") and HIT in said
    assert hits >= 0.95 * shared


@contextmanager
def line(port: int) -> Iterator[http.client.HTTPConnection]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as made:
        yield made


def ask(line: http.client.HTTPConnection, target: str, context: tuple[str, str]) -> tuple[int, str, bytes]:
    agent, place = context
    line.request("GET", target, headers={"User-Agent": agent, "X-Forwarded-For": place})
    answer = line.getresponse()
    return answer.status, answer.getheader("Cache-Status") or "", answer.read()


def test_what_only_varnish_reads_stays_behind_it(standing_shelf: Shelf) -> None:
    answer = standing_shelf.through(f"/i/language.png?{fresh()}")
    assert answer.headers["cache-control"] == "no-cache, max-age=0"
    assert answer.headers["cdn-cache-control"] == "no-store"
    assert not [name for name in answer.headers if "onopen" in name]
    assert "x-onopen-tags" in standing_shelf.origin.ask("/i/language.png").headers


STRANGE = (
    "lang=de&lang=en",
    "lang=&lang=en",
    "amp;lang=en",
    "l%61ng=en",
    "x=1?lang=en",
    "lang",
    "lang=en=de",
    "lang=*|LANG|*",
    "lang=%%lang%%",
    "lang=en&" + "&".join(f"p{number}=1" for number in range(70)),
    "&".join(f"p{number}=1" for number in range(63)) + "&lang=en",
    "&".join(f"p{number}=1" for number in range(66)) + "&lang=en",
    "name=" + "n" * 1200,
    "name=J%C3%BCrgen",
    "name=J%FCrgen",
    "name=a+b",
    "&&lang=en",
    "lang=en;name=x",
    ":visitor=phone",
)


@pytest.mark.parametrize("query", STRANGE)
def test_however_a_query_is_written_it_says_what_it_says_without_a_cache(standing_shelf: Shelf, query: str) -> None:
    for name, _ in product(("language", "device", "via"), range(2)):
        target = f"/i/{name}.png?{query}"
        assert shown(standing_shelf.through(target)) == shown(standing_shelf.origin.ask(target))


def poisons() -> Iterator[tuple[str, str]]:
    yield from {
        "X-Onopen-Variant": "&lang=en&name=poison&:visitor=phone",
        "X-Onopen-Key": "0" * 32,
        "X-Onopen-Visitor": "phone",
        "X-Onopen-Again": "yes",
        "X-Onopen-Down": "yes",
        "X-Onopen-Tags": "placeholder/device",
        "X-Onopen-While-Asking": "999999s",
        "X-Forwarded-For": "8.8.8.8, 66.249.84.1",
        "Forwarded": "for=8.8.8.8",
        "X-Real-IP": "8.8.8.8",
        "CF-IPCountry": "FR",
        "CloudFront-Viewer-Country": "FR",
        "X-Geo-Country": "FR",
        "Range": "bytes=0-3",
        "If-None-Match": "*",
        "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT",
        "Accept": "text/html",
        "Accept-Encoding": "gzip",
        "Cookie": "lang=en",
        "Authorization": "Bearer x",
        "X-Requested-With": "de.gmx.mobile.android.mail",
        "Referer": "http://mail.google.com/",
        "Cache-Control": "no-cache, no-store",
        "X-HTTP-Method-Override": "DELETE",
        "X-Original-URL": "/i/nobody.png",
        "Host": "evil.example",
    }.items()


@pytest.mark.parametrize(("name", "value"), list(poisons()))
def test_who_poisons_a_cache_poisons_nobody_else(standing_shelf: Shelf, name: str, value: str) -> None:
    for placeholder in ("language", "device"):
        target = f"/i/{placeholder}.gif?{fresh()}"
        standing_shelf.through(target, **{name.replace("-", "_"): value, "user_agent": IPHONE})
        for _ in range(2):
            clean = standing_shelf.through(target, user_agent=IPHONE, x_forwarded_for="91.64.1.2")
            truth = standing_shelf.origin.ask(target, user_agent=IPHONE, x_forwarded_for="91.64.1.2")
            assert shown(clean) == shown(truth)


def test_a_range_gets_the_whole_picture(standing_shelf: Shelf) -> None:
    for target in ("/i/nobody.png?a=1", "/i/nobody.png?a=2", "/i/person.png"):
        assert standing_shelf.through(target, range="bytes=0-3").status == 200


def test_a_stampede_reaches_the_origin_once(standing_shelf: Shelf) -> None:
    answers = asyncio.run(_stampede(standing_shelf.cache.port, f"/i/language.png?{fresh()}", 500))
    assert {answer.partition(b" ")[2][:3] for answer in answers} == {b"200"}
    assert sum(HIT.encode() not in answer for answer in answers) == 1


async def _stampede(port: int, target: str, crowd: int) -> list[bytes]:
    asked = f"GET {target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".encode()
    streams = [await asyncio.open_connection("127.0.0.1", port) for _ in range(crowd)]
    for _, writer in streams:
        writer.write(asked)
    answers = await asyncio.gather(*(reader.read() for reader, _ in streams))
    for _, writer in streams:
        writer.close()
        await writer.wait_closed()
    return list(answers)


@pytest.mark.parametrize("tag", ["placeholder/language", "rule/language/named"])
def test_a_purge_acts_within_a_second(standing_shelf: Shelf, tag: str) -> None:
    target = f"/i/language.png?{fresh()}"
    assert [is_hit(standing_shelf.through(target)) for _ in range(2)] == [False, True]
    began = time.monotonic()
    purge = {"method": "PURGE", TAGS: tag, KEY_HEADER: PURGE_KEY}
    assert standing_shelf.through("/", **purge).status == 200
    assert not is_hit(standing_shelf.through(target))
    assert time.monotonic() - began < 1


def test_onopen_purge_reaches_varnish(standing_shelf: Shelf) -> None:
    edge = EdgeSettings(dialect="varnish", purge_url=f"{standing_shelf.cache.url}/", purge_key=PURGE_KEY)  # type: ignore[arg-type]
    for target, what in (
        ("/i/nobody.png?b=1", wanted(placeholder="nobody")),
        ("/i/nobody.png", wanted(rule="nobody/otherwise")),
    ):
        standing_shelf.through(target)
        assert is_hit(standing_shelf.through(target))
        purge_now(Settings(edge=edge), what)
        assert not is_hit(standing_shelf.through(target))


async def test_a_recall_reaches_varnish_and_leaves_its_key_alone(tmp_path: Path) -> None:
    with shelf(tmp_path) as made:
        target, url = "/i/language.png?lang=en", f"{made.cache.url}/"
        edge = EdgeSettings(dialect="varnish", purge_url=url, purge_key=PURGE_KEY)  # type: ignore[arg-type]
        assert [(made.through(target).ground, is_hit(made.through(target))) for _ in range(2)] == [(RED, True)] * 2
        settings = Settings(site=made.site, state_dir=tmp_path / "state", edge=edge)
        async with opened(settings) as store, purging_opened(settings) as purging:
            site = Withdrawable.of(Workshop(made.site, settings).as_it_stands())
            recalled = named(["language/english"], site, removed=False)
            assert await Recalls(store.withdrawals, purging).turn(recalled, [], site) == ("rule/language/english",)
        assert made.through(target).ground == NEUTRAL
        assert is_hit(made.through(target))


def test_a_purge_leaves_alone_what_is_not_meant(standing_shelf: Shelf) -> None:
    target = f"/i/language.png?{fresh()}"
    standing_shelf.through(target)
    standing_shelf.through("/", **{"method": "PURGE", TAGS: "placeholder/languag", KEY_HEADER: PURGE_KEY})
    assert is_hit(standing_shelf.through(target))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({TAGS: "placeholder/language"}, 403),
        ({TAGS: "placeholder/language", KEY_HEADER: "guessed"}, 403),
        ({TAGS: '.* || obj.http.x ~ "', KEY_HEADER: PURGE_KEY}, 400),
        ({KEY_HEADER: PURGE_KEY}, 400),
    ],
)
def test_strangers_and_riddles_purge_nothing(standing_shelf: Shelf, headers: dict[str, str], status: int) -> None:
    assert standing_shelf.through("/", **{"method": "PURGE", **headers}).status == status


def test_a_dead_origin_leaves_old_pictures_and_changed_rules_no_old_key(tmp_path: Path) -> None:
    with shelf(tmp_path) as made:
        ends = time.time() + 12
        write_rules(made.site, "nobody", ending(ends))
        write_rules(made.site, "language", RULES["device"])  # Varnish goes on keying on ?lang= and ?name=
        until(lambda: made.origin.ask("/i/nobody.png").ground == RED)
        old = made.through("/i/nobody.png")
        assert old.ground == RED
        for agent in (IPHONE, OUTLOOK, IPHONE):
            answer = made.through("/i/language.png", user_agent=agent)
            assert shown(answer) == shown(made.origin.ask("/i/language.png", user_agent=agent))
            assert not is_hit(answer)
        until(lambda: made.origin.counted("onopen_cdn_astray_total", placeholder="language") > 0)
        made.origin.process.kill()
        made.origin.process.wait()
        until(lambda: time.time() > ends + 1)
        for _ in range(3):
            assert shown(made.through("/i/nobody.png")) == shown(old)
        assert made.through("/i/language.png").status == 503
