"""Vendors of two answers, Bright Sky and OpenWeatherMap: what becomes of the second costs only the second."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import tzinfo
from typing import Any

import httpx
import pytest

from app.sources.weather.brightsky import BrightSky
from app.sources.weather.openweathermap import OpenWeatherMap
from app.sources.weather.report import Report
from app.sources.weather.vendor import Vendor
from tests.sources.weather.house import START, Handler, Recorded, Upstream, house


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


async def test_a_forecast_in_the_place_of_a_current_weather_is_understood(recorded: Recorded) -> None:
    async with house(OpenWeatherMap("k"), Upstream(recorded("owm_onecall"))) as it:
        assert (await it.fetch())["weather.temperature"].value == 8.9
