"""The page that `make run` shows: every picture it names is there, every link goes where it says."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.support.server import Inside, inside, standing
from tests.support.sites import ROOT

FORMATS = {"blackweekend": "gif", "welcome48": "gif"} | dict.fromkeys(
    ("anniversary", "languages", "loyalty", "onboarding", "retarget"), "png"
)
PLACEHOLDERS = tuple(sorted(file.stem for file in (ROOT / "placeholders").glob("*.yaml")))


class Page(HTMLParser):
    """What is on it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.images: list[dict[str, str | None]] = []
        self.links: list[str] = []
        self.inputs: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "img":
            self.images.append(found)
        elif tag == "a":
            self.links.append(found["href"] or "")
        elif tag == "input":
            self.inputs.append(found["value"] or "")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inside]:
    """The demo site with its page."""
    with standing(ROOT, tmp_path_factory.mktemp("state"), time.time, demo=True) as server:
        yield server


async def page_of(server: Inside) -> tuple[Page, str]:
    answer = await server.ask("/", host="mail.example:8000")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["cache-control"] == "no-store"
    html = answer.body.decode()
    return Page(html), html


async def test_every_picture_on_the_page_is_there(demo: Inside) -> None:
    page, _ = await page_of(demo)
    assert len(page.images) == 3 * len(PLACEHOLDERS)
    for image in page.images:
        assert image["alt"]
        answer = await demo.ask(image["src"] or "")
        shown = tuple(2 * int(image[side] or 0) for side in ("width", "height"))
        assert (answer.status, answer.picture.size) == (200, shown)


async def test_every_placeholder_is_shown_with_its_links_and_urls(demo: Inside) -> None:
    page, html = await page_of(demo)
    for name in PLACEHOLDERS:
        picture, link = (
            f"http://mail.example:8000/i/{name}.{FORMATS.get(name, 'jpg')}",
            f"http://mail.example:8000/l/{name}",
        )
        assert any(url.startswith(picture) for url in page.inputs)
        assert any(url.startswith(link) for url in page.inputs)
    assert len(page.links) >= 12
    for link in page.links:
        assert link.startswith("https://")
    for url in page.inputs:
        answer = await demo.ask(url.removeprefix("http://mail.example:8000"))
        assert answer.status in {200, 302}
    assert "weather.condition = rain" in unescape(html)
    assert re.search(r"rule <code>coast</code>", html)


async def test_through_gmail_the_place_is_not_believed(demo: Inside) -> None:
    seen = {key: (await demo.ask(f"/preview/{key}/region.png")).body for key in ("hamburg", "munich", "gmail")}
    assert len(set(seen.values())) == 3


@pytest.mark.parametrize("target", ["/preview/nobody/region.png", "/preview/hamburg/nobody.png", "/preview/hamburg/"])
async def test_what_the_page_does_not_show_is_not_found(demo: Inside, target: str) -> None:
    assert (await demo.ask(target)).status == 404


async def test_the_page_is_off_unless_it_is_asked_for(tmp_path: Path) -> None:
    async with inside(ROOT, tmp_path) as server:
        assert (await server.ask("/")).status == 404
        assert (await server.ask("/preview/hamburg/region.png")).status == 404
