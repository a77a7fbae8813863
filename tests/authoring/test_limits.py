"""What the readers of a site know follows from its languages."""

import pytest

from app.authoring.limits import limits_of

NOTHING_ALLOWED: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("language", "text", "refused"),
    [
        ("de", "Jürgen", False),
        ("de", "Иван", True),
        ("ru", "Иван", False),
        ("ru", "Ivan", False),
        ("el", "Αθήνα", False),
        ("ja", "東京タワー", False),
        ("de", "5 Franken", True),
        ("en", "5 Franken", False),
        ("en", "five pounds for 1", True),
        ("pl", "5 złotych", True),
        ("fr", "5 dollars", True),
        ("en", "New for 2026", False),
        ("de", "5 XYZ", False),
        ("de", "5 SEK", True),
    ],
)
def test_letters_and_money_are_those_of_the_languages(language, text, refused):
    assert limits_of((language,)).refuses(text, NOTHING_ALLOWED) is refused
    assert not limits_of((language, "ru", "de")).refuses("Jürgen und Иван", NOTHING_ALLOWED)
