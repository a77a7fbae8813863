"""Map tiles on the way of an open: a sketch at once, the map once its tiles are there, under another name."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.support.loopback import answer, loopback
from tests.support.server import eventually, serving
from tests.support.sites import SITE
from tests.support.tiles import CREDIT, WEST, land

MAP = """\
size: [300, 200]
alt: How to find us
layers:
  - map: {near: [52.52, 13.405], box: [0, 0, 300, 200]}
"""


def _site(folder: Path) -> Path:
    for name, text in {"placeholders/branch.yaml": MAP, "rules/site.yaml": SITE}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


async def test_a_map_is_shown_once_its_tiles_are_there(tmp_path: Path) -> None:
    async with loopback(land(13.405)) as upstream:
        tiles = f"{upstream.url}/{{z}}/{{x}}/{{y}}.png"

        def shown() -> None:
            with serving(_site(tmp_path), tmp_path / "state", MAP__TILES=tiles, MAP__ATTRIBUTION=CREDIT) as server:
                first = server.ask("/i/branch.png")
                assert first.status == 200
                assert eventually(lambda: server.ask("/i/branch.png").etag != first.etag)
                later = server.ask("/i/branch.png")
                assert later.picture.convert("RGB").getpixel((20, 200)) == WEST
                assert server.ask("/i/branch.png", if_none_match=later.etag).status == 304
                assert server.counted("onopen_map_tiles_total", outcome="fetched") == len(upstream.heard)

        await asyncio.to_thread(shown)


async def test_a_server_of_no_tiles_leaves_the_sketch(tmp_path: Path) -> None:
    async with loopback(answer(b"no tiles today")) as upstream:

        def shown() -> None:
            with serving(_site(tmp_path), tmp_path / "state", MAP__TILES=f"{upstream.url}/{{z}}/{{x}}/{{y}}") as server:
                first = server.ask("/i/branch.png")
                assert eventually(lambda: server.counted("onopen_map_tiles_total") > 0)
                assert server.ask("/i/branch.png").etag == first.etag
                assert "ONOPEN_MAP__ATTRIBUTION is empty" in server.said()

        await asyncio.to_thread(shown)
