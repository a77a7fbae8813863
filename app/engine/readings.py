"""What is known about one opening: values with an age, a horizon, a source, or the reason why nothing is known.

A signal has a value, is *empty* (asked, allowed, and there is nothing), or is *unknown* with a reason. A reading that
is not there at all is pending: nobody has asked yet. Times are instants in seconds since the epoch, never durations.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import Enum, IntEnum
from typing import Any, Final, NamedTuple

FOREVER: Final = math.inf
"""The horizon of what time alone cannot change."""


class Rung(IntEnum):
    """How good an answer is; the worst rung of what it rests on is its own."""

    LIVE = 0
    STALE = 1
    UNKNOWN = 2
    FALLBACK = 3

    @property
    def word(self) -> str:
        """The rung as headers and logs write it."""
        return self.name.lower()


class Why(Enum):
    """Why a signal is unknown: a sentence for people, and whether waiting could help.

    Unknown *by nature* (a mail proxy hides the reader) is ordinary and lasts; unknown *by failure* (an upstream was
    late) is a lesser answer and must be short-lived.
    """

    HIDDEN_BY_PROXY = ("hidden by the mail proxy", False)
    PREFETCHED = ("fetched by a machine before anybody looked", False)
    NOT_PERMITTED = ("not permitted by the recipient's consent", False)
    NOT_IN_URL = ("the URL does not say", False)
    UNRENDERED_TAG = ("the sending platform left its merge tag unrendered", False)
    NEVER_HEARD_OF = ("this recipient has never been heard of", False)
    NO_RECIPIENT = ("the URL names no recipient", False)
    NOT_BELIEVED = ("the site does not believe an id that stands plainly in the URL, or it could be guessed", False)
    NOT_REMEMBERED = ("nothing is remembered about this recipient", False)
    NOT_LOCATED = ("the address is in no location table", False)
    TOO_COARSE = ("the place is not known precisely enough", False)
    NO_PLACE = ("no place to ask the weather for", False)
    NOT_RECOGNISED = ("the mail client does not tell", False)
    NOT_OFFERED = ("nobody who is asked reports it", False)
    NOT_PINNED = ("not given here", False)
    TOO_OLD = ("older than the rule allows", False)
    CANNOT_TELL = ("the accuracy does not settle it", False)
    ITEM_IN_DOUBT = ("it is unknown of an item whether it is in the list", False)
    STORE_SILENT = ("the store of recipients did not answer", True)
    UPSTREAM_LATE = ("the upstream service did not answer in time", True)
    UPSTREAM_FAILED = ("the upstream service failed", True)
    TOO_MANY_ROUNDS = ("there was no time left to ask", True)

    def __init__(self, sentence: str, failure: bool) -> None:
        self.sentence = sentence
        self.failure = failure


class Empty(Enum):
    """The value of a signal that was asked, allowed, and has nothing: never bought, no middle name."""

    EMPTY = "empty"

    def __str__(self) -> str:
        return ""


EMPTY: Final = Empty.EMPTY


class Name(str):
    """A proper name that is written differently in other languages: München, Munich, Monaco di Baviera.

    It prints as the one name it was made with and equals whatever text equals that name; operators compare with
    `keys`, the folded spellings of all of them.
    """

    __slots__ = ("keys",)
    keys: frozenset[str]

    def __new__(cls, name: str, also: Iterable[str] = ()) -> Name:
        """A name, and its spellings in other languages."""
        self = super().__new__(cls, name)
        self.keys = frozenset(fold(spelling) for spelling in (name, *also))
        return self


def fold(text: str) -> str:
    """The form in which texts are compared: without case, without outer white space."""
    return text.strip().casefold()


class Reading(NamedTuple):
    """One signal as it was found: a value with the instant it was true and the instant it stops being so.

    A tuple, since opens make many: a frozen dataclass takes three times as long to make.
    `value` is None exactly where `why_unknown` is set. `as_of` and `until` are seconds since the epoch; `until` may be
    `FOREVER`. `source` names who said so (`url`, `city file`, `brightsky` …); `rung` is the rung of an answer that
    rests on this reading.
    """

    signal: str
    value: Any
    as_of: float
    until: float = FOREVER
    source: str = ""
    why_unknown: Why | None = None
    rung: Rung = Rung.LIVE

    @property
    def known(self) -> bool:
        """Whether there is an answer; an empty one is an answer."""
        return self.why_unknown is None


def unknown(signal: str, why: Why, *, as_of: float, until: float = FOREVER, source: str = "") -> Reading:
    """A reading that says why nothing is known; by failure it stands on the rung `unknown`."""
    return Reading(signal, None, as_of, until, source, why, Rung.UNKNOWN if why.failure else Rung.LIVE)


def pinned(signal: str, value: Any) -> Reading:
    """What somebody declares to be so, in an example or with `--set`: it holds for ever and never grows old."""
    return Reading(signal, value, FOREVER, FOREVER, "pinned")
