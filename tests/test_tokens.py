"""Tokens: what they vouch for, and that every other spelling of them vouches for nothing."""

from __future__ import annotations

import hmac
import random
import timeit
from hashlib import sha256

import pytest
from hypothesis import given, strategies as st

from app.keyring import Key, Keyring
from app.tokens import CARRIED, DETACHED, LONGEST, TEST, Refused, Token, Tokens, platform_secret, signed_text
from app.web.querystring import MAX_VALUE, parse

NEW, OLD, STRANGE = (Key.of(letter * 32) for letter in "nos")
NOW, UNTIL = 1_795_708_800.0, 1_830_297_600
WHOM = {"m": "newyear", "r": "8f3c2b1a"}
SAID = {**WHOM, "first_name": "Jürgen & Söhne", "lang": "de"}

tokens = Tokens(Keyring((NEW, OLD)))


def read(text: str, beside: dict[str, str] | None = None, now: float = NOW) -> Token | Refused:
    return tokens.read(text, beside or {}, now)


values = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=40)


@given(st.dictionaries(st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12), values, max_size=5))
def test_what_a_token_carries_comes_back(parameters):
    token = Token(parameters, UNTIL)
    assert read(tokens.made(token)) == token


def test_a_detached_token_vouches_for_the_names_beside_it():
    text = tokens.made(Token(WHOM, UNTIL, DETACHED))
    assert read(text, SAID) == Token(WHOM, UNTIL, DETACHED)
    for other in ({**WHOM, "m": "newyeaR"}, {**WHOM, "r": "8f3c2b1b"}, {"m": "newyear"}, {}, {**WHOM, "r": "8f\n3c"}):
        assert read(text, other) in (Refused.FORGED, Refused.MALFORMED)


def test_a_sending_platform_makes_the_same_detached_token():
    """The recipe of `docs/sending`: six lines, HMAC-SHA256 with a text for a key, lower-case hex."""
    lines = f"onopen\n1d\n{NEW.id}\n{UNTIL}\nnewyear\n8f3c2b1a"
    assert signed_text(Token(WHOM, UNTIL, DETACHED), NEW.id).decode() == lines
    signature = hmac.new(platform_secret(NEW).encode(), lines.encode(), sha256).hexdigest()
    assert f"1d.{NEW.id}.{UNTIL}.{signature}" == tokens.made(Token(WHOM, UNTIL, DETACHED))


def test_what_a_platform_has_makes_no_token_that_carries():
    assert platform_secret(NEW) not in {NEW.for_purpose("token").hex(), NEW.for_purpose("receipt").hex()}


def test_it_holds_until_an_instant():
    text = tokens.made(Token(SAID, UNTIL))
    assert isinstance(read(text, now=UNTIL - 0.001), Token)
    assert read(text, now=UNTIL) is Refused.EXPIRED


def test_the_key_before_is_still_believed_and_no_other():
    assert isinstance(read(Tokens(Keyring((OLD,))).made(Token(SAID, UNTIL))), Token)
    assert read(Tokens(Keyring((STRANGE,))).made(Token(SAID, UNTIL))) is Refused.FORGED


@pytest.mark.parametrize(
    ("text", "beside"),
    [(tokens.made(Token(SAID, UNTIL, form)), WHOM) for form in (CARRIED, TEST, DETACHED)],
    ids=["carried", "test", "detached"],
)
def test_no_mutant_of_a_token_means_anything(text, beside):
    """10,000 single bytes of a query, changed: the same is meant, or nothing is vouched for."""
    query = f"m={beside['m']}&r={beside['r']}&t={text}".encode()
    meant = read(text, beside)
    chance = random.Random(7)
    for _ in range(10_000):
        place = chance.randrange(len(query))
        mutant = parse(query[:place] + bytes((chance.randrange(256),)) + query[place + 1 :]).values
        found = read(mutant["t"], dict(mutant)) if "t" in mutant else Refused.MALFORMED
        assert isinstance(found, Refused) or found == meant


@pytest.mark.parametrize("form", [CARRIED, TEST])
def test_a_form_cannot_be_exchanged(form):
    text = tokens.made(Token(WHOM, UNTIL, form))
    other = TEST if form == CARRIED else CARRIED
    assert read(text.replace(form, other, 1)) is Refused.FORGED


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text):
    assert isinstance(read(text), Refused)
    assert isinstance(read(f"{CARRIED}.{NEW.id}.{UNTIL}.{text}.{text}"), Refused)
    assert isinstance(read(f"{DETACHED}.{NEW.id}.{text}.{text}", {"m": text, "r": text}), Refused)


def test_what_no_server_would_read_is_not_made():
    with pytest.raises(ValueError, match="first_name has a line break"):
        tokens.made(Token({"first_name": "a\nb"}, UNTIL))
    with pytest.raises(ValueError, match="shorten"):
        tokens.made(Token({"first_name": "a" * LONGEST}, UNTIL))
    assert LONGEST <= MAX_VALUE
    assert read("1c." * LONGEST) is Refused.MALFORMED


def test_reading_one_is_quick():
    """15 µs are promised. They are counted in HMACs, each about 2 µs, since machines have slow moments."""
    text = tokens.made(Token(SAID, UNTIL))
    reading = min(timeit.repeat(lambda: read(text), number=100, repeat=30))
    signing = min(timeit.repeat(lambda: hmac.digest(b"k" * 32, b"t" * 120, sha256), number=100, repeat=30))
    assert reading < 7 * signing
