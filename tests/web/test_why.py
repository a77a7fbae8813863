"""The page for recipients: the picture as text, why it is that one, what is remembered, and what they permit."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from itertools import count, pairwise
from pathlib import Path

import httpx
import pytest

from app.keyring import Key, Keyring
from app.tokens import CARRIED, TEST, Token, Tokens
from app.web.why.seals import HOLDS_S, Seals
from tests.support.city_files import MUNICH
from tests.support.shop import Shop, open_shop
from tests.support.sites import BLUE, PLACEHOLDER, SITE, YELLOW

NUMBERS = count(1)
SECRET, FAR = "n" * 32, 4_000_000_000
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PLACE = f"""\
placeholder: place
rules:
  - name: munich
    when: {{geo.city: München}}
    show: {{ground: "{BLUE}", words: {{de: "Servus <München> & Umland", en: Hello Munich}}}}
    link: https://shop.example/isar
    alt: {{de: Angebote in München, en: Offers in Munich}}
  - {{name: often, when: {{count.viewed: {{at_least: 9}}}}, link: https://shop.example/oft}}
unknown: {{show: {{ground: "{YELLOW}"}}}}
otherwise: {{}}
"""
CARD = """\
size: [300, 200]
format: gif
alt: Ihre Karte
params: {used: {type: boolean, default: false}, old: {type: text, default: "119 Punkte"}}
fields:
  began: {type: moment, default: 2099-01-01 18:00}
  used: {type: text, default: "{{ param.used }}"}
layers:
  - text: {text: "<b>89</b> Punkte", box: [0, 0, 150, 30], styles: {b: {size: 20}}}
  - text: {text: "{{ param.old }}", box: [150, 0, 150, 30], strike: true}
  - code: {kind: qr, text: LINDNER-15, redeemed: used, box: [0, 30, 100, 100]}
  - countdown: {field: began, meaning: evergreen, hours: 48, box: [0, 130, 300, 70], words: "bis {{ ends }} Uhr"}
"""
FILES = {
    "rules/site.yaml": f"{SITE}recipients: {{trust_plain_ids: true}}\nlanguage: [param.lang]\n".replace(
        "languages: [de]", "languages: [de, en, fr]"
    ).replace("location: not_needed", "location: given"),
    "rules/recipients.yaml": "attributes: {tier: {purpose: none}}\n",
    "rules/events.yaml": "events: {viewed: {fields: {sku: {type: text}}}}\n",
    "rules/place.yaml": PLACE,
    "placeholders/card.yaml": CARD,
    "placeholders/place.yaml": PLACEHOLDER.replace("choices: [de, en]", "choices: [de, en, fr]"),
}


def site(folder: Path, **changed: str) -> Path:
    for path, text in {**FILES, **changed}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def shop(city_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder, state = site(tmp_path_factory.mktemp("site")), tmp_path_factory.mktemp("state")
    settings = {"EDGE__TRUSTED_PROXIES": "127.0.0.1", "GEO__CITY_FILE": str(city_file), "SECRET_KEY": SECRET}
    with open_shop(folder, state, **settings) as opened:
        opened.api.headers.update({"x-forwarded-for": MUNICH, "user-agent": FIREFOX})
        yield opened


@pytest.fixture
def somebody() -> str:
    """An id that nobody guesses, of somebody never heard of."""
    return f"{next(NUMBERS):08x}" + "f0e1d2c3" * 3


@dataclass
class Page(HTMLParser):
    """What a reader, or a screen reader, finds on the page."""

    html: str
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self) -> str:
        body = self.html.partition("<body>")[2]
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", body)))

    @property
    def switches(self) -> dict[str, str]:
        """By purpose whether it is allowed, as it is told to assistive technology."""
        return {button["name"]: button["aria-checked"] for button in self.all("button")}

    @property
    def seal(self) -> str:
        return next(one["value"] for one in self.all("input") if one["name"] == "seal")


def read(shop: Shop, recipient: str, more: str = "", placeholder: str = "place") -> Page:
    answer = shop.api.get(f"/why/{placeholder}?m=old&r={recipient}{more}")
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


def press(shop: Shop, recipient: str, purpose: str, seal: str | None = None) -> httpx.Response:
    """Press a switch of the page, as a browser would."""
    page = read(shop, recipient)
    says = next(button["value"] for button in page.all("button") if button["name"] == purpose)
    form = {"seal": page.seal if seal is None else seal, purpose: says}
    return shop.api.post(f"/why/place?m=old&r={recipient}", data=form)


def ground(shop: Shop, recipient: str) -> str:
    return shop.server.ask(f"/i/place.png?m=old&r={recipient}", x_forwarded_for=MUNICH).ground


def test_a_switch_pressed_between_two_opens_changes_the_second_picture(shop: Shop, somebody: str) -> None:
    assert ground(shop, somebody) == BLUE
    answer = press(shop, somebody, "location")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/why/place?m=old&r={somebody}#choices")
    assert answer.headers["cache-control"] == "no-store"
    assert ground(shop, somebody) == YELLOW
    page = read(shop, somebody)
    assert page.switches["location"] == "false"
    assert "Sie haben es nicht erlaubt" in page.text
    press(shop, somebody, "location")
    assert ground(shop, somebody) == BLUE
    assert shop.api.get(f"/api/recipients/{somebody}").json()["consent"] == {"location": True}


def test_the_page_says_what_the_picture_says_and_why(shop: Shop, somebody: str) -> None:
    page = read(shop, somebody)
    for said in ("Angebote in München", "Servus <München> & Umland", "Ort München", "geschätzt aus der Netzadresse"):
        assert said in page.text
    assert page.all("a")[0]["href"].startswith("https://shop.example/isar?")
    assert MUNICH not in page.html
    assert "Wie oft: viewed" not in page.text  # the rule below was not asked


def test_the_page_says_what_every_layer_says(shop: Shop, somebody: str) -> None:
    """A deadline in words, an old price struck out, and no code that is redeemed."""
    page = read(shop, somebody, placeholder="card")
    assert "89 Punkte 119 Punkte LINDNER-15 bis Sa., 3. Jan. 2099, 18:00 Uhr" in page.text
    assert "<s>119 Punkte</s>" in page.html
    redeemed = read(shop, somebody, "&used=true", placeholder="card")
    assert "LINDNER-15" not in redeemed.text
    assert redeemed.text.isprintable()


def test_what_is_not_known_is_told_with_its_reason(shop: Shop) -> None:
    page = Page(httpx.get(f"{shop.server.url}/why/place", headers={"user-agent": FIREFOX}).text)
    assert "die Netzadresse verrät es nicht" in page.text
    assert "Wie oft: viewed nicht bekannt: der Link sagt nicht, für wen die Mail ist" in page.text


@pytest.mark.parametrize(("lang", "own", "content"), [("de", "de", "de"), ("en", "en", "en"), ("fr", "fr", "fr")])
def test_the_page_speaks_the_recipient_s_language(shop: Shop, somebody: str, lang: str, own: str, content: str) -> None:
    page = read(shop, somebody, f"&lang={lang}")
    assert page.all("html")[0]["lang"] == own
    assert [one["lang"] for one in page.all("div") if one.get("class") == "twin"] == [content]
    assert ("Hello Munich" in page.text) is (lang == "en")


def test_looking_changes_nothing_and_is_no_open(shop: Shop, somebody: str) -> None:
    assert read(shop, somebody).switches == {"location": "true", "behaviour": "false", "measurement": "true"}
    for purpose in ("location", "behaviour", "measurement"):
        shop.api.get(f"/why/place?r={somebody}&{purpose}=no&seal={read(shop, somebody).seal}")
        assert shop.api.head(f"/why/place?r={somebody}&{purpose}=no").content == b""
    assert shop.api.get(f"/api/recipients/{somebody}").status_code == 404


def test_what_is_remembered_is_named_and_counted_without_values(shop: Shop, somebody: str) -> None:
    assert "Über Sie ist nichts gemerkt." in read(shop, somebody).text
    shop.tell(somebody, attributes={"tier": "platinum"}, consent={"behaviour": True})
    shop.happened(somebody, "SKU-1")
    shop.happened(somebody, "SKU-2")
    page = read(shop, somebody)
    assert "Angaben des Absenders über Sie tier" in page.text
    assert "Was Sie getan haben: viewed 2-mal" in page.text
    assert "platinum" not in page.html
    assert "SKU" not in page.html


@pytest.mark.parametrize("recipient", ["4711", "", "%00"])
def test_who_is_not_believed_sees_nothing_of_a_person_and_sets_nothing(
    shop: Shop, recipient: str, somebody: str
) -> None:
    shop.tell("4711", attributes={"tier": "platinum"})
    page = read(shop, recipient)
    assert page.switches == {}
    assert "Dieser Link sagt nicht sicher" in page.text
    assert "tier" not in page.text
    form = {"seal": read(shop, somebody).seal, "location": "no"}
    assert shop.api.post(f"/why/place?r={recipient}", data=form).status_code == 403
    assert shop.api.get("/api/recipients/4711").json()["consent"] == {}


def test_no_other_site_can_post_the_form(shop: Shop, somebody: str) -> None:
    other = read(shop, "0" + somebody).seal
    for seal in ("", "0.0", "zz.zz", other, read(shop, somebody).seal + "0", "é"):
        answer = press(shop, somebody, "location", seal)
        assert answer.status_code == 403
        assert "Es wurde nichts geändert" in answer.text
    assert ground(shop, somebody) == BLUE


@pytest.mark.parametrize(("form", "status", "seen"), [(CARRIED, 303, YELLOW), (TEST, 200, BLUE)])
def test_a_token_sets_what_its_recipient_chooses_and_a_test_send_sets_nothing(
    shop: Shop, form: str, status: int, seen: str
) -> None:
    recipient = f"guessed-{form}"
    query = f"t={Tokens(Keyring((Key.of(SECRET),))).made(Token({'m': 'old', 'r': recipient}, FAR, form))}"
    page = Page(shop.api.get(f"/why/place?{query}").text)
    answer = shop.api.post(f"/why/place?{query}", data={"seal": page.seal, "location": "no"})
    assert answer.status_code == status
    assert answer.headers.get("location", "") == (f"/why/place?{query}#choices" if form == CARRIED else "")
    assert ("Es wurde nichts geändert" in answer.text) == (form == TEST)
    assert shop.server.ask(f"/i/place.png?{query}", x_forwarded_for=MUNICH).ground == seen


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"seal=x&location=maybe", 400), (b"location=no&behaviour=no", 400), (b"\xff=\xff", 400),
        (b"a=1&" * 99, 400), (b"x" * 5_000, 413),
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused_on_a_page(shop: Shop, somebody: str, body: bytes, status: int) -> None:
    answer = shop.api.post(f"/why/place?r={somebody}", content=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")


def test_a_seal_holds_for_a_while_and_with_the_key_before(somebody: str) -> None:
    now, old, new = [1_795_000_000.0], Key.of("old"), Key.of("new")
    seal = Seals(Keyring((old,)), lambda: now[0]).seal(somebody)
    later = Seals(Keyring((new, old)), lambda: now[0])
    assert later.holds(seal, somebody)
    assert not Seals(Keyring((new,)), lambda: now[0]).holds(seal, somebody)
    now[0] += HOLDS_S
    assert not later.holds(seal, somebody)


def test_the_page_is_kept_to_its_reader(shop: Shop, somebody: str) -> None:
    answer = shop.api.get(f"/why/place?r={somebody}")
    assert answer.headers["cache-control"] == answer.headers["cdn-cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy
    style = answer.text.partition("<style>")[2].partition("</style>")[0]
    assert f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy


def test_the_page_can_be_used_without_eyes_mouse_and_script(shop: Shop, somebody: str) -> None:
    page = read(shop, somebody)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = [attributes.get(key) for _, attributes in page.tags for key in ("aria-labelledby", "aria-describedby")]
    assert {name for names in named for name in (names or "").split()} <= set(ids)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert {button["role"] for button in page.all("button")} == {"switch"}
    assert page.all("script") == []
    assert not any(key.startswith("on") or key == "style" for _, attributes in page.tags for key in attributes)


@pytest.mark.parametrize("path", ["nothing", "", "place/x", "..", "%2e%2e"])
def test_an_unknown_placeholder_is_a_plain_page(shop: Shop, path: str) -> None:
    answer = shop.api.get(f"/why/{path}")
    assert answer.status_code == 404
    if "." not in path:
        assert "Diese Seite gibt es nicht" in answer.text
    assert shop.api.post(f"/why/{path}", data={"location": "no"}).status_code in {403, 404}


def test_a_link_that_browsers_would_not_send_is_read_all_the_same(shop: Shop) -> None:
    answer = shop.server.raw(b"GET /why/place.png?name=J\xf6rg M\x01\xfcller&lang=en HTTP/1.1\r\nHost: x\r\n\r\n")
    assert (answer.status, b"Why am I seeing this?" in answer.body) == (200, True)


def test_while_the_store_is_silent_nothing_is_told_and_nothing_set(tmp_path: Path, somebody: str) -> None:
    with open_shop(site(tmp_path / "site"), tmp_path / "state", STORE="redis://127.0.0.1:1/0") as shop:
        page = read(shop, somebody)
        assert page.switches == {}
        assert "lässt sich im Moment nicht nachsehen" in page.text


def test_where_nothing_is_kept_for_a_purpose_its_switch_says_so(tmp_path: Path, somebody: str) -> None:
    careless = FILES["rules/site.yaml"].replace("location: given", "location: not_needed")
    with open_shop(site(tmp_path / "site", **{"rules/site.yaml": careless}), tmp_path / "state") as shop:
        text = read(shop, somebody).text
        assert "aus jeder Anfrage neu geschätzt" in text
        assert "nur in Summe gezählt, ohne Sie. Diese Entscheidung" in text
