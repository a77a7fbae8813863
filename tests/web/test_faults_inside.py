"""What only a bug or a rush can bring about: the fallback picture, a number and a line, never an error."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import structlog

from app.engine.facts import Facts
from app.engine.opens import Open
from app.ports import Picture
from app.resolve.served import Served
from app.running.reloading import Watch, begun
from app.serving.desk import Desk, Serving
from app.web.images import Images
from app.web.links import Links
from app.wiring import makers
from tests.support.server import Answer, Inside, Running, inside, serving
from tests.support.sites import GREEN, NEUTRAL, RED, SIZE, repaint, small_site

SECRET = "hunter2@example.com opened at 81.2.69.142"


class BrokenResolver:
    """Fails as a bug in a source would, with words that quote the request."""

    first_language = "de"

    def decide_openly(self, served: Served, opening: Open, seconds: float) -> tuple[Any, Facts]:
        raise ZeroDivisionError(SECRET)

    def decide_now(self, served: Served, opening: Open) -> tuple[Any, Facts]:
        raise ZeroDivisionError(SECRET)

    async def lead(self, served: Served, opening: Open) -> Any:
        raise ZeroDivisionError(SECRET)


class BrokenGallery:
    """Fails where pictures are looked for."""

    def key(self, *_: Any) -> str:
        raise KeyError(SECRET)

    def remembered(self, key: str) -> Picture | None:
        return None


@contextmanager
def with_a_bug(server: Inside, **parts: Any) -> Iterator[None]:
    """The same server with a broken part in what it serves."""
    desk = desk_of(server)
    sound = desk.serving
    desk.serving = replace(sound, **parts)
    try:
        yield
    finally:
        desk.serving = sound


def desk_of(server: Inside) -> Desk:
    """The desk of an application; tests may exchange what lies on it."""
    images = server.application._images
    assert isinstance(images, Images)
    assert isinstance(server.application._links, Links)
    return images._desk


def fallen_back(answer: Answer) -> None:
    assert (answer.status, answer.rung, answer.picture.size) == (200, "fallback", SIZE)
    assert answer.ground == NEUTRAL
    assert answer.headers["cache-control"] == "private, no-cache, max-age=0"
    assert answer.headers["cdn-cache-control"] == "no-store"


async def test_a_bug_costs_the_recipient_s_page_and_tells_nothing(
    probe_site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async with inside(probe_site, tmp_path) as server:
        with with_a_bug(server, resolver=BrokenResolver()):
            answer = await server.ask("/why/greet?name=Ada")
        assert (answer.status, answer.headers["cache-control"]) == (500, "no-store")
        assert SECRET not in answer.body.decode() + capfd.readouterr().err
        assert (await server.ask("/why/greet?name=Ada")).status == 200


@pytest.mark.parametrize("extension", ["png", "jpg", "gif"])
@pytest.mark.parametrize("part", [{"resolver": BrokenResolver()}, {"gallery": BrokenGallery()}])
async def test_a_bug_costs_the_personal_picture_and_nothing_else(
    probe_site: Path, tmp_path: Path, part: dict[str, Any], extension: str, capfd: pytest.CaptureFixture[str]
) -> None:
    async with inside(probe_site, tmp_path) as server:
        with with_a_bug(server, **part):
            fallen_back(await server.ask(f"/i/greet.{extension}?name=Ada", user_agent=SECRET))
        assert (await server.ask(f"/i/greet.{extension}?name=Ada")).ground == GREEN
        assert 'onopen_fallbacks_total{reason="bug"} 1.0' in server.counted()
        assert SECRET not in server.counted()


async def test_a_bug_is_logged_by_type_and_place_without_its_words(probe_site: Path, tmp_path: Path) -> None:
    async with inside(probe_site, tmp_path) as server:
        lines: list[dict[str, Any]] = []
        server.world.telemetry.log = recording(lines)
        with with_a_bug(server, resolver=BrokenResolver()):
            await server.ask("/i/greet.png?name=Ada")
            await server.ask("/l/greet?name=Ada")
        assert [line["error"] for line in lines] == ["ZeroDivisionError", "ZeroDivisionError"]
        assert all("test_faults_inside" in str(line["at"]) for line in lines)
        assert "hunter2" not in str(lines)


def recording(lines: list[dict[str, Any]]) -> Any:
    """A logger that keeps its lines."""

    def keep(_logger: Any, _method: str, event: Any) -> Any:
        lines.append(dict(event))
        raise structlog.DropEvent

    return structlog.wrap_logger(None, processors=[keep], wrapper_class=structlog.BoundLogger)


async def test_a_click_that_meets_a_bug_goes_home(probe_site: Path, tmp_path: Path) -> None:
    async with inside(probe_site, tmp_path) as server:
        with with_a_bug(server, resolver=BrokenResolver()):
            answer = await server.ask("/l/greet?name=Ada")
        assert (answer.status, answer.headers["location"]) == (302, "https://shop.example/")
        assert 'onopen_lost_clicks_total{placeholder="greet"} 1.0' in server.counted()


async def test_a_picture_that_many_wait_for_is_painted_and_counted_once(probe_site: Path, tmp_path: Path) -> None:
    async with inside(probe_site, tmp_path) as server:
        await asyncio.gather(*(server.ask("/i/greet.png?name=Everybody") for _ in range(8)))
        assert 'onopen_painted_total{format="png"} 1.0' in server.counted()


async def test_a_full_queue_is_answered_with_the_fallback_at_once(probe_site: Path, tmp_path: Path) -> None:
    async with inside(probe_site, tmp_path, render_queue=1, render_threads=1) as server:
        answers = await asyncio.gather(*(server.ask(f"/i/greet.png?name=Nobody{number}") for number in range(60)))
        assert {answer.status for answer in answers} == {200}
        painted = [answer for answer in answers if answer.rung == "live"]
        refused = [answer for answer in answers if answer.rung == "fallback"]
        assert painted
        assert refused
        for answer in refused:
            fallen_back(answer)
        assert f'onopen_fallbacks_total{{reason="queue_full"}} {len(refused)}.0' in server.counted()


def test_a_rush_on_a_real_server_is_all_pictures(probe_site: Path, tmp_path: Path) -> None:
    with serving(probe_site, tmp_path, RENDER_QUEUE="1", RENDER_THREADS="1") as server:
        answers = asyncio.run(rush(server, 80))
        assert {answer.status for answer in answers} == {200}
        assert {answer.picture.size for answer in answers} == {SIZE}
        fallbacks = sum(answer.rung == "fallback" for answer in answers)
        assert server.counted("onopen_fallbacks_total") == fallbacks
        assert server.counted("onopen_fallbacks_total", reason="bug") == 0


async def rush(server: Running, opens: int) -> list[Answer]:
    """Many different cold pictures at the same time."""
    asks = (asyncio.to_thread(server.ask, f"/i/greet.png?name=Nobody{number}") for number in range(opens))
    return list(await asyncio.gather(*asks))


async def test_a_picture_that_comes_too_late_is_there_for_the_next_open(probe_site: Path, tmp_path: Path) -> None:
    async with inside(probe_site, tmp_path, budget_ms=20, render_threads=1) as server:
        painters, soon = server.world.pool, asyncio.get_running_loop().time() + 10
        busy = asyncio.create_task(painters.run(partial(time.sleep, 0.2), key="another picture", deadline=soon))
        await asyncio.sleep(0)
        first = await server.ask("/i/greet.png?name=Late")
        assert first.rung == "fallback"
        assert 'onopen_fallbacks_total{reason="late"} 1.0' in server.counted()
        async with asyncio.timeout(10):
            while (second := await server.ask("/i/greet.png?name=Late")).rung != "live":
                await asyncio.sleep(0.02)
        assert second.ground == GREEN
        assert second.etag != first.etag
        await busy


async def test_a_fallback_of_other_defaults_has_another_etag(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    etags = []
    for ground in (RED, GREEN):
        placeholder = site / "placeholders" / "hello.yaml"
        text = placeholder.read_text("utf-8")
        placeholder.write_text(text.replace(RED, ground), encoding="utf-8")
        async with inside(site, tmp_path / "state") as server:
            with with_a_bug(server, resolver=BrokenResolver()):
                answer = await server.ask("/i/hello.png")
            assert (answer.rung, answer.ground) == ("fallback", ground)
            etags.append(answer.etag)
    assert etags[0] != etags[1]


async def test_a_placeholder_that_does_not_ask_for_the_language_speaks_the_first_one(tmp_path: Path) -> None:
    """A parameter that tells the language belongs to the placeholders that declare it."""
    site = small_site(tmp_path / "site")
    file = site / "rules" / "site.yaml"
    said = file.read_text("utf-8").replace("languages: [de]", "languages: [de, en]\nlanguage: [param.lang]")
    file.write_text(said, encoding="utf-8")
    placeholder = site / "placeholders" / "hello.yaml"
    asking = "  lang: {type: choice, choices: [de, en], default: de}\n"
    text = "  - text: {text: {de: Hallo, en: Hello}, box: [0, 0, 60, 30], size: 10}\n"
    (site / "placeholders" / "other.yaml").write_text(placeholder.read_text("utf-8"), encoding="utf-8")
    placeholder.write_text(placeholder.read_text("utf-8").replace(asking, "") + text, encoding="utf-8")
    async with inside(site, tmp_path / "state") as server:
        answer = await server.ask("/i/hello.png?lang=en")
        assert answer.rung == "live"
        assert answer.etag == (await server.ask("/i/hello.png")).etag


# A start, and a look at the site ------------------------------------------------------------------------------------


class BrokenLibrary:
    """Fails as a bug in the compiler would."""

    def start(self) -> Any:
        raise RecursionError(SECRET)

    def look(self) -> Any:
        raise RecursionError(SECRET)

    def last_good(self) -> Any:
        raise RecursionError(SECRET)


class BrokenMirror:
    """Fails when all but what is withdrawn is made of an edition."""

    @property
    def now(self) -> Any:
        raise RecursionError(SECRET)


async def test_a_start_that_meets_a_bug_in_new_content_serves_the_last_good_set(
    probe_site: Path, tmp_path: Path
) -> None:
    async with inside(probe_site, tmp_path) as server:
        library = makers.library(server.world, probe_site, tmp_path / "state")
        good = library.start().edition
        assert good is not None
        library.confirm(good)
        library.start = BrokenLibrary().start  # type: ignore[method-assign]
        assert begun(server.world, library, lambda: 0.0).digest == good.site.digest


async def test_an_edition_that_cannot_be_made_ready_is_not_what_a_restart_falls_back_on(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", GREEN)
    async with inside(site, tmp_path / "state") as server:
        library = makers.library(server.world, site, tmp_path / "state")
        first = begun(server.world, library, lambda: 0.0)
        repaint(site, RED)
        world = replace(server.world, withdrawn=BrokenMirror())
        await Watch(world, library, desk_of(server), lambda: 0.0)()
        good = library.last_good()
        assert good is not None
        assert good.site.digest == first.digest


async def test_a_start_that_meets_a_bug_serves_neutral_pictures(probe_site: Path, tmp_path: Path) -> None:
    async with inside(probe_site, tmp_path) as server:
        lines: list[dict[str, Any]] = []
        server.world.telemetry.log = recording(lines)
        serving = begun(server.world, BrokenLibrary(), lambda: 0.0)  # type: ignore[arg-type]
        assert isinstance(serving, Serving)
        assert serving.placeholders == {}
        assert [(line["event"], line["error"]) for line in lines] == [("failed", "RecursionError")] * 2
        assert "hunter2" not in str(lines)


async def test_a_look_that_meets_a_bug_changes_nothing(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", GREEN)
    async with inside(site, tmp_path / "state") as server:
        desk = desk_of(server)
        watch = Watch(server.world, BrokenLibrary(), desk, lambda: 0.0)  # type: ignore[arg-type]
        await watch()
        repaint(site, RED)
        await watch()
        assert (await server.ask("/i/hello.png")).ground == GREEN
