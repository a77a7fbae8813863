"""Snippets: what an author pastes, and what comes back from it, rendered or not."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from app.authoring.snippet import Filling, Pictured, snippet
from app.authoring.snippetlines import Credit
from app.engine.params import Param
from app.engine.signals import Kind
from app.errors import UsageError
from app.platforms import platforms
from app.web.querystring import parse

HERO = Pictured(
    "hero",
    (600, 300),
    "jpg",
    'Angebot & mehr: "heute"',
    "de",
    (Param("lang", Kind.CHOICE, ("de", "en")), Param("first_name"), Param("city")),
)
PRESETS = [platform for platform in platforms().values() if platform.has_preset]


class Seen(HTMLParser):
    """What a mail client reads out of a snippet."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.texts: list[str] = []
        self.comments: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)

    def handle_comment(self, data):
        self.comments.append(data)

    def one(self, tag: str) -> dict:
        return next(attributes for name, attributes in self.tags if name == tag)


def made(platform: str, pictured: Pictured = HERO, /, **filling) -> Seen:
    return Seen(snippet(pictured, platform, base_url="https://mail.example/", filling=Filling(**filling)))


def requested(url: str) -> bytes:
    """The query as a client sends it: what the URL standard encodes in queries, and nothing behind a `#`."""
    query = url.partition("?")[2].partition("#")[0]
    return re.sub(r"[ \"<>']|[^\x21-\x7e]", lambda sign: quote(sign[0], safe=""), query).encode()


def rendered(url: str, platform, values: dict[str, str]) -> str:
    """What the platform makes of its own tags."""
    for tag, value in values.items():
        url = url.replace(tag, quote(value, safe=""))
    return url


@pytest.mark.parametrize("platform", PRESETS, ids=lambda platform: platform.id)
def test_what_the_platform_fills_in_comes_back_as_it_was(platform):
    html = made(platform.id)
    sample = {}
    for tag, value in (
        (platform.recipient, "8f3c-2b1a"),
        (platform.recipient_in_links, "8f3c-2b1a"),
        (platform.mailing, "4711"),
        (platform.first_name or platform.custom("first_name"), "Jürgen & Söhne"),
        (platform.custom("city"), "Köln"),
    ):
        if tag:
            sample[platform.in_url(tag).text] = value
            sample[tag.text] = value
    for url in (html.one("img")["src"], html.one("a")["href"]):
        query = parse(requested(rendered(url, platform, sample)))
        assert query.unrendered == {}
        assert query.values["lang"] == "de"
        assert query.values.get("r") == ("8f3c-2b1a" if platform.recipient else None)
        assert query.values.get("m") == ("4711" if platform.mailing else None)
        if platform.first_name or platform.field:
            assert query.values["first_name"] == "Jürgen & Söhne"
        if platform.field:
            assert query.values["city"] == "Köln"


@pytest.mark.parametrize("platform", PRESETS, ids=lambda platform: platform.id)
def test_what_the_platform_leaves_unrendered_reads_as_missing(platform):
    html = made(platform.id)
    for url in (html.one("img")["src"], html.one("a")["href"]):
        query = parse(requested(url))
        assert query.values.get("lang", "de") == "de"
        assert set(query.values) <= {"lang"}


@pytest.mark.parametrize("platform", PRESETS, ids=lambda platform: platform.id)
def test_tags_stand_intact_in_the_html(platform):
    html = snippet(HERO, platform.id, base_url="https://mail.example")
    for tag in (platform.recipient, platform.mailing):
        if tag:
            assert platform.in_url(tag).text in html


@pytest.mark.parametrize("platform", PRESETS, ids=lambda platform: platform.id)
def test_no_tag_stands_in_the_comment(platform):
    (comment,) = made(platform.id).comments
    opens = ("{{", "%%", "*|", "[[", "<%", "$$")
    assert not any(sign in comment for sign in opens)


def test_the_picture_has_all_that_a_blocked_picture_needs():
    image = made("braze").one("img")
    assert (image["width"], image["height"]) == ("600", "300")
    assert image["alt"] == 'Angebot & mehr: "heute"'
    assert image["lang"] == "de"
    for style in ("background-color:", "color:", "font:", "display:block", "border:0"):
        assert style in image["style"]


def test_picture_and_link_lead_to_the_same_placeholder():
    html = made("braze")
    assert html.one("img")["src"].startswith("https://mail.example/i/hero.jpg?")
    assert html.one("a")["href"].startswith("https://mail.example/l/hero?")


def test_ampersands_between_parameters_are_escaped():
    html = snippet(HERO, "braze", base_url="https://mail.example")
    assert "&amp;lang=de&amp;" in html
    assert not re.search(r"&(?!amp;|quot;)", html)
    assert unescape(html) != html


def test_quotes_of_a_tag_and_of_the_attribute_do_not_meet():
    assert '[agnDB column="firstname"]' in made("agnitas_emm").one("img")["src"]
    assert "##AGNUID##" in made("agnitas_emm").one("a")["href"]
    assert "[agnUID]" in made("agnitas_emm").one("img")["src"]


def test_a_tag_seen_in_no_documentation_says_so():
    (comment,) = made("sailthru").comments
    assert "VERIFY" in comment and "the recipient" in comment
    (comment,) = made("braze").comments
    assert "VERIFY" not in comment


def test_where_values_are_not_encoded_the_comment_warns():
    assert "percent-encodes first_name, city" in made("mailchimp").comments[0]
    assert "percent-encodes" not in made("listmonk").comments[0]


def test_where_no_recipient_tag_is_known_a_field_of_ones_own_serves():
    assert "own token" in made("brevo").comments[0]
    assert "r={{ contact.TOKEN }}" in made("brevo", recipient_field="token").one("img")["src"]


def test_fields_and_values_are_filled_as_the_author_says():
    source = made("hubspot", fields={"city": "ort"}, values={"first_name": "Anna & Co"}).one("img")["src"]
    assert "city={{ contact.ort|urlencode }}" in source
    assert "first_name=Anna%20%26%20Co" in source


def test_a_parameter_of_another_kind_is_left_to_the_author():
    pictured = Pictured("hero", (600, 300), params=(Param("percent", Kind.NUMBER),))
    html = made("braze", pictured)
    assert "percent=" not in html.one("img")["src"]
    assert "percent" in html.comments[0]
    assert (
        "percent={{custom_attribute.${discount}}}"
        in made("braze", pictured, fields={"percent": "discount"}).one("img")["src"]
    )


def test_the_campaign_is_named_where_several_fill_the_placeholder():
    assert "?c=autumn&" in made("braze", Pictured("hero", (600, 300), campaign="autumn")).one("img")["src"]


def test_weather_is_credited_in_the_mails_text():
    credit = Credit("Weather data by Bright Sky & DWD", "https://brightsky.dev/", "CC BY 4.0", "https://cc.example/by")
    html = made("braze", Pictured("hero", (600, 300), credit=credit))
    assert "Weather data by Bright Sky & DWD" in html.texts
    assert {"https://brightsky.dev/", "https://cc.example/by"} <= {tag.get("href") for _, tag in html.tags}
    assert not any(tag == "p" for tag, _ in made("braze").tags)


@pytest.mark.parametrize("platform", ["braze", "mailchimp", "plain"])
def test_the_page_for_recipients_is_linked_with_the_query_of_the_pictures_link(platform):
    html = snippet(HERO, platform, base_url="https://mail.example", why="Why <this>?")
    link, why = (tag["href"] for name, tag in Seen(html).tags if name == "a")
    assert why == link.replace("/l/", "/why/")
    assert html.endswith(">Why &lt;this&gt;?</a></p>\n")
    assert "/why/" not in snippet(HERO, platform, base_url="https://mail.example")


def test_without_a_platform_the_address_is_plain():
    html = made("plain", mailing="newyear 1")
    assert html.one("img")["src"] == "https://mail.example/i/hero.jpg?m=newyear%201&lang=de"
    assert "everybody is the same recipient" in html.comments[0]


def test_a_platform_without_a_preset_says_so():
    with pytest.raises(UsageError, match=r"ELAINE .* has no preset"):
        made("elaine")
    assert "r=[tag]" in made("elaine", recipient="[tag]").one("img")["src"]


def test_an_unknown_platform_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match="braze"):
        made("brase")


@pytest.mark.parametrize("base", ["mail.example", "ftp://mail.example", "https://mail.example/?a=1", 'https://a"b', ""])
def test_an_address_that_is_none_is_refused(base):
    with pytest.raises(UsageError, match="write it like https"):
        snippet(HERO, "braze", base_url=base)


def test_an_unknown_parameter_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="first_name"):
        made("braze", fields={"firstname": "x"})
