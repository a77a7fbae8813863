"""Names from which nobody can tell whose page it is, or of which mail an entry: keyed hashes.

A mail of a recipient always has the same name, so a click finds what the open left. Ids that are believed and ids that
only stand in a URL have names of their own: who puts somebody's id into a URL finds nothing that was shown to them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

from app.recipients.receipts import Lead
from app.recipients.showings import KEEP_S, Mail

PURPOSE: Final = "receipts"
"""What the key is derived for."""

OCTETS: Final = 16
DAY_S: Final = 86_400


@dataclass(frozen=True, slots=True)
class Hidden:
    """The page and the entry of a mail."""

    page: str
    entry: str


@dataclass(frozen=True, slots=True)
class Trace:
    """What a click needs of a picture that was shown, until an instant, kept without a name.

    `recipient` is asked whether they said no to being measured. Neither they nor `at`, when it was, is kept.
    """

    recipient: str
    hidden: Hidden
    lead: Lead
    until: float
    at: float

    @classmethod
    def left(cls, recipient: str, hidden: Hidden, lead: Lead, at: float) -> Trace:
        """The trace of a picture that was shown `at` an instant; it ends with a day, so as not to tell the instant."""
        return cls(recipient, hidden, lead, ((at + KEEP_S) // DAY_S + 1) * DAY_S, at)


@dataclass(frozen=True, slots=True)
class Hider:
    """Hides with one secret of at most 64 bytes, which is the key's for this purpose.

    By keyed BLAKE2, as every open that leaves a trace hides twice: it takes a fifth of the time of an HMAC.
    """

    secret: bytes = field(repr=False)

    def hidden(self, mail: Mail, *, believed: bool) -> Hidden:
        """The name of a mail to somebody whose id is believed, or is not."""
        page = self._page(mail.recipient, believed=believed)
        return Hidden(page, self._hash("mail", page, mail.mailing, mail.placeholder, mail.variant))

    def pages(self, recipient: str) -> tuple[str, str]:
        """All pages where anything may be kept for somebody without naming them."""
        return self._page(recipient, believed=True), self._page(recipient, believed=False)

    def holder(self, recipient: str) -> str:
        """The name under which somebody who is believed holds places of offers."""
        return self._hash("holder", recipient)

    def mark(self, page: str) -> str:
        """The name under which it is marked for a while that a page was erased."""
        return self._hash("erased", page)

    def _page(self, recipient: str, *, believed: bool) -> str:
        return f"~{self._hash('believed' if believed else 'in the URL', recipient)}"

    def _hash(self, *words: str) -> str:
        said = "\0".join(words).encode(errors="surrogatepass")  # ids come from strangers
        return blake2b(said, key=self.secret, digest_size=OCTETS).hexdigest()
