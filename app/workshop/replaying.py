"""An open once more: what a receipt holds is decided by the rules of that time, whatever was changed since.

`onopen explain --receipt` prints what these find.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path

from app.authoring.sets import Sets
from app.engine.calendar import find_zone
from app.engine.decide import Decider, with_own
from app.engine.decision import Decision
from app.engine.explain import explain, plain_field
from app.engine.facts import Facts
from app.engine.readings import Reading
from app.engine.rules import Ruleset
from app.engine.withdrawals import Withdrawal
from app.engine.withdrawing import withdrawing
from app.errors import NotReplayed, StoreTrouble
from app.recipients.accounts import Account
from app.recipients.receipts import Receipt, readings_of
from app.recipients.showings import Mail
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
        decision, receipt = self.answer.decision, self.receipt
        fields = {} if decision.nothing else {name: plain_field(value) for name, value in decision.fields}
        return (decision.rule, decision.link, fields) == (receipt.rule, receipt.link, receipt.fields)


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


def _listed(ruleset: Ruleset, readings: Mapping[str, Reading], receipt: Receipt) -> dict[str, Reading]:
    """What lists held of somebody's collections: a receipt has the keys and what was told, the tables of that time the
    rest of the items.
    """
    lists = {one.pick.signal: one for one in ruleset.personal_read}
    told = {name: receipt.readings[name].told for name in lists if name in readings}
    return {
        name: replace(reading, value=lists[name].named(reading.value, told[name] or repeat({}, len(reading.value))))
        for name, reading in readings.items()
        if name in lists and isinstance(reading.value, list)
    }


def _answer(bench: Workshop, mail: Mail, receipt: Receipt) -> Answer:
    site = bench.site()
    placeholder = placeholder_of(site, mail.placeholder)
    withdrawn = map(Withdrawal.of, receipt.withdrawn)
    ruleset = withdrawing(campaign_of(placeholder, receipt.campaign).ruleset, withdrawn)
    try:
        readings = {one.signal: one for one in readings_of(receipt, ruleset.catalogue, ruleset.reproducible)}
        readings |= _listed(ruleset, readings, receipt)
    except (ValueError, KeyError) as error:
        raise NotReplayed(f"the receipt is from another version of onopen: {error}") from error
    facts = with_own(ruleset, Facts(receipt.at, find_zone(receipt.zone) or site.zone, readings, mail.recipient))
    decision = Decider(ruleset).decide(facts)
    if not isinstance(decision, Decision):
        wanted = ", ".join(sorted(decision.wants))
        raise NotReplayed(f"the receipt is from another version of onopen: it does not hold {wanted}")
    return Answer(decision, facts, explain(ruleset, facts, decision), ruleset, site, placeholder)
