"""The weather source: remembered at once, one flight a cell, stale before silent, and never an exception."""

from __future__ import annotations

import asyncio
import time

import httpx

from app.engine.readings import Rung, Why
from app.sources.weather.openmeteo import OpenMeteo
from tests.sources.weather.house import HAMBURG, START, Upstream, house


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
