"""Who saw what was recalled, as far as receipts tell: pure functions of what is kept about somebody.

Of a mail only the last receipt is kept, so an earlier open of it may have shown what the receipt no longer says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from app.engine.withdrawals import Withdrawal
from app.recipients.accounts import Account, Kept
from app.recipients.receipts import Receipt


class How(StrEnum):
    """How sure it is that somebody saw it."""

    CERTAINLY = "certainly"
    POSSIBLY = "possibly"


@dataclass(frozen=True, slots=True)
class Exposed:
    """A mail that showed it, or may have; `shown_at` in epoch seconds, None where the receipt is of another open."""

    recipient: str
    mailing: str
    placeholder: str
    shown_at: float | None
    how: How


@dataclass(slots=True)
class Exposure:
    """Goes through accounts, and counts: mails by how sure it is, and traces that name nobody."""

    withdrawn: Collection[Withdrawal]
    certainly: int = 0
    possibly: int = 0
    unnamed: int = 0
    _rules: frozenset[str] = field(init=False)
    _campaigns: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._rules = frozenset(one.rule for one in self.withdrawn)
        self._campaigns = frozenset(one.campaign for one in self.withdrawn)

    def seen_by(self, recipient: str, account: Account) -> list[Exposed]:
        """The mails of somebody that showed it; none of who said no to being measured."""
        self.unnamed += sum(lead.rule in self._rules for lead in account.leads)
        found = list(self._mails(recipient, account)) if account.person.measured else []
        for one in found:
            self.certainly += one.how is How.CERTAINLY
            self.possibly += one.how is How.POSSIBLY
        return found

    def as_json(self) -> dict[str, int]:
        """The counts, as JSON values."""
        return {"certainly": self.certainly, "possibly": self.possibly, "unnamed": self.unnamed}

    def _mails(self, recipient: str, account: Account) -> Iterator[Exposed]:
        for mail in account.mails:
            receipt = mail.receipt
            if receipt is not None and self._shows(receipt):
                how = How.CERTAINLY if receipt.certain else How.POSSIBLY
                yield Exposed(recipient, mail.mailing, mail.placeholder, receipt.at, how)
            elif receipt is not None and self._may_have_shown(mail, receipt):
                yield Exposed(recipient, mail.mailing, mail.placeholder, None, How.POSSIBLY)

    def _shows(self, receipt: Receipt) -> bool:
        return any(
            (one.campaign, one.rule) == (receipt.campaign, receipt.rule)
            and (not one.field or one.field in receipt.fields)
            and str(one) not in receipt.withdrawn
            for one in self.withdrawn
        )

    def _may_have_shown(self, mail: Kept, receipt: Receipt) -> bool:
        return receipt.campaign in self._campaigns and mail.opened.count > 1
