"""Every sending platform's snippet, as the recipient's mail client sends it back: filled in, and left unrendered."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest

from app.authoring.compiled import CompiledSite
from app.environment import load
from app.platforms import Platform, platforms
from app.workshop.embedding import html_snippet
from app.workshop.workshop import Workshop
from tests.campaigns.conftest import Demo
from tests.support.sites import ROOT

PRESETS = [platform for platform in platforms().values() if platform.has_preset]
NAME = "Jürgen & Söhne"


class OneCheck(Workshop):
    """A workshop that checks its site once."""

    _site: CompiledSite | None = None

    def site(self) -> CompiledSite:
        self._site = self._site or super().site()
        return self._site


@pytest.fixture(scope="module")
def bench() -> Workshop:
    """The workshop for the demo site."""
    return OneCheck(ROOT, load()[0])


def addresses(bench: Workshop, platform: Platform) -> tuple[str, str]:
    """Picture and link of the snippet, as a mail client reads them."""
    html = html_snippet(
        bench, "greeting", campaign="", platform=platform.id, base="https://mail.example", values={}, language="de",
        recipient="", mailing="",
    )  # fmt: skip
    picture = re.search(r"src=(['\"])(.*?)\1", html)
    link = re.search(r"href=(['\"])(.*?)\1", html)
    assert picture
    assert link
    return as_sent(unescape(picture[2])), as_sent(unescape(link[2]))


def as_sent(url: str) -> str:
    """Path and query as clients send them: what the URL standard encodes, and nothing behind a `#`."""
    sent = url.removeprefix("https://mail.example").partition("#")[0]
    return re.sub(r"[ \"<>']|[^\x21-\x7e]", lambda sign: quote(sign[0], safe=""), sent)


async def test_an_unrendered_tag_is_nobody_s_name(demo: Demo, bench: Workshop) -> None:
    plain = (await demo.ask("/i/greeting.jpg?lang=de")).etag
    for platform in PRESETS:
        picture, link = addresses(bench, platform)
        answer = await demo.ask(picture)
        assert (answer.status, answer.rung, answer.etag) == (200, "live", plain), platform.id
        assert (await demo.ask(link)).status == 302
    assert "onopen_unrendered_tags_total" in demo.counted()


async def test_a_rendered_tag_is_read_as_it_was_meant(demo: Demo, bench: Workshop) -> None:
    wanted = (await demo.ask(f"/i/greeting.jpg?lang=de&first_name={quote(NAME)}")).etag
    assert wanted != (await demo.ask("/i/greeting.jpg?lang=de")).etag
    for platform in PRESETS:
        picture, _ = addresses(bench, platform)
        if "first_name=" not in picture:
            continue
        filled = re.sub(r"first_name=(?:(?!&amp;|&[rm]=).)*", lambda _: f"first_name={quote(NAME)}", picture)
        answer = await demo.ask(filled)
        assert (answer.rung, answer.etag) == ("live", wanted), platform.id
