"""From what a placeholder can read to who may keep its answers, and from what a decision did read to how long."""

from __future__ import annotations

import pytest

from app.edge.cloudflare import Cloudflare
from app.edge.dialect import PRIVATE, Dialect
from app.edge.fastly import Fastly
from app.edge.keys import Cell, Key
from app.edge.lifetime import LESSER_S, LONGEST_S, Lifetime, Staleness, lifetime
from app.edge.plain import Plain
from app.edge.policy import Policy
from app.edge.sharing import Habits, Sharing, links_differ, sharing, sharing_of
from app.edge.table import Row, row_of
from app.edge.varnish import Varnish
from app.engine.decision import Decision
from app.engine.readings import FOREVER, Reading, Rung
from app.engine.rules import Outcome, Ruleset
from app.engine.signals import CATALOGUE, Kind, Purpose, attribute, param, split
from app.engine.words import ANY_LANGUAGE, Bound, Words, fixed

NOW = 1_795_000_000.0
SITE = CATALOGUE.plus(
    [param("lang", Kind.TEXT), attribute("tier", Kind.TEXT, Purpose.NONE), split("headline", ("a", "b"))]
)
LINK = fixed("https://shop.example/")


def decision(until: float, rung: Rung = Rung.LIVE) -> Decision:
    reading = Reading("time.hour", 8, NOW, until, "test", rung=rung)
    return Decision("hero", "", "rule", (), (), "", "", False, (reading,), until, "digest")


@pytest.mark.parametrize(
    ("lasts", "rung", "seconds"),
    [
        (FOREVER, Rung.LIVE, LONGEST_S),
        (10**9, Rung.LIVE, LONGEST_S),
        (90.9, Rung.LIVE, 90),
        (1.0, Rung.LIVE, 1),
        (600.0, Rung.STALE, LESSER_S),
        (FOREVER, Rung.UNKNOWN, LESSER_S),
        (3.5, Rung.UNKNOWN, 3),
    ],
)
@pytest.mark.parametrize("asking", [0, 10, 10_000])
def test_an_answer_is_served_no_longer_than_it_is_true(lasts: float, rung: Rung, seconds: int, asking: int) -> None:
    found = lifetime(decision(NOW + lasts, rung), Staleness(asking, 60), NOW)
    assert found is not None
    assert found.fresh_s + found.while_asking_s == seconds
    assert found.while_asking_s <= min(asking, found.fresh_s)
    assert found.fresh_s >= 1


@pytest.mark.parametrize("lasts", [0.999, 0.0, -5.0])
def test_what_is_about_to_end_is_kept_by_nobody(lasts: float) -> None:
    assert Policy(Plain()).shared(decision(NOW + lasts), (), NOW) == PRIVATE


def test_caches_that_obey_it_are_told_how_long_and_what_to_do_then() -> None:
    told = dict(Policy(Plain(), Staleness(10, 600)).shared(decision(NOW + 100), (), NOW))
    assert told[b"cache-control"] == b"no-cache, max-age=0"
    assert told[b"cdn-cache-control"] == b"max-age=90, stale-while-revalidate=10, stale-if-error=600"
    told = dict(Policy(Plain(), Staleness(0, 0)).shared(decision(NOW + 100), (), NOW))
    assert told[b"cdn-cache-control"] == b"max-age=100"


URL = Key.of()
VISITOR = Key.of(visitor=True)


@pytest.mark.parametrize(
    ("reads", "key"),
    [
        ((), URL),
        (("open.campaign", "open.rule"), URL),
        (("open.mailing",), Key.of(("m",))),
        (("open.channel",), Key.of(("ch",))),
        (("param.lang", "open.language"), Key.of(("lang",))),
        (("device.class",), VISITOR),
        (("open.certain", "open.via", "open.prefetch", "open.machine"), VISITOR),
        (("geo.country", "geo.continent"), Key.of(cell=Cell.COUNTRY)),
        (("geo.country", "geo.region"), Key.of(cell=Cell.REGION)),
        (("geo.city",), Key.of(cell=Cell.CITY)),
        (("time.hour", "param.lang"), Key.of(("lang",), cell=Cell.CITY)),
        (("weather.condition",), Key.of(cell=Cell.CITY)),
    ],
)
def test_the_key_is_made_of_everything_that_can_be_read(reads: tuple[str, ...], key: Key) -> None:
    assert sharing_of(reads, SITE, Habits()) == Sharing(key)


@pytest.mark.parametrize("name", ["device.os", "device.client", "geo.postal_code", "recipient.tier", "split.headline"])
def test_what_no_cache_can_tell_apart_makes_it_private(name: str) -> None:
    found = sharing_of(("open.campaign", name), SITE, Habits())
    assert not found.shareable
    assert [obstacle.name for obstacle in found.obstacles] == [name]


@pytest.mark.parametrize("name", ["geo.city", "time.hour", "weather.condition"])
def test_a_place_that_needs_consent_is_everybodys_own(name: str) -> None:
    assert not sharing_of((name,), SITE, Habits(consent=True)).shareable


@pytest.mark.parametrize("place", [("ip", "edge"), ("param", "ip")])
def test_a_place_that_is_first_looked_up_by_address_is_private(place: tuple[str, ...]) -> None:
    assert not sharing_of(("geo.city",), SITE, Habits(place=place)).shareable


def test_a_place_that_the_url_alone_tells_is_in_the_url() -> None:
    habits = Habits(place=("param",), declared=frozenset({"city", "lang"}))
    assert sharing_of(("geo.city", "time.hour"), SITE, habits) == Sharing(Key.of(("city",)))
    both = sharing_of(("geo.city",), SITE, Habits(declared=frozenset({"city"})))
    assert both == Sharing(Key.of(("city",), cell=Cell.CITY))


def test_which_of_several_campaigns_is_meant_is_in_the_key() -> None:
    assert sharing_of((), SITE, Habits(several=True)) == Sharing(Key.of(("c",)))


def bound(source: str, *signals: str) -> Words:
    return Words({ANY_LANGUAGE: (Bound(signals, lambda _: source, source),)})


def ruleset(*links: Words) -> Ruleset:
    from app.engine.conditions import ALWAYS
    from app.engine.rules import Rule

    rules = tuple(Rule(f"r{number}", ALWAYS, Outcome(link=link)) for number, link in enumerate(links))
    return Ruleset("hero", "", "digest", SITE, (), rules, Outcome(link=LINK))


@pytest.mark.parametrize(
    ("links", "differ"),
    [
        ((), False),
        ((LINK, Words()), False),
        ((fixed("https://shop.example/rain"),), True),
        ((bound("https://shop.example/?city={{ geo.city }}", "geo.city"),), True),
    ],
)
def test_where_clicks_follow_what_was_shown_differing_links_make_it_private(
    links: tuple[Words, ...], differ: bool
) -> None:
    rules = ruleset(*links)
    assert links_differ(rules) is differ
    assert sharing(rules, (), Habits(as_shown=True)).shareable is not differ
    assert sharing(rules, (), Habits(as_shown=False)).shareable


def test_a_link_that_only_names_its_rule_leads_nowhere_else() -> None:
    link = bound("https://shop.example/?utm_content={{ open.rule }}&l={{ param.lang }}", "open.rule", "param.lang")
    assert not links_differ(Ruleset("hero", "", "digest", SITE, (), (), Outcome(link=link)))


def row(dialect: Dialect, *reads: str, **habits: object) -> Row:
    found = sharing(ruleset(fixed("https://shop.example/rain")), reads, Habits(**habits))  # type: ignore[arg-type]
    return row_of("hero", "winter", found, reads, SITE, dialect)


def test_the_table_says_for_the_cache_in_front_what_the_headers_do() -> None:
    assert row(Plain(), "param.lang").line() == "hero (winter): a cache may share it by ?lang="
    assert row(Varnish(), "device.class").line() == "hero (winter): a cache may share it by the class of visitor"
    assert row(Fastly(), "geo.city").shareable
    for dialect, name in ((Plain(), "device.class"), (Varnish(), "geo.city"), (Cloudflare(), "geo.city")):
        private = row(dialect, name)
        assert not private.shareable
        assert private.line().startswith(f"hero (winter): private, because it can depend on {name}; a cache that keys")
    assert row(Plain(), "recipient.tier", "geo.city").as_json()["private_because"] == ["recipient.tier", "geo.city"]


def test_the_table_says_what_would_make_it_shareable() -> None:
    assert "click: latest" in row(Plain(), "param.lang", as_shown=True).line()
    assert "consent: {location: not_needed}" in row(Fastly(), "geo.city", consent=True).line()
    assert row(Fastly(), "device.os").as_json()["remedy"].startswith("a shared cache tells only the class")


def test_lifetimes_are_worded_by_each_dialect() -> None:
    assert dict(Plain().speaks(Lifetime(60, 0, 0)))[b"cdn-cache-control"] == b"max-age=60"
