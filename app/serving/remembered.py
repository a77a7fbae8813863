"""What a mail showed, told from its receipt: as much of it as is still known, and nothing that is guessed.

A receipt has the fields of the picture, and what the decision rested on. Where the rules that decided are those that
are served, and still come to these fields, they tell the rest: what the design itself said, the alternative text, what
was decisive. Else the fields say what the design of today has a place for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.engine.calendar import Zone, find_zone
from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.lists import Entry
from app.engine.opens import Open
from app.engine.rules import Ruleset
from app.recipients.accounts import Account
from app.recipients.receipts import Receipt, legible
from app.resolve.again import decided_again, is_as_shown
from app.resolve.served import LANGUAGE, Served
from app.serving.desk import Explained, Serving
from app.serving.shown import Shown


class Remembered(NamedTuple):
    """What was shown at `at` (epoch seconds), and why.

    `certain` says that the recipient really looked at that moment, `whole` that what is told is all there was to read.
    """

    explained: Explained
    at: float
    certain: bool
    whole: bool


def receipt_for(serving: Serving, shown: Shown, opening: Open, account: Account | None) -> Receipt | None:
    """The receipt of the very mail of an opening, in what is kept of its recipient; None too for who said no."""
    if account is None or not account.person.measured or not serving.resolver.keeps_receipts(opening):
        return None
    mail = shown.served(opening.campaign).mail(opening)
    where = (mail.mailing, mail.placeholder, mail.variant)
    found = (kept.receipt for kept in account.mails if (kept.mailing, kept.placeholder, kept.variant) == where)
    return next(found, None)


def remembered(serving: Serving, shown: Shown, opening: Open, receipt: Receipt, language: str) -> Remembered:
    """What a receipt says to somebody who reads that language, where it does not say which one was read."""
    served = shown.campaigns.get(receipt.campaign) or shown.served(opening.campaign)
    zone = find_zone(receipt.zone) or find_zone(serving.zone)
    assert zone is not None, "a site has a time zone"
    told = _decided_again(served, receipt, opening.recipient, zone)
    decision, facts = told or _written_down(served, receipt, opening.recipient, zone)
    kept = receipt.readings.get(LANGUAGE)
    spoken = language if kept is None or kept.value is None else str(kept.value)
    explained = Explained(decision, shown.texts(decision), facts, served.decider.ruleset, spoken)
    return Remembered(explained, receipt.at, receipt.certain, whole=told is not None)


def _decided_again(served: Served, receipt: Receipt, recipient: str, zone: Zone) -> tuple[Decision, Facts] | None:
    """What the rules of today come to, if they are those of the receipt and come to the same."""
    if served.decider.ruleset.digest != receipt.ruleset:
        return None
    try:
        decision, facts = decided_again(served.decider, receipt, recipient, zone)
    except (ValueError, KeyError):  # tables, or what may be told of recipients, have changed
        return None
    return (decision, facts) if is_as_shown(decision, receipt) else None


def _written_down(served: Served, receipt: Receipt, recipient: str, zone: Zone) -> tuple[Decision, Facts]:
    """What stands in the receipt itself, as far as today's vocabulary and design have a place for it."""
    ruleset = served.decider.ruleset
    readings, fields = tuple(legible(receipt, ruleset.catalogue)), _drawn(receipt.fields, ruleset)
    decision = Decision(
        placeholder=ruleset.placeholder,
        campaign=receipt.campaign,
        rule=receipt.rule,
        fields=tuple(fields.items()),
        captions=(),
        link=receipt.link,
        alt="",
        nothing=not fields,
        readings=readings,
        until=receipt.at,
        ruleset=receipt.ruleset,
        zone=receipt.zone,
    )
    return decision, Facts(receipt.at, zone, {one.signal: one for one in readings}, recipient)


def _drawn(fields: Mapping[str, Any], ruleset: Ruleset) -> dict[str, Any]:
    """The fields that the design still has, a list as one."""
    kinds = {field.name: field.kind for field in ruleset.fields}
    return {
        name: tuple(Entry("", tuple(item.items())) for item in value) if isinstance(value, list) else value
        for name, value in fields.items()
        if name in kinds and isinstance(value, list) == (kinds[name] == "list")
    }
