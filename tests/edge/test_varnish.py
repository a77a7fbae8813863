"""A real Varnish with the configuration that we print, in front of a real server."""

from __future__ import annotations

import asyncio
import time
from itertools import count
from pathlib import Path

import pytest

from app.edge.purging import wanted
from app.edge.varnish import PURGE_KEY as KEY_HEADER, TAGS
from app.recall.recalls import Recalls, named
from app.recall.withdrawable import Withdrawable
from app.settings import EdgeSettings, Settings
from app.wiring.purges import purge_now, purging_opened
from app.workshop.storekeeping import opened
from app.workshop.workshop import Workshop
from tests.edge.conftest import PURGE_KEY, Shelf, shelf
from tests.edge.sites import LINK, RULES, write_rules
from tests.support.server import IPHONE, OUTLOOK, Answer
from tests.support.sites import NEUTRAL, RED, TEAL
from tests.support.varnish_servers import PROGRAM
from tests.support.waiting import until

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="varnishd is not installed")

NEW = count(1)
HIT = "; hit"


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


def test_what_only_varnish_reads_stays_behind_it(standing_shelf: Shelf) -> None:
    answer = standing_shelf.through(f"/i/language.png?{fresh()}")
    assert answer.headers["cache-control"] == "no-cache, max-age=0"
    assert answer.headers["cdn-cache-control"] == "no-store"
    assert not [name for name in answer.headers if "onopen" in name]
    assert "x-onopen-tags" in standing_shelf.origin.ask("/i/language.png").headers


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


def test_rules_that_read_more_are_not_shared_by_the_old_key(tmp_path: Path) -> None:
    with shelf(tmp_path) as made:
        write_rules(made.site, "language", RULES["device"])  # Varnish goes on keying on ?lang= and ?name=
        until(lambda: made.origin.ask("/i/language.png", user_agent=IPHONE).ground == RED)
        for agent in (IPHONE, OUTLOOK, IPHONE):
            answer = made.through("/i/language.png", user_agent=agent)
            assert shown(answer) == shown(made.origin.ask("/i/language.png", user_agent=agent))
            assert not is_hit(answer)
        until(lambda: made.origin.counted("onopen_cdn_astray_total", placeholder="language") > 0)


def test_a_parameter_that_comes_to_mind_its_capitals_is_not_shared_by_the_old_key(tmp_path: Path) -> None:
    with shelf(tmp_path) as made:
        written = made.site / "placeholders" / "language.yaml"
        written.write_text(
            written.read_text().replace("{type: choice, choices: [de, en], default: de}", "{type: text}")
        )
        write_rules(made.site, "language", CAPITALS)
        until(lambda: made.origin.ask("/i/language.png?name=x&lang=EN").ground == TEAL)
        for said in ("en", "EN", "en"):
            target = f"/i/language.png?name=x&lang={said}"
            assert shown(made.through(target)) == shown(made.origin.ask(target))


CAPITALS = f"""\
rules:
  - {{name: named, when: {{param.name: x}}, show: {{ground: "{TEAL}", words: "{{{{ param.lang }}}}"}}}}
otherwise: {{{LINK}}}"""


@pytest.mark.parametrize("headers", [{"x_a": "a" * 20_000}, {f"x_{number}": "a" for number in range(120)}])
def test_too_much_to_read_is_not_read_and_no_error(standing_shelf: Shelf, headers: dict[str, str]) -> None:
    answer = standing_shelf.through(f"/i/language.png?{fresh()}", **headers)
    assert (answer.status, answer.rung) == (200, "live")
