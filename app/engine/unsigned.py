"""What a text from a URL that nobody signed may not say, because the picture would say it in the sender's name.

Anybody can write a URL, and its picture has the sender's logo. So a stranger's text must lead nobody anywhere
(addresses, phone numbers), promise nobody anything (amounts), and be in letters that the site's readers know. Editors
may allow each of these. Texts are looked at in their compatibility form (NFKC), which is how they look to people: `１`
is a digit and `．` a full stop. In doubt a text is refused: the default is a smaller harm than a stranger's words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.engine.written import parse_moment

FEWEST_DIGITS: Final = 7
"""So many digits in a row, whatever joins them, can be dialled."""

_ADDRESS: Final = re.compile(r"@\w|//|\w ?[.。][^\W\d_]{2}")
"""What joins words without a blank as only addresses do: `@handle`, `//host`, `shop.example`."""

_WORD: Final = re.compile(r"[^\W\d_]+|\S")
_JOINTS: Final = frozenset(" +-/().‐‑‒–−")
_LETTERS: Final = frozenset({"Lu", "Ll", "Lt", "Lo"})
_MONEY: Final = "Sc"
_SHARES: Final = frozenset("%‰")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a site knows of its readers: the writing systems of its languages, as Unicode names letters (`LATIN`), and
    money, by its codes and by its names, folded. Without scripts, letters of all of them are known.
    """

    scripts: frozenset[str] = frozenset()
    money: frozenset[str] = frozenset()

    def refuses(self, text: str, allowed: frozenset[str]) -> bool:
        """Whether a text says something that is not allowed; `allowed` are words of `SAYINGS`."""
        seen = unicodedata.normalize("NFKC", text)
        return any(says(seen, self) for word, says in SAYINGS.items() if word not in allowed)


def scripts_of(texts: Iterable[str]) -> frozenset[str]:
    """The writing systems of all letters in these texts."""
    letters = {*"".join(texts)}
    return frozenset(_script(letter) for letter in letters if unicodedata.category(letter) in _LETTERS)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _has_address(text: str, _: Limits) -> bool:
    return _ADDRESS.search(text) is not None


def _has_phone(text: str, _: Limits) -> bool:
    digits = 0
    for sign in text:
        if sign.isdigit():
            digits += 1
            if digits == FEWEST_DIGITS:
                return not _is_moment(text)
        elif sign not in _JOINTS:
            digits = 0
    return False


def _is_moment(text: str) -> bool:
    """Whether the whole text is an instant as machines write it, from which a countdown may run."""
    try:
        parse_moment(text)
    except ValueError:
        return False
    return True


def _has_amount(text: str, limits: Limits) -> bool:
    """A number, and money or a share to count with it."""
    return any(map(str.isdigit, text)) and any(_counts(word, limits) for word in _WORD.findall(text))


def _counts(word: str, limits: Limits) -> bool:
    if word.isalpha():
        return word in limits.money or word.casefold() in limits.money
    return word in _SHARES or unicodedata.category(word) == _MONEY


def _has_foreign_letters(text: str, limits: Limits) -> bool:
    return bool(limits.scripts) and not scripts_of((text,)) <= limits.scripts


SAYINGS: Final[Mapping[str, Callable[[str, Limits], bool]]] = MappingProxyType(
    {
        "addresses": _has_address,
        "phones": _has_phone,
        "amounts": _has_amount,
        "scripts": _has_foreign_letters,
    }
)
"""What editors may allow, by the word that they write, and whether a text says it."""
