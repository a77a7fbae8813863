"""Manners towards MET Norway: its expiry is obeyed, nothing is fetched twice, requests are paced."""

from __future__ import annotations

import asyncio
import time

from app.engine.readings import Rung
from app.sources.weather.metno import MetNorway
from tests.sources.weather.house import START, Recorded, Upstream, house

EXPIRES = {
    "Date": "Sat, 21 Nov 2026 18:40:00 GMT",
    "Expires": "Sat, 21 Nov 2026 19:12:00 GMT",
    "Last-Modified": "Sat, 21 Nov 2026 18:33:00 GMT",
}


async def test_expires_is_obeyed_and_a_second_answer_is_asked_for_conditionally(recorded: Recorded) -> None:
    upstream = Upstream(recorded("metno_compact"), headers=EXPIRES)
    async with house(MetNorway("ops@shop.example"), upstream) as it:
        readings = await it.fetch()
        assert readings["weather.today.condition"].until == START + 32 * 60
        assert "if-modified-since" not in upstream.asked[0].headers
        assert upstream.asked[0].headers["user-agent"] == "ops@shop.example"
        it.now += 33 * 60
        upstream.status, upstream.document = 304, b""
        it.remembered()
        await it.landed()
        assert upstream.asked[1].headers["if-modified-since"] == EXPIRES["Last-Modified"]
        again = it.remembered()
        assert again is not None
        assert again["weather.condition"].value == "rain"  # the hour has moved on
        assert again["weather.condition"].rung is Rung.LIVE
        assert it.counts.outcomes == {"ok": 1, "stale": 1, "not_modified": 1}


async def test_expires_of_a_replayed_recording_is_measured_by_its_own_date(recorded: Recorded) -> None:
    old = {"Date": "Mon, 20 Jul 2020 11:20:44 GMT", "Expires": "Mon, 20 Jul 2020 11:52:28 GMT"}
    async with house(MetNorway("x"), Upstream(recorded("metno_compact"), headers=old)) as it:
        assert (await it.fetch())["weather.today.condition"].until == START + 1904


async def test_an_expires_that_has_passed_is_the_vendor_s_habit(recorded: Recorded) -> None:
    old = {"Expires": "Mon, 20 Jul 2020 11:52:28 GMT"}
    async with house(MetNorway("x"), Upstream(recorded("metno_compact"), headers=old)) as it:
        assert (await it.fetch())["weather.today.condition"].until == START + 900


async def test_a_version_that_is_ending_is_counted(recorded: Recorded) -> None:
    async with house(MetNorway("x"), Upstream(recorded("metno_compact"), 203)) as it:
        assert (await it.fetch())["weather.temperature"].value == -0.4
        assert it.counts.outcomes == {"deprecated": 1}


async def test_requests_are_paced(recorded: Recorded) -> None:
    upstream = Upstream(recorded("metno_compact"))
    async with house(MetNorway("x"), upstream) as it:
        started = time.monotonic()
        await asyncio.gather(*(it.fetch(place=(50.0 + tenth, 8.0)) for tenth in range(6)))
        assert time.monotonic() - started >= 0.25
