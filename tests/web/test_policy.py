"""From what a decision rests on to what caches are told; and the table that `check` prints of it."""

from __future__ import annotations

import pytest

from app.edge.policy import LESSER_S, LONGEST_S, PRIVATE, cache_headers, sharing
from app.edge.table import table_of
from app.engine.decision import Decision
from app.engine.readings import FOREVER, Reading, Rung
from app.engine.signals import CATALOGUE

NOW = 1_795_000_000.0


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
def test_a_horizon_becomes_a_ttl_that_never_outlives_it(lasts: float, rung: Rung, seconds: int) -> None:
    told = dict(cache_headers(decision(NOW + lasts, rung), True, NOW))
    assert told == {b"cache-control": b"no-cache, max-age=0", b"cdn-cache-control": b"max-age=%d" % seconds}


@pytest.mark.parametrize("lasts", [0.999, 0.0, -5.0])
def test_what_is_about_to_end_is_kept_by_nobody(lasts: float) -> None:
    assert cache_headers(decision(NOW + lasts), True, NOW) == PRIVATE


def test_what_is_private_stays_so_however_long_it_holds() -> None:
    assert cache_headers(decision(FOREVER), False, NOW) == PRIVATE


def test_one_signal_that_no_url_tells_makes_it_private() -> None:
    assert sharing((), CATALOGUE).shareable
    assert sharing(("open.campaign",), CATALOGUE).shareable
    for name in ("geo.city", "device.os", "time.hour", "weather.condition", "open.via"):
        found = sharing(("open.campaign", name), CATALOGUE)
        assert (found.shareable, found.because) == (False, (name,))


def test_the_table_says_what_the_headers_do() -> None:
    shared = table_of("hero", "winter", ("open.campaign",), CATALOGUE)
    private = table_of("hero", "winter", ("weather.condition", "device.os"), CATALOGUE)
    assert shared.line().startswith("hero (winter): a cache may share it by")
    assert private.line().startswith("hero (winter): private, because it can depend on device.os, weather.condition;")
    assert (shared.as_json()["shareable"], private.as_json()["shareable"]) == (True, False)
    assert private.as_json()["private_because"] == ["device.os", "weather.condition"]
