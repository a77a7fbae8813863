"""Queries: tolerant to whatever mails make of them."""

from unicodedata import category
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given, strategies as st

from app.web.querystring import MAX_PARAMS, MAX_QUERY, MAX_VALUE, parse


def values(query: bytes) -> dict:
    return dict(parse(query).values)


def test_plain_parameters_are_read():
    assert values(b"m=newyear&r=8f3c-1&lang=de") == {"m": "newyear", "r": "8f3c-1", "lang": "de"}
    assert values(b"") == {}


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"M%C3%BCnchen", "München"),
        (b"M%FCnchen", "München"),
        ("München".encode(), "München"),
        (b"M\xfcnchen", "München"),
        (b"Bad+Homburg", "Bad Homburg"),
        (b"Bad%20Homburg", "Bad Homburg"),
        (b"a%2Bb@x.de", "a+b@x.de"),
        (b"100%", "100%"),
        (b"100%25", "100%"),
        (b"50%%20off", "50% off"),
        (b"%zz%4", "%zz%4"),
        (b"%2541", "%41"),
        (b"%80", "€"),
        (b"Berlin%0D%0A", "Berlin"),
        (b"Bad\tHomburg%09", "Bad Homburg"),
        (b"a=b", "a=b"),
        (b"%F0%9F%8E%84", "🎄"),
    ],
)
def test_a_value_is_decoded_once_and_never_refused(raw, text):
    assert values(b"x=" + raw) == {"x": text}


@pytest.mark.parametrize("raw", [b"a%0D%0Ab", b"a%00b", b"a\x00b", b"a%C2%85b", b"%00"])
def test_a_value_with_a_control_in_its_midst_is_absent(raw):
    assert values(b"x=" + raw + b"&y=1") == {"y": "1"}


def test_an_escaped_ampersand_joins_parameters_all_the_same():
    assert values(b"m=1&amp;r=2&amp;lang=de") == {"m": "1", "r": "2", "lang": "de"}
    assert values(b"amp;m=1") == {"m": "1"}


def test_the_first_value_that_says_something_counts():
    assert values(b"a=&a=2&a=3") == {"a": "2"}
    assert values(b"a=%7B%7Bx%7D%7D&a=2") == {"a": "2"}


def test_what_has_no_name_or_no_value_is_absent():
    assert values(b"=5&x&y=&&&z=1&%20=3") == {"z": "1"}


@pytest.mark.parametrize(
    ("query", "name", "family"),
    [
        (b"r=%%_subscriberkey%%&lang=de", "r", "double-percent"),
        (b"r=%CAMPAIGNID%", "r", "percent-upper"),
        (b"r=%EMAIL%&lang=de", "r", "percent-upper"),
        (b"r={contactfield=id}", "r", "single-brace-lower"),
        (b"r=%7B%7B%20contact.id%20%7D%7D", "r", "double-brace"),
        (b"r={{%20contact.id%20}}", "r", "double-brace"),
        (b"r={{+contact.id+}}", "r", "double-brace"),
        (b"r=*|UNIQID|*", "r", "star-pipe"),
        (b"r=*%7CUNIQID%7C*", "r", "star-pipe"),
        (b"r=%%=URLEncode(AttributeValue('a'),1,1)=%%", "r", "double-percent"),
        (b"r=%3C%%20User['ID']%20%%3E", "r", "percent-angle"),
        (b"r=-first_name-", "r", "dash-word"),
        (b'r={{ name | default: "R&D" }}', "r", "double-brace"),
        (b"amp;r=[agnUID]", "r", "agn"),
    ],
)
def test_an_unrendered_tag_is_no_value(query, name, family):
    parsed = parse(query)
    assert name not in parsed.values
    assert parsed.unrendered[name] == family


def test_the_parameters_around_a_tag_are_read():
    assert values(b"m=5&r=%CAMPAIGNID%&lang=de") == {"m": "5", "lang": "de"}


def test_a_value_too_long_is_absent_and_the_rest_is_not():
    assert values(b"a=" + b"x" * (MAX_VALUE + 1) + b"&b=1") == {"b": "1"}
    assert values(b"a=" + b"x" * MAX_VALUE + b"&b=1") == {"a": "x" * MAX_VALUE, "b": "1"}


def test_beyond_the_limits_parameters_are_absent():
    many = "&".join(f"p{number}=1" for number in range(MAX_PARAMS + 9)).encode()
    assert len(values(many)) == MAX_PARAMS
    assert values(b"a=1&b=" + b"x" * MAX_QUERY) == {"a": "1"}
    assert values(b"x" * (MAX_QUERY * 2)) == {}


@given(st.binary(max_size=400))
def test_any_bytes_get_an_answer(raw):
    parsed = parse(raw)
    assert all(value and "Cc" not in map(category, value) for value in parsed.values.values())
    assert not parsed.values.keys() & parsed.unrendered.keys()


@given(
    st.dictionaries(
        st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=10),
        st.text(st.characters(categories=["L", "N", "Zs"]), min_size=1, max_size=40),
        max_size=8,
    )
)
def test_what_was_encoded_properly_comes_back_as_it_was(parameters):
    assert values(urlencode(parameters, quote_via=quote_plus).encode()) == parameters
