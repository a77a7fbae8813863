"""Tiles: never waited for, fetched in the background, kept for long; a bad tile or server changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.render.atlas import is_tile
from app.sources import tiles
from app.sources.http import GuardedClient
from app.sources.tilefolder import MOST_FILES, TileFolder
from app.sources.tiles import MOST_TILES, TileSource
from tests.support.loopback import Loopback, Speaker, answer, loopback
from tests.support.tiles import CREDIT, land, tile

NOW = 1_800_000_000.0
BODY = tile(3, 4, meridian=0)


class Counts(list[str]):
    """A tally that keeps outcomes."""

    def count(self, name: str, **labels: str) -> None:
        assert name == "map_tiles"
        self.append(labels["outcome"])


class At:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


def source(
    server: Loopback,
    folder: Path | None = None,
    clock: Callable[[], float] | None = None,
    tally: Counts | None = None,
    *,
    most: int = MOST_TILES,
    most_files: int = MOST_FILES,
) -> TileSource:
    address = f"{server.url}/{{z}}/{{x}}/{{y}}.png?key=hush"
    return TileSource(
        address,
        credit=CREDIT,
        client=GuardedClient(user_agent="test", trusted_hosts=("127.0.0.1",)),
        folder=TileFolder(folder, address, most=most_files),
        whole=is_tile,
        clock=clock or At(),
        tally=tally if tally is not None else Counts(),
        tell=said.append,
        most=most,
    )


said: list[str] = []


async def test_a_tile_is_asked_for_without_waiting_and_there_after_a_round() -> None:
    async with loopback(land(0)) as server:
        found = source(server)
        assert await found.fetch() is False
        assert found.get(3, 4, 2) is None
        assert server.heard == []
        assert await found.fetch() is True
        assert found.get(3, 4, 2) == BODY
        assert await found.fetch() is False
        assert [head.split()[1] for head in server.heard] == ["/3/4/2.png?key=hush"]
        await found.aclose()


@pytest.mark.parametrize(
    ("speaks", "outcome"),
    [
        (answer(BODY[:-40]), "no_tile"),
        (answer(b"<html>over quota</html>"), "no_tile"),
        (answer(bytes(tiles.MOST_BYTES + 1)), "too_big"),
        (answer(b"", "404 Not Found"), "status_404"),
        (answer(BODY, "200 OK", "Content-Encoding: gzip"), "encoded"),
    ],
)
async def test_what_is_no_tile_is_not_shown_and_tried_again_later(
    speaks: Speaker, outcome: str, tmp_path: Path
) -> None:
    clock, tally = At(), Counts()
    async with loopback(speaks) as server:
        found = source(server, tmp_path, clock, tally)
        found.get(3, 4, 2)
        for wait in (0.0, 1.0, tiles.PAUSE_S):
            clock.now += wait
            assert await found.fetch() is False
        assert found.get(3, 4, 2) is None
        assert tally == [outcome] * 2
        assert "hush" not in " ".join(said)
        assert list(tmp_path.rglob("*.tile")) == []
        await found.aclose()


async def test_a_server_that_is_down_is_left_alone_for_a_while(tmp_path: Path) -> None:
    tally = Counts()
    async with loopback(answer(b"", "503 Service Unavailable")) as server:
        found = source(server, tmp_path, tally=tally)
        for x in range(8):
            found.get(3, x, 2)
        await found.fetch()
        assert len(tally) == len(server.heard) < 8
        await found.aclose()


async def test_the_next_start_asks_nobody_until_a_tile_is_old_and_shows_it_while_nobody_answers(tmp_path: Path) -> None:
    async with loopback(land(0)) as server:
        first = source(server, tmp_path)
        first.get(3, 4, 2)
        await first.fetch()
        await first.aclose()
        assert server.heard
        server.heard.clear()
        written = next(tmp_path.rglob("*.tile")).stat().st_mtime
        clock = At()
        clock.now = written + 1
        second = source(server, tmp_path, clock)
        second.get(3, 4, 2)
        assert await second.fetch() is True
        assert second.get(3, 4, 2) == BODY
        assert server.heard == []
        clock.now = written + tiles.OLD_S + 1
        await second.fetch()
        assert len(server.heard) == 1
        await second.aclose()
    late = source(server, tmp_path, clock)
    late.get(3, 4, 2)
    assert await late.fetch() is True
    assert late.get(3, 4, 2) == BODY
    await late.aclose()


async def test_a_file_that_was_damaged_is_fetched_anew(tmp_path: Path) -> None:
    async with loopback(land(0)) as server:
        first = source(server, tmp_path)
        first.get(3, 4, 2)
        await first.fetch()
        await first.aclose()
        next(tmp_path.rglob("*.tile")).write_bytes(BODY[:50])
        second = source(server, tmp_path)
        second.get(3, 4, 2)
        await second.fetch()
        assert second.get(3, 4, 2) == BODY
        assert len(server.heard) == 2
        await second.aclose()


async def test_memory_and_folder_are_bounded(tmp_path: Path) -> None:
    async with loopback(land(0)) as server:
        found = source(server, tmp_path, most=5, most_files=4)
        for x in range(5):
            found.get(3, x, 2)
        await found.fetch()
        assert len(list(tmp_path.rglob("*.tile"))) <= 4
        found.get(3, 0, 2)
        for x in (5, 6, 7):
            found.get(3, x, 2)
        assert await found.fetch() is True
        assert [found.get(3, x, 2) is not None for x in range(8)] == [x in (0, 4, 5, 6, 7) for x in range(8)]
        await found.aclose()
