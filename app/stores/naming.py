"""How entries are named, and what stands in them: of each mail how often it was opened, and what was shown last.

The two end at different times, so they are two entries. A placeholder's name has neither a blank nor a `#`; a mailing
is whatever the sending platform calls it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from app.recipients.accounts import Kept
from app.recipients.hiding import Hidden
from app.recipients.receipts import Lead, Receipt
from app.recipients.showings import Mail, Opened
from app.stores.pages import Found

EVENT: Final = "event "
MAIL: Final = "mail "
RECEIPT: Final = "receipt "
TRACE: Final = "trace "

read_opened = msgspec.json.Decoder(Opened).decode
read_receipt = msgspec.json.Decoder(Receipt).decode
read_lead = msgspec.json.Decoder(Lead).decode


class _Dated(msgspec.Struct):
    """Of a receipt no more than when it was."""

    at: float


_read_dated = msgspec.json.Decoder(_Dated).decode


def mail_entry(mail: Mail) -> str:
    """The entry that counts how often a mail was opened."""
    return MAIL + _named(mail)


def receipt_entry(mail: Mail) -> str:
    """The entry of what was shown in it last."""
    return RECEIPT + _named(mail)


def trace_entry(hidden: Hidden) -> str:
    """The same where no name is kept."""
    return TRACE + hidden.entry


def shown_at(receipt: bytes) -> float:
    """When the picture of an encoded receipt was asked for; long ago where it cannot be read."""
    try:
        return _read_dated(receipt).at
    except msgspec.MsgspecError:
        return 0.0


def opened_in(found: Found, mail: Mail) -> Opened | None:
    """How often a mail was opened; raises msgspec.MsgspecError for what cannot be read."""
    raw = found.get(mail_entry(mail))
    return None if raw is None else read_opened(raw)


def mails_in(found: Found) -> Iterator[Kept]:
    """All mails of a page; raises msgspec.MsgspecError."""
    names = {name.removeprefix(prefix): None for prefix in (MAIL, RECEIPT) for name in found if name.startswith(prefix)}
    for name in names:
        shown, _, mailing = name.partition(" ")
        placeholder, _, variant = shown.partition("#")
        counted, receipt = found.get(MAIL + name), found.get(RECEIPT + name)
        yield Kept(
            mailing,
            placeholder,
            variant,
            read_opened(counted) if counted else Opened(0, None),
            read_receipt(receipt) if receipt else None,
        )


def _named(mail: Mail) -> str:
    variant = f"#{mail.variant}" if mail.variant else ""
    return f"{mail.placeholder}{variant} {mail.mailing}"
