"""Weather services on the loopback interface: they replay recorded answers, or misbehave in one way each."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Mapping
from pathlib import Path

from tests.support.loopback import Speaker, answer

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "weather"


def replay(answers: Mapping[str, bytes], *headers: str) -> Speaker:
    """Answers by path; any other path is not found."""

    async def speak(head: str, writer: asyncio.StreamWriter) -> None:
        path = head.split(" ", 2)[1].partition("?")[0]
        body = answers.get(path)
        await (answer(body, "200 OK", *headers) if body is not None else answer(b"{}", "404 Not Found"))(head, writer)

    return speak


def fixture(name: str) -> bytes:
    """A recorded answer of this project's own."""
    return (FIXTURES / f"{name}.json").read_bytes()


RECORDED: Mapping[str, Mapping[str, bytes]] = {
    "brightsky": {"/current_weather": fixture("brightsky_current_rain"), "/weather": fixture("brightsky_hours")},
    "metno": {"/weatherapi/locationforecast/2.0/compact": fixture("metno_compact")},
    "openmeteo": {"/v1/forecast": fixture("openmeteo_forecast")},
    "openweathermap": {
        "/data/2.5/weather": fixture("owm_weather_metric"),
        "/data/2.5/forecast": fixture("owm_forecast"),
    },
}
"""What each vendor's paths answer in the project's own recordings, all of the evening of 21 November 2026."""


async def silence(_head: str, _writer: asyncio.StreamWriter) -> None:
    """Accepts, reads, and never answers."""
    await asyncio.sleep(3600)


async def hanging_up(_head: str, writer: asyncio.StreamWriter) -> None:
    """Closes the connection instead of answering."""
    writer.close()


async def dripping(_head: str, writer: asyncio.StreamWriter) -> None:
    """A byte now and then, for as long as somebody waits."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


async def endless(_head: str, writer: asyncio.StreamWriter) -> None:
    """More than anybody wants, without saying how much."""
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in range(160):
        writer.write(b" " * 65_536)
        await writer.drain()
    writer.close()


FAULTS: Mapping[str, Speaker] = {
    "500": answer(b"{}", "500 Internal Server Error"),
    "401": answer(fixture("owm_refusal"), "401 Unauthorized"),
    "429": answer(b"slow down", "429 Too Many Requests", "Retry-After: 30"),
    "no JSON": answer(b"<html>Welcome to the airport Wi-Fi</html>"),
    "another JSON": answer(json.dumps({"hello": ["world"]}).encode()),
    "nothing": answer(b""),
    "deep JSON": answer(b"[" * 50_000),
    "10 MB announced": answer(b" " * 10_000_000),
    "10 MB unannounced": endless,
    "gzip": answer(gzip.compress(b"{}"), "200 OK", "Content-Encoding: gzip"),
    "redirect to a private address": answer(b"", "302 Found", "Location: http://169.254.169.254/latest/meta-data/"),
    "redirect to itself": answer(b"", "302 Found", "Location: http://127.0.0.1:1/"),
    "redirect to a file": answer(b"", "302 Found", "Location: file:///etc/passwd"),
    "no HTTP": answer(b"", "200 OK", "Broken Header: yes", "no colon at all"),
    "hang up": hanging_up,
}
"""What a service may do instead of telling the weather."""
