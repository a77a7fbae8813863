"""Addresses: where links may go, what every link carries, and the currency of a site."""

from __future__ import annotations

import pytest

from app.authoring.addresses import allowed, with_params
from app.authoring.compiler import currency_of

PARAMS = {"utm_source": "mail", "utm_content": "{{ open.rule }}"}


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("https://a.example/", "https://a.example/?utm_source=mail&utm_content={{ open.rule }}"),
        ("https://a.example/?x=1", "https://a.example/?x=1&utm_source=mail&utm_content={{ open.rule }}"),
        ("https://a.example/?utm_source=own", "https://a.example/?utm_source=own&utm_content={{ open.rule }}"),
        ("https://a.example/?", "https://a.example/?utm_source=mail&utm_content={{ open.rule }}"),
        ("https://a.example/#top", "https://a.example/?utm_source=mail&utm_content={{ open.rule }}#top"),
        (
            'https://a.example/?q={{ x | replace: "#", "?" }}#top',
            'https://a.example/?q={{ x | replace: "#", "?" }}&utm_source=mail&utm_content={{ open.rule }}#top',
        ),
        (
            'https://a.example/{{ x | default: "a?utm_source=b" }}',
            'https://a.example/{{ x | default: "a?utm_source=b" }}?utm_source=mail&utm_content={{ open.rule }}',
        ),
        ("https://a.example/?utm_source=a&utm_content=b", "https://a.example/?utm_source=a&utm_content=b"),
    ],
)
def test_the_sites_parameters_stand_behind_those_of_the_link(link: str, whole: str) -> None:
    assert with_params(link, PARAMS) == whole


@pytest.mark.parametrize(
    ("host", "may"),
    [
        ("shop.example", True),
        ("a.b.example", True),
        ("b.example", False),
        ("badshop.example", False),
        ("xb.example", False),
    ],
)
def test_links_go_to_named_hosts_and_below_those_with_a_star(host: str, may: bool) -> None:
    assert allowed(host, ("shop.example", "*.b.example")) is may


@pytest.mark.parametrize(("country", "currency"), [("DE", "EUR"), ("CH", "CHF"), ("US", "USD"), (None, ""), ("XX", "")])
def test_prices_have_the_currency_of_the_sites_country(country: str | None, currency: str) -> None:
    assert currency_of(country) == currency
