"""The filters for words and lists: capitals, cutting, joining, and the one that stands in for what is not known.

Each takes its value as the voice says it, so `{{ weather.temperature | append: "°" }}` is “17,3°” to a German.
"""

from __future__ import annotations

import html
from typing import Final

from app.authoring.liquid.arguments import whole
from app.authoring.liquid.values import LONGEST, GivesWay, Unknown
from app.authoring.liquid.voice import Voice
from app.engine.signals import Kind

CUT: Final = 50
"""Characters that `truncate` leaves where nothing else is said; Liquid's own default."""


def default(value: object, _voice: Voice, instead: object = "", *, allow_false: object = False) -> object:
    """The value, or `instead` where it is unknown, empty or false."""
    if value is False:
        return value if allow_false is True else instead
    return instead if value is None or value in ("", []) or isinstance(value, Unknown) else value


def upcase(value: object, voice: Voice) -> str:
    """In capital letters."""
    return voice.say(value).upper()


def downcase(value: object, voice: Voice) -> str:
    """In small letters."""
    return voice.say(value).lower()


def capitalize(value: object, voice: Voice) -> str:
    """With the first letter large and the others small."""
    return voice.say(value).capitalize()


def strip(value: object, voice: Voice) -> str:
    """Without white space at both ends."""
    return voice.say(value).strip()


def escape(value: object, voice: Voice) -> str:
    """With the signs of HTML as entities."""
    return html.escape(voice.say(value))


def truncate(value: object, voice: Voice, length: object = CUT, end: object = "…") -> str:
    """At most `length` characters, of which the last are `end` where something was cut."""
    text, mark, most = voice.say(value), voice.say(end), check_length(length)
    if len(text) <= most:
        return text
    return text[: max(0, most - len(mark))].rstrip() + mark


def check_length(length: object, _kind: Kind | None = None) -> int:
    """How many characters are left; raises `BadArgument`."""
    return whole(length, 1, LONGEST)


def replace(value: object, voice: Voice, old: object, new: object = "") -> str:
    """With every `old` made `new`."""
    return voice.say(value).replace(voice.say(old), voice.say(new))


def append(value: object, voice: Voice, more: object) -> str:
    """With `more` behind it."""
    return voice.say(value) + voice.say(more)


def prepend(value: object, voice: Voice, more: object) -> str:
    """With `more` before it."""
    return voice.say(more) + voice.say(value)


def split(value: object, voice: Voice, separator: object) -> list[object]:
    """The pieces between separators; a blank separates words, an empty separator letters."""
    text, mark = voice.say(value), voice.say(separator)
    if not text:
        return []
    if not mark:
        return list(text)
    return list(text.split() if mark == " " else text.split(mark))


def join(value: object, voice: Voice, separator: object = " ") -> str:
    """A list as one text."""
    items = value if isinstance(value, list) else [value]
    return voice.say(separator).join(voice.say(item) for item in items)


def first(value: object, voice: Voice) -> object:
    """The first item or letter; the empty text where there is none."""
    items = value if isinstance(value, list) else voice.say(value)
    return items[0] if items else ""


def last(value: object, voice: Voice) -> object:
    """The last item or letter; the empty text where there is none."""
    items = value if isinstance(value, list) else voice.say(value)
    return items[-1] if items else ""


def size(value: object, voice: Voice) -> int:
    """How many items or letters."""
    if isinstance(value, Unknown):
        raise GivesWay("size")
    return len(value if isinstance(value, list) else voice.say(value))
