"""Law 8: a click goes where the editors wrote, always; nothing in the URL is a target."""

from __future__ import annotations

import pytest

from app.redirects import ascii_url
from tests.support.server import ANDROID, IPHONE, Running
from tests.support.sites import HOME

HOST = "https://shop.example/"


def test_a_link_is_that_of_the_rule_with_the_site_s_parameters(running: Running) -> None:
    answer = running.ask("/l/device?m=newyear&r=abc", user_agent=IPHONE)
    assert answer.status == 302
    assert answer.headers["location"] == f"{HOST}ios?utm_source=mail&utm_content=ios"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-length"] == "0"
    assert running.ask("/l/device", user_agent=ANDROID).headers["location"].startswith(f"{HOST}android?")


def test_picture_and_link_agree(running: Running) -> None:
    for agent, word in ((IPHONE, "ios"), (ANDROID, "android")):
        seen = running.ask("/i/device.png", user_agent=agent).ground
        clicked = running.ask("/l/device", user_agent=agent).headers["location"]
        assert (seen, word) in {("#cc0000", "ios"), ("#00aa00", "android")}
        assert f"/{word}?" in clicked


def test_letters_beyond_ascii_travel_percent_encoded(running: Running) -> None:
    location = running.ask("/l/greet?name=J%C3%BCrgen%20%26%20Co").headers["location"]
    assert location.startswith(f"{HOST}gr%C3%BC%C3%9Fe?n=J%C3%BCrgen%20%26%20Co&")


@pytest.mark.parametrize(
    "target", ["/l/nobody", "/l/", "/l/nobody?m=1", "/l/%00", "/l/../place", "/l/" + "n" * 5000, "/l/gr%C3%BC%C3%9F"]
)
def test_an_unknown_link_goes_home(running: Running, target: str) -> None:
    answer = running.ask(target)
    assert (answer.status, answer.headers["location"]) == (302, HOME)


def test_a_link_with_an_extension_is_the_same_link(running: Running) -> None:
    assert running.ask("/l/device.png", user_agent=IPHONE).headers["location"].startswith(f"{HOST}ios?")


def test_head_redirects_too_and_other_methods_are_refused(running: Running) -> None:
    assert running.ask("/l/device", method="HEAD").status == 302
    assert running.ask("/l/device", method="POST", content_length="0").status == 405


@pytest.mark.parametrize(
    "query",
    [
        "url=https://evil.example/",
        "target=https://evil.example/&to=//evil.example&link=javascript:alert(1)",
        "name=https://evil.example/",
        "name=//evil.example/%0d%0aLocation:%20https://evil.example/",
        "c=https://evil.example&m=https://evil.example&r=https://evil.example",
        "utm_source=https://evil.example/",
    ],
)
@pytest.mark.parametrize("placeholder", ["greet", "place", "nobody"])
def test_no_query_moves_the_target_to_another_host(running: Running, placeholder: str, query: str) -> None:
    answer = running.ask(f"/l/{placeholder}?{query}", referer="https://evil.example/", host="evil.example")
    assert answer.status == 302
    assert answer.headers["location"].startswith(HOST)
    assert "\r" not in answer.headers["location"]


def test_a_raw_letter_in_a_link_is_borne(running: Running) -> None:
    answer = running.raw("GET /l/greet?name=Jürgen HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    assert answer.headers["location"].startswith(f"{HOST}gr%C3%BC%C3%9Fe?n=J%C3%BCrgen")


def test_the_place_that_a_mail_reveals_is_not_told_to_the_shop(running: Running) -> None:
    assert running.ask("/l/device").headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("link", "header"),
    [
        ("https://shop.example?city=Köln", "https://shop.example?city=K%C3%B6ln"),
        ("https://shop.example#Köln", "https://shop.example#K%C3%B6ln"),
        ("https://köln.example/ä?ö=ü", "https://xn--kln-sna.example/%C3%A4?%C3%B6=%C3%BC"),
    ],
)
def test_only_the_host_is_written_as_a_host(link: str, header: str) -> None:
    assert ascii_url(link) == header


def test_a_slash_behind_the_name_is_forgiven_as_it_is_of_pictures(running: Running) -> None:
    assert running.ask("/l/device/?m=a").headers["location"] == running.ask("/l/device?m=a").headers["location"]
