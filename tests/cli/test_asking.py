"""`explain`, `render`, `url`: one opening, described at a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.cli.conftest import Onopen
from tests.support.server import ANDROID, GMAIL, IPHONE
from tests.support.sites import GREEN, PLACEHOLDER, write_site

KEYS = {"placeholder", "campaign", "rule", "fields", "link", "alt", "until", "rung", "readings", "steps"}
READING = {"signal", "value", "as_of", "until", "source", "why_unknown"}


def explained(onopen: Onopen, *arguments: object) -> dict[str, Any]:
    said = onopen("explain", *arguments, "--json")
    assert (said.code, said.err) == (0, "")
    found: dict[str, Any] = json.loads(said.out)
    assert found.keys() == KEYS
    assert all(reading.keys() == READING for reading in found["readings"])
    return found


def readings(found: dict[str, Any]) -> dict[str, Any]:
    return {reading["signal"]: reading["value"] for reading in found["readings"]}


def test_the_json_of_an_explanation_is_that_of_the_design(onopen: Onopen, demo: Path) -> None:
    found = explained(
        onopen, "weather", "--site", demo, "--set", "weather.condition=rain", "--set", "weather.temperature=9",
        "--set", "geo.city=Hamburg", "--at", "2026-12-24T18:00+01:00",
    )  # fmt: skip
    assert (found["placeholder"], found["campaign"], found["rule"], found["rung"]) == (
        "weather",
        "weather",
        "rain",
        "live",
    )
    assert found["link"].startswith("https://lindner.example/regen?utm_source=newsletter")
    assert found["fields"]["headline"] == "Regen in Hamburg? Schirm dabei!"
    assert readings(found)["weather.condition"] == "rain"
    reading = next(one for one in found["readings"] if one["signal"] == "weather.condition")
    assert (reading["as_of"], reading["until"], reading["source"]) == ("2026-12-24T18:00:00+01:00", None, "pinned")
    assert [step["rule"] for step in found["steps"]] == ["storm", "snow", "rain"]


def test_where_no_named_rule_wins_the_rule_is_otherwise_or_unknown(onopen: Onopen, site: Path) -> None:
    assert explained(onopen, "place", "--site", site)["rule"] == "unknown"
    assert (
        explained(onopen, "place", "--site", site, "--set", "geo.city=Wien", "--set", "geo.region=AT-9")["rule"]
        == "otherwise"
    )


def test_an_instant_decides_what_depends_on_time(onopen: Onopen, demo: Path) -> None:
    morning = explained(onopen, "greeting", "--site", demo, "--at", "2026-11-24T08:00+01:00")
    assert (morning["rule"], morning["until"]) == ("morning", "2026-11-24T11:00:00+01:00")
    assert explained(onopen, "greeting", "--site", demo, "--at", "2026-11-24 23:30")["rule"] == "night"
    abroad = explained(
        onopen, "greeting", "--site", demo, "--at", "2026-11-24T08:00+01:00", "--set", "geo.time_zone=America/New_York"
    )
    assert (abroad["rule"], abroad["until"]) == ("night", "2026-11-24T05:00:00-05:00")


def test_a_user_agent_and_an_address_are_looked_at(onopen: Onopen, site: Path, demo: Path) -> None:
    assert explained(onopen, "device", "--site", site, "--ua", IPHONE)["rule"] == "ios"
    assert explained(onopen, "device", "--site", site, "--ua", ANDROID)["rule"] == "android"
    assert explained(onopen, "device", "--site", site, "--ua", GMAIL)["rule"] == "unknown"
    german = explained(onopen, "region", "--site", demo, "--ip", "194.25.0.68")
    assert (german["rule"], readings(german)["geo.country"]) == ("germany", "DE")
    hidden = explained(onopen, "region", "--site", demo, "--ip", "194.25.0.68", "--ua", GMAIL)
    assert hidden["rule"] == "unknown"
    assert {one["why_unknown"] for one in hidden["readings"]} >= {"hidden by the mail proxy"}


def test_parameters_are_pinned_as_a_token_would_bring_them(onopen: Onopen, site: Path) -> None:
    found = explained(onopen, "greet", "--site", site, "--set", "param.name=Ada")
    assert (found["rule"], found["fields"]["words"]) == ("named", "Hallo Ada")
    told = explained(onopen, "greet", "--site", site, "--set", "param.name=محمد, 20 %")
    assert told["fields"]["words"] == "Hallo محمد, 20 %"
    assert explained(onopen, "greet", "--site", site, "--set", "param.name=")["rule"] == "otherwise"
    assert explained(onopen, "greet", "--site", site, "--set", "param.name={{ first_name }}")["rule"] == "otherwise"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--set", "geo.cty=Hamburg"), "did you mean “geo.city”"),
        (("--set", "geo.city"), "write signal=value"),
        (("--set", "=x"), "write signal=value"),
        (("--set", "weather.condition=rane"), "did you mean “rain”"),
        (("--set", "weather.temperature=warm"), "write it in digits"),
        (("--set", "time.is_weekend=perhaps"), "true"),
        (("--set", "time.hour=24"), "--set time.hour=24: time.hour is never 24; write 0 to 23"),
        (("--set", "geo.latitude=-90.5"), "write -90 to 90"),
        (("--set", "geo.longitude=999"), "write -180 to 180"),
        (("--set", "param.nmae=Ada"), "did you mean “param.name”"),
        (("--set", "param.lang=klingon"), "klingon"),
        (("--set", f"param.name={'x' * 31}"), "it takes at most 30 visible characters"),
        (("--set", "param.name=a\u202eb"), "the parameter does not take that"),
        (("--at", "yesterday"), "is not a moment"),
        (("--at", "2026-02-30"), "2026-02-30"),
        (("--at", ""), "is not a moment"),
        (("--ip", "1.2.3"), "192.0.2.7"),
        (("--campaign", "nobody"), "there are: greet"),
    ],
)
def test_a_pin_that_cannot_be_is_code_2_with_a_remedy(
    onopen: Onopen, site: Path, arguments: tuple[str, str], words: str
) -> None:
    for command in ("explain", "render"):
        said = onopen(command, "greet", "--site", site, *arguments)
        assert (said.code, said.out) == (2, "")
        assert words in said.err


@pytest.fixture
def collecting(tmp_path: Path) -> Path:
    """A site whose recipients collect things."""
    folder = write_site(tmp_path / "site")
    for path, text in {
        "placeholders/cart.yaml": PLACEHOLDER,
        "rules/events.yaml": "events: {added: {fields: {sku: {type: text}}}}\n"
        "collections: {cart: {key: sku, add: added, keep: 30d}}\n",
        "rules/cart.yaml": "placeholder: cart\nlists: {old: {of: cart, where: {added_at: {older_than: 24h}}}}\n"
        "rules:\n  - {name: old, when: {list.old.count: {above: 0}}, link: https://shop.example/old}\n"
        "otherwise: {link: https://shop.example/}\n",
    }.items():
        (folder / path).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("items", "rule", "count"),
    [
        ("[{sku: A, added_at: 2026-11-25}, {sku: B, added_at: 2026-11-27}]", "old", 1),
        ("{sku: A, added_at: 2026-11-25}", "old", 1),
        ("A", "otherwise", None),
        ("", "otherwise", 0),
    ],
)
def test_what_is_in_a_collection_can_be_said(
    onopen: Onopen, collecting: Path, items: str, rule: str, count: int | None
) -> None:
    found = explained(onopen, "cart", "--site", collecting, "--at", "2026-11-27 18:00", "--set", f"cart={items}")
    assert (found["rule"], readings(found)["list.old.count"]) == (rule, count)


@pytest.mark.parametrize(
    ("pin", "says"),
    [
        ("cart=[{sku: A, size: 4}]", "no item here has a field “size”; fields are: sku, added_at"),
        ("cart=[{sku: A", "this { is never closed"),
        ("list.old=A", "or give what is in its collection"),
    ],
)
def test_what_cannot_be_in_a_collection_is_code_2(onopen: Onopen, collecting: Path, pin: str, says: str) -> None:
    said = onopen("explain", "cart", "--site", collecting, "--set", pin)
    assert said.code == 2
    assert says in " ".join(said.err.split())


def test_a_placeholder_that_is_not_there_is_code_2(onopen: Onopen, site: Path) -> None:
    for command in ("explain", "render", "url", "snippet"):
        said = onopen(command, "plaice", "--site", site)
        assert (said.code, said.out) == (2, "")
        assert "did you mean “place”" in said.err


def test_for_people_there_are_sentences(onopen: Onopen, site: Path) -> None:
    said = onopen("explain", "place", "--site", site, "--set", "geo.city=Hamburg")
    assert said.code == 0
    assert "place: rule hamburg" in said.out
    assert "geo.city = Hamburg  (pinned)" in said.out
    assert "yes      hamburg: geo.city is Hamburg" in said.out


def test_drafts_take_part_if_they_are_asked_to(onopen: Onopen, site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    for path in ("rules/site.yaml", "placeholders/greet.yaml"):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((site / path).read_bytes())
    rules = "placeholder: greet\nrules:\n  - {name: next, draft: true, when: {param.lang: de}, show: {words: Bald}}\n"
    (folder / "rules" / "greet.yaml").write_text(rules + "otherwise: {link: https://shop.example/}\n", encoding="utf-8")
    assert explained(onopen, "greet", "--site", folder)["rule"] == "otherwise"
    assert explained(onopen, "greet", "--site", folder, "--drafts")["rule"] == "next"


# Pictures and addresses ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("suffix", "kind"), [("png", "PNG"), ("jpg", "JPEG"), ("JPEG", "JPEG"), ("gif", "GIF")])
def test_a_picture_is_written_in_the_format_of_its_suffix(
    onopen: Onopen, site: Path, tmp_path: Path, suffix: str, kind: str
) -> None:
    target = tmp_path / f"out.{suffix}"
    said = onopen("render", "place", "--site", site, "--set", "geo.city=Hamburg", "-o", target)
    assert (said.code, said.out) == (0, "")
    assert "rule hamburg" in said.err
    with Image.open(target) as image:
        image.load()
        assert (image.format, image.size) == (kind, (120, 60))
        red, green, blue = image.convert("RGB").getpixel((0, 0))  # type: ignore[misc]
    assert (red < 20, 150 < green < 190, blue < 20) == (True, True, True)
    assert GREEN == "#00aa00"


def test_a_demo_picture_is_drawn_at_twice_its_size(onopen: Onopen, demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jpg"
    assert onopen("render", "greeting", "--site", demo, "--at", "2026-11-24T08:00+01:00", "-o", target).code == 0
    with Image.open(target) as image:
        assert image.size == (1200, 600)
        assert image.info["dpi"] == (96, 96)


def test_a_file_that_cannot_be_written_is_code_2(onopen: Onopen, site: Path, tmp_path: Path) -> None:
    for target, words in (
        (tmp_path / "x.webp", ".png, .jpg or .gif"),
        (tmp_path / "no" / "x.png", "cannot be written"),
    ):
        said = onopen("render", "place", "--site", site, "-o", target)
        assert said.code == 2
        assert words in said.err


def test_urls_are_ready_to_paste(onopen: Onopen, site: Path) -> None:
    said = onopen(
        "url", "greet", "--site", site, "--base", "https://mail.example/", "-m", "newyear", "-r", "8f3c",
        "--set", "name=Ada & Co", "--plain",
    )  # fmt: skip
    tail = "?m=newyear&r=8f3c&name=Ada+%26+Co"
    assert said.out == f"https://mail.example/i/greet.png{tail}\nhttps://mail.example/l/greet{tail}\n"
    assert (said.code, said.err) == (0, "")


def test_urls_and_snippets_are_json_for_machines(onopen: Onopen, site: Path) -> None:
    picture, link = onopen("url", "greet", "--site", site).out.split()
    urls = {"picture": picture, "link": link, "why": link.replace("/l/", "/why/")}
    assert json.loads(onopen("url", "greet", "--site", site, "--json").out) == urls
    html = onopen("snippet", "greet", "--site", site).out
    assert json.loads(onopen("snippet", "greet", "--site", site, "--json").out) == {"html": html}


def test_a_url_carries_only_what_the_placeholder_declares(onopen: Onopen, site: Path) -> None:
    said = onopen("url", "greet", "--site", site, "--set", "nmae=Ada")
    assert said.code == 2
    assert "did you mean “name”" in said.err
