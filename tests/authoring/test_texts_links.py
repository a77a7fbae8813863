"""Links: what may be templated, and how values get into an address."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.texts import compiled, said, troubles


def test_values_are_percent_encoded_whatever_signs_they_have() -> None:
    known = {"code": "A&B /ä?#", "geo.city": "../.."}
    link = "https://shop.example/{{ geo.city }}/lounge?code={{ code }}#x"
    assert said(link, known, mode="link") == "https://shop.example/..%2F../lounge?code=A%26B%20%2F%C3%A4%3F%23#x"


def test_the_unknown_is_empty_and_never_gives_way() -> None:
    link = "https://shop.example/?city={{ geo.city }}&u={{ geo.city | upcase }}&n={{ param.name | plus: 1 }}"
    assert said(link, {"param.name": "Eva"}, mode="link") == "https://shop.example/?city=&u=&n="


def test_values_are_written_as_machines_read_them() -> None:
    known = {
        "weather.temperature": 1234.5,
        "time.clock": 52_200.0,
        "time.date": date(2026, 12, 24),
        "weather.as_of": 1_795_800_600.0,
        "weather.is_day": True,
    }
    link = (
        "https://shop.example/?t={{ weather.temperature }}&c={{ time.clock }}&d={{ time.date }}"
        "&m={{ weather.as_of }}&b={{ weather.is_day }}"
    )
    assert said(link, known, mode="link") == (
        "https://shop.example/?t=1234.5&c=14%3A30&d=2026-12-24&m=2026-11-27T17%3A30%3A00%2B00%3A00&b=true"
    )


def test_white_space_around_tags_is_no_part_of_the_address() -> None:
    link = "https://shop.example/\n  {% if geo.city %}\n    stadt/{{ geo.city }}\n  {% else %}land{% endif %}\n"
    assert said(link, {"geo.city": "Ulm"}, mode="link") == "https://shop.example/stadt/Ulm"
    assert said(link, mode="link") == "https://shop.example/land"


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("{{ code }}", "link-template"),
        ("{{ code }}://shop.example/", "link-template"),
        ("https://{{ code }}/", "link-template"),
        ("https://{{ code }}.shop.example/", "link-template"),
        ("https://shop.example{{ code }}", "link-template"),
        ("https://shop.example:{{ code }}/", "link-template"),
        ("https://user@shop.example/{{ code }}", "link-template"),
        ("https://shop.example\\@other.example/{{ code }}", "link-template"),
        ("//shop.example/{{ code }}", "link-template"),
        ("/path/{{ code }}", "link-template"),
        ("{% if geo.city %}https://a.example/{% else %}https://b.example/{% endif %}", "link-template"),
        ("javascript:{{ code }}", "link-scheme"),
        ("data:text/html,{{ code }}", "link-scheme"),
        ("mailto:{{ code }}", "link-scheme"),
        ("https://shop.example/a b/{{ code }}", "not-a-link"),
    ],
)
def test_nobody_can_template_where_a_click_goes(link: str, code: str) -> None:
    assert [found.code for found in troubles(link, mode="link")] == [code]


@pytest.mark.parametrize(
    "link",
    [
        "https://shop.example/{{ code }}",
        "HTTPS://Shop.Example/{{ code }}",
        "http://shop.example:8080?c={{ code }}",
        "https://bücher.example#{{ code }}",
        "https://shop.example/{% if geo.city %}a{% endif %}",
    ],
)
def test_templates_stand_in_path_query_and_fragment(link: str) -> None:
    compiled(link, mode="link")


def test_an_address_without_end_gives_way() -> None:
    link = "https://shop.example/{% for i in (1..200) %}{{ code }}{% endfor %}"
    assert said(link, {"code": "x" * 100}, mode="link") is None
