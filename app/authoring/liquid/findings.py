"""What is found out about one text while it is compiled: its reads, its mistakes, its doubts, what it needs to speak.

It only collects; who reads the template decides what is a mistake.
"""

from __future__ import annotations

from liquid import Token

from app.authoring.liquid.names import Names
from app.authoring.liquid.troubles import TextTrouble, trouble, written_width
from app.engine.signals import Kind

SPOKEN_DIFFERENTLY = frozenset({Kind.NUMBER, Kind.CLOCK, Kind.DATE, Kind.MOMENT, Kind.DURATION})
"""Kinds whose words depend on the reader's language."""


class Findings:
    """The growing findings about one text, of which `names` may be read.

    `plain` says that values are said as machines read them, so that languages matter to formats alone; `has_currency`
    that amounts need not name theirs.
    """

    def __init__(self, text: str, names: Names, *, plain: bool = False, has_currency: bool = False) -> None:
        self.text = text
        self.names = names
        self.plain = plain
        self.has_currency = has_currency
        self.troubles: list[TextTrouble] = []
        self.read: dict[str, None] = {}
        self.doubtful: dict[str, None] = {}
        self.spelled: dict[str, None] = {}
        self.needs_language = False
        self.needs_zone = False
        self.has_own_names = False

    def wrong(self, code: str, message: str, remedy: str = "", *, at: Token | int, width: int | None = None) -> None:
        """Take a mistake at a token, or at an offset of the text."""
        offset = at if isinstance(at, int) else at.start_index
        if width is None and not isinstance(at, int):
            width = written_width(self.text, at)
        self.troubles.append(trouble(self.text, code, message, remedy, offset=offset, width=width))

    def spellings_matter(self) -> tuple[str, ...]:
        """The proper names that are compared, all of them where the text may compare under a name of its own."""
        if not self.has_own_names:
            return tuple(self.spelled)
        return tuple(name for name in self.read if self.names.kind(name) is Kind.NAME)

    def says(self, kind: Kind | None) -> None:
        """A value of this kind is turned into words as it is."""
        if not self.plain and kind in SPOKEN_DIFFERENTLY:
            self.needs_language = True
            self.needs_zone |= kind is Kind.MOMENT

    def formats(self, kind: Kind | None, *, shows_time: bool) -> None:
        """A value of this kind is formatted for the reader."""
        self.needs_language = True
        self.needs_zone |= shows_time and kind in (Kind.MOMENT, None)
