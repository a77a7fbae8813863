"""The page for recipients tells what their mail showed, whatever has changed since, and nobody else's."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from app.engine.withdrawals import Withdrawal
from tests.support.server import THUNDERBIRD, eventually
from tests.support.shop import Shop, open_shop
from tests.support.sites import PLACEHOLDER, SITE
from tests.web.test_clicks import GONE, PHONE, PREFETCH, SOMEBODY, Shop as Skies, opened
from tests.web.test_faults_inside import desk_of
from tests.web.test_why import Page, press

NUMBERS = count(1)
OTHER = "fedcba9876543210" * 2
MEASURED = SITE.replace("aggregate", "individual") + "recipients: {trust_plain_ids: true}\n"
RULES = """\
placeholder: sky
rules:
  - name: white
    when: {weather.condition: snow}
    show: {words: Schlitten für alle, ground: "#ffffff"}
    link: https://shop.example/sledges
    alt: Es schneit
  - name: sunny
    when: {weather.condition: clear}
    show: {words: Sonnencreme}
    link: https://shop.example/sunscreen
otherwise: {link: https://shop.example/}
"""
CARD = PLACEHOLDER + '  - text: {text: "Nur für Sie", box: [0, 0, 60, 10], size: 8}\n'
TIERS = """\
placeholder: place
rules:
  - {name: gold, when: {recipient.tier: gold}, show: {words: Goldene Zeiten}, alt: Gold}
  - {name: often, when: {open.count: {above: 100}}, show: {words: Oft}}
  - {name: early, when: {open.first_at: {older_than: 1h}}, show: {words: Zuerst}}
otherwise: {show: {words: Für alle}}
"""


def sites(folder: Path, **changed: str) -> Path:
    files = {"rules/site.yaml": MEASURED, "rules/sky.yaml": RULES, "placeholders/sky.yaml": CARD, **changed}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


async def page(shop: Skies, query: str = f"m=newyear&r={SOMEBODY}") -> Page:
    answer = await shop.server.ask(f"/why/sky?city=Hamburg&{query}", user_agent=THUNDERBIRD)
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    return Page(answer.body.decode())


async def test_what_was_shown_in_snow_is_told_when_the_sky_is_clear_again(tmp_path: Path) -> None:
    async with opened(sites(tmp_path / "site"), tmp_path / "state") as shop:
        shop.turn("snow", 0)
        await shop.open(agent=THUNDERBIRD)
        shop.turn("clear")
        text = (await page(shop)).text
        assert "Was das Bild in Ihrer Mail gezeigt hat Zuletzt gezeigt am 18. November 2026, 12:06." in text
        assert "Es schneit Schlitten für alle Nur für Sie" in text
        assert "den Ausschlag gegeben: Wetter am Ort Schnee" in text
        assert "stünde da: Eine Fläche Sonnencreme Nur für Sie" in text
        assert await _led(shop) == "sledges"
        shop.turn("snow")
        assert "Sonnencreme" not in (await page(shop)).text


@pytest.mark.parametrize(
    "query", [f"m=other&r={SOMEBODY}", f"m=newyear&r={OTHER}", f"m=newyear&r={SOMEBODY}&name=Anna", "m=newyear", ""]
)
async def test_another_mail_is_told_as_it_is_now(tmp_path: Path, query: str) -> None:
    async with opened(sites(tmp_path / "site"), tmp_path / "state") as shop:
        shop.turn("snow", 0)
        await shop.open(agent=THUNDERBIRD)
        shop.turn("clear")
        text = (await page(shop, query)).text
        assert "Was das Bild gerade zeigt Eine Fläche Sonnencreme" in text
        assert "Schlitten" not in text
        assert "weiß diese Seite nicht" in text


@pytest.mark.parametrize(("measurement", "trusts"), [("aggregate", "true"), ("individual", "false")])
async def test_a_receipt_without_a_name_is_not_told(tmp_path: Path, measurement: str, trusts: str) -> None:
    site = SITE.replace("aggregate", measurement) + f"recipients: {{trust_plain_ids: {trusts}}}\n"
    async with opened(sites(tmp_path / "site", **{"rules/site.yaml": site}), tmp_path / "state") as shop:
        shop.turn("snow", 0)
        await shop.open(agent=THUNDERBIRD)
        shop.turn("clear")
        assert "Schlitten" not in (await page(shop)).text


async def test_who_does_not_want_to_be_measured_is_told_nothing_that_was(tmp_path: Path) -> None:
    async with opened(sites(tmp_path / "site"), tmp_path / "state") as shop:
        shop.turn("snow", 0)
        await shop.open(agent=THUNDERBIRD)
        shop.turn("clear")
        await shop.tell(measurement=False)
        text = (await page(shop)).text
        assert "Schlitten" not in text
        assert "weiß diese Seite nicht" in text


@pytest.mark.parametrize(
    ("agent", "said"), [(PHONE, "Ihr Maildienst hat es zuletzt am"), (PREFETCH, "ehe Sie hinsahen")]
)
async def test_what_nobody_is_known_to_have_looked_at_was_fetched(tmp_path: Path, agent: str, said: str) -> None:
    async with opened(sites(tmp_path / "site"), tmp_path / "state") as shop:
        await shop.open(agent=agent)
        assert said in (await page(shop)).text


async def test_of_rules_that_have_changed_only_what_the_receipt_holds_is_told(tmp_path: Path) -> None:
    """Its fields, as far as the design has them, and what was looked at; not what was decisive."""
    async with opened(sites(tmp_path / "site"), tmp_path / "state") as shop:
        shop.turn("snow", 0)
        await shop.open(agent=THUNDERBIRD)
        shop.edit(RULES.replace("weather.condition: snow", "weather.condition: hail"), MEASURED)
        text = (await page(shop)).text
        assert "12:06. Schlitten für alle Der Absender hat das Bild seither geändert." in text
        assert "Es schneit" not in text.partition("stünde da")[0]
        assert "wonach er auswählt" in text
        assert "Geprüft wurde: Wetter am Ort Schnee" in text
        (shop.folder / "placeholders/sky.yaml").write_text(CARD.replace("words", "said"), "utf-8")
        shop.edit(
            RULES.replace("words", "said")
            .replace("weather.condition", "time.daypart")
            .replace("snow", "night")
            .replace("clear", "noon"),
            MEASURED,
        )
        text = (await page(shop)).text
        assert "12:06. Der Absender hat das Bild seither geändert. Was es gesagt hat, ist nicht mehr bekannt." in text
        assert "Schlitten" not in text


@pytest.mark.parametrize(("more", "after"), [("", "sunscreen"), (GONE, "next")])
async def test_the_link_is_where_a_click_goes(tmp_path: Path, more: str, after: str) -> None:
    async with opened(sites(tmp_path / "site", **{"placeholders/sky.yaml": CARD + more}), tmp_path / "state") as shop:
        shop.turn("snow", 0)
        await shop.open(agent=THUNDERBIRD)
        shop.turn("clear")
        assert await _led(shop) == "sledges"
        desk = desk_of(shop.server)
        desk.serving = desk.serving.withdrawing({Withdrawal.of("sky/white")})
        assert await _led(shop) == after
        assert "Schlitten für alle Der Absender hat das Bild seither geändert." in (await page(shop)).text


async def _led(shop: Skies) -> str:
    href = (await page(shop)).all("a")[0]["href"]
    return href.removeprefix("https://shop.example/").partition("?")[0]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = sites(
        tmp_path_factory.mktemp("site"),
        **{
            "rules/recipients.yaml": "attributes: {tier: {purpose: none, label: {de: Stufe der Karte}}}\n",
            "rules/sky.yaml": TIERS,
            "placeholders/place.yaml": CARD,
        },
    )
    (folder / "placeholders/sky.yaml").unlink()
    with open_shop(folder, tmp_path_factory.mktemp("state")) as made:
        yield made


@pytest.fixture
def somebody() -> str:
    """An id that nobody guesses, of somebody never heard of."""
    return f"{next(NUMBERS):08x}" + "0fe1d2c3" * 3


def read(shop: Shop, recipient: str) -> str:
    answer = shop.server.ask(f"/why/place?m=old&r={recipient}", user_agent=THUNDERBIRD)
    assert answer.status == 200
    return Page(answer.body.decode()).text


def shows(shop: Shop, recipient: str, words: str) -> Callable[[], bool]:
    """Receipts are written behind the picture."""
    return lambda: words in read(shop, recipient)


def test_a_mail_is_told_as_it_was_until_its_recipient_says_no(shop: Shop, somebody: str) -> None:
    shop.tell(somebody, attributes={"tier": "gold"})
    shop.server.ask(f"/i/place.png?m=old&r={somebody}", user_agent=THUNDERBIRD)
    eventually(shows(shop, somebody, "Zuletzt gezeigt"))
    shop.tell(somebody, attributes={"tier": "silver"})
    text = read(shop, somebody)
    assert "Gold Goldene Zeiten Nur für Sie" in text
    assert "Der Absender weiß von Ihnen: Stufe der Karte gold" in text
    assert "stünde da: Eine Fläche Für alle" in text
    assert "Golden" not in read(shop, "0" + somebody[1:] + "0")
    assert "Golden" not in read(shop, "4711")
    assert press(shop, somebody, "measurement").status_code == 303
    assert "Was das Bild gerade zeigt Eine Fläche Für alle" in read(shop, somebody)


def test_a_mail_that_nobody_opened_is_told_so(shop: Shop, somebody: str) -> None:
    for _ in range(2):
        text = read(shop, somebody)
        assert "Wie oft Sie diese Mail schon geöffnet haben 0 " in text
        assert "Wann Sie diese Mail zuerst geöffnet haben noch nicht, soweit bekannt" in text
    shop.server.ask(f"/i/place.png?m=old&r={somebody}", user_agent=THUNDERBIRD)
    eventually(shows(shop, somebody, "Zuletzt gezeigt"))
    assert f"zuerst geöffnet haben {_today()}" in read(shop, somebody)


def _today() -> str:
    return f"{time.localtime().tm_mday}. "
