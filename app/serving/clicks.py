"""Where a click goes: to what was shown, as far as that is remembered and not withdrawn, else to what is shown now.

Whatever it is, it is somewhere the editors wrote: a link that was kept is followed only while its host is one of the
site's.
"""

from __future__ import annotations

from typing import NamedTuple

from app.engine.decision import Decision
from app.engine.opens import Open
from app.recipients.receipts import Lead
from app.serving.desk import Serving
from app.serving.shown import Shown

RECEIPT, GONE, DECIDED = "receipt", "gone", "decided"


class Click(NamedTuple):
    """The link ('' for the site's home), the rule that it belongs to, and how it was found.

    `led` is `receipt` (what was shown), `gone` (what is offered since that is over) or `decided` (what is shown now).
    `decision` is there unless it is the receipt's.
    """

    link: str
    rule: str
    led: str
    decision: Decision | None = None


async def followed(serving: Serving, shown: Shown, opening: Open, seconds: float) -> Click:
    """Where a click goes; it waits for the store for 50 ms and one reading, and for the rest for `seconds`."""
    lead = None if shown.click == "latest" else await serving.lead(shown, opening)
    return await followed_from(serving, shown, opening, lead, seconds)


async def followed_from(serving: Serving, shown: Shown, opening: Open, lead: Lead | None, seconds: float) -> Click:
    """The same where it is known what was shown, or that nobody knows; waits for `seconds` at most."""
    if lead is None or not _may_follow(serving, shown, lead):
        return _decided(await serving.decide(shown, opening, seconds), DECIDED)
    if shown.click == "as_shown_unless_gone" and serving.is_over(shown, opening, lead.rule):
        return _decided(await serving.decide_gone(shown, opening, seconds), GONE)
    if serving.is_withdrawn(shown, opening, lead.rule):
        return _decided(await serving.decide(shown, opening, seconds), DECIDED)
    return Click(lead.link, lead.rule, RECEIPT)


def _may_follow(serving: Serving, shown: Shown, lead: Lead) -> bool:
    """Whether a click on this placeholder asks for what was shown, and may be sent there."""
    return shown.click != "latest" and (not lead.link or serving.may_lead(lead.link))


def _decided(decision: Decision, led: str) -> Click:
    return Click(decision.link, decision.rule, led, decision)
