"""A vendor in trouble: each failure is a reason, a count and a line, and who fails again and again is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from app.engine.readings import Why
from app.sources.weather.brightsky import BrightSky
from app.sources.weather.openmeteo import OpenMeteo
from tests.sources.weather.house import START, Upstream, house


async def test_stale_answers_serve_through_an_outage_without_a_storm_of_requests(upstream: Upstream) -> None:
    async with house(OpenMeteo(), upstream) as it:
        await it.fetch()
        upstream.status = 500
        for _ in range(100):
            it.now += 60
            assert it.remembered() is not None
            await it.landed()
        assert len(upstream.asked) < 40
        it.now += 3 * 3600
        readings = it.remembered()
        assert readings is not None
        assert readings["weather.temperature"].why_unknown is Why.UPSTREAM_FAILED


@pytest.mark.parametrize(
    ("status", "document", "outcome"),
    [
        (500, {}, "status_500"),
        (404, {}, "status_404"),
        (200, b"<html>", "garbage"),
        (200, b"", "garbage"),
        (200, b'{"current": NaN}', "garbage"),
        (200, b"[" * 100_000, "garbage"),
        (200, b'{"current": {"temperature_2m": 1' + b"0" * 5000 + b"}}", "garbage"),
        (200, b"\xff\xfe\x00", "garbage"),
        (200, {"error": True, "reason": "no"}, "garbage"),
        (200, {"current": {"temperature_2m": -300}, "current_units": {"temperature_2m": "°C"}}, "garbage"),
        (200, b" " * 2_000_000, "too_big"),
        (304, b"", "garbage"),
    ],
)
async def test_whatever_goes_wrong_is_a_reason_a_count_and_a_line(status: int, document: Any, outcome: str) -> None:
    async with house(OpenMeteo(key="s3cret"), Upstream(document, status)) as it:
        readings = await it.fetch()
        assert {reading.why_unknown for reading in readings.values()} == {Why.UPSTREAM_FAILED}
        assert readings["weather.condition"].until == START + 5
        assert it.remembered() is readings
        assert it.counts.outcomes == {outcome: 1}
        assert len(it.lines) == 1
        assert "s3cret" not in it.lines[0]


async def test_a_failing_cell_is_left_alone_longer_each_time(upstream: Upstream) -> None:
    upstream.status = 500
    async with house(OpenMeteo(), upstream) as it:
        waits = []
        for _ in range(4):
            readings = await it.fetch()
            waits.append(readings["weather.condition"].until - it.now)
            it.now += waits[-1]
        assert waits == [5, 10, 20, 40]


async def test_a_vendor_that_is_down_is_not_asked_and_nobody_waits_for_the_probe(upstream: Upstream) -> None:
    upstream.status = 500
    async with house(OpenMeteo(), upstream) as it:
        for tenth in range(5):
            await it.fetch(place=(50 + tenth, 8.0))
        assert len(upstream.asked) == 5
        readings = it.remembered((40.0, 8.0))
        assert readings is not None
        assert readings["weather.condition"].why_unknown is Why.UPSTREAM_FAILED
        assert len(upstream.asked) == 5
        it.now += 31
        upstream.status = 200
        assert it.remembered((41.0, 8.0)) is not None  # this one sends the probe behind the scenes
        await it.landed()
        assert len(upstream.asked) == 6
        readings = it.remembered((41.0, 8.0))
        assert readings is not None
        assert readings["weather.temperature"].value == 6.1
        assert it.remembered((42.0, 8.0)) is None
        assert it.counts.outcomes["breaker_open"] == 2


async def test_garbage_opens_the_breaker_too() -> None:
    upstream = Upstream(b"<html>")
    async with house(OpenMeteo(), upstream) as it:
        for tenth in range(20):
            await it.fetch(place=(50 + tenth, 8.0))
        assert len(upstream.asked) == 5


@pytest.mark.parametrize(("headers", "seconds"), [({}, 60), ({"Retry-After": "240"}, 240)])
async def test_a_vendor_that_has_had_enough_is_left_alone(
    upstream: Upstream, headers: dict[str, str], seconds: float
) -> None:
    upstream.status, upstream.headers = 429, headers
    async with house(OpenMeteo(), upstream) as it:
        await it.fetch()
        it.now += seconds - 1
        assert it.remembered((40.0, 8.0)) is not None
        await it.landed()
        assert len(upstream.asked) == 1
        it.now += 2
        it.remembered((41.0, 8.0))
        await it.landed()
        assert len(upstream.asked) == 2


async def test_a_hanging_flight_ends_by_itself(upstream: Upstream) -> None:
    upstream.silent = True
    async with house(OpenMeteo(), upstream, flight_s=0.05) as it:
        readings = await it.fetch(2.0)
        assert readings["weather.condition"].why_unknown is Why.UPSTREAM_LATE
        assert it.counts.outcomes == {"timeout": 1}


async def test_a_place_the_vendor_does_not_know_is_not_offered_and_no_failure() -> None:
    upstream = Upstream({"detail": "No sources match your criteria"}, 404)
    async with house(BrightSky(), upstream) as it:
        for tenth in range(20):
            readings = await it.fetch(place=(30.0 + tenth, 8.0))
            assert readings["weather.condition"].why_unknown is Why.NOT_OFFERED
        assert it.counts.outcomes["nowhere"] == 20
