"""Consent acts at the next open of any mail ever sent; what a profile says of a place counts where it is permitted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.support.city_files import MUNICH
from tests.support.server import eventually
from tests.support.shop import Shop, open_shop, store_of
from tests.support.sites import BLUE, GREEN, NEUTRAL, PLACE, PLACEHOLDER, SITE, YELLOW

NUMBERS = count(1)
CARD = f"""\
placeholder: card
rules: [{{name: gold, when: {{recipient.tier: gold, geo.city: {{known: true}}}}, show: {{ground: "{GREEN}"}}}}]
otherwise: {{show: {{ground: "{BLUE}"}}}}
unknown: {{show: {{ground: "{YELLOW}"}}}}
"""


def site(folder: Path, location: str) -> Path:
    files = {
        "rules/site.yaml": f"{SITE}recipients: {{trust_plain_ids: true}}\n".replace(
            "location: not_needed", f"location: {location}"
        ),
        "rules/recipients.yaml": "attributes: {tier: {purpose: none}, city: {purpose: none}}\n",
        "rules/place.yaml": PLACE,
        "rules/card.yaml": CARD,
        **{f"placeholders/{name}.yaml": PLACEHOLDER for name in ("place", "card", "plain")},
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module", params=["sqlite", "redis"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with store_of(request.param, tmp_path_factory) as settings:
        yield settings


@pytest.fixture(scope="module", params=["asked", "given", "not_needed"])
def need(request: pytest.FixtureRequest) -> str:
    """The consent that places need."""
    return str(request.param)


@pytest.fixture(scope="module")
def shop(need: str, store: dict[str, str], city_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder, state = site(tmp_path_factory.mktemp("site"), need), tmp_path_factory.mktemp("state")
    behind = {"EDGE__TRUSTED_PROXIES": "127.0.0.1", "GEO__CITY_FILE": str(city_file)}
    with open_shop(folder, state, **behind, **store) as opened:
        yield opened


@pytest.fixture
def somebody() -> str:
    return f"{next(NUMBERS):08x}" + "f0e1d2c3" * 3


def shown(shop: Shop, recipient: str, placeholder: str = "place") -> str:
    """What somebody in Munich sees in a mail that was sent long ago."""
    return shop.server.ask(f"/i/{placeholder}.png?m=old&r={recipient}", x_forwarded_for=MUNICH).ground


def clicked(shop: Shop, recipient: str) -> str:
    return shop.server.ask(f"/l/place?m=old&r={recipient}").headers["location"]


def test_consent_withdrawn_between_two_opens_changes_the_second_picture(shop: Shop, need: str, somebody: str) -> None:
    assert shown(shop, somebody) == (YELLOW if need == "asked" else BLUE)
    shop.tell(somebody, consent={"location": True})
    assert shown(shop, somebody) == BLUE
    shop.tell(somebody, consent={"location": False})
    assert shown(shop, somebody) == YELLOW
    assert eventually(lambda: clicked(shop, somebody).startswith("https://shop.example/wo")), "once it is written down"
    shop.tell(somebody, consent={"location": True})
    assert shown(shop, somebody) == BLUE


def test_an_objection_counts_for_an_id_that_is_not_believed(shop: Shop) -> None:
    shop.tell("4711", consent={"location": True}, attributes={"city": "Hamburg"})
    assert shown(shop, "4711") == BLUE
    shop.tell("4711", consent={"location": False})
    assert shown(shop, "4711") == YELLOW


@pytest.mark.parametrize("said", ["{}%20", "+{}", "%C2%A0{}", "{}%E3%80%80"])
def test_a_blank_around_an_id_makes_nobody_else_of_its_recipient(shop: Shop, somebody: str, said: str) -> None:
    shop.tell(somebody, consent={"location": False})
    assert shown(shop, said.format(somebody)) == YELLOW
    assert eventually(lambda: clicked(shop, somebody).startswith("https://shop.example/wo")), "it is kept under theirs"


def test_without_a_recipient_the_site_s_word_counts(shop: Shop, need: str) -> None:
    assert shown(shop, "") == (YELLOW if need == "asked" else BLUE)


def test_a_profile_tells_the_place_before_the_address(shop: Shop, somebody: str) -> None:
    shop.tell(somebody, attributes={"city": "Hamburg", "tier": "gold"}, consent={"location": True})
    assert shown(shop, somebody) == GREEN
    assert shown(shop, somebody, "card") == GREEN
    shop.tell(somebody, consent={"location": False})
    assert shown(shop, somebody) == YELLOW
    assert shown(shop, somebody, "card") == BLUE


def test_a_place_in_which_recipients_have_a_say_is_kept_by_no_cache(shop: Shop, somebody: str) -> None:
    answer = shop.open("place", somebody)
    assert answer.headers["cdn-cache-control"] == "no-store"
    assert answer.headers["cache-control"].startswith("private")
    assert shown(shop, somebody, "plain") == NEUTRAL
    assert "max-age" in shop.open("plain", somebody).headers["cdn-cache-control"]


def test_a_silent_store_leaves_the_place_unknown_for_a_moment(tmp_path: Path, city_file: Path, somebody: str) -> None:
    behind = {"EDGE__TRUSTED_PROXIES": "127.0.0.1", "GEO__CITY_FILE": str(city_file)}
    with open_shop(site(tmp_path / "s", "given"), tmp_path, STORE="redis://127.0.0.1:1/0", **behind) as shop:
        for _ in range(3):
            answer = shop.server.ask(f"/i/place.png?r={somebody}", x_forwarded_for=MUNICH)
            assert (answer.ground, answer.rung) == (YELLOW, "unknown")
        assert shown(shop, "") == BLUE
