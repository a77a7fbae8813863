"""Where a mail is opened: addresses through trusted proxies only, a real City file, and who may not be believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.city_files import (
    HAMBURG,
    HAMBURG_RECORD,
    MUNICH,
    MUNICH_RECORD,
    SOMEWHERE_IN_BAVARIA,
    write_city_file,
)
from tests.support.server import GMAIL, OUTLOOK, Running, eventually, inside, serving
from tests.support.sites import BLUE, GREEN, NEUTRAL, TEAL, YELLOW

APPLE = "Mozilla/5.0"
YAHOO = "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html"


def test_munich_and_hamburg_see_different_pictures_and_go_to_different_pages(running: Running) -> None:
    munich = running.ask("/i/place.png", x_forwarded_for=MUNICH, user_agent=OUTLOOK)
    hamburg = running.ask("/i/place.png", x_forwarded_for=HAMBURG, user_agent=OUTLOOK)
    assert (munich.ground, hamburg.ground) == (BLUE, GREEN)
    assert munich.etag != hamburg.etag
    assert "/isar" in running.ask("/l/place", x_forwarded_for=MUNICH).headers["location"]
    assert "/elbe" in running.ask("/l/place", x_forwarded_for=HAMBURG).headers["location"]


@pytest.mark.parametrize("proxy", [GMAIL, YAHOO, APPLE])
def test_the_same_address_behind_a_mail_proxy_is_no_place(running: Running, proxy: str) -> None:
    answer = running.ask("/i/place.png", x_forwarded_for=HAMBURG, user_agent=proxy)
    assert (answer.ground, answer.rung) == (YELLOW, "live")


def test_a_coarse_address_is_a_region_and_no_city(running: Running) -> None:
    assert running.ask("/i/place.png", x_forwarded_for=SOMEWHERE_IN_BAVARIA).ground == TEAL


def test_the_rightmost_address_that_is_no_proxy_of_ours_counts(running: Running) -> None:
    forged = f"{MUNICH}, {HAMBURG}"
    assert running.ask("/i/place.png", x_forwarded_for=forged).ground == GREEN
    assert running.ask("/i/place.png", x_forwarded_for=f"{forged}, 127.0.0.1").ground == GREEN
    lines = [("x-forwarded-for", MUNICH), ("x-forwarded-for", HAMBURG)]
    assert running.ask_with(lines, "/i/place.png").ground == GREEN


@pytest.mark.parametrize("header", ["x_real_ip", "forwarded", "true_client_ip", "cf_connecting_ip", "x_client_ip"])
def test_headers_of_other_dialects_are_not_heard(running: Running, header: str) -> None:
    value = f"for={HAMBURG}" if header == "forwarded" else HAMBURG
    assert running.ask("/i/place.png", **{header: value}).ground in {YELLOW, NEUTRAL}


def test_what_the_template_says_of_the_place_wins_even_behind_a_proxy(running: Running) -> None:
    assert running.ask("/i/place.png?city=M%C3%BCnchen", user_agent=GMAIL).ground == BLUE
    assert running.ask("/i/place.png?city=Munich", x_forwarded_for=HAMBURG).ground == BLUE


def test_the_weather_is_that_of_the_place(running: Running) -> None:
    assert running.ask("/i/sky.png", x_forwarded_for=HAMBURG).ground == BLUE
    assert running.ask("/i/sky.png", x_forwarded_for=MUNICH).ground == YELLOW
    assert running.ask("/i/sky.png", x_forwarded_for=HAMBURG, user_agent=GMAIL).ground == NEUTRAL


async def test_without_trusted_peers_nobody_speaks_for_a_client(
    probe_site: Path, city_file: Path, tmp_path: Path
) -> None:
    async with inside(probe_site, tmp_path, geo={"city_file": city_file}) as server:
        assert (await server.ask("/i/place.png", peer=MUNICH, x_forwarded_for=HAMBURG)).ground == BLUE
        assert (await server.ask("/i/place.png", peer="127.0.0.1", x_forwarded_for=HAMBURG)).ground == YELLOW


async def test_only_the_named_peers_are_believed(probe_site: Path, city_file: Path, tmp_path: Path) -> None:
    edge = {"trusted_proxies": "10.0.0.0/8, 2001:db8::/32"}
    async with inside(probe_site, tmp_path, geo={"city_file": city_file}, edge=edge) as server:
        for peer in ("10.1.2.3", "2001:db8::7", "::ffff:10.1.2.3"):
            assert (await server.ask("/i/place.png", peer=peer, x_forwarded_for=HAMBURG)).ground == GREEN
        assert (await server.ask("/i/place.png", peer=MUNICH, x_forwarded_for=HAMBURG)).ground == BLUE


async def test_cloudflare_is_heard_if_it_is_spoken_and_trusted(
    probe_site: Path, city_file: Path, tmp_path: Path
) -> None:
    edge = {"trusted_proxies": "173.245.48.0/20", "dialect": "cloudflare"}
    said = {
        "cf_ipcountry": "DE",
        "cf_region_code": "BY",
        "cf_ipcity": "M\xfcnchen",
        "cf_iplatitude": "48.13",
        "cf_iplongitude": "11.57",
    }
    async with inside(probe_site, tmp_path, geo={"city_file": city_file}, edge=edge) as server:
        trusted, stranger = "173.245.48.9", "198.51.101.9"
        assert (await server.ask("/i/place.png", peer=trusted, cf_connecting_ip=HAMBURG)).ground == GREEN
        assert (await server.ask("/i/place.png", peer=trusted, cf_connecting_ip="192.88.99.1", **said)).ground == BLUE
        assert (await server.ask("/i/place.png", peer=stranger, **said)).ground in {NEUTRAL, YELLOW}
        hidden = await server.ask(
            "/i/place.png", peer=trusted, cf_connecting_ip="192.88.99.1", user_agent=GMAIL, **said
        )
        assert hidden.ground == YELLOW


async def test_a_cdn_that_says_nothing_sensible_changes_nothing(probe_site: Path, tmp_path: Path) -> None:
    edge = {"trusted_proxies": "173.245.48.0/20", "dialect": "cloudflare"}
    async with inside(probe_site, tmp_path, edge=edge) as server:
        for said in (
            {"cf_ipcountry": "XX"},
            {"cf_ipcountry": "T1"},
            {"cf_ipcity": "\xff" * 300},
            {"cf_iplatitude": "x"},
        ):
            answer = await server.ask("/i/place.png", peer="173.245.48.9", **said)
            assert (answer.status, answer.ground) == (200, YELLOW)


def test_a_city_file_is_exchanged_while_it_is_used(probe_site: Path, tmp_path: Path) -> None:
    file = write_city_file(tmp_path / "city.mmdb")
    settings = {"EDGE__TRUSTED_PROXIES": "127.0.0.1", "GEO__CITY_FILE": str(file), "RELOAD_S": "0.1"}
    with serving(probe_site, tmp_path / "state", **settings) as server:

        def seen() -> str:
            return server.ask("/i/place.png", x_forwarded_for=HAMBURG).ground

        assert seen() == GREEN
        write_city_file(file, {"198.51.100.0/24": MUNICH_RECORD, "203.0.113.0/24": HAMBURG_RECORD})
        assert eventually(lambda: seen() == BLUE)
        (tmp_path / "broken").write_bytes(b"no database at all" * 99)
        (tmp_path / "broken").replace(file)
        assert eventually(lambda: any(line["event"] == "file refused" for line in server.log()))
        assert seen() == BLUE
        assert any("ONOPEN_GEO__CITY_FILE" in str(line) for line in server.log())
        assert server.metrics()["onopen_city_file_built"] > 0


async def test_a_city_file_that_is_not_there_leaves_the_country(probe_site: Path, tmp_path: Path) -> None:
    async with inside(probe_site, tmp_path, geo={"city_file": tmp_path / "absent.mmdb"}) as server:
        assert (await server.ask("/i/place.png", peer=MUNICH)).status == 200
