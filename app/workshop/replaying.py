"""An open once more: what a receipt holds is decided by the rules of that time, whatever was changed since.

`onopen explain --receipt` prints what these find.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from app.authoring.sets import Sets
from app.engine.calendar import find_zone
from app.engine.decide import Decider
from app.engine.explain import explain
from app.engine.withdrawals import Withdrawal
from app.engine.withdrawing import withdrawing
from app.errors import NotReplayed, StoreTrouble
from app.recipients.accounts import Account
from app.recipients.receipts import Receipt
from app.recipients.showings import Mail
from app.resolve.again import decided_again, is_as_shown
from app.settings import Settings
from app.sites import state_directory
from app.wiring.world import world_of
from app.workshop.workshop import Answer, Workshop, campaign_of, placeholder_of


@dataclass(frozen=True, slots=True)
class Replay:
    """A receipt, and what its rules answer to it; `bench` can paint that."""

    mail: Mail
    receipt: Receipt
    answer: Answer
    bench: Workshop

    @property
    def same(self) -> bool:
        """Whether that is what was shown: else this version of onopen decides otherwise."""
        return is_as_shown(self.answer.decision, self.receipt)


def replay(settings: Settings, mail: Mail) -> Replay:
    """Decide what was last shown in a mail once more; raises NotReplayed."""
    state = state_directory(settings.state_dir)
    receipt = receipt_in(asyncio.run(_account(settings, state, mail.recipient)), mail)
    folder = Sets.find(state, receipt.edition)
    if folder is None:
        raise NotReplayed(f"the rules of this open, set {receipt.edition}, are no longer kept in {state}")
    bench = Workshop(folder, settings)
    return Replay(mail, receipt, _answer(bench, mail, receipt), bench)


def receipt_in(account: Account | None, mail: Mail) -> Receipt:
    """The newest receipt of a mail; raises NotReplayed where there is none."""
    found = [
        kept.receipt
        for kept in (account.mails if account is not None else ())
        if kept.receipt is not None and (kept.mailing, kept.placeholder) == (mail.mailing, mail.placeholder)
    ]
    if found:
        return max(found, key=lambda receipt: receipt.at)
    if account is not None and account.leads:
        raise NotReplayed(
            "of this recipient only rule and link are kept, under a hash; replaying wants"
            " consent: {measurement: individual} and a recipient who can be believed"
        )
    raise NotReplayed(
        f"there is no receipt of {mail.placeholder} in mailing {mail.mailing} to this recipient; they are kept for 30"
        " days, where the site says consent: {measurement: individual}"
    )


async def _account(settings: Settings, state: Path, recipient: str) -> Account | None:
    world = world_of(settings.model_copy(update={"log_level": "warning"}), json_logs=False, state=state)
    assert world.store is not None, "there is a state directory"
    try:
        return await world.store.account(recipient)
    except StoreTrouble as trouble:
        raise NotReplayed(trouble.operator) from trouble
    finally:
        await world.aclose()


def _answer(bench: Workshop, mail: Mail, receipt: Receipt) -> Answer:
    site = bench.site()
    placeholder = placeholder_of(site, mail.placeholder)
    withdrawn = map(Withdrawal.of, receipt.withdrawn)
    ruleset = withdrawing(campaign_of(placeholder, receipt.campaign).ruleset, withdrawn)
    zone = find_zone(receipt.zone) or site.zone
    try:
        decision, facts = decided_again(Decider(ruleset), receipt, mail.recipient, zone)
    except (ValueError, KeyError) as error:
        raise NotReplayed(f"the receipt is from another version of onopen: {error}") from error
    return Answer(decision, facts, explain(ruleset, facts, decision), ruleset, site, placeholder)
