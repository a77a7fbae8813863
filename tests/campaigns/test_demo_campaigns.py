"""The demo campaigns, played over HTTP: who opens where, when and on what sees what the editors wrote."""

from __future__ import annotations

import pytest
import zxingcpp

from tests.campaigns.conftest import Demo, rule
from tests.support.city_files import HAMBURG, MUNICH, SOMEWHERE_IN_AMERICA, SOMEWHERE_IN_BAVARIA, VIENNA_V6
from tests.support.server import ANDROID, GMAIL, IPHONE, OUTLOOK, THUNDERBIRD

TUESDAY_NOON = "2026-11-24T12:00+01:00"
NEW_YORK = {
    "cf_ipcountry": "US",
    "cf_region_code": "NY",
    "cf_ipcity": "New York City",
    "cf_timezone": "America/New_York",
}


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24T04:59:59+01:00", "night"),
        ("2026-11-24T05:00+01:00", "morning"),
        ("2026-11-24T11:00+01:00", "noon"),
        ("2026-11-24T15:00+01:00", "afternoon"),
        ("2026-11-24T19:00+01:00", "evening"),
        ("2026-11-24T22:00+01:00", "night"),
        ("2026-11-28T10:00+01:00", "weekend"),
        ("2026-11-28T20:00+01:00", "evening"),
        ("2026-05-01T12:00+02:00", "holiday"),
        ("2026-12-25T23:00+01:00", "night"),
        ("2026-03-29T03:30+02:00", "night"),
    ],
)
async def test_the_greeting_is_that_of_the_hour(demo: Demo, moment: str, expected: str) -> None:
    demo.at(moment)
    assert await rule(demo, "greeting", cf_connecting_ip=HAMBURG, user_agent=OUTLOOK) == expected


async def test_the_hour_is_the_recipient_s_own(demo: Demo) -> None:
    demo.at(TUESDAY_NOON)
    assert await rule(demo, "greeting", cf_connecting_ip="192.88.99.1", **NEW_YORK) == "morning"
    assert await rule(demo, "greeting", cf_connecting_ip=MUNICH) == "noon"
    hidden = await rule(demo, "greeting", cf_connecting_ip="192.88.99.1", user_agent=GMAIL, **NEW_YORK)
    assert hidden == "noon"  # nothing better is known than the site's own clock


async def test_the_greeting_speaks_three_languages_and_knows_names(demo: Demo) -> None:
    demo.at(TUESDAY_NOON)
    asks = ("", "?lang=de", "?lang=en", "?lang=fr", "?lang=tlh", "?first_name=Jana", "?first_name=%7B%7Bx%7D%7D")
    pictures = [(await demo.ask(f"/i/greeting.jpg{ask}")).etag for ask in asks]
    plain, german, english, french, klingon, jana, tag = pictures
    assert plain == german == klingon == tag
    assert len({plain, english, french, jana}) == 4


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("Hamburg", "rain"),
        ("M%C3%BCnchen", "sun"),
        ("Munich", "sun"),
        ("Z%C3%BCrich", "snow"),
        ("Stuttgart", "storm"),
        ("K%C3%B6ln", "cloudy"),
        ("Frankfurt%20am%20Main", "cloudy"),
        ("Dresden", "rain"),
        ("Athen", "heat"),
        ("Atlantis", "unknown"),
    ],
)
async def test_the_weather_is_that_of_the_city_in_the_template(demo: Demo, city: str, expected: str) -> None:
    demo.at(TUESDAY_NOON)
    assert await rule(demo, f"weather?city={city}") == expected
    assert await rule(demo, f"weather?city={city}", user_agent=GMAIL) == expected


async def test_the_same_weather_in_another_language_or_city_is_another_picture(demo: Demo) -> None:
    demo.at(TUESDAY_NOON)
    asks = ("city=Hamburg", "city=Hamburg&lang=en", "city=Dresden", "city=Hamburg&r=someone")
    hamburg, english, dresden, someone = [(await demo.ask(f"/i/weather.png?{ask}")).etag for ask in asks]
    assert hamburg == someone
    assert len({hamburg, english, dresden}) == 3


@pytest.mark.parametrize(
    ("ask", "expected"), [("", "bargains"), ("?interest=home", "home"), ("?interest=cars", "bargains")]
)
async def test_the_tiles_are_what_the_reader_cares_for_else_what_is_reduced(
    demo: Demo, ask: str, expected: str
) -> None:
    demo.at(TUESDAY_NOON)
    assert await rule(demo, f"tiles{ask}") == expected
    pictures = [
        (await demo.ask(f"/i/tiles.jpg?interest={one}&lang={two}")).etag for one in ("home", "") for two in "dx"
    ]
    assert pictures[0] == pictures[1] != pictures[2] == pictures[3]


@pytest.mark.parametrize(("redeemed", "read"), [("", ["LINDNER-15-01234567"]), ("&redeemed=true", [])])
async def test_the_card_has_a_voucher_that_tills_read_until_it_is_redeemed(
    demo: Demo, redeemed: str, read: list[str]
) -> None:
    demo.at(TUESDAY_NOON)
    card = await demo.ask(f"/i/loyalty.png?points=620&card=01234567&tier=gold{redeemed}")
    assert [found.text for found in zxingcpp.read_barcodes(card.picture)] == read
    assert (await demo.ask("/i/loyalty.png?points=620&tier=gold")).etag != card.etag


async def test_a_clear_night_is_no_sunshine(demo: Demo) -> None:
    demo.at("2026-11-24T21:00+01:00")
    assert await rule(demo, "weather?city=M%C3%BCnchen") == "clear-night"


async def test_the_weather_follows_a_believable_address_only(demo: Demo) -> None:
    demo.at(TUESDAY_NOON)
    assert await rule(demo, "weather", cf_connecting_ip=HAMBURG) == "rain"
    assert await rule(demo, "weather", cf_connecting_ip=MUNICH) == "sun"
    assert await rule(demo, "weather", cf_connecting_ip=HAMBURG, user_agent=GMAIL) == "unknown"
    assert await rule(demo, "weather", cf_connecting_ip=SOMEWHERE_IN_BAVARIA) == "unknown"
    assert await rule(demo, "weather", cf_connecting_ip=SOMEWHERE_IN_AMERICA) == "unknown"


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (IPHONE, "ios"),
        (ANDROID, "android"),
        (OUTLOOK, "otherwise"),
        (THUNDERBIRD, "otherwise"),
        (GMAIL, "otherwise"),
        ("Mozilla/5.0", "otherwise"),
        ("", "otherwise"),
    ],
)
async def test_the_app_is_that_of_the_device(demo: Demo, agent: str, expected: str) -> None:
    demo.at(TUESDAY_NOON)
    assert await rule(demo, "applink", user_agent=agent) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (MUNICH, "bavaria"),
        (HAMBURG, "coast"),
        (SOMEWHERE_IN_BAVARIA, "bavaria"),
        (VIENNA_V6, "alpine-neighbours"),
    ],
)
async def test_the_region_is_as_coarse_as_what_is_known(demo: Demo, address: str, expected: str) -> None:
    demo.at(TUESDAY_NOON)
    assert await rule(demo, "region", cf_connecting_ip=address, user_agent=OUTLOOK) == expected
    assert await rule(demo, "region", cf_connecting_ip=address, user_agent=GMAIL) == "unknown"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"cf_ipcountry": "DE", "cf_region_code": "BE"}, "berlin"),
        ({"cf_ipcountry": "DE", "cf_region_code": "NW"}, "rhine"),
        ({"cf_ipcountry": "DE", "cf_region_code": "BW"}, "southwest"),
        ({"cf_ipcountry": "DE"}, "germany"),
        ({"cf_ipcountry": "CH", "cf_region_code": "ZH"}, "alpine-neighbours"),
        ({"cf_ipcountry": "XX"}, "unknown"),
    ],
)
async def test_what_the_cdn_says_of_the_place_is_heard(demo: Demo, said: dict[str, str], expected: str) -> None:
    demo.at(TUESDAY_NOON)
    assert await rule(demo, "region", cf_connecting_ip="192.88.99.1", **said) == expected


async def test_the_postal_code_or_city_in_the_template_wins(demo: Demo) -> None:
    demo.at(TUESDAY_NOON)
    assert await rule(demo, "region?city=Berlin", cf_connecting_ip=MUNICH) == "berlin"
    assert await rule(demo, "region?city=Stuttgart&country=DE", user_agent=GMAIL) == "southwest"
    assert await rule(demo, "region?country=AT", user_agent=GMAIL) == "alpine-neighbours"


async def test_elsewhere_everybody_gets_what_is_true_everywhere(demo: Demo) -> None:
    demo.at(TUESDAY_NOON)
    for headers in (
        {"cf_connecting_ip": SOMEWHERE_IN_AMERICA},
        {"cf_connecting_ip": "192.88.99.1", "cf_ipcountry": "FR"},
    ):
        assert await rule(demo, "region", **headers) in {"otherwise", "unknown"}
