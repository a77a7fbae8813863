"""What a token does for an open: it vouches, or the picture is a stranger's."""

from __future__ import annotations

import random
import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from app.keyring import Key, Keyring
from app.stores.store import Store
from app.tokens import CARRIED, DETACHED, TEST, Token, Tokens
from tests.support.server import Answer, Inside, inside
from tests.support.sites import BLUE, GREEN, PLACEHOLDER, RED, SITE, YELLOW

NOW, UNTIL = 1_795_708_800.0, 1_795_708_900
SECRET, BEFORE = "n" * 32, "o" * 32
MEMBER, STRANGER, NOBODY = "17", "18", "19"
"""Ids that anybody could guess: one of somebody with a tier, one of somebody without, one never heard of."""

FILES = {
    "rules/site.yaml": SITE,
    "rules/recipients.yaml": "attributes: {tier: {purpose: none}}\n",
    "placeholders/mine.yaml": PLACEHOLDER,
    "placeholders/plain.yaml": PLACEHOLDER,
    "placeholders/bare.yaml": PLACEHOLDER,
    "rules/bare.yaml": "placeholder: bare\notherwise: {show: nothing}\n",
    "rules/mine.yaml": f"""\
placeholder: mine
rules:
  - {{name: gold, when: {{recipient.tier: gold}}, show: {{ground: "{YELLOW}"}}, link: https://shop.example/gold}}
  - {{name: named, when: {{param.name: {{empty: false}}}}, show: {{ground: "{GREEN}"}}}}
otherwise: {{show: {{ground: "{BLUE}"}}}}
unknown: {{show: {{ground: "{RED}"}}}}
""",
}


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Inside]:
    """A site that believes no plain ids, at an instant that stands still."""
    for path, text in FILES.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(text, "utf-8")
    secrets = {"secret_key": SECRET, "previous_secret_key": BEFORE}
    async with inside(tmp_path / "site", tmp_path / "state", now=NOW, **secrets) as made:
        store = made.world.store
        assert isinstance(store, Store)
        await store.tell(MEMBER, {"tier": "gold"}, {})
        await store.tell(STRANGER, {}, {"behaviour": True})
        yield made


def token(recipient: str, *, until: int = UNTIL, secret: str = SECRET, form: str = CARRIED, **values: str) -> str:
    named = {"m": "newyear", "r": recipient, **values}
    return Tokens(Keyring((Key.of(secret),))).made(Token(named, until, form))


async def opened(shop: Inside, placeholder: str = "mine", **query: str) -> Answer:
    return await shop.ask(f"/i/{placeholder}.png?{urlencode(query)}")


async def test_attributes_are_read_through_a_valid_token_only(shop: Inside) -> None:
    assert (await opened(shop, m="newyear", r=MEMBER)).ground == RED
    assert (await opened(shop, t=token(MEMBER))).ground == YELLOW
    assert (await opened(shop, t=token(MEMBER, secret=BEFORE))).ground == YELLOW
    detached = token(MEMBER, form=DETACHED)
    assert (await opened(shop, m="newyear", r=MEMBER, t=detached)).ground == YELLOW
    clicked = await shop.ask(f"/l/mine?t={token(MEMBER)}")
    assert clicked.headers["location"].startswith("https://shop.example/gold")


@pytest.mark.parametrize("outcome", ["expired", "forged", "malformed"])
async def test_a_token_that_is_no_good_shows_what_a_stranger_sees(shop: Inside, outcome: str) -> None:
    text = {"expired": token(MEMBER, until=int(NOW)), "forged": token(MEMBER, secret="x" * 32), "malformed": "1c.x"}
    answer = await opened(shop, m="newyear", r=MEMBER, name="Ada", t=text[outcome])
    impersonal = await shop.ask("/i/mine.png")
    assert (answer.status, answer.etag, answer.headers) == (200, impersonal.etag, impersonal.headers)
    assert f'onopen_tokens_total{{outcome="{outcome}"}} 1.0' in shop.counted()


async def test_what_a_token_carries_wins_over_what_stands_beside_it(shop: Inside) -> None:
    carried = token(STRANGER, name="call 0800 123456")
    assert (await opened(shop, t=carried)).ground == GREEN
    assert (await opened(shop, t=carried, r=MEMBER, name="")).ground == GREEN
    detached = token(STRANGER, form=DETACHED)
    beside = {"m": "newyear", "r": STRANGER, "t": detached}
    assert (await opened(shop, **beside, name="Ada")).ground == GREEN
    assert (await opened(shop, **beside, name="call 0800 123456")).ground == BLUE


async def test_a_token_that_names_nobody_vouches_for_nobody(shop: Inside) -> None:
    nobody = Tokens(Keyring((Key.of(SECRET),))).made(Token({"lang": "en"}, UNTIL))
    assert (await opened(shop, t=nobody, m="newyear", r=MEMBER)).ground == RED


async def test_what_a_token_vouches_for_is_kept_by_no_cache(shop: Inside) -> None:
    assert "max-age" in (await opened(shop, "plain")).headers["cdn-cache-control"]
    assert (await opened(shop, "plain", t=token(MEMBER))).headers["cdn-cache-control"] == "no-store"


async def test_who_is_known_cannot_be_told_from_who_is_not(shop: Inside) -> None:
    """Known, known but empty, never heard of: who is not believed is not looked up, so nothing can differ."""
    forged = {recipient: token(recipient, secret="x" * 32) for recipient in (MEMBER, STRANGER, NOBODY)}
    answers = [await opened(shop, m="newyear", r=recipient) for recipient in forged]
    answers += [await opened(shop, m="newyear", r=recipient, t=text) for recipient, text in forged.items()]
    assert len({(answer.body, *answer.headers.items()) for answer in answers}) == 1


@pytest.mark.parametrize("form", [CARRIED, DETACHED])
async def test_a_mutant_of_a_url_shows_the_same_or_what_a_stranger_sees(shop: Inside, form: str) -> None:
    beside = {"m": "newyear", "r": MEMBER} if form == DETACHED else {}
    query = urlencode({**beside, "t": token(MEMBER, form=form)})
    meant, impersonal = await shop.ask(f"/i/mine.png?{query}"), await shop.ask("/i/mine.png")
    chance = random.Random(7)
    for _ in range(1_000):
        place = chance.randrange(len(query))
        mutant = query[:place] + chr(chance.randrange(128)) + query[place + 1 :]
        assert (await shop.ask(f"/i/mine.png?{mutant}")).etag in (meant.etag, impersonal.etag), mutant


@pytest.mark.parametrize("placeholder", ["mine", "bare"])
@pytest.mark.parametrize("format", ["png", "jpg", "gif"])
async def test_a_test_send_shows_what_is_decided_and_counts_for_nothing(
    shop: Inside, placeholder: str, format: str
) -> None:
    proof = await shop.ask(f"/i/{placeholder}.{format}?t={token(MEMBER, form=TEST)}")
    assert (proof.status, proof.rung, proof.headers["cache-control"]) == (200, "live", "private, no-cache, max-age=0")
    clicked = await shop.ask(f"/l/{placeholder}?t={token(MEMBER, form=TEST)}")
    assert clicked.status == 302
    assert "{" not in "".join(
        line for line in shop.counted().splitlines() if re.match("onopen_(opens|clicks|tok)", line)
    )
    seen = await shop.ask(f"/i/{placeholder}.{format}?t={token(MEMBER)}")
    assert (proof.ground, proof.picture.size) == (seen.ground, seen.picture.size)
    foot = (0, 44, *seen.picture.size)
    assert proof.picture.convert("RGB").crop(foot).getextrema() != seen.picture.convert("RGB").crop(foot).getextrema()
    again = await shop.ask(f"/i/{placeholder}.{format}?t={token(MEMBER, form=TEST)}", if_none_match=proof.etag)
    assert again.status == 304
