"""Sending platforms: their tags, and tags that come back unrendered."""

from urllib.parse import quote

import pytest
import yaml
from hypothesis import given, strategies as st

from app.platforms import BRACKETS, Tag, platform_named, platforms
from app.unrendered import unrendered

TAGS = [
    (platform.id, platform.family, tag.text)
    for platform in platforms().values()
    for tag in (
        platform.recipient,
        platform.recipient_in_links,
        platform.mailing,
        platform.first_name,
        platform.custom("CITY"),
        *(platform.in_url(tag) for tag in (platform.recipient, platform.first_name, platform.custom("CITY")) if tag),
    )
    if tag
]

ORDINARY = """
    Berlin München M%C3%BCnchen M%FCnchen M%DCNCHEN M%DCNCHEN%20OST D%DCSSELDORF%20AM%20RHEIN %C3%84RGER%C3%A4
    %DCBER%20ALLES%20GUT %D0%9C%D0%BE%D1%81%D0%BA%D0%B2%D0%B0 %E4%BD%A0%E5%A5%BD S%C3%A3o%20Paulo %C4%B0stanbul
    100%25 100% 50%%20off 50%25%20off 20%25-30%25 SALE%20-50%25 50%OFF % %% %zz %25 5%20%25
    a{b}c a{bc}d x{abc}y {} {0} {a} %7B%7D %7B%22a%22:1%7D %7B3F2504E0-4F89-41D3-9A0C-0305E82C3301%7D
    A[1] list[0] [] [0] [1,2] %5B1,2,3%5D Lamp%20[blue] Matratze%20%5B90x200%5D foo[bar]baz
    8f3c2b1a-1234-4321-aaaa-bbbbbbbbbbbb 0193e2f4a7c07b5e newyear_2026-11 de en-US 48.137,11.575
    eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_ Zm9vYmFy%2Bab%2F%3D%3D Zm9v+YmFy/== -_-_ -x -5 -5- -- --- a-b- -A
    R%26D O%27Neill Jean-Luc Dr.%20No C%23 %23 %231 #1 %23blau **bold** 5*3 ***** a*b a|b
    -Anna- -neu- -Sale- %mehr% %Mehr% *|x *|Sommer|Winter $cash $Cash cash$ $neu$ Lamp%20[New]
    $100 100$ US$ $5.00 $a $ $$ $$$ 10$$ %24100 <3 %3C3 %3Cb%3E 1%3C2%3E0 + %20 2026-11-21T20%3A00%2B01%3A00
"""


def as_clients_send(tag: str) -> list[str]:
    """A tag as it arrives: as it stands, with what a browser encodes, wholly encoded (both blanks), encoded twice."""
    browser = tag.translate({ord(" "): "%20", ord('"'): "%22", ord("<"): "%3C", ord(">"): "%3E", ord("'"): "%27"})
    wholly = quote(tag, safe="")
    return [tag, browser, wholly, wholly.replace("%20", "+"), quote(wholly, safe="")]


@pytest.mark.parametrize(("platform", "family", "tag"), TAGS)
def test_a_tag_nobody_filled_in_is_recognised_in_every_coat(platform, family, tag):
    found = [unrendered(coat) for coat in as_clients_send(tag)]
    assert None not in found
    siblings = {family, "single-brace-upper"} if family.startswith("single-brace") else {family}
    assert set(found) <= siblings


@pytest.mark.parametrize(("platform", "family", "tag"), TAGS)
def test_a_tag_inside_other_text_counts_too(platform, family, tag):
    assert unrendered(f"Hallo%20{tag}!") or family in ("dollar-word", "bracket")
    assert unrendered(f"{tag}") is not None


def test_every_tag_of_the_shared_table_is_recognised(shared_data):
    table = yaml.safe_load((shared_data / "esp_merge_tags.yaml").read_text("utf-8"))
    keys = "recipient_id recipient_id_alt email email_alt first_name fallback custom_field campaign_id url_encode"
    missed = []
    for row in table["esps"]:
        listed = [row.get(key) for key in keys.split()] + row.get("deprecated", []) + row.get("legacy", [])
        for tag in filter(None, listed):
            prose = "defined in" in tag or "field function" in tag or "parameters encode" in tag
            if not prose and any(unrendered(coat) is None for coat in as_clients_send(tag)):
                missed.append((row["id"], tag))
    assert missed == []


def test_every_platform_of_the_shared_table_is_carried_over(shared_data):
    table = yaml.safe_load((shared_data / "esp_merge_tags.yaml").read_text("utf-8"))
    for row in table["esps"]:
        platform = platform_named(row["id"])
        assert platform is not None and platform.id == row["id"]
        assert (platform.recipient.text if platform.recipient else None) == row["recipient_id"]
        assert (platform.mailing.text if platform.mailing else None) == row["campaign_id"]
        assert (platform.first_name.text if platform.first_name else None) == row["first_name"]
        assert platform.family in (row["family"], "none")


@pytest.mark.parametrize("value", ORDINARY.split())
def test_an_ordinary_value_is_no_tag(value):
    assert unrendered(value) is None


@pytest.mark.parametrize(
    "cut",
    [
        "{{",
        "{{%20contact.name%20|%20default:%20%22R",
        "*|FNAME",
        "%%=IIF(EMPTY(FirstName),'R",
        "[[data:city:%22R",
        "<%25",
    ],
)
def test_a_tag_cut_off_at_a_sign_of_the_url_is_still_one(cut):
    assert unrendered(cut)


@pytest.mark.parametrize(
    "value", ["%ABC%", "$ORT", "-first_name-", "-Vorname-", "%user_id%", "$email$", "*|MC:SUBJECT"]
)
def test_what_may_be_any_word_is_a_tag_in_capitals_or_where_it_names_a_field(value):
    assert unrendered(value)


@pytest.mark.parametrize(
    "value", ["[Vorname]", "[First name] [Last name]", "[FIELD,fallback=]", "[Email:filter:urlencode]"]
)
def test_a_value_wholly_in_square_brackets_is_a_tag(value):
    assert unrendered(value) == "bracket"


def test_an_id_has_no_tag_anywhere_in_it():
    for tag in ("kd{EMAIL}", "u{bmMailId}", "{bmMailId}x", "u[city]", "u{contactfield=id}"):
        assert unrendered(tag, is_id=True)
        assert unrendered(tag.replace("{", "%7B").replace("}", "%7D"), is_id=True)
    assert unrendered("8f3c-22a1_x.y~z", is_id=True) is None


@given(st.text(max_size=1_000))
def test_any_text_gets_an_answer(value):
    assert unrendered(value) in (None, "dash-word", *BRACKETS)


@given(st.text(st.characters(categories=["L", "N"]), max_size=60))
def test_letters_and_digits_are_never_a_tag(value):
    assert unrendered(value) is None
    assert unrendered(quote(value)) is None


@pytest.mark.parametrize(
    ("platform", "tag", "encoded"),
    [
        ("braze", "{{${user_id}}}", "{{${user_id} | url_param_escape}}"),
        ("klaviyo", "{{ person|lookup:'CITY'|default:'' }}", "{{ person|lookup:'CITY'|default:''|urlencode }}"),
        ("sfmc", "%%_subscriberkey%%", "%%=URLEncode(AttributeValue('_subscriberkey'),1,1)=%%"),
        ("iterable", "{{userId}}", "{{#urlEncode}}{{userId}}{{/urlEncode}}"),
        ("mautic", "{contactfield=city}", "{contactfield=city|true}"),
        ("inxmail", "[City]", "[City,encode(UTF-8)]"),
        ("mailwizz", "[CITY]", "[CITY:filter:urlencode]"),
        ("listmonk", "{{ .Subscriber.UUID }}", "{{ .Subscriber.UUID }}"),
        ("mailchimp", "*|CITY|*", "*|CITY|*"),
    ],
)
def test_a_tag_in_an_address_is_encoded_by_the_platform_where_it_can(platform, tag, encoded):
    assert platforms()[platform].in_url(Tag(tag, "high")).text == encoded


def test_a_tag_is_only_as_sure_as_its_least_sure_part():
    assert platforms()["emarsys"].in_url(Tag("{{ contact.1 }}", "high")).confidence == "low"


@pytest.mark.parametrize(
    "word", ["braze", "Braze", "BRAZE ", "customer.io", "Customer-IO", "campaign monitor", "sendinblue"]
)
def test_a_platform_is_found_by_any_of_its_names(word):
    assert platform_named(word) is not None


def test_a_platform_nobody_knows_is_none():
    assert platform_named("pigeon-post") is None


def test_elaine_is_known_by_name_only():
    elaine = platform_named("elaine")
    assert elaine is not None
    assert not elaine.has_preset
    assert elaine.note


def test_custom_fields_are_in_capitals_where_the_platform_wants_them():
    assert platforms()["brevo"].custom("city") == Tag("{{ contact.CITY }}", "high")
    assert platforms()["hubspot"].custom("city") == Tag("{{ contact.city }}", "high")
    assert platforms()["plain"].custom("city") is None
