"""Links, hosts, countries and zones: where a click may go and what a site may say of itself."""

from __future__ import annotations

import pytest

from app.authoring.documents import world
from app.authoring.documents.folder import read_documents
from app.authoring.documents.links import host_of
from app.authoring.problems import Problem, Problems


def checked(path: str, text: str) -> list[Problem]:
    """The problems of one file."""
    problems = Problems()
    read_documents({path: text.encode()}, problems)
    return [one for one in problems if one.code != "missing-file"]


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("https://shop.example", None),
        ("HTTPS://shop.example/A?b=c#d", None),
        ("http://shop.example:8443/x", None),
        ("https://bücher.example/grüße", None),
        ("https://shop.example/{{ param.lang }}/x?y={{ open.rule }}", None),
        ("https://shop.example/?q={% if a %}b{% endif %}", None),
        ("https://shop.example?q={{ a | default: 'b c' }}", None),
        ("https://shop.example{{ a }}", "link-template"),
        ("https://{{ a }}", "link-template"),
        ("{{ a }}://shop.example/", "link-template"),
        ("//{{ a }}/", "link-template"),
        ("//shop.example/", "link-scheme"),
        ("shop.example", "link-scheme"),
        ("shop.example:8443/x", "link-scheme"),
        ("JavaScript:alert(1)", "link-scheme"),
        ("vbscript:x", "link-scheme"),
        ("data:text/html;base64,x", "link-scheme"),
        ("file:///etc/passwd", "link-scheme"),
        ("mailto:shop@shop.example", "link-scheme"),
        ("tel:+49123", "link-scheme"),
        ("ftp://shop.example/", "link-scheme"),
        ("https:/shop.example", "not-a-link"),
        ("https:///x", "not-a-link"),
        ("https://", "not-a-link"),
        ("https://user:secret@shop.example/", "not-a-link"),
        ("https://shop.example\\@evil.example/", "not-a-link"),
        ("https://shop.example/a b", "not-a-link"),
        ("https://shop_example/", None),
        ("https://-shop.example/", "not-a-link"),
        ("/sale", "not-a-link"),
        ("", "not-a-link"),
        ("otherwise", "not-a-link"),
    ],
)
def test_a_link_goes_to_http_with_a_host_that_is_written_out(link: str, code: str | None) -> None:
    quoted = link.replace("\\", "\\\\")
    problems = checked("rules/a.yaml", f'placeholder: hero\notherwise: {{link: "{quoted}"}}\n')
    assert [one.code for one in problems] == ([code] if code else [])


def test_the_host_of_a_link_is_told_without_its_port() -> None:
    assert host_of("https://Shop.Example:8443/x") == "shop.example"


@pytest.mark.parametrize("host", ["shop.example", "*.shop.example", "localhost", "127.0.0.1", "bücher.example"])
def test_hosts_are_names_or_everything_below_a_name(host: str) -> None:
    problems = checked("rules/site.yaml", f"home: https://shop.example/\nlink_hosts: ['{host}']\n")
    assert not problems


@pytest.mark.parametrize(
    "host", ["*", "*.", "*.example", "shop.*", "shop.example/", "shop.example:80", "https://shop.example", ""]
)
def test_hosts_are_nothing_else(host: str) -> None:
    problems = checked("rules/site.yaml", f"home: https://shop.example/\nlink_hosts: ['{host}']\n")
    assert [one.code for one in problems] == ["not-a-host"]


def test_countries_and_zones_come_from_the_time_zone_database() -> None:
    assert world.countries()["DE"] == "Germany"
    assert len(world.countries()) > 240
    assert {"Europe/Berlin", "America/Argentina/Ushuaia", "UTC"} <= world.zones()
    assert "localtime" not in world.zones()
