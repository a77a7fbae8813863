"""The weather source: remembered at once, one flight a cell, stale before silent, and never an exception."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

import httpx
import pytest

from app.engine.readings import Reading, Rung, Why
from app.sources.http import GuardedClient
from app.sources.weather.brightsky import BrightSky
from app.sources.weather.metno import MetNorway
from app.sources.weather.openmeteo import OpenMeteo
from app.sources.weather.openweathermap import OpenWeatherMap
from app.sources.weather.report import Report
from app.sources.weather.source import WeatherSource
from app.sources.weather.vendor import Vendor

START = datetime(2026, 11, 21, 18, 40, tzinfo=UTC).timestamp()
HAMBURG = (53.55, 10.0)
Recorded = Callable[[str], Any]
Handler = Callable[[httpx.Request], Awaitable[httpx.Response]]


class Counts:
    """A tally that remembers outcomes."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()

    def count(self, name: str, **labels: str) -> None:
        assert name == "weather_fetch"
        self.outcomes[labels["outcome"]] += 1


@dataclass
class House:
    """A source with everything around it in the test's hands."""

    source: WeatherSource
    counts: Counts
    now: float = START
    lines: list[str] = field(default_factory=list)

    async def fetch(self, deadline: float = 1.0, place: tuple[float, float] = HAMBURG) -> Mapping[str, Reading]:
        return await self.source.fetch(*place, self.now, deadline)

    def remembered(self, place: tuple[float, float] = HAMBURG) -> Mapping[str, Reading] | None:
        return self.source.remembered(*place, self.now)

    async def landed(self) -> None:
        for _ in range(50):
            await asyncio.sleep(0.002)
            if not self.source._flights:
                return


@asynccontextmanager
async def house(vendor: Vendor, handler: Handler, **settings: Any) -> AsyncIterator[House]:
    client = GuardedClient(user_agent="t", transport=httpx.MockTransport(handler))
    counts, lines = Counts(), list[str]()

    def zone_of(latitude: float, longitude: float) -> tzinfo:
        return UTC

    def clock() -> float:
        return made.now

    source = WeatherSource(vendor, client, clock=clock, zone_of=zone_of, tally=counts, tell=lines.append, **settings)
    made = House(source, counts, START, lines)
    try:
        yield made
    finally:
        await source.aclose()
        await client.aclose()


class Upstream:
    """A vendor's server that answers what the test says and counts who asked."""

    def __init__(self, document: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        self.document, self.status, self.headers = document, status, dict(headers or {})
        self.asked: list[httpx.Request] = []
        self.silent = False

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.silent:
            await asyncio.sleep(30)
        body = self.document if isinstance(self.document, bytes) else json.dumps(self.document).encode()
        return httpx.Response(self.status, headers=self.headers, content=body)


@pytest.fixture
def upstream(recorded: Recorded) -> Upstream:
    return Upstream(recorded("openmeteo_forecast"))


async def test_what_was_never_asked_for_must_be_fetched_and_is_remembered_then(upstream: Upstream) -> None:
    async with house(OpenMeteo(), upstream) as it:
        assert it.remembered() is None
        fetched = await it.fetch()
        assert fetched["weather.temperature"].value == 6.1
        assert fetched["weather.temperature"].until == START + 900
        assert it.remembered() is fetched
        assert it.remembered((53.58, 9.96)) is fetched  # the same cell
        assert it.remembered((53.7, 10.0)) is None
        assert len(upstream.asked) == 1
        assert it.counts.outcomes == {"ok": 1}


async def test_only_the_cell_leaves_the_machine(upstream: Upstream) -> None:
    async with house(OpenMeteo(), upstream) as it:
        await it.fetch(place=(53.551234, 9.993682))
    assert (upstream.asked[0].url.params["latitude"], upstream.asked[0].url.params["longitude"]) == ("53.6", "10.0")


async def test_a_thousand_opens_of_a_cell_are_one_request(upstream: Upstream) -> None:
    async with house(OpenMeteo(), upstream) as it:
        answers = await asyncio.gather(*(it.fetch() for _ in range(1000)))
    assert len(upstream.asked) == 1
    assert {answer["weather.temperature"].value for answer in answers} == {6.1}


async def test_an_expired_answer_serves_as_stale_while_a_new_one_is_fetched(upstream: Upstream) -> None:
    async with house(OpenMeteo(), upstream) as it:
        await it.fetch()
        it.now += 1000
        upstream.document["current"]["temperature_2m"] = 7.7
        stale = it.remembered()
        assert stale is not None
        reading = stale["weather.temperature"]
        assert (reading.value, reading.rung, reading.until) == (6.1, Rung.STALE, it.now + 30)
        assert it.remembered() is stale
        await it.landed()
        fresh = it.remembered()
        assert fresh is not None
        assert (fresh["weather.temperature"].value, fresh["weather.temperature"].rung) == (7.7, Rung.LIVE)
        assert it.counts.outcomes == {"ok": 2, "stale": 1}


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


async def test_too_old_to_serve_is_fetched_again(upstream: Upstream) -> None:
    async with house(OpenMeteo(), upstream) as it:
        await it.fetch()
        it.now += 4 * 3600
        assert it.remembered() is None


async def test_who_cannot_wait_reads_unknown_and_the_next_do_not_wait_at_all(upstream: Upstream) -> None:
    upstream.silent = True
    async with house(OpenMeteo(), upstream) as it:
        started = time.monotonic()
        late = await it.fetch(0.05)
        assert 0.04 < time.monotonic() - started < 0.2
        reading = late["weather.condition"]
        assert (reading.why_unknown, reading.until, reading.rung) == (Why.UPSTREAM_LATE, START + 5, Rung.UNKNOWN)
        assert it.remembered() is late
        it.now += 6  # still under way: nobody waits for it
        again = it.remembered()
        assert again is not None
        assert again["weather.condition"].until == it.now + 5
        assert len(upstream.asked) == 1
        assert it.counts.outcomes == {"late": 1}


async def test_a_flight_outlives_who_waited_for_it(upstream: Upstream) -> None:
    gate = asyncio.Event()

    async def gated(request: httpx.Request) -> httpx.Response:
        await gate.wait()
        return await upstream(request)

    async with house(OpenMeteo(), gated) as it:
        assert (await it.fetch(0.01))["weather.temperature"].why_unknown is Why.UPSTREAM_LATE
        gate.set()
        await it.landed()
        readings = it.remembered()
        assert readings is not None
        assert readings["weather.temperature"].value == 6.1


async def test_a_waiter_that_is_cancelled_takes_nobody_with_it(upstream: Upstream) -> None:
    gate = asyncio.Event()

    async def gated(request: httpx.Request) -> httpx.Response:
        await gate.wait()
        return await upstream(request)

    async with house(OpenMeteo(), gated) as it:
        impatient, patient = asyncio.ensure_future(it.fetch()), asyncio.ensure_future(it.fetch())
        await asyncio.sleep(0)
        impatient.cancel()
        gate.set()
        assert (await patient)["weather.temperature"].value == 6.1


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


async def test_flights_are_bounded_and_the_rest_is_late_at_once(upstream: Upstream) -> None:
    upstream.silent = True
    async with house(OpenMeteo(), upstream, most_flights=3) as it:
        answers = await asyncio.gather(*(it.fetch(0.05, (50.0 + tenth, 8.0)) for tenth in range(10)))
        assert it.counts.outcomes == {"busy": 7, "late": 3}
        assert {answer["weather.condition"].why_unknown for answer in answers} == {Why.UPSTREAM_LATE}


async def test_cells_are_bounded_and_the_longest_not_renewed_goes_first(upstream: Upstream) -> None:
    async with house(OpenMeteo(), upstream, most_cells=3) as it:
        for tenth in range(5):
            await it.fetch(place=(50.0 + tenth, 8.0))
        assert [it.remembered((50.0 + tenth, 8.0)) is None for tenth in range(5)] == [True, True, False, False, False]


async def test_a_hanging_flight_ends_by_itself(upstream: Upstream) -> None:
    upstream.silent = True
    async with house(OpenMeteo(), upstream, flight_s=0.05) as it:
        readings = await it.fetch(2.0)
        assert readings["weather.condition"].why_unknown is Why.UPSTREAM_LATE
        assert it.counts.outcomes == {"timeout": 1}


async def test_no_place_is_no_weather() -> None:
    async with house(OpenMeteo(), Upstream({})) as it:
        for place in ((float("nan"), 0.0), (float("inf"), 0.0), (91.0, 0.0)):
            for readings in (it.remembered(place), await it.fetch(place=place)):
                assert readings is not None
                assert readings["weather.condition"].why_unknown is Why.NO_PLACE


async def test_a_pretended_clock_gets_the_weather_of_now_and_its_true_age(upstream: Upstream) -> None:
    async with house(OpenMeteo(), upstream) as it:
        christmas = START + 33 * 86400
        reading = (await it.source.fetch(*HAMBURG, christmas, 1.0))["weather.temperature"]
        assert (reading.value, reading.as_of, reading.until) == (6.1, START - 4200, christmas + 900)


async def test_asked_from_plain_code_it_remembers_and_starts_nothing(upstream: Upstream) -> None:
    async with house(OpenMeteo(), upstream) as it:
        await it.fetch()
        it.now += 1000
        stale = await asyncio.to_thread(it.remembered)
        assert stale is not None
        assert len(upstream.asked) == 1


async def test_closing_ends_what_is_under_way(upstream: Upstream) -> None:
    upstream.silent = True
    async with house(OpenMeteo(), upstream) as it:
        await it.fetch(0.01)
        await asyncio.wait_for(it.source.aclose(), 1.0)
        assert it.source._flights == {}


# Manners: MET Norway

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


# Vendors of two answers: Bright Sky, OpenWeatherMap


def bright_sky(recorded: Recorded, hours: Callable[[], Awaitable[httpx.Response]]) -> Handler:
    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/current_weather":
            return httpx.Response(200, json=recorded("brightsky_current_rain"))
        return await hours()

    return answer


async def test_two_answers_are_one_report(recorded: Recorded) -> None:
    async def hours() -> httpx.Response:
        return httpx.Response(200, json=recorded("brightsky_hours"))

    async with house(BrightSky(), bright_sky(recorded, hours)) as it:
        readings = await it.fetch()
        assert (readings["weather.temperature"].value, readings["weather.tomorrow.max"].value) == (8.9, 10.0)


async def test_without_the_second_answer_the_first_is_good_for_two_minutes(recorded: Recorded) -> None:
    async def hours() -> httpx.Response:
        return httpx.Response(500)

    async with house(BrightSky(), bright_sky(recorded, hours)) as it:
        readings = await it.fetch()
        assert readings["weather.temperature"].value == 8.9
        assert readings["weather.temperature"].until == START + 120
        assert it.counts.outcomes == {"ok": 1, "extra_failed": 1}


async def test_a_second_answer_that_asks_to_be_left_alone_is_obeyed_like_the_first(recorded: Recorded) -> None:
    asked: list[int] = []

    async def hours() -> httpx.Response:
        asked.append(1)
        return httpx.Response(429, headers={"Retry-After": "240"})

    async with house(BrightSky(), bright_sky(recorded, hours)) as it:
        assert (await it.fetch())["weather.temperature"].value == 8.9
        it.now += 239
        assert it.remembered((53.0, 9.0)) is not None
        await it.landed()
        assert len(asked) == 1
        it.now += 2
        it.remembered((53.0, 8.0))
        await it.landed()
        assert len(asked) == 2


class Unforeseen(BrightSky):
    """A vendor whose hours are read by code with a mistake."""

    def read(self, document: Any, now: float, zone: tzinfo) -> Report:
        if isinstance(document["weather"], list):
            raise IndexError
        return super().read(document, now, zone)


@pytest.mark.parametrize(("vendor", "silent"), [(Unforeseen(), False), (BrightSky(), True)])
async def test_whatever_becomes_of_the_second_costs_only_the_second(
    recorded: Recorded, vendor: Vendor, silent: bool
) -> None:
    async def hours() -> httpx.Response:
        if silent:
            await asyncio.sleep(30)
        return httpx.Response(200, json=recorded("brightsky_hours"))

    async with house(vendor, bright_sky(recorded, hours), flight_s=0.1) as it:
        assert (await it.fetch())["weather.temperature"].value == 8.9
        assert it.counts.outcomes == {"ok": 1, "extra_failed": 1}


async def test_a_second_request_ends_before_its_flight_does() -> None:
    ended: list[str] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/current_weather":
            await asyncio.sleep(0.01)
            return httpx.Response(500)
        try:
            await asyncio.sleep(30)
        finally:
            await asyncio.sleep(0.01)
            ended.append(request.url.path)
        return httpx.Response(500)

    async with house(BrightSky(), answer) as it:
        await it.fetch()
        assert ended == ["/weather"]


async def test_who_cannot_wait_for_the_second_has_the_first(recorded: Recorded) -> None:
    async def hours() -> httpx.Response:
        await asyncio.sleep(30)
        return httpx.Response(500)

    async with house(BrightSky(), bright_sky(recorded, hours)) as it:
        assert (await it.fetch(0.05))["weather.temperature"].value == 8.9


async def test_a_place_the_vendor_does_not_know_is_not_offered_and_no_failure() -> None:
    upstream = Upstream({"detail": "No sources match your criteria"}, 404)
    async with house(BrightSky(), upstream) as it:
        for tenth in range(20):
            readings = await it.fetch(place=(30.0 + tenth, 8.0))
            assert readings["weather.condition"].why_unknown is Why.NOT_OFFERED
        assert it.counts.outcomes["nowhere"] == 20


async def test_a_forecast_in_the_place_of_a_current_weather_is_understood(recorded: Recorded) -> None:
    async with house(OpenWeatherMap("k"), Upstream(recorded("owm_onecall"))) as it:
        assert (await it.fetch())["weather.temperature"].value == 8.9
